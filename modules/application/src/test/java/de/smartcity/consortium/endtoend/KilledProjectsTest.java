package de.smartcity.consortium.endtoend;

import static de.smartcity.consortium.endtoend.ProjectRequests.change;
import static de.smartcity.consortium.endtoend.ProjectRequests.everythingOf;
import static de.smartcity.consortium.endtoend.SentCommands.claim;
import static de.smartcity.consortium.endtoend.SentCommands.inTurn;
import static de.smartcity.consortium.endtoend.SentCommands.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.endtoend.GivenProjects.Organisation;
import de.smartcity.consortium.sandbox.DatabaseProcess;
import de.smartcity.consortium.sandbox.TcpProxy;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bson.UuidRepresentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service is killed when it has stored what is apart from a project, a copy for a member that leaves or the claim of a file, and not yet the project.
 * Of that nothing is visible, and the same request has its one effect later.
 */
@OwnProcess
class KilledProjectsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = "Idempotency-Key";

    private static final Party LEAVER = Party.of("who leaves", "signatory@ude.sandbox");
    private static final Party FORMER = Party.of("who has left", "viewer@ude.sandbox");
    private static final Party COORDINATOR = Party.of("who coordinates", "editor@ims.sandbox");

    @Test
    void whatWasInterruptedIsInvisibleAndHasOneEffectWhenItIsRepeated(@TempDir Path folder) throws Exception {
        try (var database = DatabaseProcess.start(folder);
                var proxy = TcpProxy.inFrontOf(database.uri());
                var client = client(database.uri())) {
            var stored = client.getDatabase(String.valueOf(new ConnectionString(database.uri()).getDatabase()));
            ProjectTarget project;
            Request leaving;
            try (var service = start(proxy, folder, Map.of())) {
                var given = given(service);
                var member = given.in("member").withFile(given.upload(COORDINATOR));
                project = given.made(COORDINATOR, "attachProjectFile", member);
                leaving = change("leaveProject", project, Map.of("on", ProjectRequests.day(0)))
                        .with(KEY, UUID.randomUUID().toString());
                assertKilled(service, proxy.stallBefore(inTurn(update("projectCopies"), save())), LEAVER, leaving);
            }
            assertThat(stored.getCollection("projectCopies").countDocuments()).isOne();

            try (var service = start(proxy, folder, Map.of())) {
                var shown = shown(service, FORMER, project);
                assertThat(shown.at("/viewerMembership/state").asString()).isEqualTo("ACTIVE");
                assertThat(shown.at("/asLeft").isNull()).isTrue();
                for (var repeat = 0; repeat < 2; repeat++) {
                    assertThat(answer(service, LEAVER, leaving)
                                    .at("/data/leaveProject/userErrors")
                                    .toString())
                            .isEqualTo("[]");
                }
                var left = shown(service, FORMER, project);
                assertThat(left.at("/title").isNull()).isTrue();
                assertThat(left.at("/asLeft/files/0/file/id").asString()).isEqualTo(project.file());
                await().atMost(PATIENCE)
                        .until(() -> stored.getCollection("activity")
                                        .countDocuments(Filters.eq("type", "PROJECT_MEMBER_LEFT"))
                                == 1);

                var another = project.withFile(given(service).upload(COORDINATOR));
                var attaching = change("attachProjectFile", another, Map.of());
                assertKilled(service, proxy.stallBefore(inTurn(claim(), save())), COORDINATOR, attaching);
            }

            try (var service = start(proxy, folder, Map.of("CONSORTIUM_JOBS_INTERVAL", "100ms"))) {
                var files = shown(service, COORDINATOR, project).at("/files");
                assertThat(files.valueStream().map(file -> file.at("/file/id").asString()))
                        .containsExactly(project.file());
                assertOnlyThisIsLeft(stored, Target.uuid(project.file()));
            }
        }
    }

    private static MongoClient client(String uri) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
    }

    private static ServiceProcess start(TcpProxy proxy, Path folder, Map<String, String> environment) {
        proxy.restore();
        var service = ServiceProcess.start(folder, proxy.uri(), environment);
        service.awaitReady();
        return service;
    }

    private static GivenProjects given(ServiceProcess service) {
        return new GivenProjects(service.at("/graphql"), organisation(service, "ude"), organisation(service, "ims"));
    }

    private static Organisation organisation(ServiceProcess service, String alias) {
        var partner = service.api()
                .ask(
                        Caller.OFFICE,
                        "query ($alias: String!) { partnerByAlias(alias: $alias) { id } }",
                        Map.of("alias", alias))
                .data("/partnerByAlias/id")
                .asString();
        return Organisation.ofSandbox(partner, alias);
    }

    /** Not what takes published events from the project. */
    private static Predicate<String> save() {
        return update("jointProjects").and(sent -> !sent.contains("$pull"));
    }

    /** It is killed when the proxy has stalled. */
    private static void assertKilled(ServiceProcess service, CompletableFuture<Void> stalled, Party by, Request request)
            throws Exception {
        var signed = by.sends(request);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = threads.submit(() -> signed.send(service.at("/graphql")));
            stalled.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            service.kill();
            assertThat(sent).failsWithin(PATIENCE).withThrowableThat().withCauseInstanceOf(UncheckedIOException.class);
        }
    }

    private static JsonNode shown(ServiceProcess service, Party by, ProjectTarget project) {
        return answer(service, by, everythingOf(project.project())).at("/data/jointProject");
    }

    private static JsonNode answer(ServiceProcess service, Party by, Request request) {
        return JsonMapper.shared()
                .readTree(by.sends(request).send(service.at("/graphql")).body());
    }

    /** An hour and a day later. */
    private static void assertOnlyThisIsLeft(MongoDatabase stored, UUID file) {
        stored.getCollection("files")
                .updateMany(Filters.gt("dueAt", new Date(0)), Updates.set("dueAt", Date.from(Instant.now())));
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (var field : List.of("files/_id", "fileContents.files/_id", "fileContents.chunks/files_id")) {
                var at = field.split("/");
                assertThat(ids(stored, at[0], at[1])).as(field).containsExactly(file);
            }
        });
    }

    private static Set<UUID> ids(MongoDatabase stored, String collection, String field) {
        return stored.getCollection(collection)
                .find()
                .map(document -> document.get(field, UUID.class))
                .into(new HashSet<>());
    }
}

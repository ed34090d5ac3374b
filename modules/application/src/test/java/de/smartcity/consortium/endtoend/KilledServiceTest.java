package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.ConsortiumApplication;
import de.smartcity.consortium.sandbox.Child;
import de.smartcity.consortium.sandbox.EmbeddedMongo;
import de.smartcity.consortium.sandbox.TestKeycloak;
import de.smartcity.consortium.sandbox.TestMongo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service dies between a change and its telling, again and again; no acknowledged change is lost, told twice or refused because of it. */
class KilledServiceTest {

    private static final int ROUNDS = 8;
    private static final List<String> EDITED = List.of("ude", "ims", "huawei", "chamber");

    private final Map<String, AtomicInteger> acknowledged = new ConcurrentHashMap<>();
    private final List<String> unexpected = new ArrayList<>();

    @Test
    void everyAcknowledgedChangeIsToldOnce(@TempDir Path folder) throws Exception {
        try (var database = database(folder);
                var client = MongoClients.create(database.uri())) {
            var stored = client.getDatabase(URI.create(database.uri()).getPath().substring(1));
            var random = new Random();
            var waiting = 0L;
            for (var round = 0; round < ROUNDS; round++) {
                try (var service = start(folder, database.uri())) {
                    editUntilKilled(service.api(), service.child(), random.nextInt(20, 600));
                }
                waiting += stored.getCollection("partners").countDocuments(Filters.exists("outbox.events.0"));
            }
            assertThat(waiting).as("outboxes that were not empty at a kill").isPositive();

            try (var service = start(folder, database.uri())) {
                assertThat(service.child().isAlive()).isTrue();
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> stored.getCollection("partners").countDocuments(Filters.exists("outbox.events.0"))
                                == 0);
            }
            assertThat(unexpected).isEmpty();
            check(stored);
        }
    }

    private void check(MongoDatabase stored) {
        var log = stored.getCollection("activity")
                .find()
                .sort(Sorts.ascending("_id"))
                .into(new ArrayList<>());
        assertThat(log.stream().map(entry -> entry.getLong("_id")))
                .as("numbers without a gap")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, log.size()).boxed().toList());
        assertThat(log.stream().map(entry -> entry.get("event"))).doesNotHaveDuplicates();
        for (var alias : EDITED) {
            var changes = Objects.requireNonNull(acknowledged.get(alias)).get();
            var partner = Objects.requireNonNull(stored.getCollection("partners")
                    .find(Filters.eq("alias", alias))
                    .limit(1)
                    .first());
            var told = log.stream()
                    .filter(entry -> Objects.equals(partner.get("_id"), entry.get("subject")))
                    .map(entry -> entry.getString("type"))
                    .toList();
            // Recorded at version 0; each change since then has raised the version by one.
            assertThat(told).as(alias).hasSize(partner.getLong("version").intValue() + 1);
            assertThat(told.stream().filter("PartnerEdited"::equals).count())
                    .as("changes of %s", alias)
                    .isGreaterThanOrEqualTo(changes);
            assertThat(changes).isPositive();
        }
    }

    /** Each partner has one editor, so that nobody but the relay could get in its way. */
    private void editUntilKilled(Api api, Child service, int millis) throws Exception {
        var dead = new AtomicBoolean();
        try (var editors = Executors.newVirtualThreadPerTaskExecutor()) {
            EDITED.forEach(alias -> editors.submit(() -> {
                try {
                    edit(api, alias, dead);
                } catch (RuntimeException failed) {
                    if (!dead.get()) {
                        note(failed.toString());
                    }
                }
            }));
            Thread.sleep(millis);
            dead.set(true);
            service.kill();
        }
    }

    private void edit(Api api, String alias, AtomicBoolean dead) {
        var token = Api.token("admin@" + alias + ".sandbox");
        for (var n = 0; !dead.get(); n++) {
            var read = api.ask(
                    token,
                    Map.of(),
                    "query ($a: String!) { partnerByAlias(alias: $a) { id version } }",
                    Map.of("a", alias));
            var answer = api.ask(
                    token,
                    Map.of(),
                    "mutation ($id: ID!, $v: Int!, $w: String!) { editPartner(input: { id: $id, expectedVersion: $v, website: $w })"
                            + " { userErrors { code rule } } }",
                    Map.of(
                            "id", read.data("/partnerByAlias/id").asString(),
                            "v", read.data("/partnerByAlias/version").asInt(),
                            "w", "https://www.example.org/" + System.nanoTime()));
            if (answer.failed() || !answer.data("/editPartner/userErrors").isEmpty()) {
                note(answer.body().toString());
            } else {
                acknowledged
                        .computeIfAbsent(alias, absent -> new AtomicInteger())
                        .incrementAndGet();
            }
        }
    }

    private synchronized void note(String what) {
        unexpected.add(what);
    }

    private record Service(Child child, Api api) implements AutoCloseable {
        @Override
        public void close() {
            child.close();
        }
    }

    private static Service start(Path folder, String mongo) {
        var port = freePort();
        var environment = Map.of(
                "SERVER_ADDRESS", "127.0.0.1",
                "SERVER_PORT", String.valueOf(port),
                "SPRING_MONGODB_URI", mongo,
                "CONSORTIUM_ISSUER", TestKeycloak.shared().issuer(),
                "CONSORTIUM_DATA_FOLDER",
                        Deployment.ROOT.resolve("config/consortium/duisburg").toString(),
                "CONSORTIUM_DATA_ORGANISATIONS",
                        Deployment.ROOT
                                .resolve("config/keycloak/sandbox/organisations.properties")
                                .toString());
        var child = Child.java(
                        "The service",
                        folder.resolve("service.log"),
                        environment,
                        List.of(
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ConsortiumApplication.class.getName()))
                .awaitOk(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"), Duration.ofSeconds(90));
        return new Service(child, new Api("http://127.0.0.1:" + port));
    }

    private record Database(String uri, @Nullable Child server) implements AutoCloseable {
        @Override
        public void close() {
            if (server != null) {
                server.close();
            }
        }
    }

    /** A database in a process that nobody kills. */
    private static Database database(Path folder) {
        if (TestMongo.isReal()) {
            return new Database(TestMongo.newDatabase(), null);
        }
        var port = freePort();
        var server = Child.java(
                "MongoDB",
                folder.resolve("mongo.log"),
                Map.of(),
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedMongo.class.getName(),
                        String.valueOf(port)));
        await().atMost(Duration.ofSeconds(30)).until(() -> answers(port));
        return new Database("mongodb://127.0.0.1:" + port + "/consortium", server);
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

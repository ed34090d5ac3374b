package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.sandbox.DatabaseProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that start on an empty database, on data from before migrations, and on data of a newer version. */
@OwnProcess
class MigratedServiceTest {

    private static final List<String> PROFILE = List.of(
            "name", "summary", "kind", "areas", "identifiers", "website", "address", "memberSince", "memberUntil");
    private static final Map<String, String> NO_KEYCLOAK = Map.of(
            "CONSORTIUM_ISSUER",
            "http://127.0.0.1:1/realms/none",
            // The data is of one time, and its dropped prospects must not be erased at a later one.
            "CONSORTIUM_DROPPEDPROSPECTS_KEPTFOR",
            "36500d");

    /** Their profiles, which have their ids, are loaded afterwards. */
    private static final Bson OF_PARTNERS = Filters.ne("kind", "CompetenceProfile");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void earlierDataIsMigratedAlthoughNodesAreKilled(@TempDir Path folder) throws Exception {
        migrateWithKills(folder, 40, 1);
    }

    @Test
    @Tag("long")
    void muchEarlierDataIsMigratedThroughManyKills(@TempDir Path folder) throws Exception {
        migrateWithKills(folder, 300, 8);
    }

    private void migrateWithKills(Path folder, int copies, int kills) throws Exception {
        try (var database = DatabaseProcess.start(folder);
                var client = client(database)) {
            var stored = client.getDatabase(name(database));
            var before = DataBeforeMigrations.store(stored, copies);
            var done = 0L;
            for (var kill = 0; kill < kills; kill++) {
                done = killWhileMigrating(folder, database, stored, before.size(), done);
            }
            try (var one = start(folder.resolve("one"), database);
                    var other = start(folder.resolve("other"), database)) {
                one.awaitReady();
                other.awaitReady();
                check(stored, before);
                assertThat(health(one, "start").body()).contains("\"state\":\"DONE\"");
                for (var node : List.of(one, other)) {
                    var nodes = node.api()
                            .ask(
                                    null,
                                    Map.of(),
                                    "{ partners(first: 100) { totalCount nodes { name website } } }",
                                    Map.of())
                            .data("/partners");
                    assertThat(nodes.at("/totalCount").asInt()).isEqualTo(active(before));
                }
            }
        }
    }

    /** Kills a node after it has migrated some more partners, but not all; returns how many are migrated. */
    private long killWhileMigrating(Path folder, DatabaseProcess database, MongoDatabase stored, int all, long done)
            throws IOException {
        var partners = stored.getCollection("partners");
        try (var node = start(Files.createTempDirectory(folder, "killed"), database)) {
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> partners.countDocuments(Filters.exists("profile")) > done);
            node.kill();
        }
        var now = partners.countDocuments(Filters.exists("profile"));
        assertThat(now).as("killed during the migration").isGreaterThan(done).isLessThan(all);
        return now;
    }

    private static void check(MongoDatabase stored, Map<UUID, Document> before) {
        checkLog(stored);
        var migrated = stored.getCollection("partners").find().into(new ArrayList<>());
        assertThat(migrated).hasSize(before.size());
        for (var partner : migrated) {
            var id = partner.get("_id", UUID.class);
            var was = Objects.requireNonNull(before.get(id));
            var profile = partner.get("profile", Document.class);
            for (var field : PROFILE) {
                assertThat(profile.get(field))
                        .as("%s of %s", field, was.get("alias"))
                        .isEqualTo(was.get(field));
                assertThat(partner).doesNotContainKey(field);
            }
            for (var field :
                    List.of("version", "alias", "status", "statusReason", "contacts", "dropped", "organisation")) {
                assertThat(partner.get(field))
                        .as("%s of %s", field, was.get("alias"))
                        .isEqualTo(was.get(field));
            }
            assertThat(partner).doesNotContainKeys("audience", "sort", "search", "identifierKeys");
            var events = stored.getCollection("activity")
                    .find(Filters.and(Filters.eq("subject", id), OF_PARTNERS))
                    .sort(Sorts.ascending("_id"))
                    .map(event -> event.getDate("at"))
                    .into(new ArrayList<Date>());
            assertThat(partner.getDate("createdAt")).isEqualTo(events.getFirst());
            assertThat(partner.getDate("updatedAt")).isEqualTo(events.getLast());
            assertThat(partner.getDate("droppedAt"))
                    .isEqualTo(was.getBoolean("dropped") ? partner.getDate("updatedAt") : null);
            var derived = partner.get("derived", Document.class);
            assertThat(derived.get("audience", Document.class).getList("tokens", String.class))
                    .containsExactlyInAnyOrderElementsOf(
                            was.get("audience", Document.class).getList("tokens", String.class));
            assertThat(derived.getList("facets", String.class))
                    .as("a key of each token for kind and status, at least")
                    .hasSizeGreaterThanOrEqualTo(2
                            * was.get("audience", Document.class)
                                    .getList("tokens", String.class)
                                    .size());
            assertThat(derived.get("sort", Document.class)).containsOnlyKeys("name", "memberSince");
            checkSearch(was, derived);
            checkTasks(partner, derived);
        }
        var consortium =
                Objects.requireNonNull(stored.getCollection("consortium").find().first());
        assertThat(consortium).containsKeys("awards", "timeZone").doesNotContainKey("recognitions");
    }

    private static void checkSearch(Document was, Document derived) {
        var entries = derived.getList("search", Document.class);
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().getList("tokens", String.class))
                .isEqualTo(derived.get("audience", Document.class).getList("tokens", String.class));
        var search = entries.getFirst().getList("prefixes", String.class);
        var before = was.getList("search", String.class);
        if (was.getString("alias").equals(DataBeforeMigrations.LONG_SUMMARY)) {
            var ofName =
                    before.stream().filter(prefix -> !prefix.startsWith("w")).toList();
            assertThat(before).containsAll(search);
            assertThat(search).hasSize(ofName.size() + 500).containsAll(ofName).contains("w1");
        } else {
            assertThat(search).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    private static void checkTasks(Document partner, Document derived) {
        var incomplete = List.of("ONBOARDING", "ACTIVE").contains(partner.getString("status"))
                && (!partner.get("profile", Document.class).containsKey("summary")
                        || partner.getList("contacts", Document.class).isEmpty());
        var tasks = derived.getList("tasks", Document.class);
        assertThat(tasks)
                .hasSize(incomplete ? 1 : 0)
                .allSatisfy(task -> assertThat(task)
                        .containsEntry("kind", "COMPLETE_PROFILE")
                        .containsEntry("holder", partner.get("_id", UUID.class).toString())
                        .containsEntry("role", "PARTNER_ADMIN")
                        .containsEntry("since", partner.getDate("updatedAt")));
    }

    private static void checkLog(MongoDatabase stored) {
        var log = stored.getCollection("activity");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> log.countDocuments(Filters.eq("event", DataBeforeMigrations.WAITING)) == 1);
        for (var event : log.find(OF_PARTNERS)) {
            assertThat(event.getString("type")).matches("(PARTNER|PROSPECT)_[A-Z_]+");
            assertThat(event.getString("kind")).isEqualTo("Partner");
            assertThat(event.getString("account")).isNotEmpty();
            assertThat(event).doesNotContainKey("accountId");
            assertThat(event.get("audience", Document.class).getList("tokens", String.class))
                    .containsExactly("office", "own:" + event.get("subject", UUID.class));
        }
        assertThat(Objects.requireNonNull(log.find(Filters.eq("event", DataBeforeMigrations.WAITING))
                                .first())
                        .getString("type"))
                .isEqualTo("PARTNER_CONTACT_ADDED");
    }

    private static int active(Map<UUID, Document> partners) {
        return (int) partners.values().stream()
                .filter(partner -> "ACTIVE".equals(partner.getString("status")))
                .count();
    }

    @Test
    void twoNodesStartOnAnEmptyDatabaseAndNeverShowPartOfTheData(@TempDir Path folder) throws Exception {
        try (var database = DatabaseProcess.start(folder);
                var client = client(database);
                var one = start(folder.resolve("one"), database);
                var other = start(folder.resolve("other"), database)) {
            var nodes = List.of(one, other);
            var refused = 0;
            while (nodes.stream().anyMatch(node -> !isReady(node))) {
                for (var node : nodes) {
                    assertThat(node.isAlive()).isTrue();
                    refused += isRefused(node) ? 1 : 0;
                }
            }
            assertThat(refused).as("requests before the data was loaded").isPositive();
            for (var node : nodes) {
                assertThat(isRefused(node)).isFalse();
            }
            assertThat(client.getDatabase(name(database))
                            .getCollection("partners")
                            .countDocuments())
                    .isEqualTo(12);
        }
    }

    /** Whether a request is refused; if it is not, it must see all data. */
    private boolean isRefused(ServiceProcess node) {
        var answer = post(node, "{\"query\": \"{ partners { totalCount } }\"}");
        if (answer == null) {
            return false;
        }
        if (answer.statusCode() == 503) {
            assertThat(answer.body()).contains("UNAVAILABLE");
            return true;
        }
        assertThat(answer.body()).startsWith("{\"data\":{\"partners\":{\"totalCount\":12}}");
        return false;
    }

    @Test
    void dataOfANewerVersionIsNotChanged(@TempDir Path folder) throws Exception {
        try (var database = DatabaseProcess.start(folder);
                var client = client(database)) {
            var stored = client.getDatabase(name(database));
            stored.getCollection("migrations").insertOne(new Document("_id", 999).append("state", "DONE"));
            try (var node = start(folder, database)) {
                await().atMost(Duration.ofMinutes(3)).until(() -> !node.isAlive());
            }
            assertThat(Files.readString(folder.resolve("service.log"))).contains("schema number 999");
            assertThat(stored.listCollectionNames()).containsExactly("migrations");
        }
    }

    private static ServiceProcess start(Path folder, DatabaseProcess database) throws IOException {
        Files.createDirectories(folder);
        return ServiceProcess.start(folder, database.uri(), NO_KEYCLOAK);
    }

    private boolean isReady(ServiceProcess node) {
        try {
            return health(node, "readiness").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> health(ServiceProcess node, String group) throws IOException {
        return send(HttpRequest.newBuilder(node.at("/actuator/health/" + group)).build());
    }

    private @Nullable HttpResponse<String> post(ServiceProcess node, String body) {
        try {
            return send(HttpRequest.newBuilder(node.at("/graphql"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build());
        } catch (IOException notYet) {
            return null;
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static MongoClient client(DatabaseProcess database) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(database.uri()))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
    }

    private static String name(DatabaseProcess database) {
        return URI.create(database.uri()).getPath().substring(1);
    }
}

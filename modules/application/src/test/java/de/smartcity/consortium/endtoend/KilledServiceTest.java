package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.sandbox.DatabaseProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is repeatedly killed between saving a change and publishing its event; no acknowledged change is lost, published twice or refused. */
@OwnProcess
class KilledServiceTest {

    private static final List<String> EDITED = List.of("ude", "ims", "huawei", "chamber");
    private static final Bson EVENTS_WAIT = Filters.exists("outbox.events.0");

    private final Map<String, AtomicInteger> acknowledged = new ConcurrentHashMap<>();
    /** Each partner's version after its last acknowledged change. */
    private final Map<String, Long> versions = new ConcurrentHashMap<>();

    private final List<String> unexpected = new ArrayList<>();

    @Test
    void everyAcknowledgedChangeIsPublishedOnce(@TempDir Path folder) throws Exception {
        assertPublishedOnceAfterKills(folder, 1, 6);
    }

    @Test
    @Tag("long")
    void everyAcknowledgedChangeIsPublishedOnceThroughManyKills(@TempDir Path folder) throws Exception {
        assertPublishedOnceAfterKills(folder, 12, 36);
    }

    /**
     * @param wanted kills between acknowledgement and publishing; others prove nothing
     * @param atMost all kills
     */
    private void assertPublishedOnceAfterKills(Path folder, int wanted, int atMost) throws Exception {
        try (var database = DatabaseProcess.start(folder);
                var client = MongoClients.create(database.uri())) {
            var stored = client.getDatabase(URI.create(database.uri()).getPath().substring(1));
            var partners = stored.getCollection("partners");
            var random = new Random();
            var between = 0;
            for (var kills = 0; between < wanted; kills++) {
                assertThat(kills)
                        .as("kills, of which %s came between acknowledgement and publishing", between)
                        .isLessThan(atMost);
                try (var service = ServiceProcess.start(folder, database.uri(), Map.of())) {
                    service.awaitReady();
                    editAndKill(service, random.nextInt(1, 40));
                }
                if (anAcknowledgedChangeWaits(partners)) {
                    between++;
                }
            }

            try (var service = ServiceProcess.start(folder, database.uri(), Map.of())) {
                service.awaitReady();
                await().atMost(Duration.ofSeconds(20)).until(() -> partners.countDocuments(EVENTS_WAIT) == 0);
                assertThat(service.isAlive()).isTrue();
            }
            assertThat(unexpected).isEmpty();
            check(stored);
        }
    }

    /** Each change has one event and increments the version, so the waiting events are those of the last versions. */
    private boolean anAcknowledgedChangeWaits(MongoCollection<Document> partners) {
        return partners.find(EVENTS_WAIT).into(new ArrayList<>()).stream().anyMatch(partner -> {
            var waiting = partner.get("outbox", Document.class)
                    .getList("events", Document.class)
                    .size();
            var published = partner.getLong("version") - waiting;
            return published < versions.getOrDefault(partner.getString("alias"), Long.MIN_VALUE);
        });
    }

    private void check(MongoDatabase stored) {
        var log = stored.getCollection("activity")
                .find()
                .sort(Sorts.ascending("_id"))
                .into(new ArrayList<>());
        assertThat(log.stream().map(entry -> entry.getLong("_id")))
                .as("numbers without gaps")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, log.size()).boxed().toList());
        assertThat(log.stream().map(entry -> entry.get("event"))).doesNotHaveDuplicates();
        for (var alias : EDITED) {
            var changes = Objects.requireNonNull(acknowledged.get(alias)).get();
            var partner = Objects.requireNonNull(stored.getCollection("partners")
                    .find(Filters.eq("alias", alias))
                    .limit(1)
                    .first());
            var published = log.stream()
                    .filter(entry -> Objects.equals(partner.get("_id"), entry.get("subject")))
                    // Its competence profile has the same id.
                    .filter(entry -> Objects.equals("Partner", entry.get("kind")))
                    .map(entry -> entry.getString("type"))
                    .toList();
            // Recorded at version 0; each change since then has incremented the version.
            assertThat(published).as(alias).hasSize(partner.getLong("version").intValue() + 1);
            assertThat(published.stream().filter("PARTNER_EDITED"::equals).count())
                    .as("changes of %s", alias)
                    .isGreaterThanOrEqualTo(changes);
            assertThat(changes).isPositive();
        }
    }

    /**
     * Kills the service directly after an acknowledgement, while all editors work: one relay against several editors nearly always has
     * waiting events. Each partner has one editor, so that only the relay could make an edit stale.
     */
    private void editAndKill(ServiceProcess service, int acknowledgements) throws Exception {
        var dead = new AtomicBoolean();
        var editing = new CountDownLatch(EDITED.size());
        var answers = new Semaphore(0);
        var api = service.api();
        boolean enough;
        try (var editors = Executors.newVirtualThreadPerTaskExecutor()) {
            EDITED.forEach(alias -> editors.submit(() -> {
                try {
                    edit(api, alias, dead, editing, answers);
                } catch (RuntimeException failed) {
                    if (!dead.get()) {
                        addUnexpected(failed.toString());
                    }
                }
            }));
            enough = editing.await(2, TimeUnit.MINUTES);
            answers.drainPermits();
            enough &= answers.tryAcquire(acknowledgements, 2, TimeUnit.MINUTES);
            dead.set(true);
            service.kill();
        }
        assertThat(enough)
                .as("acknowledged in time for every editor; problems: %s", unexpected)
                .isTrue();
    }

    private void edit(Api api, String alias, AtomicBoolean dead, CountDownLatch editing, Semaphore answers) {
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
                    "mutation ($id: ID!, $v: Int!, $w: String!) { editPartner(input: { partnerId: $id, expectedVersion: $v, website: $w })"
                            + " { userErrors { code rule } } }",
                    Map.of(
                            "id", read.data("/partnerByAlias/id").asString(),
                            "v", read.data("/partnerByAlias/version").asInt(),
                            "w", "https://www.example.org/" + System.nanoTime()));
            if (answer.failed() || !answer.data("/editPartner/userErrors").isEmpty()) {
                addUnexpected(answer.body().toString());
            } else {
                acknowledged
                        .computeIfAbsent(alias, absent -> new AtomicInteger())
                        .incrementAndGet();
                versions.put(alias, read.data("/partnerByAlias/version").asLong() + 1);
                answers.release();
                if (n == 0) {
                    editing.countDown();
                }
            }
        }
    }

    private synchronized void addUnexpected(String what) {
        unexpected.add(what);
    }
}

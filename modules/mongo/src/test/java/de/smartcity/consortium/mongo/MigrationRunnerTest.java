package de.smartcity.consortium.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.smartcity.consortium.mongo.MigrationProgress.Snapshot;
import de.smartcity.consortium.mongo.MigrationProgress.State;
import de.smartcity.consortium.sandbox.SettableClock;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class MigrationRunnerTest {

    private static final String CLUBS = "clubs";
    private static final DocumentStep UNCHANGED = (stored, database) -> stored;
    private static final DocumentStep COUNTING =
            (stored, database) -> stored.append("steps", stored.get("steps", 0) + 1);

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
    }

    /** The commands that were sent, as {@code name collection}. */
    @TestConfiguration
    static class Commands implements CommandListener {

        private final List<String> sent = new CopyOnWriteArrayList<>();

        @Override
        public void commandStarted(CommandStartedEvent event) {
            var collection = event.getCommand().get(event.getCommandName());
            if (collection != null && collection.isString()) {
                sent.add(event.getCommandName() + " " + collection.asString().getValue());
            }
        }

        @Bean
        MongoClientSettingsBuilderCustomizer commandListener() {
            return settings -> settings.addCommandListener(this);
        }
    }

    @Autowired
    private MongoClient client;

    @Autowired
    private MongoConverter converter;

    @Autowired
    private Commands commands;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T09:30:00Z"));

    private MongoDatabaseFactory databases;

    @BeforeEach
    void createDatabase() {
        var name = new ConnectionString(TestMongo.newDatabase()).getDatabase();
        databases = new SimpleMongoClientDatabaseFactory(client, Objects.requireNonNull(name));
    }

    @Test
    void missingMigrationsAreAppliedInOrder() {
        store(3);
        var applied = new CopyOnWriteArrayList<Integer>();

        start(recording(2, applied), recording(1, applied));
        start(recording(3, applied), recording(1, applied), recording(2, applied));

        assertThat(applied).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3);
        assertThat(records())
                .extracting(record -> record.get("_id"), record -> record.get("state"), record -> record.get("seen"))
                .containsExactly(tuple(1, "DONE", 3L), tuple(2, "DONE", 3L), tuple(3, "DONE", 3L));
    }

    @Test
    void aStepSeesEveryDocumentOnceInTheOrderOfTheirIds() {
        store(2 * MigrationRun.BATCH_SIZE);
        var seen = new ArrayList<Object>();

        start(Migration.ofDocuments(1, "note", "1", CLUBS, (stored, database) -> {
            seen.add(stored.get("_id"));
            return stored;
        }));

        assertThat(seen)
                .isEqualTo(clubs().find()
                        .sort(Sorts.ascending("_id"))
                        .map(club -> club.get("_id"))
                        .into(new ArrayList<>()));
    }

    @Test
    void aStepReadsOtherDocuments() {
        store(2);
        databases
                .getMongoDatabase()
                .getCollection("cities")
                .insertOne(new Document("_id", "du").append("name", "Duisburg"));

        start(Migration.ofDocuments(
                1,
                "name the city",
                "1",
                CLUBS,
                (stored, database) -> stored.append(
                        "city",
                        Objects.requireNonNull(database.getCollection("cities")
                                        .find(Filters.eq("_id", "du"))
                                        .first())
                                .getString("name"))));

        assertThat(clubs().find()).allSatisfy(club -> assertThat(club).containsEntry("city", "Duisburg"));
    }

    @Test
    void aStepAddsChangesAndRemovesFieldsAndLeavesTheVersion() {
        clubs().insertOne(new Document("_id", 1)
                .append("version", 7L)
                .append("name", "Chess")
                .append("old", List.of("a"))
                .append("nested", new Document("a", 1).append("b", List.of(new Document("c", null))))
                .append("kept", new Document("a", 1)));

        start(Migration.ofDocuments(1, "reshape", "1", CLUBS, (stored, database) -> {
            stored.remove("old");
            stored.get("nested", Document.class).append("a", 2);
            return stored.append("name", new Document("en", stored.getString("name")))
                    .append("added", 1);
        }));

        assertThat(club(1))
                .isEqualTo(new Document("_id", 1)
                        .append("version", 7L)
                        .append("name", new Document("en", "Chess"))
                        .append("nested", new Document("a", 2).append("b", List.of(new Document("c", null))))
                        .append("kept", new Document("a", 1))
                        .append("added", 1));
    }

    @Test
    void unchangedDocumentsAreNotWritten() {
        store(3);
        commands.sent.clear();

        start(Migration.ofDocuments(
                1,
                "change one",
                "1",
                CLUBS,
                (stored, database) ->
                        stored.getInteger("place") == 1 ? stored.append("first", true) : new Document(stored)));

        assertThat(commands.sent).containsOnlyOnce("update " + CLUBS);
        assertThat(record(1)).containsEntry("seen", 3L).containsEntry("changed", 1L);
    }

    @Test
    void aStepCannotChangeAnId() {
        store(1);

        assertThatIllegalStateException()
                .isThrownBy(() -> start(Migration.ofDocuments(
                        1, "renumber", "1", CLUBS, (stored, database) -> stored.append("_id", UUID.randomUUID()))))
                .withStackTraceContaining("must keep the _id");
    }

    @Test
    void anEmptyDatabaseIsMigratedAtOnce() {
        var node = start(recording(1, new ArrayList<>()), recording(2, new ArrayList<>()));

        assertThat(records())
                .hasSize(2)
                .allSatisfy(record -> assertThat(record)
                        .containsEntry("state", "DONE")
                        .containsEntry("seen", 0L)
                        .containsKeys("startedAt", "finishedAt"));
        assertThat(node.progress().snapshot()).isEqualTo(new Snapshot(State.DONE, 2, 2, "note 2", 0));
    }

    @Test
    void theStartTakesOneQueryWhenNoMigrationIsMissing() {
        store(3);
        start(recording(1, new ArrayList<>()));
        commands.sent.clear();

        var node = start(recording(1, new ArrayList<>()));

        assertThat(commands.sent).containsExactly("find migrations");
        assertThat(node.progress().snapshot().state()).isEqualTo(State.DONE);
    }

    @Test
    void aMigrationThatChangedAfterItWasAppliedIsRefused() {
        start(Migration.ofDocuments(1, "reshape", "1", CLUBS, UNCHANGED));

        assertThatExceptionOfType(MigrationRefused.class)
                .isThrownBy(() -> start(Migration.ofDocuments(1, "reshape", "2", CLUBS, UNCHANGED)))
                .withMessageContaining("Migration 1")
                .withMessageContaining("a new migration 2");
        assertThatExceptionOfType(MigrationRefused.class)
                .isThrownBy(() -> start(Migration.ofDocuments(1, "shape again", "1", CLUBS, UNCHANGED)))
                .withMessageContaining("\"reshape\"");
    }

    @Test
    void theStepOfAnAppliedMigrationMayChange() {
        start(Migration.ofDocuments(1, "reshape", "1", CLUBS, UNCHANGED));

        assertThat(start(Migration.ofDocuments(1, "reshape", "1", "other", COUNTING))
                        .progress()
                        .snapshot()
                        .state())
                .isEqualTo(State.DONE);
    }

    @Test
    void migrationsWithAGapAreRefused() {
        assertThatExceptionOfType(MigrationRefused.class)
                .isThrownBy(() -> start(recording(1, new ArrayList<>()), recording(3, new ArrayList<>())))
                .withMessageContaining("[1, 3]");
        assertThatExceptionOfType(MigrationRefused.class)
                .isThrownBy(() -> start(recording(1, new ArrayList<>()), recording(1, new ArrayList<>())))
                .withMessageContaining("[1, 1]");
    }

    @Test
    void aRecordWithAGapIsRefused() {
        start(recording(1, new ArrayList<>()), recording(2, new ArrayList<>()));
        migrations().deleteOne(Filters.eq("_id", 1));

        assertThatExceptionOfType(MigrationRefused.class)
                .isThrownBy(() -> start(recording(1, new ArrayList<>()), recording(2, new ArrayList<>())))
                .withMessageContaining("Migration 1")
                .withMessageContaining("backup");
    }

    @Test
    void dataOfANewerVersionIsRefusedBeforeAnythingIsWritten() {
        start(recording(1, new ArrayList<>()), recording(2, new ArrayList<>()));
        commands.sent.clear();

        assertThatExceptionOfType(MigrationRefused.class)
                .isThrownBy(() -> node("old", clock, recording(1, new ArrayList<>()))
                        .runner()
                        .afterPropertiesSet())
                .withMessageContaining("schema number 2")
                .withMessageContaining("knows 1");
        assertThat(commands.sent).containsExactly("find migrations");
    }

    @Test
    void aVersionWhoseDataIsMigratedFurtherWhileItWaitsIsRefused() {
        var old = node("old", clock, recording(1, new ArrayList<>()));
        old.runner().afterPropertiesSet();
        start(recording(1, new ArrayList<>()), recording(2, new ArrayList<>()));

        assertThatExceptionOfType(MigrationRefused.class)
                .isThrownBy(() -> old.runner().run(new DefaultApplicationArguments()));
        assertThat(old.progress().snapshot().state()).isEqualTo(State.FAILED);
    }

    @Test
    void anInterruptedMigrationContinuesAfterTheLastSavedBatch() {
        store(450);
        var calls = new AtomicInteger();
        var failing = node("first", clock, Migration.ofDocuments(1, "count", "1", CLUBS, (stored, database) -> {
            if (calls.incrementAndGet() > 300) {
                throw new IllegalArgumentException("the step failed");
            }
            return COUNTING.apply(stored, database);
        }));

        assertThatIllegalStateException()
                .isThrownBy(failing::start)
                .withMessageContaining("Migration 1, count")
                .withMessageContaining(CLUBS)
                .withStackTraceContaining("the step failed");
        assertThat(failing.progress().snapshot().state()).isEqualTo(State.FAILED);
        assertThat(record(1))
                .containsEntry("state", "RUNNING")
                .containsEntry("seen", 200L)
                .containsEntry("changed", 200L);

        var seen = new ArrayList<Object>();
        var next = start(Migration.ofDocuments(1, "count", "1", CLUBS, (stored, database) -> {
            seen.add(stored.get("_id"));
            return stored.append("steps", 1);
        }));

        assertThat(seen).hasSize(250);
        assertThat(clubs().countDocuments(Filters.eq("steps", 1))).isEqualTo(450);
        assertThat(record(1))
                .containsEntry("state", "DONE")
                .containsEntry("seen", 450L)
                .containsEntry("changed", 350L);
        assertThat(next.progress().snapshot()).isEqualTo(new Snapshot(State.DONE, 1, 1, "count", 450));
    }

    @Test
    void anUnfinishedMigrationWithAnotherRevisionStartsAgain() {
        store(250);
        var calls = new AtomicInteger();
        assertThatThrownBy(() -> start(Migration.ofDocuments(1, "count", "1", CLUBS, (stored, database) -> {
                    if (calls.incrementAndGet() > 220) {
                        throw new IllegalArgumentException();
                    }
                    return stored;
                })))
                .isInstanceOf(IllegalStateException.class);

        start(Migration.ofDocuments(1, "count", "2", CLUBS, COUNTING));

        assertThat(clubs().countDocuments(Filters.eq("steps", 1))).isEqualTo(250);
        assertThat(record(1)).containsEntry("state", "DONE").containsEntry("seen", 250L);
        start(Migration.ofDocuments(1, "count", "2", CLUBS, COUNTING));
    }

    @Test
    void aMigrationThatThePreviousHolderFinishedIsNotStartedAgain() {
        store(3);
        var earlier = Migration.ofDocuments(1, "count", "1", CLUBS, COUNTING);
        var later = Migration.ofDocuments(1, "count", "2", CLUBS, COUNTING);
        start(earlier);
        var done = record(1);

        var lease = new Leases(databases, clock, "next")
                .tryAcquire(MigrationRunner.LEASE, MigrationRunner.LEASE_VALIDITY)
                .orElseThrow();
        var claimed = new SchemaHistory(databases, List.of(later)).claim(later, lease, clock.instant());
        new MigrationRun(later, COUNTING, databases.getMongoDatabase(), lease, claimed, clock, new MigrationProgress(1))
                .run();

        assertThat(record(1)).isEqualTo(done.append("fence", lease.fence()));
        assertThat(clubs().countDocuments(Filters.eq("steps", 1))).isEqualTo(3);
    }

    @Test
    void anotherNodeTakesOverAndThePausedOneWritesNothingMore() throws Exception {
        store(450);
        var paused = new CountDownLatch(1);
        var resumed = new CountDownLatch(1);
        var first = new AtomicInteger();
        var slow = node("slow", clock, Migration.ofDocuments(1, "count", "1", CLUBS, (stored, database) -> {
            if (first.incrementAndGet() == 300) {
                paused.countDown();
                await(resumed);
            }
            return COUNTING.apply(stored, database);
        }));
        var second = new AtomicInteger();
        var quick = node("quick", clock, Migration.ofDocuments(1, "count", "1", CLUBS, (stored, database) -> {
            second.incrementAndGet();
            // Documents between the last save and the pause are processed again.
            return stored.containsKey("steps") ? stored : COUNTING.apply(stored, database);
        }));

        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var abandoned = nodes.submit(slow::start);
            await(paused);
            clock.advance(
                    MigrationRunner.LEASE_VALIDITY.plus(Leases.MAX_CLOCK_SKEW).plusMillis(1));
            quick.start();
            var done = record(1);
            resumed.countDown();
            abandoned.get();

            assertThat(record(1)).isEqualTo(done);
        }

        assertThat(second).hasValue(250);
        // The slow node's write of its current document is refused, and it stops.
        assertThat(first).hasValue(300);
        assertThat(clubs().countDocuments(Filters.eq("steps", 1))).isEqualTo(450);
        assertThat(record(1)).containsEntry("state", "DONE").containsEntry("seen", 450L);
        assertThat(slow.progress().snapshot().state()).isEqualTo(State.DONE);
    }

    @Test
    void aPausedNodeChecksItsLeaseBeforeTheNextDocument() throws Exception {
        store(10);
        var seen = new AtomicInteger();
        var taken = new ArrayList<Lease>();
        var paused = node("paused", clock, Migration.ofDocuments(1, "look", "1", CLUBS, (stored, database) -> {
            if (seen.incrementAndGet() == 5) {
                clock.advance(Duration.ofMinutes(1));
                taken.add(new Leases(databases, clock, "other")
                        .tryAcquire(MigrationRunner.LEASE, MigrationRunner.LEASE_VALIDITY)
                        .orElseThrow());
            }
            return stored;
        }));

        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = nodes.submit(paused::start);
            // It waits for the other holder, which only holds the lease.
            while (!waiting.isDone()
                    && (seen.get() < 5 || paused.progress().snapshot().state() != State.WAITING)) {
                Thread.onSpinWait();
            }
            assertThat(record(1)).containsEntry("state", "RUNNING").containsEntry("seen", 0L);
            taken.getFirst().close();
            waiting.get();
        }

        assertThat(seen).hasValue(15);
        assertThat(record(1)).containsEntry("state", "DONE").containsEntry("seen", 10L);
    }

    @Test
    void aLongMigrationRenewsItsLeaseAndSavesItsProgress() {
        store(20);
        var leases = new Leases(databases, clock, "other");
        var saved = new ArrayList<Long>();

        start(Migration.ofDocuments(1, "slow", "1", CLUBS, (stored, database) -> {
            clock.advance(Duration.ofSeconds(6));
            assertThat(leases.tryAcquire(MigrationRunner.LEASE, MigrationRunner.LEASE_VALIDITY))
                    .isEmpty();
            saved.add(record(1).getLong("seen"));
            return stored;
        }));

        assertThat(saved).hasSize(20).isSorted().endsWith(19L);
    }

    @Test
    void twoNodesAtOnceApplyEachMigrationOnce() throws Exception {
        store(250);
        var all = new Migration[] {
            Migration.ofDocuments(1, "count", "1", CLUBS, COUNTING),
            Migration.ofDocuments(2, "count again", "1", CLUBS, COUNTING),
            Migration.ofDocuments(3, "and again", "1", CLUBS, COUNTING)
        };
        var nodes = List.of(node("one", Clock.systemUTC(), all), node("two", Clock.systemUTC(), all));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var started =
                    nodes.stream().map(node -> threads.submit(node::start)).toList();
            for (var node : started) {
                node.get();
            }
        }

        assertThat(clubs().countDocuments(Filters.eq("steps", 3))).isEqualTo(250);
        assertThat(records())
                .hasSize(3)
                .allSatisfy(record ->
                        assertThat(record).containsEntry("state", "DONE").containsEntry("changed", 250L));
        assertThat(nodes)
                .allSatisfy(
                        node -> assertThat(node.progress().snapshot().state()).isEqualTo(State.DONE));
    }

    @Test
    void aWaitingNodeReportsWaitingUntilMigrationsAreDone() throws Exception {
        store(1);
        var begun = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        var slow = node("slow", clock, Migration.ofDocuments(1, "slow", "1", CLUBS, (stored, database) -> {
            begun.countDown();
            await(finish);
            return stored;
        }));
        var other = node("other", clock, Migration.ofDocuments(1, "slow", "1", CLUBS, UNCHANGED));

        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = nodes.submit(slow::start);
            await(begun);
            var waiting = nodes.submit(other::start);
            assertThat(slow.progress().snapshot()).isEqualTo(new Snapshot(State.RUNNING, 1, 1, "slow", 0));
            assertThat(other.progress().snapshot()).isEqualTo(new Snapshot(State.WAITING, 0, 1, "", 0));
            finish.countDown();
            working.get();
            waiting.get();
        }

        assertThat(other.progress().snapshot().state()).isEqualTo(State.DONE);
    }

    @Test
    void concurrentWritesAreNotLost() {
        clubs().insertOne(new Document("_id", 1)
                .append("version", 0L)
                .append("name", "chess")
                .append("members", 1));

        start(withConcurrentWrite(Updates.combine(Updates.set("name", "go"), Updates.inc("version", 1L))));

        assertThat(club(1)).containsEntry("name", "GO").containsEntry("version", 1L);
        assertThat(record(1)).containsEntry("changed", 1L).containsEntry("seen", 1L);
    }

    @Test
    void concurrentWritesThatKeepTheVersionAreNotLost() {
        clubs().insertOne(new Document("_id", 1)
                .append("version", 0L)
                .append("name", "chess")
                .append("outbox", List.of("a", "b")));

        start(withConcurrentWrite(Updates.pull("outbox", "a")));

        assertThat(club(1)).containsEntry("name", "CHESS").containsEntry("outbox", List.of("b"));
    }

    @Test
    void concurrentWritesToTheSameFieldThatKeepTheVersionAreNotLost() {
        clubs().insertOne(new Document("_id", 1).append("name", "chess"));

        start(withConcurrentWrite(Updates.set("name", "go")));

        assertThat(club(1)).containsEntry("name", "GO");
    }

    @Test
    void aConcurrentlyAddedFieldIsNotLost() {
        clubs().insertOne(new Document("_id", 1).append("version", 0L));
        var first = new AtomicInteger();

        start(Migration.ofDocuments(1, "give a name", "1", CLUBS, (stored, database) -> {
            if (first.getAndIncrement() == 0) {
                clubs().updateOne(Filters.eq("_id", 1), Updates.set("name", "go"));
            }
            stored.putIfAbsent("name", "nameless");
            return stored;
        }));

        assertThat(club(1)).containsEntry("name", "go");
    }

    @Test
    void aConcurrentlyDeletedDocumentStaysDeleted() {
        clubs().insertOne(new Document("_id", 1).append("name", "chess"));

        start(Migration.ofDocuments(1, "upper case", "1", CLUBS, (stored, database) -> {
            clubs().deleteOne(Filters.eq("_id", 1));
            return stored.append("name", "CHESS");
        }));

        assertThat(clubs().countDocuments()).isZero();
        assertThat(record(1)).containsEntry("seen", 1L).containsEntry("changed", 0L);
    }

    @Test
    void aDocumentThatIsChangedInEachAttemptFailsTheMigration() {
        clubs().insertOne(new Document("_id", 1).append("n", 0));

        assertThatIllegalStateException()
                .isThrownBy(() -> start(Migration.ofDocuments(1, "hopeless", "1", CLUBS, (stored, database) -> {
                    clubs().updateOne(Filters.eq("_id", 1), Updates.inc("n", 1));
                    return stored.append("n", -1);
                })))
                .withMessageContaining("Migration 1, hopeless");
    }

    private record Node(MigrationRunner runner, MigrationProgress progress) {

        Node start() {
            try {
                runner.afterPropertiesSet();
                runner.run(new DefaultApplicationArguments());
                return this;
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private Node node(String holder, Clock time, Migration... migrations) {
        var history = new SchemaHistory(databases, Arrays.asList(migrations));
        var progress = new MigrationProgress(history.count());
        return new Node(
                new MigrationRunner(
                        databases,
                        history,
                        new Leases(databases, time, holder),
                        time,
                        new Resaving(converter, EntityCallbacks.create()),
                        progress),
                progress);
    }

    private Node start(Migration... migrations) {
        return node("node", clock, migrations).start();
    }

    private static Migration recording(int number, List<Integer> applied) {
        return Migration.ofDocuments(number, "note " + number, "1", CLUBS, (stored, database) -> {
            applied.add(number);
            return stored;
        });
    }

    /** Writes the name in capitals; during the first attempt, another writer applies the update. */
    private Migration withConcurrentWrite(Bson update) {
        var calls = new AtomicInteger();
        return Migration.ofDocuments(1, "upper case", "1", CLUBS, (stored, database) -> {
            if (calls.getAndIncrement() == 0) {
                clubs().updateOne(Filters.eq("_id", 1), update);
            }
            return stored.append("name", stored.getString("name").toUpperCase(Locale.ROOT));
        });
    }

    private void store(int number) {
        clubs().insertMany(IntStream.range(0, number)
                .mapToObj(place -> new Document("_id", UUID.randomUUID()).append("place", place))
                .toList());
    }

    private MongoCollection<Document> clubs() {
        return databases.getMongoDatabase().getCollection(CLUBS);
    }

    private Document club(int id) {
        return Objects.requireNonNull(clubs().find(Filters.eq("_id", id)).first());
    }

    private MongoCollection<Document> migrations() {
        return databases.getMongoDatabase().getCollection(SchemaHistory.COLLECTION);
    }

    private Document record(int number) {
        return Objects.requireNonNull(
                migrations().find(Filters.eq("_id", number)).first());
    }

    private List<Document> records() {
        return migrations().find().sort(Sorts.ascending("_id")).into(new ArrayList<>());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}

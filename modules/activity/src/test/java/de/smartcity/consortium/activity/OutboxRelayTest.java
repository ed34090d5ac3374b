package de.smartcity.consortium.activity;

import static de.smartcity.consortium.activity.ActivityApplication.THINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.activity.ActivityApplication.Commands;
import de.smartcity.consortium.activity.Things.Thing;
import de.smartcity.consortium.activity.Things.ThingEvent;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonSerializationException;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ActivityTest
class OutboxRelayTest {

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
    }

    @Autowired
    private Things things;

    @Autowired
    private MongoDatabaseFactory databases;

    @Autowired
    private Commands commands;

    private final Clock clock = Clock.systemUTC();

    @BeforeEach
    void deleteAll() {
        things.deleteAll();
    }

    @Test
    void waitingEventsArePublishedOnceAndInOrder() {
        var all = Stream.generate(() -> things.thing(5)).limit(3).toList();
        var relay = relay();

        relay.sweep(THINGS);
        relay.sweep(THINGS);

        assertNumberedWithoutGaps(15);
        for (var thing : all) {
            assertThat(publishedOf(thing))
                    .extracting(PublishedEvent::event)
                    .isEqualTo(thing.waiting().stream().map(Event::id).toList());
            assertThat(things.read(thing.id()).waiting()).isEmpty();
        }
    }

    @Test
    void theLogHoldsAllFieldsOfAnEvent() {
        var thing = things.thing(0);
        var full = thing.change("New name");
        things.template().save(thing, Things.THINGS);

        relay().sweep(THINGS);

        assertThat(things.log())
                .containsExactly(new PublishedEvent(
                        1,
                        full.id(),
                        "Thing",
                        thing.id(),
                        "CHANGED",
                        full.at(),
                        full.partner(),
                        full.account(),
                        List.of("name", "summary"),
                        "a reason",
                        Map.of("name", "New name"),
                        new EventAudience(List.of("consortium", "office", "public"), List.of(), List.of(), Map.of())));
    }

    @Test
    void anEventOfTheServiceItselfHasNeitherPartnerNorReason() {
        var thing = Things.unsaved(Audience.everybody());
        thing.record(Event.of(Change.by(Actor.system(), Things.AT), ThingEvent.SHARED, List.of()));
        things.template().insert(thing, Things.THINGS);

        relay().sweep(THINGS);

        assertThat(things.log()).singleElement().satisfies(published -> {
            assertThat(published.partner()).isNull();
            assertThat(published.reason()).isNull();
            assertThat(published.account().value()).isEqualTo("system");
            assertThat(published.changed()).isEmpty();
        });
    }

    @Test
    void whatANewerVersionStoresInAnEventIsPublishedAsItIs() {
        var thing = things.thing(1);
        var newer = new Document("deep", List.of(1, new Document("er", "x")));
        things.template()
                .getCollection(Things.THINGS)
                .updateOne(
                        new Document("_id", thing.id()),
                        Updates.combine(
                                Updates.set("outbox.events.0.newer", newer),
                                Updates.set("outbox.events.0.shape", 99),
                                // It must not replace what the relay adds.
                                Updates.set("outbox.events.0.kind", "Other")));

        relay().sweep(THINGS);

        var published = Objects.requireNonNull(
                things.template().getCollection(ActivityReading.LOG).find().first());
        assertThat(published.get("newer")).isEqualTo(newer);
        assertThat(published.get("shape")).isEqualTo(99);
        assertThat(published.get("kind")).isEqualTo("Thing");
        assertThat(published.get("event")).isEqualTo(thing.waiting().getFirst().id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UUID | db.things.updateOne({_id: UUID(\"00000000-0000-0001-0000-000000000002\")}, {$unset: {setAside: 1}})",
                "text | db.things.updateOne({_id: \"an-id\"}, {$unset: {setAside: 1}})"
            })
    @ExtendWith(OutputCaptureExtension.class)
    void theLogNamesTheCommandThatTriesADocumentAgain(String id, String command, CapturedOutput output) {
        things.template()
                .getCollection(Things.THINGS)
                .insertOne(new Document("_id", id.equals("UUID") ? new UUID(1, 2) : "an-id")
                        .append(
                                "outbox",
                                new Document("events", List.of(new Document("at", new Date()).append("type", "X")))));
        relay().sweep(THINGS);
        assertThat(output).contains(command);
    }

    @Test
    void aDocumentThatCannotBePublishedIsSetAsideAndStopsNoOther() {
        var all = Stream.generate(() -> things.thing(2)).limit(5).toList();
        var bad = all.get(2);
        var relay = relay();
        things.template()
                .getCollection(Things.THINGS)
                .updateOne(new Document("_id", bad.id()), Updates.push("outbox.events", new Document("type", "NO_ID")));

        relay.sweep(THINGS);

        assertNumberedWithoutGaps(8);
        assertThat(publishedOf(bad)).isEmpty();
        var setAside = document(bad.id()).get("setAside", Document.class);
        assertThat(setAside.getString("reason")).contains("_id");
        assertThat(relay.status().setAside()).isOne();
        assertThat(relay.status().lag()).isZero();

        relay.sweep(THINGS);
        assertThat(document(bad.id()).get("setAside")).as("not tried again").isEqualTo(setAside);

        // The command that the log names, on a repaired document.
        things.template()
                .getCollection(Things.THINGS)
                .updateOne(
                        new Document("_id", bad.id()),
                        Updates.combine(
                                Updates.pull("outbox.events", new Document("type", "NO_ID")),
                                Updates.unset("setAside")));
        relay.sweep(THINGS);
        assertNumberedWithoutGaps(10);
        assertThat(publishedOf(bad)).hasSize(2);
        assertThat(relay.status().setAside()).isZero();
    }

    @Test
    void anEventThatTheLogRefusesSetsItsDocumentAsideOnly() {
        var all = Stream.generate(() -> things.thing(1)).limit(3).toList();
        // Two events that claim each other's id cannot both be inserted, so this one's id is of a type that the log
        // refuses.
        things.template()
                .getCollection(Things.THINGS)
                .updateOne(new Document("_id", all.get(1).id()), Updates.set("outbox.events.0._id", List.of(1, 2)));

        relay().sweep(THINGS);

        assertNumberedWithoutGaps(2);
        assertThat(document(all.get(1).id())).containsKey("setAside");
    }

    @Test
    void onlyWhatIsInADocumentSetsItAside() {
        var server = new ServerAddress();
        var noResult = BulkWriteResult.acknowledged(0, 0, 0, 0, List.of(), List.of());
        var steppedDown = new MongoBulkWriteException(
                noResult,
                List.of(),
                new WriteConcernError(11_602, "InterruptedDueToReplStateChange", "", new BsonDocument()),
                server,
                Set.of());
        var unreachable = new MongoBulkWriteException(
                noResult,
                List.of(new BulkWriteError(6, "HostUnreachable", new BsonDocument(), 0)),
                null,
                server,
                Set.of());
        var tooLarge = new MongoBulkWriteException(
                noResult,
                List.of(new BulkWriteError(10_334, "BSONObjectTooLarge", new BsonDocument(), 0)),
                null,
                server,
                Set.of());
        assertThat(OutboxRelay.isOfDocument(steppedDown)).isFalse();
        assertThat(OutboxRelay.isOfDocument(unreachable)).isFalse();
        assertThat(OutboxRelay.isOfDocument(tooLarge)).isTrue();
        assertThat(OutboxRelay.isOfDocument(new BsonSerializationException("Not a list")))
                .isTrue();
    }

    @Test
    void aNumberThatAFailoverUndoesLeavesNoGap() {
        var thing = things.thing(1);
        var relay = relay();
        // Another relay has published it, but a failover undoes that before this relay publishes anything itself.
        things.template()
                .getCollection(ActivityReading.LOG)
                .insertOne(new Document("_id", 1L)
                        .append("event", thing.waiting().getFirst().id()));
        relay.sweep(THINGS);
        things.template().getCollection(ActivityReading.LOG).deleteOne(new Document("_id", 1L));

        things.thing(1);
        relay.sweep(THINGS);

        assertNumberedWithoutGaps(1);
    }

    @Test
    void aSaveOfADocumentThatWasSetAsideTriesItAgain() {
        var thing = things.thing(1);
        things.template()
                .getCollection(Things.THINGS)
                .updateOne(new Document("_id", thing.id()), Updates.set("setAside", new Document("since", new Date())));
        relay().sweep(THINGS);
        assertThat(things.log()).isEmpty();

        var now = things.read(thing.id());
        now.change("Saved");
        things.template().save(now, Things.THINGS);
        relay().sweep(THINGS);

        assertNumberedWithoutGaps(2);
    }

    @Test
    void theLagIsTheAgeOfTheOldestWaitingEvent() {
        var relay = new OutboxRelay(
                databases,
                new EventSources(List.of(THINGS)),
                Clock.fixed(Things.AT.plusSeconds(90), ZoneOffset.UTC),
                () -> {});
        assertThat(relay.status().lag()).isZero();
        things.thing(2);
        assertThat(relay.status().lag()).isEqualTo(Duration.ofSeconds(90));
        relay.sweep(THINGS);
        assertThat(relay.status().lag()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "100, 1", "1, 1"})
    void aBatchCostsAFixedNumberOfCommands(int aggregates, int events) {
        relay().sweep(THINGS);
        Stream.generate(() -> things.thing(events)).limit(aggregates).toList();
        commands.clear();

        relay().sweep(THINGS);

        assertNumberedWithoutGaps(aggregates * events);
        assertThat(commands.count("insert")).isEqualTo(1);
        assertThat(commands.count("update")).isEqualTo(1);
        // Full batches are followed by one more question.
        assertThat(commands.count("find") - 1)
                .as("without that of the assertion")
                .isLessThanOrEqualTo(2);
    }

    @Test
    void oneSweepPublishesMoreThanOneBatch() {
        Stream.generate(() -> things.thing(1)).limit(250).toList();

        relay().sweep(THINGS);

        assertNumberedWithoutGaps(250);
    }

    @Test
    void fourConcurrentRelaysPublishEachEventOnceAndNumberThemWithoutGaps() throws Exception {
        var all = Stream.generate(() -> things.thing(10)).limit(20).toList();

        atOnce(Stream.generate(() -> (Runnable) () -> relay().sweep(THINGS))
                .limit(4)
                .toList());

        assertNumberedWithoutGaps(200);
        assertThat(things.log()).extracting(PublishedEvent::event).doesNotHaveDuplicates();
        for (var thing : all) {
            assertThat(publishedOf(thing))
                    .as("in the order in which it happened")
                    .extracting(PublishedEvent::event)
                    .isEqualTo(thing.waiting().stream().map(Event::id).toList());
            assertThat(things.read(thing.id()).waiting()).isEmpty();
        }
    }

    @Test
    void runningRelaysMakeNoSaveStale() throws Exception {
        var thing = things.thing(0);
        var stop = new AtomicBoolean();
        Runnable sweeping = () -> {
            while (!stop.get()) {
                relay().sweep(THINGS);
            }
        };
        Runnable changing = () -> {
            try {
                // Fails if a relay's update makes the save stale.
                for (var n = 0; n < 100; n++) {
                    var now = things.read(thing.id());
                    now.change("Change" + n);
                    things.template().save(now, Things.THINGS);
                }
            } finally {
                stop.set(true);
            }
        };

        atOnce(List.of(sweeping, sweeping, changing));
        relay().sweep(THINGS);

        assertNumberedWithoutGaps(100);
        assertThat(things.log())
                .extracting(
                        published -> Objects.requireNonNull(published.details()).get("name"))
                .isEqualTo(IntStream.range(0, 100).mapToObj(n -> "Change" + n).toList());
        assertThat(things.read(thing.id()).version()).isEqualTo(100);
    }

    @Test
    void eventsThatARelayPublishedBeforeItDiedAreNotPublishedAgain() {
        var thing = things.thing(3);
        var published = thing.waiting().getFirst();
        things.template()
                .getCollection(ActivityReading.LOG)
                .insertOne(new Document("_id", 1L)
                        .append("event", published.id())
                        .append("subject", thing.id())
                        .append("type", published.type()));

        relay().sweep(THINGS);

        assertNumberedWithoutGaps(3);
        assertThat(things.log())
                .extracting(PublishedEvent::event)
                .isEqualTo(thing.waiting().stream().map(Event::id).toList());
        assertThat(things.read(thing.id()).waiting()).isEmpty();
    }

    @Test
    void eventsThatAConcurrentSaveRestoresAreNotPublishedAgain() {
        var thing = things.thing(2);
        var readBefore = things.read(thing.id());
        relay().sweep(THINGS);

        // Not refused as stale, since the relay does not change the version; so the save restores the outbox.
        var last = readBefore.change("Last");
        things.template().save(readBefore, Things.THINGS);
        assertThat(things.read(thing.id()).waiting()).hasSize(3);
        relay().sweep(THINGS);

        assertNumberedWithoutGaps(3);
        assertThat(things.log().getLast().event()).isEqualTo(last.id());
        assertThat(things.read(thing.id()).waiting()).isEmpty();
    }

    @Test
    void publishingChangesNothingButTheOutbox() {
        var thing = things.thing(2);
        var before = document(thing.id());

        relay().sweep(THINGS);

        var after = document(thing.id());
        assertThat(after.get("version")).isNotNull().isEqualTo(before.get("version"));
        before.remove("outbox");
        after.remove("outbox");
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aggregatesWithoutWaitingEventsAreIgnored() {
        things.thing(0);
        things.template().getCollection(Things.THINGS).insertOne(new Document("_id", UUID.randomUUID()));

        relay().sweep(THINGS);

        assertThat(things.log()).isEmpty();
    }

    @Test
    void aSaveTriggersPublishing() {
        var thing = Things.unsaved(Audience.everybody());
        thing.change("Saved");
        things.template().insert(thing, Things.WATCHED);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(things.log())
                        .extracting(PublishedEvent::subject)
                        .containsExactly(thing.id()));
        awaitEmptyOutbox(thing);
    }

    @Test
    void eventsThatAnotherNodeLeftArePublishedByTheNextSweep() {
        var thing = things.thing(2);
        // Bypasses Spring Data, so that this node's relay is not notified.
        things.template().getCollection(Things.WATCHED).insertOne(document(thing.id()));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(things.log())
                        .extracting(PublishedEvent::event)
                        .isEqualTo(thing.waiting().stream().map(Event::id).toList()));
        awaitEmptyOutbox(thing);
    }

    private void awaitEmptyOutbox(Thing thing) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Objects.requireNonNull(things.template().findById(thing.id(), Thing.class, Things.WATCHED))
                        .waiting()
                        .isEmpty());
    }

    /** A relay of another node. */
    private OutboxRelay relay() {
        return new OutboxRelay(databases, new EventSources(List.of(THINGS)), clock, () -> {});
    }

    private List<PublishedEvent> publishedOf(Thing thing) {
        return things.log().stream()
                .filter(published -> published.subject().equals(thing.id()))
                .toList();
    }

    private void assertNumberedWithoutGaps(int events) {
        assertThat(things.log())
                .extracting(PublishedEvent::number)
                .isEqualTo(LongStream.rangeClosed(1, events).boxed().toList());
    }

    private Document document(UUID id) {
        return Objects.requireNonNull(things.template()
                .getCollection(Things.THINGS)
                .find(new Document("_id", id))
                .first());
    }

    private static void atOnce(List<Runnable> work) throws Exception {
        var start = new CyclicBarrier(work.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var each : work) {
                running.add(threads.submit(() -> {
                    start.await();
                    each.run();
                    return null;
                }));
            }
            for (var each : running) {
                each.get();
            }
        }
    }
}

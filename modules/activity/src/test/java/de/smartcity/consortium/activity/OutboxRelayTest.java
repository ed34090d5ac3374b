package de.smartcity.consortium.activity;

import static de.smartcity.consortium.activity.ActivityApplication.THINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.activity.Things.Thing;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
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
    private RecordCollections collections;

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
                    .extracting(ActivityView::event)
                    .isEqualTo(thing.waiting().stream().map(Event::id).toList());
            assertThat(things.read(thing.id()).waiting()).isEmpty();
        }
    }

    @Test
    void theLogHoldsAllFieldsOfAnEvent() {
        var thing = things.thing(0);
        var full = thing.change("ThingEdited");
        things.template().save(thing, Things.THINGS);

        relay().sweep(THINGS);

        assertThat(things.log())
                .containsExactly(new ActivityView(
                        1,
                        full.id(),
                        thing.id(),
                        full.at(),
                        "ThingEdited",
                        full.partner(),
                        full.account(),
                        full.changed(),
                        "a reason"));
    }

    @Test
    void anEventOfTheServiceItselfHasNeitherPartnerNorReason() {
        var event = new Event(
                UUID.randomUUID(), "ThingLoaded", Things.event("").at(), null, AccountId.SYSTEM, List.of(), null);
        things.template().insert(new Thing(UUID.randomUUID(), null, new Outbox(List.of(event))), Things.THINGS);

        relay().sweep(THINGS);

        assertThat(things.log()).singleElement().satisfies(published -> {
            assertThat(published.partner()).isNull();
            assertThat(published.reason()).isNull();
            assertThat(published.accountId().value()).isEqualTo("system");
            assertThat(published.changed()).isEmpty();
        });
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
        assertThat(things.log()).extracting(ActivityView::event).doesNotHaveDuplicates();
        for (var thing : all) {
            assertThat(publishedOf(thing))
                    .as("in the order in which it happened")
                    .extracting(ActivityView::event)
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
                .extracting(ActivityView::type)
                .isEqualTo(IntStream.range(0, 100).mapToObj(n -> "Change" + n).toList());
        assertThat(things.read(thing.id()).version()).isEqualTo(100);
    }

    @Test
    void eventsThatARelayPublishedBeforeItDiedAreNotPublishedAgain() {
        var thing = things.thing(3);
        var published = thing.waiting().getFirst();
        collections
                .of(ActivityReading.LOG, ActivityView.class)
                .insertOne(new ActivityView(
                        1,
                        published.id(),
                        thing.id(),
                        published.at(),
                        published.type(),
                        published.partner(),
                        published.account(),
                        published.changed(),
                        published.reason()));

        relay().sweep(THINGS);

        assertNumberedWithoutGaps(3);
        assertThat(things.log())
                .extracting(ActivityView::event)
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
        var thing = new Thing(UUID.randomUUID(), null, new Outbox(List.of()));
        thing.change("Saved");
        things.template().insert(thing, Things.WATCHED);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(things.log()).extracting(ActivityView::type).containsExactly("Saved"));
        awaitEmptyOutbox(thing);
    }

    @Test
    void eventsThatAnotherNodeLeftArePublishedByTheNextSweep() {
        var thing = things.thing(2);
        // Bypasses Spring Data, so that this node's relay is not notified.
        things.template().getCollection(Things.WATCHED).insertOne(document(thing.id()));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(things.log()).extracting(ActivityView::type).containsExactly("Change1", "Change2"));
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
        return new OutboxRelay(collections, List.of(THINGS));
    }

    private List<ActivityView> publishedOf(Thing thing) {
        return things.log().stream()
                .filter(published -> published.subject().equals(thing.id()))
                .toList();
    }

    private void assertNumberedWithoutGaps(int events) {
        assertThat(things.log())
                .extracting(ActivityView::sequence)
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

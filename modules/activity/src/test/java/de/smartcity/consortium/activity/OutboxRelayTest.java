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
    private RecordCollections views;

    @BeforeEach
    void nothingHappened() {
        things.forgetAll();
    }

    @Test
    void whatWaitsIsToldOnceAndInOrder() {
        var all = Stream.generate(() -> things.thing(5)).limit(3).toList();
        var relay = relay();

        relay.sweep(THINGS);
        relay.sweep(THINGS);

        isNumberedWithoutAGap(15);
        for (var thing : all) {
            assertThat(toldOf(thing))
                    .extracting(ActivityView::event)
                    .isEqualTo(thing.waiting().stream().map(Event::id).toList());
            assertThat(things.read(thing.id()).waiting()).isEmpty();
        }
    }

    @Test
    void theLogSaysWhatTheEventSaid() {
        var thing = things.thing(0);
        var full = thing.changes("ThingEdited");
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
    void whatTheServiceItselfDidHasNoPartnerAndNeedsNoReason() {
        var event = new Event(
                UUID.randomUUID(), "ThingLoaded", Things.event("").at(), null, AccountId.SYSTEM, List.of(), null);
        things.template().insert(new Thing(UUID.randomUUID(), null, new Outbox(List.of(event))), Things.THINGS);

        relay().sweep(THINGS);

        assertThat(things.log()).singleElement().satisfies(told -> {
            assertThat(told.partner()).isNull();
            assertThat(told.reason()).isNull();
            assertThat(told.accountId().value()).isEqualTo("system");
            assertThat(told.changed()).isEmpty();
        });
    }

    @Test
    void moreThanARelayTakesAtOnceIsToldInOneSweep() {
        Stream.generate(() -> things.thing(1)).limit(250).toList();

        relay().sweep(THINGS);

        isNumberedWithoutAGap(250);
    }

    @Test
    void fourRelaysAtOnceTellEachEventOnceAndNumberThemWithoutAGap() throws Exception {
        var all = Stream.generate(() -> things.thing(10)).limit(20).toList();

        atOnce(Stream.generate(() -> (Runnable) () -> relay().sweep(THINGS))
                .limit(4)
                .toList());

        isNumberedWithoutAGap(200);
        assertThat(things.log()).extracting(ActivityView::event).doesNotHaveDuplicates();
        for (var thing : all) {
            assertThat(toldOf(thing))
                    .as("in the order in which it happened")
                    .extracting(ActivityView::event)
                    .isEqualTo(thing.waiting().stream().map(Event::id).toList());
            assertThat(things.read(thing.id()).waiting()).isEmpty();
        }
    }

    @Test
    void relaysAtWorkMakeNoChangeStale() throws Exception {
        var thing = things.thing(0);
        var stop = new AtomicBoolean();
        Runnable sweeping = () -> {
            while (!stop.get()) {
                relay().sweep(THINGS);
            }
        };
        Runnable changing = () -> {
            try {
                // Stale by another's change it would be refused, and this test fail.
                for (var n = 0; n < 100; n++) {
                    var now = things.read(thing.id());
                    now.changes("Change" + n);
                    things.template().save(now, Things.THINGS);
                }
            } finally {
                stop.set(true);
            }
        };

        atOnce(List.of(sweeping, sweeping, changing));
        relay().sweep(THINGS);

        isNumberedWithoutAGap(100);
        assertThat(things.log())
                .extracting(ActivityView::type)
                .isEqualTo(IntStream.range(0, 100).mapToObj(n -> "Change" + n).toList());
        assertThat(things.read(thing.id()).version()).isEqualTo(100);
    }

    @Test
    void whatARelayToldBeforeItDiedIsNotToldAgain() {
        var thing = things.thing(3);
        var told = thing.waiting().getFirst();
        views.of(ActivityReading.LOG, ActivityView.class)
                .insertOne(new ActivityView(
                        1,
                        told.id(),
                        thing.id(),
                        told.at(),
                        told.type(),
                        told.partner(),
                        told.account(),
                        told.changed(),
                        told.reason()));

        relay().sweep(THINGS);

        isNumberedWithoutAGap(3);
        assertThat(things.log())
                .extracting(ActivityView::event)
                .isEqualTo(thing.waiting().stream().map(Event::id).toList());
        assertThat(things.read(thing.id()).waiting()).isEmpty();
    }

    @Test
    void whatAConcurrentSaveBringsBackIsNotToldAgain() {
        var thing = things.thing(2);
        var readBefore = things.read(thing.id());
        relay().sweep(THINGS);

        // Not refused as stale, since the relay leaves the version alone; and so its outbox comes back.
        var last = readBefore.changes("Last");
        things.template().save(readBefore, Things.THINGS);
        assertThat(things.read(thing.id()).waiting()).hasSize(3);
        relay().sweep(THINGS);

        isNumberedWithoutAGap(3);
        assertThat(things.log().getLast().event()).isEqualTo(last.id());
        assertThat(things.read(thing.id()).waiting()).isEmpty();
    }

    @Test
    void tellingLeavesEverythingButTheOutboxAsItWas() {
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
    void thingsWithNothingToTellAreLeftAlone() {
        things.thing(0);
        things.template().getCollection(Things.THINGS).insertOne(new Document("_id", UUID.randomUUID()));

        relay().sweep(THINGS);

        assertThat(things.log()).isEmpty();
    }

    @Test
    void aSaveIsToldByItself() {
        var thing = new Thing(UUID.randomUUID(), null, new Outbox(List.of()));
        thing.changes("Saved");
        things.template().insert(thing, Things.WATCHED);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(things.log()).extracting(ActivityView::type).containsExactly("Saved"));
        watchedIsEmptied(thing);
    }

    @Test
    void whatAnotherNodeLeftIsFoundByTheNextSweep() {
        var thing = things.thing(2);
        // Past Spring Data, so that this node's relay hears nothing of it.
        things.template().getCollection(Things.WATCHED).insertOne(document(thing.id()));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(things.log()).extracting(ActivityView::type).containsExactly("Change1", "Change2"));
        watchedIsEmptied(thing);
    }

    private void watchedIsEmptied(Thing thing) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Objects.requireNonNull(things.template().findById(thing.id(), Thing.class, Things.WATCHED))
                        .waiting()
                        .isEmpty());
    }

    /** A relay of another node. */
    private OutboxRelay relay() {
        return new OutboxRelay(views, List.of(THINGS));
    }

    private List<ActivityView> toldOf(Thing thing) {
        return things.log().stream()
                .filter(told -> told.subject().equals(thing.id()))
                .toList();
    }

    private void isNumberedWithoutAGap(int events) {
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

package de.smartcity.consortium.activity;

import static de.smartcity.consortium.activity.ActivityApplication.THINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.mongo.Leases;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.sandbox.SettableClock;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ActivityTest
class HandlerRunTest {

    private static final Duration LEASE = Duration.ofSeconds(2);

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
    }

    @Autowired
    private Things things;

    @Autowired
    private RecordCollections collections;

    @Autowired
    private MongoDatabaseFactory databases;

    @Autowired
    private Leases leases;

    private final SettableClock clock = new SettableClock(Things.AT.plusSeconds(60));
    private final List<Long> handled = new CopyOnWriteArrayList<>();
    private final List<HandlerRun> started = new ArrayList<>();

    @BeforeEach
    void deleteAll() {
        things.deleteAll();
        checkpoints().deleteMany(Filters.in("_id", "counter", "reader", "failing", "other", "contended", "new"));
    }

    @AfterEach
    void stopAll() {
        started.forEach(run -> run.worker().stop());
        started.forEach(run -> run.worker().awaitEnd(Duration.ofSeconds(5)));
    }

    @Test
    void allEventsAreHandledInTheOrderOfTheirNumbers() {
        publish(250);
        start("counter", event -> handled.add(event.number()));
        awaitHandled(250);

        publish(3);
        awaitHandled(253);
        awaitCheckpoint("counter", 253);
    }

    @Test
    void aHandlerGetsAllOfAnEvent() {
        var thing = things.thing(1);
        relay().sweep(THINGS);
        var seen = new CopyOnWriteArrayList<PublishedEvent>();
        start("reader", seen::add);
        await().until(() -> !seen.isEmpty());

        assertThat(seen).isEqualTo(things.log());
        var event = seen.getFirst();
        assertThat(event.subject()).isEqualTo(thing.id());
        assertThat(event.kind()).isEqualTo("Thing");
        assertThat(event.audience().tokens()).contains("public");
    }

    @Test
    void anotherNodeGoesOnWhereTheFirstHasStopped() {
        publish(120);
        var first = start("counter", event -> handled.add(event.number()));
        awaitHandled(120);
        awaitCheckpoint("counter", 120);
        first.worker().stop();
        first.worker().awaitEnd(Duration.ofSeconds(5));

        publish(10);
        start("counter", event -> handled.add(event.number()));
        awaitHandled(130);
    }

    @Test
    void oneNodeAtATimeHandlesEvents() {
        publish(300);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        for (var node = 0; node < 3; node++) {
            start("counter", event -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                pause(2);
                handled.add(event.number());
                inside.decrementAndGet();
            });
        }
        awaitHandled(300);
        assertThat(most).hasValue(1);
    }

    @Test
    void anEventThatFailsIsTriedAgainWithGrowingDelaysAndOtherHandlersGoOn() {
        publish(5);
        var attempts = new AtomicInteger();
        var others = new CopyOnWriteArrayList<Long>();
        var failing = start("failing", event -> {
            if (event.number() == 3 && attempts.incrementAndGet() <= 3) {
                throw new IllegalStateException("Not yet");
            }
            handled.add(event.number());
        });
        start("other", event -> others.add(event.number()));

        awaitFailures(failing, 1);
        await().until(() -> others.size() == 5);
        assertThat(failing.status()).isEqualTo(new HandlerStatus("failing", Duration.ofSeconds(60), 1));
        for (var delay : List.of(1, 2)) {
            clock.advance(Duration.ofSeconds(delay).minusMillis(1));
            failing.worker().wake();
            // Longer than a round takes; a round without the delay would come within it.
            pause(300);
            assertThat(attempts).as("not before the delay is over").hasValue(delay);
            clock.advance(Duration.ofMillis(1));
            failing.worker().wake();
            awaitFailures(failing, delay + 1);
        }
        clock.advance(Duration.ofSeconds(4));
        failing.worker().wake();

        await().until(() -> handled.size() == 5);
        assertThat(handled).containsExactly(1L, 2L, 3L, 4L, 5L);
        await().until(() -> failing.status().failures() == 0);
        assertThat(failing.status()).isEqualTo(new HandlerStatus("failing", Duration.ZERO, 0));
    }

    @Test
    void anErrorCountsAsAFailureAndEndsNoWorker() {
        publish(2);
        var calls = new AtomicInteger();
        var run = start("failing", event -> {
            if (calls.incrementAndGet() == 1) {
                throw new StackOverflowError();
            }
            handled.add(event.number());
        });
        awaitFailures(run, 1);
        clock.advance(Duration.ofSeconds(1));
        run.worker().wake();
        awaitHandled(2);
    }

    @Test
    void aTimeOfTheNextAttemptFarAheadComesFromAWrongClockAndDoesNotCount() {
        publish(2);
        var calls = new AtomicInteger();
        var run = start("failing", event -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("Not yet");
            }
            handled.add(event.number());
        });
        clock.advance(Duration.ofDays(1));
        awaitFailures(run, 1);
        checkpoints()
                .updateOne(
                        Filters.eq("_id", "failing"),
                        Updates.set("retryAt", Date.from(clock.instant().plusSeconds(3_600))));
        run.worker().stop();
        run.worker().awaitEnd(Duration.ofSeconds(5));
        start("failing", event -> handled.add(event.number()));
        awaitHandled(2);
    }

    @Test
    void aNodeRenewsItsLeaseWhileItHandlesEvents() {
        publish(40);
        var fences = new ConcurrentSkipListSet<Long>();
        for (var node = 0; node < 2; node++) {
            start("counter", event -> {
                // 40 of them take twice as long as the lease is valid.
                pause(100);
                fences.add(Objects.requireNonNull(databases
                                .getMongoDatabase()
                                .getCollection("leases")
                                .find(Filters.eq("_id", "handler-counter"))
                                .first())
                        .getLong("fence"));
                handled.add(event.number());
            });
        }
        awaitHandled(40);
        assertThat(fences).as("acquisitions").hasSize(1);
    }

    @Test
    void anEventThatThisVersionCannotDecodeHoldsUpItsHandlerLikeOneThatFails() {
        publish(3);
        databases
                .getMongoDatabase()
                .getCollection(ActivityReading.LOG)
                .updateOne(Filters.eq("_id", 2L), Updates.set("changed", 7));
        var run = start("counter", event -> handled.add(event.number()));
        awaitFailures(run, 1);
        assertThat(handled).containsExactly(1L);
    }

    @Test
    void aNodeThatLostItsLeaseMovesNoCheckpoint() throws InterruptedException {
        publish(5);
        var entered = new Semaphore(0);
        var leave = new Semaphore(0);
        var slow = start("contended", event -> {
            if (event.number() == 3) {
                entered.release();
                leave.acquireUninterruptibly();
            }
        });
        entered.acquire();

        // It does not renew its lease while it hangs in an event, and another node takes over.
        databases
                .getMongoDatabase()
                .getCollection("leases")
                .updateOne(Filters.eq("_id", "handler-contended"), Updates.set("expiresAt", new Date(0)));
        start("contended", event -> handled.add(event.number()));
        awaitCheckpoint("contended", 5);
        var fence = checkpoint("contended").getLong("fence");
        // Any write of the checkpoint by the first node would change this.
        checkpoints().updateOne(Filters.eq("_id", "contended"), Updates.set("number", 4L));
        leave.release();

        slow.worker().stop();
        slow.worker().awaitEnd(Duration.ofSeconds(5));
        assertThat(checkpoint("contended").getLong("fence")).isEqualTo(fence);
        assertThat(checkpoint("contended").getLong("number")).isEqualTo(4);
    }

    @Test
    void aHandlerThatHasNotBegunLagsByTheFirstEvent() {
        assertThat(run("new", event -> {}).status()).isEqualTo(new HandlerStatus("new", Duration.ZERO, 0));
        publish(7);
        assertThat(run("new", event -> {}).status()).isEqualTo(new HandlerStatus("new", Duration.ofSeconds(60), 0));
    }

    private HandlerRun run(String name, Consumer<PublishedEvent> handle) {
        return new HandlerRun(new EventHandler(name, handle), collections, databases, leases, clock, LEASE);
    }

    private HandlerRun start(String name, Consumer<PublishedEvent> handle) {
        var run = run(name, handle);
        started.add(run);
        run.worker().start();
        return run;
    }

    private void publish(int events) {
        for (var rest = events; rest > 0; rest -= 100) {
            things.thing(Math.min(rest, 100));
        }
        relay().sweep(THINGS);
    }

    private OutboxRelay relay() {
        return new OutboxRelay(databases, new EventSources(List.of(THINGS)), Clock.systemUTC(), () -> {});
    }

    private void awaitHandled(int events) {
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= events);
        assertThat(handled).isEqualTo(LongStream.rangeClosed(1, events).boxed().toList());
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitFailures(HandlerRun run, int failures) {
        await().atMost(Duration.ofSeconds(20)).until(() -> run.status().failures() == failures);
    }

    private void awaitCheckpoint(String name, long number) {
        await().atMost(Duration.ofSeconds(20)).until(() -> checkpoint(name).getLong("number") == number);
    }

    private Document checkpoint(String name) {
        return Objects.requireNonNull(
                checkpoints().find(Filters.eq("_id", name)).first());
    }

    private MongoCollection<Document> checkpoints() {
        return databases.getMongoDatabase().getCollection(HandlerRun.CHECKPOINTS);
    }
}

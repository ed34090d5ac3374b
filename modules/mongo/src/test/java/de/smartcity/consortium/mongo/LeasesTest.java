package de.smartcity.consortium.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.sandbox.SettableClock;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class LeasesTest {

    private static final Duration VALID_FOR = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int NODES = 16;

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
    }

    @Autowired
    private MongoDatabaseFactory databases;

    @Autowired
    private Leases configuredLeases;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T09:30:00Z"));
    private final String name = "lease-" + UUID.randomUUID();

    private Leases here;
    private Leases there;

    @BeforeEach
    void createNodes() {
        here = node("here", clock);
        there = node("there", clock);
    }

    @Test
    void oneNodeHoldsALeaseAtATime() {
        assertThat(here.tryAcquire(name, VALID_FOR)).isPresent();

        assertThat(there.tryAcquire(name, VALID_FOR)).isEmpty();
        assertThat(there.tryAcquire(name + "-another", VALID_FOR)).isPresent();
    }

    @Test
    void aLeaseIsNotReentrant() {
        assertThat(here.tryAcquire(name, VALID_FOR)).isPresent();

        assertThat(here.tryAcquire(name, VALID_FOR)).isEmpty();
    }

    @Test
    void aLeaseNamesItsHolderAndItsExpiry() {
        held(here);

        assertThat(stored())
                .containsEntry("holder", "here")
                .containsEntry("expiresAt", Date.from(clock.instant().plus(VALID_FOR)));
        assertThat(configuredLeases.tryAcquire(name + "-of-the-service", VALID_FOR))
                .isPresent();
    }

    @Test
    void aReleasedLeaseIsFreeImmediatelyAndItsFenceIncreases() {
        var first = held(here);
        first.close();

        assertThat(stored()).doesNotContainKey("holder");
        assertThat(held(there).fence()).isGreaterThan(first.fence());
    }

    @Test
    void oneOfSixteenNodesGetsAFreeLease() throws Exception {
        for (var round = 0; round < 20; round++) {
            assertThat(acquiredAtOnce(name + round)).hasSize(1);
        }
    }

    @Test
    void oneOfSixteenNodesTakesOverAnExpiredLease() throws Exception {
        var last = held(here).fence();
        for (var round = 0; round < 20; round++) {
            clock.advance(VALID_FOR.plus(Leases.MAX_CLOCK_SKEW).plusMillis(1));
            var acquired = acquiredAtOnce(name);
            assertThat(acquired).hasSize(1);
            assertThat(acquired.getFirst().fence()).isEqualTo(++last);
        }
    }

    @Test
    void anExpiredLeaseIsTakenOverOnlyAfterTheMaximumClockSkew() {
        held(here);

        clock.advance(VALID_FOR.plus(Leases.MAX_CLOCK_SKEW));
        assertThat(there.tryAcquire(name, VALID_FOR)).isEmpty();

        clock.advance(Duration.ofMillis(1));
        assertThat(there.tryAcquire(name, VALID_FOR)).isPresent();
    }

    @Test
    void aRenewedLeaseIsValidForItsWholeDurationAgain() {
        var lease = held(here);
        clock.advance(VALID_FOR);
        lease.renew();

        clock.advance(VALID_FOR.plus(Leases.MAX_CLOCK_SKEW));
        assertThat(there.tryAcquire(name, VALID_FOR)).isEmpty();
    }

    @Test
    void anExpiredLeaseThatNobodyTookCanBeRenewed() {
        var lease = held(here);
        clock.advance(LONG);
        lease.renew();

        assertThat(there.tryAcquire(name, VALID_FOR)).isEmpty();
    }

    @Test
    void aNodeThatLostItsLeaseCanNeitherRenewNorReleaseIt() {
        var lost = held(here);
        clock.advance(LONG);
        var taken = held(there);

        assertThatExceptionOfType(LeaseLost.class).isThrownBy(lost::renew);
        lost.close();
        assertThat(here.tryAcquire(name, VALID_FOR)).isEmpty();
        taken.renew();
    }

    @Test
    void aNodeThatAcquiredItsLeaseAgainCannotRenewTheLostOne() {
        var lost = held(here);
        clock.advance(LONG);
        var taken = held(here);

        assertThatExceptionOfType(LeaseLost.class).isThrownBy(lost::renew);
        lost.close();
        taken.renew();
        assertThat(there.tryAcquire(name, VALID_FOR)).isEmpty();
    }

    @Test
    void aReleasedLeaseCannotBeRenewed() {
        var lease = held(here);
        lease.close();

        assertThatExceptionOfType(LeaseLost.class).isThrownBy(lease::renew);
        assertThat(there.tryAcquire(name, VALID_FOR)).isPresent();
    }

    @Test
    void aWaitingNodeGetsTheLeaseOnceItIsReleased() throws Exception {
        var lease = held(here);
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = nodes.submit(() -> there.acquire(name, VALID_FOR, LONG));
            lease.close();

            assertThat(waiting.get().fence()).isGreaterThan(lease.fence());
        }
    }

    @Test
    void aWaitingNodeTakesOverTheLeaseOnceItHasExpired() throws Exception {
        var lease = held(here);
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = nodes.submit(() -> there.acquire(name, VALID_FOR, LONG));
            clock.advance(LONG);

            assertThat(waiting.get().fence()).isGreaterThan(lease.fence());
        }
    }

    @Test
    void waitingForALeaseTimesOut() {
        held(here);

        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> there.acquire(name, VALID_FOR, Duration.ZERO))
                .withMessageContaining(name);
    }

    @Test
    void aPausedHolderIsRefusedByItsFence() {
        var paused = held(here);
        var before = paused.claim(checkpoints(), name, new Document("position", 0));
        before.update(Updates.set("position", 1));

        clock.advance(LONG);
        var after = held(there).claim(checkpoints(), name, new Document("position", 0));

        assertThat(after.content()).containsEntry("position", 1);
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> before.update(Updates.set("position", 2)));
        assertThatExceptionOfType(LeaseLost.class)
                .isThrownBy(() -> paused.claim(checkpoints(), name, new Document("position", 0)));
        after.update(Updates.inc("position", 10));
        assertThat(checkpoints().find(Filters.eq("_id", name)).first()).containsEntry("position", 11);
    }

    @Test
    void theSameHolderMayClaimAgain() {
        var lease = held(here);
        lease.claim(checkpoints(), name, new Document("position", 0)).update(Updates.set("position", 1));

        assertThat(lease.claim(checkpoints(), name, new Document("position", 0)).content())
                .containsEntry("position", 1);
    }

    @Test
    void theLatestOfManyHoldersClaimsADocumentThatAllTryToCreate() throws Exception {
        for (var round = 0; round < 5; round++) {
            var id = name + round;
            var holders = new ArrayList<Lease>();
            for (var node = 0; node < NODES; node++) {
                clock.advance(LONG);
                holders.add(held(here));
            }
            atOnce(holders.stream()
                    .<Callable<Boolean>>map(lease -> () -> {
                        try {
                            lease.claim(checkpoints(), id, new Document());
                            return true;
                        } catch (LeaseLost lost) {
                            return false;
                        }
                    })
                    .toList());

            assertThat(checkpoints().find(Filters.eq("_id", id)).first())
                    .containsEntry("fence", holders.getLast().fence());
        }
    }

    @Test
    void aLeaseIsRenewedWhileItsWorkRuns() throws Exception {
        var node = node("here", Clock.systemUTC());

        node.whileHeld(name, Duration.ofMillis(90), LONG, lease -> {
            // Ends only when it has been renewed three times.
            for (var renewals = 0; renewals < 3; renewals++) {
                var expiry = expiry();
                while (!expiry().after(expiry)) {
                    Thread.onSpinWait();
                }
            }
        });

        assertThat(there.tryAcquire(name, VALID_FOR)).isPresent();
    }

    @Test
    void onlyOneNodeAtATimeWorksUnderALease() throws Exception {
        var working = new AtomicInteger();
        var done = new AtomicInteger();
        onAllNodes(number -> {
            node("node" + number, Clock.systemUTC()).whileHeld(name, VALID_FOR, LONG, lease -> {
                assertThat(working.incrementAndGet()).isEqualTo(1);
                working.decrementAndGet();
                done.incrementAndGet();
            });
            return true;
        });

        assertThat(done).hasValue(NODES);
    }

    @Test
    void workThatLostItsLeaseThrowsLeaseLost() {
        assertThatExceptionOfType(LeaseLost.class)
                .isThrownBy(() -> here.whileHeld(name, VALID_FOR, LONG, lease -> {
                    clock.advance(LONG);
                    held(there);
                }));
    }

    @Test
    void workThatFailsReleasesItsLease() {
        assertThatIllegalStateException()
                .isThrownBy(() -> here.whileHeld(name, VALID_FOR, LONG, lease -> {
                    throw new IllegalStateException();
                }));

        assertThat(there.tryAcquire(name, VALID_FOR)).isPresent();
    }

    private Leases node(String holder, Clock time) {
        return new Leases(databases, time, holder);
    }

    private Lease held(Leases node) {
        return node.tryAcquire(name, VALID_FOR).orElseThrow();
    }

    private List<Lease> acquiredAtOnce(String wanted) throws Exception {
        return onAllNodes(number -> node("node" + number, clock).tryAcquire(wanted, VALID_FOR)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static <T> List<T> onAllNodes(OfNode<T> task) throws Exception {
        return atOnce(IntStream.range(0, NODES)
                .<Callable<T>>mapToObj(number -> () -> task.on(number))
                .toList());
    }

    private interface OfNode<T> {
        T on(int number) throws Exception;
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        var start = new CyclicBarrier(tasks.size());
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var future : nodes.invokeAll(tasks.stream()
                    .<Callable<T>>map(task -> () -> {
                        start.await();
                        return task.call();
                    })
                    .toList())) {
                results.add(future.get());
            }
            return results;
        }
    }

    private Date expiry() {
        return stored().getDate("expiresAt");
    }

    private Document stored() {
        return Objects.requireNonNull(databases
                .getMongoDatabase()
                .getCollection(Leases.COLLECTION)
                .find(Filters.eq("_id", name))
                .first());
    }

    private MongoCollection<Document> checkpoints() {
        return databases.getMongoDatabase().getCollection("checkpoints");
    }
}

package de.smartcity.consortium.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.mongo.Leases;
import de.smartcity.consortium.sandbox.SettableClock;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ActivityTest
class JobRunTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
    }

    @Autowired
    private MongoDatabaseFactory databases;

    @Autowired
    private Leases leases;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-30T23:30:00Z"));
    private final Set<Integer> due = new ConcurrentSkipListSet<>();
    private final List<Integer> done = new CopyOnWriteArrayList<>();

    private JobRun<Integer> job(String name, BiConsumer<Integer, Moment> verb) {
        return new JobRun<>(
                new Job<>(name, (now, limit) -> due.stream().limit(limit).toList(), verb),
                databases,
                leases,
                clock,
                () -> () -> BERLIN,
                Duration.ofSeconds(60));
    }

    private void make(int id) {
        done.add(id);
        due.remove(id);
    }

    @Test
    void allThatIsDueIsChangedHoweverMuchItIs() throws InterruptedException {
        IntStream.range(0, 350).forEach(due::add);
        var run = job("many", (id, now) -> make(id));
        assertThat(run.status()).isEqualTo(new JobStatus("many", 0, null, 0, false));
        run.run();
        assertThat(done).hasSize(350).doesNotHaveDuplicates();
        assertThat(run.status()).isEqualTo(new JobStatus("many", 1, clock.instant(), 0, false));
    }

    @Test
    void whatFailsStopsNothingElseAndIsTriedAgainByTheNextRun() throws InterruptedException {
        IntStream.range(0, 250).forEach(due::add);
        var broken = new ConcurrentSkipListSet<>(IntStream.range(0, 120).boxed().toList());
        var run = job("failing", (id, now) -> {
            if (broken.contains(id)) {
                if (id == 7) {
                    throw new StackOverflowError();
                }
                throw new IllegalStateException("Not yet");
            }
            make(id);
        });
        run.run();
        assertThat(done).hasSize(130);
        assertThat(run.status()).isEqualTo(new JobStatus("failing", 1, clock.instant(), 120, false));

        broken.clear();
        run.run();
        assertThat(due).isEmpty();
        assertThat(run.status().failed()).isZero();
    }

    @Test
    void aVerbAfterWhichItIsDueNeverthelessDoesNotRunForever() throws InterruptedException {
        due.addAll(List.of(1, 2));
        var run = job("idle", (id, now) -> done.add(id));
        run.run();
        assertThat(done).containsExactly(1, 2);
        assertThat(run.status().failed()).isEqualTo(2);
    }

    @Test
    void whatBecomesDueAgainMeanwhileIsForTheNextRun() throws InterruptedException {
        var dueAt = new ConcurrentHashMap<>(Map.of(1, clock.instant()));
        var run = new JobRun<>(
                new Job<Integer>(
                        "again",
                        (now, limit) -> dueAt.entrySet().stream()
                                .filter(each -> !each.getValue().isAfter(now.at()))
                                .map(Map.Entry::getKey)
                                .toList(),
                        (id, now) -> {
                            done.add(id);
                            clock.advance(Duration.ofMillis(1));
                            dueAt.put(id, clock.instant());
                        }),
                databases,
                leases,
                clock,
                () -> () -> BERLIN,
                Duration.ofSeconds(60));
        run.run();
        assertThat(done).containsExactly(1);
        assertThat(run.status().failed()).isZero();
        run.run();
        assertThat(done).containsExactly(1, 1);
        assertThat(run.status().failed()).isZero();
    }

    @Test
    void aJobGetsTheDayInTheConsortiumsTimeZone() throws InterruptedException {
        due.add(1);
        var moments = new ArrayList<Moment>();
        job("day", (id, now) -> {
                    moments.add(now);
                    make(id);
                })
                .run();
        var now = moments.getFirst();
        assertThat(now.today()).isEqualTo(LocalDate.of(2026, 12, 1));
        assertThat(now.startOf(now.today())).isEqualTo(Instant.parse("2026-11-30T23:00:00Z"));
        assertThat(now.startOf(LocalDate.of(2026, 10, 25))).isEqualTo(Instant.parse("2026-10-24T22:00:00Z"));
        assertThat(now.startOf(LocalDate.of(2026, 10, 26))).isEqualTo(Instant.parse("2026-10-25T23:00:00Z"));
    }

    @Test
    void aJobThatHasNotRunForLongIsLate() throws InterruptedException {
        var run = job("idle-for-long", (id, now) -> make(id));
        run.run();
        clock.advance(Duration.ofMinutes(10));
        assertThat(run.status().late()).isFalse();
        clock.advance(Duration.ofSeconds(31));
        assertThat(run.status().late()).isTrue();
        run.run();
        assertThat(run.status().late()).isFalse();
    }

    @Test
    void aNodeThatLostItsLeaseStopsAndNotesNothing() throws InterruptedException {
        IntStream.range(0, 5).forEach(due::add);
        var run = job("lost", (id, now) -> {
            make(id);
            if (id == 2) {
                databases
                        .getMongoDatabase()
                        .getCollection("leases")
                        .updateOne(Filters.eq("_id", "job-lost"), Updates.inc("fence", 1L));
            }
        });
        run.run();
        assertThat(done).containsExactly(0, 1, 2);
        assertThat(run.status()).isEqualTo(new JobStatus("lost", 0, null, 0, false));
    }

    @Test
    void oneNodeAtATimeRunsAJob() throws Exception {
        IntStream.range(0, 20).forEach(due::add);
        var entered = new Semaphore(0);
        var leave = new Semaphore(0);
        var slow = job("shared", (id, now) -> {
            entered.release();
            leave.acquireUninterruptibly();
            make(id);
        });
        var other = job("shared", (id, now) -> make(id));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> running = threads.submit(() -> {
                slow.run();
                return null;
            });
            entered.acquire();
            other.run();
            assertThat(done).as("while the first holds the lease").isEmpty();
            leave.release(20);
            await().until(running::isDone);
        }
        assertThat(done).hasSize(20).doesNotHaveDuplicates();
    }
}

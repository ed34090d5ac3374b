package de.smartcity.consortium.activity;

import static de.smartcity.consortium.activity.ActivityApplication.THINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.sandbox.ChildProcess;
import de.smartcity.consortium.sandbox.DatabaseProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Two nodes of which one is killed or paused in the middle of a batch: every event is handled, in order, and no checkpoint moves back. */
@ActivityTest
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the database of HandlingNodesTest")
class HandlingNodesTest {

    private static final int MAX_REPEATED = 100;

    @TempDir
    private static Path folder;

    private static @Nullable DatabaseProcess database;
    /** Not Spring's, whose commands have to be served by indexes. */
    private static @Nullable MongoClient client;

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        var started = DatabaseProcess.start(folder);
        database = started;
        client = MongoClients.create(started.uri());
        properties.add("spring.mongodb.uri", started::uri);
    }

    @AfterAll
    static void stopDatabase() {
        Objects.requireNonNull(client).close();
        Objects.requireNonNull(database).close();
    }

    @Autowired
    private Things things;

    @Autowired
    private MongoDatabaseFactory databases;

    private final Map<String, ChildProcess> nodes = new HashMap<>();
    private final List<Document> checkpoints = new ArrayList<>();
    private final AtomicBoolean finished = new AtomicBoolean();
    private final Random random = new Random();

    @BeforeEach
    void deleteAll() {
        things.deleteAll();
        for (var collection : List.of(HandlerRun.CHECKPOINTS, HandlingNode.HANDLED)) {
            collection(collection).deleteMany(new Document());
        }
        Thread.ofVirtual().start(this::watchCheckpoint);
    }

    @AfterEach
    void stopNodes() {
        finished.set(true);
        nodes.values().forEach(ChildProcess::close);
    }

    @Test
    void twoNodesOfWhichTheHolderIsKilledHandleEveryEventInOrder() throws Exception {
        kill(2, 1_500);
    }

    @Test
    @Tag("long")
    void manyKilledNodesHandleEveryEventInOrder() throws Exception {
        kill(15, 10_000);
    }

    private void kill(int kills, int events) throws Exception {
        publish(events);
        start("node-0");
        start("node-1");
        for (var kill = 1; kill <= kills; kill++) {
            var before = handled().countDocuments();
            awaitHandled(before + 20 + random.nextInt(150));
            var holder = holder();
            node(holder).kill();
            start("node-" + (kill + 1));
        }
        check(events, kills);
    }

    @Test
    void aPausedNodeThatLostItsLeaseMovesNoCheckpoint() throws Exception {
        publish(1_200);
        start("node-0");
        start("node-1");
        awaitHandled(150);
        var paused = holder();
        signal("STOP", paused);
        var before = handled().countDocuments();
        awaitHandled(before + 150);
        assertThat(holder()).as("the other has taken over").isNotEqualTo(paused);

        signal("CONT", paused);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.readString(log(paused)).contains("Another node has taken over the handler"));
        check(1_200, 1);
    }

    private void check(int events, int takeovers) throws InterruptedException {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> Objects.requireNonNull(checkpoint()).getLong("number") == events);
        finished.set(true);
        var first = new HashMap<Long, Date>();
        var all = handled().find().sort(Sorts.ascending("at")).into(new ArrayList<>());
        all.forEach(one -> first.putIfAbsent(one.getLong("number"), one.getDate("at")));
        assertThat(first.keySet())
                .as("every event is handled")
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, events).boxed().toList());
        for (var number = 2L; number <= events; number++) {
            assertThat(first.get(number))
                    .as("%s after its predecessor", number)
                    .isAfterOrEqualTo(first.get(number - 1));
        }
        assertThat(all.size() - events)
                .as("only what followed the last checkpoint is handled again")
                .isLessThanOrEqualTo(takeovers * MAX_REPEATED);
        synchronized (checkpoints) {
            assertThat(checkpoints).hasSizeGreaterThan(5);
            for (var n = 1; n < checkpoints.size(); n++) {
                var earlier = checkpoints.get(n - 1);
                var later = checkpoints.get(n);
                assertThat(later.getLong("number")).isGreaterThanOrEqualTo(earlier.getLong("number"));
                assertThat(later.getLong("fence")).isGreaterThanOrEqualTo(earlier.getLong("fence"));
            }
        }
    }

    /** Notes each state of the checkpoint that can be seen. */
    private void watchCheckpoint() {
        while (!finished.get()) {
            var now = checkpoint();
            if (now != null) {
                synchronized (checkpoints) {
                    if (checkpoints.isEmpty() || !checkpoints.getLast().equals(now)) {
                        checkpoints.add(now);
                    }
                }
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void start(String name) {
        nodes.put(
                name,
                ChildProcess.java(
                        name,
                        log(name),
                        Map.of(),
                        List.of(
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HandlingNode.class.getName(),
                                name,
                                "--spring.mongodb.uri="
                                        + Objects.requireNonNull(database).uri(),
                                "--spring.graphql.schema.locations=classpath*:graphql/",
                                "--consortium.cursor-keys=key",
                                "--consortium.handlers.lease=2s",
                                // All of its own threads are virtual.
                                "--spring.main.keep-alive=true")));
    }

    private static Path log(String node) {
        return folder.resolve(node + ".log");
    }

    private void signal(String signal, String node) throws IOException, InterruptedException {
        var sent = new ProcessBuilder(
                        "kill", "-" + signal, String.valueOf(node(node).pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(sent).isZero();
    }

    private void publish(int events) {
        for (var rest = events; rest > 0; rest -= 100) {
            things.thing(Math.min(rest, 100));
        }
        new OutboxRelay(databases, new EventSources(List.of(THINGS)), Clock.systemUTC(), () -> {}).sweep(THINGS);
    }

    private void awaitHandled(long events) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> handled().countDocuments() >= events);
    }

    /** The node that handled an event last. */
    private static String holder() {
        return Objects.requireNonNull(
                        handled().find().sort(Sorts.descending("number", "at")).first())
                .getString("node");
    }

    private ChildProcess node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    private static @Nullable Document checkpoint() {
        return collection(HandlerRun.CHECKPOINTS)
                .find(Filters.eq("_id", HandlingNode.HANDLER))
                .first();
    }

    private static MongoCollection<Document> handled() {
        return collection(HandlingNode.HANDLED);
    }

    private static MongoCollection<Document> collection(String name) {
        var path = URI.create(Objects.requireNonNull(database).uri()).getPath();
        return Objects.requireNonNull(client).getDatabase(path.substring(1)).getCollection(name);
    }
}

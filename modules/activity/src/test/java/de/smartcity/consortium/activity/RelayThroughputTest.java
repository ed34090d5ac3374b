package de.smartcity.consortium.activity;

import static de.smartcity.consortium.activity.ActivityApplication.THINGS;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import de.smartcity.consortium.sandbox.DatabaseProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Relays against a large backlog on a database of another process. The log has the figures; only the result is asserted. */
@ActivityTest
@Tag("long")
class RelayThroughputTest {

    private static final Logger LOG = LoggerFactory.getLogger(RelayThroughputTest.class);

    @TempDir
    private static Path folder;

    private static @Nullable DatabaseProcess database;

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        var started = DatabaseProcess.start(folder);
        database = started;
        properties.add("spring.mongodb.uri", started::uri);
    }

    @AfterAll
    static void stopDatabase() {
        Objects.requireNonNull(database).close();
    }

    @Autowired
    private Things things;

    @BeforeEach
    void deleteAll() {
        things.deleteAll();
    }

    @ParameterizedTest
    @CsvSource({"1, 4000, 1", "2, 4000, 1", "1, 200, 50", "2, 200, 50"})
    void aBacklogIsPublishedOnceByOneNodeAndByTwo(int nodes, int aggregates, int eventsOfEach) throws Exception {
        IntStream.range(0, aggregates).forEach(n -> things.thing(eventsOfEach));
        var clients = new ArrayList<SimpleMongoClientDatabaseFactory>();
        var since = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var node = 0; node < nodes; node++) {
                var client = new SimpleMongoClientDatabaseFactory(
                        Objects.requireNonNull(database).uri() + "?uuidRepresentation=standard");
                clients.add(client);
                running.add(threads.submit(
                        () -> new OutboxRelay(client, new EventSources(List.of(THINGS)), Clock.systemUTC(), () -> {})
                                .sweep(THINGS)));
            }
            for (var each : running) {
                each.get();
            }
        }
        var seconds = (System.nanoTime() - since) / 1e9;
        for (var client : clients) {
            client.destroy();
        }
        var events = aggregates * eventsOfEach;
        LOG.info(
                "{} node(s), {} aggregates with {} events each: {} events per second",
                nodes,
                aggregates,
                eventsOfEach,
                Math.round(events / seconds));

        assertThat(things.log())
                .extracting(PublishedEvent::number)
                .isEqualTo(LongStream.rangeClosed(1, events).boxed().toList());
        assertThat(things.template()
                        .getCollection(Things.THINGS)
                        .countDocuments(Filters.gt(EventSource.WAITING_SINCE, new Date(0))))
                .isZero();
    }
}

package de.smartcity.consortium.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.DeadlineExceeded;
import de.smartcity.consortium.sandbox.TcpProxy;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Commands of a request end by its deadline, whichever way they are sent, and others by the client's timeout. */
@SpringBootTest
class CommandTimeoutsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Well below the 30 s of commands without a deadline. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private static final TcpProxy PROXY = TcpProxy.inFrontOf(TestMongo.newDatabase());
    private static final List<BsonDocument> SENT = new CopyOnWriteArrayList<>();

    private final AtomicLong now = new AtomicLong();

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", PROXY::uri);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        MongoClientSettingsBuilderCustomizer listener() {
            return settings -> settings.addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    SENT.add(event.getCommand().clone());
                }
            });
        }
    }

    public record Thing(int id, String alias) {}

    @Autowired
    private MongoTemplate template;

    @Autowired
    private MongoDatabaseFactory databases;

    @Autowired
    private RecordCollections records;

    @Autowired
    private RetryTemplate staleWrites;

    @BeforeEach
    void forgetCommands() {
        SENT.clear();
    }

    /** The ways to the database. */
    enum Way {
        SPRING_DATA(test -> test.template.exists(Query.query(where("alias")), "things")),
        DATABASE(test -> test.databases
                .getMongoDatabase()
                .getCollection("things")
                .find(Filters.eq("alias", "a"))
                .first()),
        RECORDS(test -> find(test.things())),
        RECORDS_AS_DOCUMENTS(test ->
                find(test.things().withDocumentClass(Document.class).withReadPreference(ReadPreference.primary()))),
        COUNT(test -> test.things().countDocuments(Filters.eq("alias", "a")));

        private final Consumer<CommandTimeoutsTest> ask;

        Way(Consumer<CommandTimeoutsTest> ask) {
            this.ask = ask;
        }

        private static Criteria where(String path) {
            return Criteria.where(path).is("a");
        }

        private static void find(MongoCollection<?> things) {
            things.find(Filters.eq("alias", "a")).first();
        }
    }

    private MongoCollection<Thing> things() {
        return records.of("things", Thing.class);
    }

    private void withinLimit(Runnable work) {
        Deadline.in(LIMIT, now::get).run(work);
    }

    private static Duration timeoutOfTheCommand() {
        // The driver repeats a read whose connection broke.
        assertThat(SENT).isNotEmpty();
        return Duration.ofMillis(
                SENT.getFirst().getInt64("maxTimeMS", new BsonInt64(0)).getValue());
    }

    @ParameterizedTest
    @EnumSource
    void aCommandOfARequestHasWhatIsLeftOfItsDeadline(Way way) {
        withinLimit(() -> {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            way.ask.accept(this);
        });
        assertThat(timeoutOfTheCommand()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(19));
    }

    @ParameterizedTest
    @EnumSource
    void aCommandWithoutADeadlineHasTheClientsTimeout(Way way) {
        // What is kept must not remember the deadline of its first use.
        withinLimit(() -> way.ask.accept(this));
        SENT.clear();
        way.ask.accept(this);
        assertThat(timeoutOfTheCommand())
                .isBetween(CommandTimeouts.BACKGROUND.minusSeconds(5), CommandTimeouts.BACKGROUND);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSentAfterTheDeadline(Way way) {
        withinLimit(() -> {
            now.addAndGet(LIMIT.toNanos());
            assertThatThrownBy(() -> way.ask.accept(this)).isInstanceOf(DeadlineExceeded.class);
        });
        assertThat(SENT).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatHangsIsAnOutageAtTheDeadline(Way way) {
        assertAnOutageAtTheDeadline(PROXY::stall, Deadline.in(Duration.ofMillis(300)), way);
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatIsDownIsAnOutageAtTheDeadline(Way way) {
        assertAnOutageAtTheDeadline(PROXY::refuse, Deadline.in(Duration.ofMillis(300)), way);
    }

    @ParameterizedTest
    @EnumSource
    void lessThanAMillisecondIsNotForEver(Way way) {
        assertAnOutageAtTheDeadline(PROXY::stall, Deadline.in(Duration.ofNanos(1), () -> 0), way);
    }

    private void assertAnOutageAtTheDeadline(Runnable takeAway, Deadline deadline, Way way) {
        takeAway.run();
        try {
            var since = System.nanoTime();
            var failure = deadline.call(() -> catchThrowable(() -> way.ask.accept(this)));
            assertThat(DatabaseOutage.isBehind(failure))
                    .as(String.valueOf(failure))
                    .isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(MAX_WAIT);
        } finally {
            PROXY.restore();
            // The driver takes connections that were stalled for well until a heartbeat fails.
            PROXY.drop();
        }
    }

    @Test
    void droppedConnectionsAreReplaced() {
        things().find(Filters.eq("alias", "a")).first();
        PROXY.drop();
        Deadline.in(MAX_WAIT).call(() -> things().find(Filters.eq("alias", "a")).first());
    }

    @Test
    void aStaleWriteIsNotRepeatedAfterTheDeadline() {
        var attempts = new AtomicInteger();
        withinLimit(() -> assertThatThrownBy(() -> staleWrites.invoke(() -> {
                    if (attempts.incrementAndGet() == 2) {
                        Deadline.beginSave();
                        now.addAndGet(LIMIT.toNanos());
                    }
                    throw new OptimisticLockingFailureException("stale");
                }))
                .isInstanceOf(DeadlineExceeded.class));
        assertThat(attempts).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"5000, 60, 5000", "60000, 7, 7000", "5000, , 5000", "0, , 0", "0, 7, 7000"})
    void theTimeoutOfTheUriIsTheMostThatACommandHas(long ofUri, Long secondsLeft, long maxMillis) {
        var uri = PROXY.uri() + "&timeoutMS=" + ofUri;
        try (var context = new SpringApplicationBuilder(MongoApplication.class)
                .properties("spring.mongodb.uri=" + uri)
                .run()) {
            var databases = context.getBean(MongoDatabaseFactory.class);
            var timeout = secondsLeft == null
                    ? databases.getMongoDatabase()
                    : Deadline.in(Duration.ofSeconds(secondsLeft)).call(databases::getMongoDatabase);
            assertThat(timeout.getTimeout(TimeUnit.MILLISECONDS)).isBetween(Math.max(0, maxMillis - 1000), maxMillis);
        }
    }

    @Test
    void indexesAndMigrationsHaveNoTimeout() {
        CommandTimeouts.unlimited(databases.getMongoDatabase())
                .getCollection("things")
                .find(Filters.eq("alias", "a"))
                .first();
        assertThat(timeoutOfTheCommand()).isZero();
    }
}

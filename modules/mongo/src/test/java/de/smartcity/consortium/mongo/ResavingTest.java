package de.smartcity.consortium.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.data.mongodb.core.mapping.event.BeforeConvertCallback;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class ResavingTest {

    private static final String CHOIRS = "choirs";

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
    }

    /** Derives the fields of a choir; a test changes the rule as a later version would. */
    static final class Derivation implements BeforeConvertCallback<Choir> {

        private volatile Locale rule = Locale.GERMAN;
        private final AtomicInteger calls = new AtomicInteger();
        private volatile Runnable concurrentWrite = () -> {};

        @Override
        public Choir onBeforeConvert(Choir choir, String collection) {
            assertThat(collection).isEqualTo(CHOIRS);
            calls.incrementAndGet();
            concurrentWrite.run();
            choir.derive(rule);
            return choir;
        }
    }

    @TestConfiguration
    static class DerivationConfiguration {
        @Bean
        Derivation derivation() {
            return new Derivation();
        }
    }

    @org.springframework.data.mongodb.core.mapping.Document(CHOIRS)
    static final class Choir {

        @Id
        private final PartnerId id;

        @Version
        private @Nullable Long version;

        private final String name;
        private final Audience audience;
        private final Set<String> voices;
        private @Nullable String sort;
        private @Nullable String initial;

        @PersistenceCreator
        Choir(
                PartnerId id,
                @Nullable Long version,
                String name,
                Audience audience,
                Set<String> voices,
                @Nullable String sort,
                @Nullable String initial) {
            this.id = id;
            this.version = version;
            this.name = name;
            this.audience = audience;
            this.voices = voices;
            this.sort = sort;
            this.initial = initial;
        }

        void derive(Locale rule) {
            sort = name.toLowerCase(rule);
            initial = rule.equals(Locale.GERMAN) ? name.substring(0, 1) : null;
        }
    }

    @Autowired
    private MongoTemplate template;

    @Autowired
    private MongoDatabaseFactory databases;

    @Autowired
    private MongoConverter converter;

    @Autowired
    private BeanFactory beans;

    @Autowired
    private Derivation derivation;

    private final PartnerId id = PartnerId.next();

    @BeforeEach
    void storeOneChoir() {
        choirs().deleteMany(new Document());
        databases.getMongoDatabase().getCollection(SchemaHistory.COLLECTION).deleteMany(new Document());
        derivation.rule = Locale.GERMAN;
        derivation.concurrentWrite = () -> {};
        template.insert(new Choir(
                id,
                null,
                "IRIS",
                Audience.everybody().with("own:" + PartnerId.next().value()),
                Set.of("soprano", "alto", "tenor", "bass"),
                null,
                null));
        derivation.calls.set(0);
    }

    @Test
    void derivedFieldsAreRecomputed() throws Exception {
        derivation.rule = Locale.of("tr");

        resave();

        assertThat(choir()).containsEntry("sort", "ırıs");
        assertThat(Objects.requireNonNull(template.findById(id, Choir.class)).sort)
                .isEqualTo("ırıs");
        assertThat(derivation.calls).hasValue(1);
    }

    @Test
    void whatIsNoLongerDerivedIsRemoved() throws Exception {
        assertThat(choir()).containsEntry("initial", "I");
        derivation.rule = Locale.of("tr");

        resave();

        assertThat(choir()).doesNotContainKey("initial");
    }

    @Test
    void theVersionStaysSoThatNobodysEditBecomesStale() throws Exception {
        var editing = Objects.requireNonNull(template.findById(id, Choir.class));
        derivation.rule = Locale.of("tr");

        resave();
        assertThat(choir()).containsEntry("version", 0L);
        template.save(editing);

        assertThat(choir()).containsEntry("version", 1L).containsEntry("sort", "ırıs");
    }

    @Test
    void fieldsThatTheAggregateDoesNotKnowStay() throws Exception {
        choirs().updateOne(stored(), Updates.set("founded", new Document("year", 1853)));
        derivation.rule = Locale.of("tr");

        resave();

        assertThat(choir()).containsEntry("founded", new Document("year", 1853)).containsEntry("sort", "ırıs");
    }

    @Test
    void nothingIsWrittenWhenDerivedFieldsStayTheSame() throws Exception {
        // As another process stores it, where sets have another order.
        var stored = choir();
        var tokens = new ArrayList<>(stored.get("audience", Document.class).getList("tokens", String.class));
        var voices = new ArrayList<>(stored.getList("voices", String.class));
        for (var turn = 0; turn < voices.size(); turn++) {
            tokens.add(tokens.removeFirst());
            voices.add(voices.removeFirst());
            choirs().updateOne(
                            stored(),
                            Updates.combine(Updates.set("audience.tokens", tokens), Updates.set("voices", voices)));
            var before = choir();
            databases.getMongoDatabase().getCollection(SchemaHistory.COLLECTION).deleteMany(new Document());

            assertThat(resave()).containsEntry("seen", 1L).containsEntry("changed", 0L);
            assertThat(choir()).isEqualTo(before);
        }
    }

    @Test
    void aSetWithOtherElementsIsWritten() throws Exception {
        choirs().updateOne(stored(), Updates.unset("sort"));
        choirs().updateOne(stored(), Updates.push("voices", "alto"));

        resave();

        assertThat(choir().getList("voices", String.class)).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void concurrentSavesAreNotLost() throws Exception {
        derivation.rule = Locale.of("tr");
        derivation.concurrentWrite = () -> {
            derivation.concurrentWrite = () -> {};
            choirs().updateOne(stored(), Updates.combine(Updates.set("name", "ISIS"), Updates.inc("version", 1L)));
        };

        resave();

        assertThat(choir())
                .containsEntry("name", "ISIS")
                .containsEntry("sort", "ısıs")
                .containsEntry("version", 1L);
        assertThat(derivation.calls).hasValue(2);
    }

    private Document resave() throws InterruptedException {
        var history = new SchemaHistory(
                databases, List.of(Migration.resave(1, "sort by Turkish rules", "1", CHOIRS, Choir.class)));
        var runner = new MigrationRunner(
                databases,
                history,
                new Leases(databases, Clock.systemUTC(), "node"),
                Clock.systemUTC(),
                new Resaving(converter, EntityCallbacks.create(beans)),
                new MigrationProgress(history.count()));
        runner.run(new DefaultApplicationArguments());
        return Objects.requireNonNull(databases
                .getMongoDatabase()
                .getCollection(SchemaHistory.COLLECTION)
                .find(Filters.eq("_id", 1))
                .first());
    }

    private Bson stored() {
        return Filters.eq("_id", id.value());
    }

    private Document choir() {
        return Objects.requireNonNull(choirs().find(stored()).first());
    }

    private MongoCollection<Document> choirs() {
        return template.getCollection(CHOIRS);
    }
}

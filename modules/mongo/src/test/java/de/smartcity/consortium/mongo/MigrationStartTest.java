package de.smartcity.consortium.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.smartcity.consortium.mongo.MigrationProgress.State;
import de.smartcity.consortium.sandbox.TestMongo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Starts the service with migrations of two capabilities and a runner after them. */
class MigrationStartTest {

    private static final List<String> RAN = new CopyOnWriteArrayList<>();

    private final String uri = TestMongo.newDatabase();

    @Configuration(proxyBeanMethods = false)
    static class Capabilities {

        @Bean
        Migration second() {
            return Migration.ofDocuments(2, "second", "1", "things", (stored, database) -> {
                RAN.add("second");
                return stored.append("second", true);
            });
        }

        @Bean
        Migration first() {
            return Migration.ofDocuments(1, "first", "1", "things", (stored, database) -> {
                RAN.add("first");
                return stored.append("first", true);
            });
        }

        @Bean
        @Order(MigrationRunner.ORDER + 1)
        ApplicationRunner loading(MigrationProgress progress) {
            return arguments -> RAN.add("loading, " + progress.snapshot().state());
        }
    }

    @Test
    void migrationsOfAllCapabilitiesRunBeforeOtherRunners() {
        store("things", new Document("_id", 1));
        RAN.clear();

        try (var service = start(Capabilities.class)) {
            assertThat(RAN).containsExactly("first", "second", "loading, DONE");
            assertThat(service.getBean(MigrationProgress.class).snapshot().count())
                    .isEqualTo(2);
        }
        assertThat(stored("things"))
                .containsExactly(new Document("_id", 1).append("first", true).append("second", true));
    }

    @Test
    void withoutMigrationsNothingIsWritten() {
        try (var service = start()) {
            assertThat(service.getBean(MigrationProgress.class).snapshot().state())
                    .isEqualTo(State.DONE);
        }
        assertThat(stored(SchemaHistory.COLLECTION)).isEmpty();
    }

    @Test
    void noIndexIsCreatedOnDataOfANewerVersion() {
        store(SchemaHistory.COLLECTION, new Document("_id", 3).append("state", "RUNNING"));

        assertThatThrownBy(() -> start(Capabilities.class))
                .hasRootCauseInstanceOf(MigrationRefused.class)
                .hasRootCauseMessage("The data is at schema number 3, but this version knows 2 at most:"
                        + " start the version that migrated the data, or a newer one");
        assertThat(collections()).containsExactly(SchemaHistory.COLLECTION);
    }

    private ConfigurableApplicationContext start(Class<?>... more) {
        return new SpringApplicationBuilder(MongoApplication.class)
                .sources(more)
                .run("--spring.mongodb.uri=" + uri);
    }

    private void store(String collection, Document document) {
        inDatabase(database -> database.getCollection(collection).insertOne(document));
    }

    private List<Document> stored(String collection) {
        return inDatabase(database -> database.getCollection(collection).find().into(new ArrayList<>()));
    }

    private List<String> collections() {
        return inDatabase(database -> database.listCollectionNames().into(new ArrayList<>()));
    }

    private <T> T inDatabase(Function<MongoDatabase, T> work) {
        try (var client = MongoClients.create(uri)) {
            return work.apply(client.getDatabase(Objects.requireNonNull(new ConnectionString(uri).getDatabase())));
        }
    }
}

package de.smartcity.consortium.mongo;

import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A service that has this module and declares values and indexes as a capability does. */
@SpringBootApplication
class MongoApplication {

    /** Values beside the kernel's: what a document holds as it is. */
    @Bean
    static StoredValues valuesOfACapability() {
        return new StoredValues(List.of(Named.class, Numbered.class, Marked.class, Flagged.class));
    }

    @Bean
    DeclaredIndex thingsByAlias() {
        return DeclaredIndex.on("things", "alias");
    }

    @Bean
    DeclaredIndex thingsByAudience() {
        return DeclaredIndex.on("things", "audience.tokens");
    }

    @Bean
    DeclaredIndex thingsByDay() {
        return DeclaredIndex.on("things", "day");
    }

    @Bean
    DeclaredIndex forReading() {
        return DeclaredIndex.on("indexed", "audience", "sort.name");
    }

    @Bean
    DeclaredIndex keepingApart() {
        return DeclaredIndex.unique("indexed", "alias");
    }

    @Bean
    DeclaredIndex keepingApartWherePresent() {
        return DeclaredIndex.uniqueWherePresent("indexed", "organisation");
    }

    @Bean
    DeclaredIndex elsewhere() {
        return DeclaredIndex.on("other", "subject", "_id");
    }

    record Named(String value) {}

    record Numbered(Long value) {}

    record Flagged(Boolean value) {}

    record Marked(UUID value) {}
}

package de.smartcity.consortium.mongo;

import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** This module, with values and indexes like those of a capability. */
@SpringBootApplication
class MongoApplication {

    /** Values of the types that BSON has, beside the kernel's. */
    @Bean
    static StoredValues valuesOfACapability() {
        return new StoredValues(List.of(Named.class, Numbered.class, Marked.class, Flagged.class));
    }

    @Bean
    CollectionIndexes things() {
        return CollectionIndexes.of("things").on("alias").on("audience.tokens").on("day");
    }

    @Bean
    CollectionIndexes indexed() {
        return CollectionIndexes.of("indexed").on("audience", "sort.name").unique("alias");
    }

    /** As a downstream module adds indexes to the collection. */
    @Bean
    CollectionIndexes indexedFurther() {
        return CollectionIndexes.of("indexed")
                .uniqueWherePresent("organisation")
                .unique("alias");
    }

    @Bean
    CollectionIndexes other() {
        return CollectionIndexes.of("other").on("subject", "_id");
    }

    record Named(String value) {}

    record Numbered(Long value) {}

    record Flagged(Boolean value) {}

    record Marked(UUID value) {}
}

package de.smartcity.consortium.projects.mongo;

import de.smartcity.consortium.activity.EventSource;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.StoredValues;
import de.smartcity.consortium.projects.application.OwnReferencesReading;
import de.smartcity.consortium.projects.application.StoredOwnReferences;
import de.smartcity.consortium.projects.model.OwnReferences;
import de.smartcity.consortium.projects.model.OwnReferencesEvent;
import de.smartcity.consortium.projects.model.OwnReferencesId;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The collection {@code ownReferences}. */
@Configuration(proxyBeanMethods = false)
class OwnReferencesCollections {

    @Bean
    static StoredValues ownReferencesValues() {
        return new StoredValues(List.of(OwnReferencesId.class));
    }

    @Bean
    EventSource ownReferencesEvents(TypeTable<StoredOwnReferences> ownReferencesTable) {
        return EventSource.of(
                OwnReferencesReading.OWN_REFERENCES, OwnReferences.class, OwnReferencesEvent.class, ownReferencesTable);
    }

    @Bean
    CollectionIndexes ownReferencesIndexes() {
        return CollectionIndexes.of(OwnReferencesReading.OWN_REFERENCES)
                .uniqueWherePresent("keys")
                .on(EventSource.WAITING_SINCE)
                .on(EventSource.SET_ASIDE_SINCE);
    }
}

package de.smartcity.consortium.projects.mongo;

import de.smartcity.consortium.activity.EventSource;
import de.smartcity.consortium.graphql.TaskSource;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.mongo.StoredValues;
import de.smartcity.consortium.projects.application.SharedGrantReading;
import de.smartcity.consortium.projects.application.StoredSharedGrant;
import de.smartcity.consortium.projects.model.SharedGrant;
import de.smartcity.consortium.projects.model.SharedGrantEvent;
import de.smartcity.consortium.projects.model.SharedGrantId;
import de.smartcity.consortium.projects.model.SharedGrantTask;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The collection {@code sharedGrants}. */
@Configuration(proxyBeanMethods = false)
class SharedGrantCollections {

    @Bean
    static StoredValues sharedGrantValues() {
        return new StoredValues(List.of(SharedGrantId.class));
    }

    @Bean
    EventSource sharedGrantEvents(TypeTable<StoredSharedGrant> sharedGrantTable) {
        return EventSource.of(
                SharedGrantReading.SHARED_GRANTS, SharedGrant.class, SharedGrantEvent.class, sharedGrantTable);
    }

    @Bean
    TaskSource sharedGrantTasks(TypeTable<StoredSharedGrant> sharedGrantTable, RecordCollections collections) {
        return TaskSource.of(SharedGrantReading.SHARED_GRANTS, SharedGrantTask.class, sharedGrantTable, collections);
    }

    @Bean
    CollectionIndexes sharedGrantIndexes() {
        return CollectionIndexes.of(SharedGrantReading.SHARED_GRANTS)
                .on("projects")
                .on(EventSource.WAITING_SINCE)
                .on(EventSource.SET_ASIDE_SINCE)
                .on(DerivedPaths.TASK_HOLDERS);
    }
}

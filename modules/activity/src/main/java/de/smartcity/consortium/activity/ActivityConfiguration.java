package de.smartcity.consortium.activity;

import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.RecordCollections;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ActivityConfiguration {

    @Bean
    OutboxRelay outboxRelay(RecordCollections collections, ObjectProvider<OutboxSource> sources) {
        return new OutboxRelay(collections, sources.stream().toList());
    }

    @Bean
    ActivityReading activityReading(TypeTable<ActivityView> activityTable, RecordCollections collections, Pages pages) {
        return new ActivityReading(activityTable, collections, pages);
    }

    @Bean
    TypeTable<ActivityView> activityTable() {
        return TypeTable.ofRecord(ActivityView.class, "Activity")
                .referred("account", "accountId", ActivityView::accountId)
                .build();
    }

    /** The unique index keeps each event from being published twice. */
    @Bean
    CollectionIndexes activityIndexes() {
        return CollectionIndexes.of(ActivityReading.LOG)
                .unique(OutboxRelay.EVENT)
                .on(ActivityReading.SUBJECT, "_id");
    }
}

package de.smartcity.consortium.activity;

import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.RecordCollections;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log's beans and indexes. */
@Configuration(proxyBeanMethods = false)
class ActivityConfiguration {

    @Bean
    OutboxRelay outboxRelay(RecordCollections views, ObjectProvider<OutboxSource> sources) {
        return new OutboxRelay(views, sources.stream().toList());
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

    /** Each event is in the log once. */
    @Bean
    CollectionIndexes activityIndexes() {
        return CollectionIndexes.of(ActivityReading.LOG)
                .unique(OutboxRelay.EVENT)
                .on(ActivityReading.SUBJECT, "_id");
    }
}

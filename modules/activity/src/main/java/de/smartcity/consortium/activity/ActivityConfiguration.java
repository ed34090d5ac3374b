package de.smartcity.consortium.activity;

import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.mongo.DeclaredIndex;
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
    ActivityReading activityReading(RecordCollections views, Pages pages) {
        return new ActivityReading(views, pages);
    }

    @Bean
    DeclaredIndex eachEventOnce() {
        return DeclaredIndex.unique(ActivityReading.LOG, OutboxRelay.EVENT);
    }

    @Bean
    DeclaredIndex activityBySubject() {
        return DeclaredIndex.on(ActivityReading.LOG, ActivityReading.SUBJECT, "_id");
    }
}

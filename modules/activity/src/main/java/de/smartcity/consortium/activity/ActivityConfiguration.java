package de.smartcity.consortium.activity;

import de.smartcity.consortium.activity.ActivityView.ActivityDetail;
import de.smartcity.consortium.graphql.DefaultLocale;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.RecordTypes;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.RecordCollections;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.MongoDatabaseFactory;

@Configuration(proxyBeanMethods = false)
class ActivityConfiguration {

    @Bean
    static EventSources eventSources(ObjectProvider<EventSource> sources) {
        return new EventSources(sources.stream().toList());
    }

    @Bean
    static AggregateSaves aggregateSaves(EventSources sources, ObjectProvider<DefaultLocale> defaultLocale) {
        return new AggregateSaves(sources, () -> defaultLocale.getIfAvailable(() -> () -> "en"));
    }

    @Bean
    OutboxRelay outboxRelay(MongoDatabaseFactory databases, EventSources sources, ObjectProvider<Clock> clock) {
        return new OutboxRelay(databases, sources, clock.getIfAvailable(Clock::systemUTC), () -> {});
    }

    @Bean
    BackgroundWork backgroundWork(OutboxRelay relay) {
        return new BackgroundWork(List.of(relay.worker()));
    }

    @Bean
    ActivityReading activityReading(
            TypeTable<ActivityView> activityTable, EventSources sources, RecordCollections collections, Pages pages) {
        return new ActivityReading(activityTable, sources, collections, pages);
    }

    @Bean
    TypeTable<ActivityView> activityTable() {
        return TypeTable.ofRecord(ActivityView.class, "Activity")
                .key(ActivityView::event)
                .build();
    }

    @Bean
    RecordTypes activityRecords() {
        return RecordTypes.of(ActivityDetail.class);
    }

    @Bean
    NodeSource<UUID> activityNodes(ActivityReading reading) {
        return NodeSource.byUuid("Activity", id -> id, reading::find);
    }

    /** The unique index keeps each event from being published twice. */
    @Bean
    CollectionIndexes activityIndexes() {
        return CollectionIndexes.of(ActivityReading.LOG)
                .unique(ActivityReading.EVENT)
                .on(ActivityReading.SUBJECT, ActivityReading.NUMBER);
    }
}

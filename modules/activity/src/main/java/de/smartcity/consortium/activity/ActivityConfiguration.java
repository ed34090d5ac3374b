package de.smartcity.consortium.activity;

import de.smartcity.consortium.activity.ActivityView.ActivityDetail;
import de.smartcity.consortium.graphql.DefaultLocale;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.RecordTypes;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.Leases;
import de.smartcity.consortium.mongo.RecordCollections;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
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
    static DocumentBudget documentBudget(MongoDatabaseFactory databases) {
        return new DocumentBudget(databases);
    }

    /** All handlers of this node. */
    record Handlers(List<HandlerRun> runs) {}

    /** All jobs of this node. */
    record Jobs(List<JobRun<?>> runs) {}

    @Bean
    Handlers handlers(
            ObjectProvider<EventHandler> handlers,
            RecordCollections collections,
            MongoDatabaseFactory databases,
            Leases leases,
            ObjectProvider<Clock> clock,
            @Value("${consortium.handlers.lease:10s}") Duration leaseValidity) {
        var all = handlers.stream().toList();
        demandDistinct(all.stream().map(EventHandler::name).toList());
        return new Handlers(all.stream()
                .map(handler -> new HandlerRun(
                        handler, collections, databases, leases, clock.getIfAvailable(Clock::systemUTC), leaseValidity))
                .toList());
    }

    @Bean
    Jobs jobs(
            ObjectProvider<Job<?>> jobs,
            MongoDatabaseFactory databases,
            Leases leases,
            ObjectProvider<Clock> clock,
            ObjectProvider<ConsortiumZone> zone,
            @Value("${consortium.jobs.interval:60s}") Duration interval) {
        var all = jobs.stream().toList();
        demandDistinct(all.stream().map(Job::name).toList());
        return new Jobs(all.stream()
                .<JobRun<?>>map(job -> new JobRun<>(
                        job,
                        databases,
                        leases,
                        clock.getIfAvailable(Clock::systemUTC),
                        () -> zone.getIfAvailable(() -> () -> ZoneOffset.UTC),
                        interval))
                .toList());
    }

    /** Two of one name would share a lease and a checkpoint. */
    private static void demandDistinct(List<String> names) {
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalStateException("Two handlers or two jobs have one name: " + names);
        }
    }

    @Bean
    OutboxRelay outboxRelay(
            MongoDatabaseFactory databases, EventSources sources, ObjectProvider<Clock> clock, Handlers handlers) {
        return new OutboxRelay(
                databases,
                sources,
                clock.getIfAvailable(Clock::systemUTC),
                () -> handlers.runs().forEach(handler -> handler.worker().wake()));
    }

    @Bean
    BackgroundWork backgroundWork(OutboxRelay relay, Handlers handlers, Jobs jobs) {
        return new BackgroundWork(Stream.of(
                        Stream.of(relay.worker()),
                        handlers.runs().stream().map(HandlerRun::worker),
                        jobs.runs().stream().map(JobRun::worker))
                .flatMap(workers -> workers)
                .toList());
    }

    @Bean
    ActivityStatus activityStatus(OutboxRelay relay, Handlers handlers, Jobs jobs) {
        return new ActivityStatus(relay, handlers.runs(), jobs.runs());
    }

    @Bean
    ActivityErasure activityErasure(MongoDatabaseFactory databases) {
        return new ActivityErasure(databases);
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
                .on(ActivityReading.SUBJECT, ActivityReading.NUMBER)
                // What happened to one aggregate; those of different kinds may have the same id.
                .on(ActivityReading.SUBJECT, ActivityReading.KIND, ActivityReading.NUMBER);
    }
}

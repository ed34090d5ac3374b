package de.smartcity.consortium.activity;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.TimeOrderedIds;
import de.smartcity.consortium.mongo.RecordCollections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Aggregates with an outbox, and the log to which their events are published. */
record Things(MongoTemplate template, RecordCollections collections) {

    static final String THINGS = ActivityApplication.THINGS.collection();
    static final String WATCHED = "watched";

    /** An aggregate like those of a capability. */
    static final class Thing {

        @Id
        private final UUID id;

        @Version
        private @Nullable Long version;

        private final Outbox outbox;

        Thing(UUID id, @Nullable Long version, Outbox outbox) {
            this.id = id;
            this.version = version;
            this.outbox = outbox;
        }

        UUID id() {
            return id;
        }

        @Nullable
        Long version() {
            return version;
        }

        List<Event> waiting() {
            return outbox.events();
        }

        Event change(String type) {
            var event = event(type);
            outbox.add(event);
            return event;
        }
    }

    static Event event(String type) {
        return new Event(
                TimeOrderedIds.next(),
                type,
                Instant.parse("2026-11-24T09:30:00.123Z"),
                PartnerId.next(),
                new AccountId("an-account"),
                List.of("name", "summary"),
                "a reason");
    }

    void deleteAll() {
        for (var collection : List.of(THINGS, WATCHED, ActivityReading.LOG)) {
            template.getCollection(collection).deleteMany(new Document());
        }
    }

    /** A new aggregate with this many unpublished events. */
    Thing thing(int events) {
        var thing = new Thing(UUID.randomUUID(), null, new Outbox(List.of()));
        IntStream.rangeClosed(1, events).forEach(n -> thing.change("Change" + n));
        return template.insert(thing, THINGS);
    }

    Thing read(UUID id) {
        return Objects.requireNonNull(template.findById(id, Thing.class, THINGS));
    }

    /** The log, oldest first. */
    List<ActivityView> log() {
        return collections
                .of(ActivityReading.LOG, ActivityView.class)
                .find()
                .sort(new Document("_id", 1))
                .limit(10_000)
                .into(new ArrayList<>());
    }
}

package de.smartcity.consortium.activity;

import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Aggregate;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.NewEvents;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.TimeOrderedIds;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.mongo.RecordCollections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Aggregates with an outbox, and the log to which their events are published. */
record Things(MongoTemplate template, RecordCollections collections) {

    static final String THINGS = "things";
    static final String WATCHED = "watched";

    /** The types of things' events. */
    enum ThingEvent {
        CHANGED,
        SHARED,
        THING_EDITED
    }

    /** What a thing shows of itself. */
    public record StoredThing(
            @BsonId UUID id,
            DerivedFields derived,
            @Nullable String name) {}

    static final Viewpoint OWN = Viewpoint.relation("own", PartnerStatus.ACTIVE);
    private static final Set<Viewpoint> OWN_AND_OFFICE = Set.of(OWN, Viewpoint.OFFICE);

    /** A part of a thing. */
    record Part(boolean visibleToMembers) {}

    static TypeTable<StoredThing> table(String type) {
        return TypeTable.of(type, StoredThing.class, StoredThing::derived, List.of(OWN))
                .key(StoredThing::id)
                .everybody("name", "name", StoredThing::name)
                .seenBy(Set.of(OWN, Viewpoint.CONSORTIUM, Viewpoint.OFFICE), "summary", "summary", StoredThing::name)
                .seenBy(OWN_AND_OFFICE, "note", "note", StoredThing::name)
                .seenBy(Set.of(OWN, Viewpoint.CONSORTIUM, Viewpoint.OFFICE), "activity", "_id", StoredThing::id)
                .seenIf((thing, actor) -> actor.isOffice(), "version", "version", StoredThing::name)
                .<Part>parts(
                        Set.of(OWN, Viewpoint.CONSORTIUM, Viewpoint.OFFICE),
                        "parts",
                        "parts",
                        thing -> List.of(),
                        part -> part.visibleToMembers()
                                ? Set.of(OWN, Viewpoint.CONSORTIUM, Viewpoint.OFFICE)
                                : OWN_AND_OFFICE)
                .build();
    }

    /** Stands for the aggregates of the collection that the relay of the service watches. */
    interface WatchedThing extends Aggregate {}

    /** An aggregate like those of a capability. */
    static final class Thing implements Aggregate {

        @Id
        private final UUID id;

        @Version
        private @Nullable Long version;

        /** Whom the next save shows it to. */
        private Audience audience;

        private @Nullable DerivedFields derived;
        private final Outbox outbox;
        private String text = "";
        private @Nullable KeyedChanges keyedChanges;

        @Transient
        private final NewEvents newEvents = new NewEvents();

        @Transient
        private @Nullable Integer maxSize;

        Thing(UUID id, @Nullable Long version, Audience audience, @Nullable DerivedFields derived, Outbox outbox) {
            this.id = id;
            this.version = version;
            this.audience = audience;
            this.derived = derived;
            this.outbox = outbox;
        }

        @Override
        public @Nullable DerivedFields derived() {
            return derived;
        }

        @Override
        public void derive(String defaultLocale) {
            derived = new DerivedFields(audience, Map.of("locale", defaultLocale), List.of(), List.of(), null);
        }

        @Override
        public Outbox outbox() {
            return outbox;
        }

        @Override
        public NewEvents newEvents() {
            return newEvents;
        }

        @Override
        public int maxSize() {
            return maxSize == null ? Aggregate.super.maxSize() : maxSize;
        }

        /** As an aggregate of another kind, with another budget. */
        void limitTo(int size) {
            maxSize = size;
        }

        void showTo(Audience next) {
            audience = next;
        }

        /** What it is about; any length. */
        void describe(String next) {
            text = next;
        }

        void remember(KeyedChanges changes) {
            keyedChanges = changes;
        }

        UUID id() {
            return id;
        }

        String text() {
            return text;
        }

        @Nullable
        Long version() {
            return version;
        }

        List<Event> waiting() {
            return outbox.events();
        }

        Event change(String name) {
            return record(event(name));
        }

        /** A change that is made even if the document is too large. */
        void changeAnyway(String name) {
            newEvents.add(NewEvent.of(event(name)).asEssential(), outbox);
        }

        Event record(Event event, Part... parts) {
            newEvents.add(NewEvent.of(event).with(Map.of("parts", List.of(parts))), outbox);
            return event;
        }

        /** A change inside a part that only these see. */
        void recordAmong(Collection<String> tokens, Event event) {
            newEvents.add(NewEvent.of(event).among(tokens), outbox);
        }
    }

    static final Instant AT = Instant.parse("2026-11-24T09:30:00.123Z");

    /** A change of name and summary, to this name. */
    static Event event(String name) {
        return new Event(
                TimeOrderedIds.next(),
                ThingEvent.CHANGED.name(),
                Event.SHAPE,
                AT,
                PartnerId.next(),
                new AccountId("an-account"),
                List.of("name", "summary"),
                "a reason",
                Map.of("name", name),
                null);
    }

    static Thing unsaved(Audience audience) {
        return new Thing(UUID.randomUUID(), null, audience, null, new Outbox(List.of()));
    }

    void deleteAll() {
        for (var collection : List.of(THINGS, WATCHED, ActivityReading.LOG)) {
            template.getCollection(collection).deleteMany(new Document());
        }
    }

    /** A new aggregate with this many unpublished events. */
    Thing thing(int events) {
        var thing = unsaved(Audience.everybody());
        IntStream.rangeClosed(1, events).forEach(n -> thing.change("Change" + n));
        return template.insert(thing, THINGS);
    }

    Thing read(UUID id) {
        return Objects.requireNonNull(template.findById(id, Thing.class, THINGS));
    }

    /** The log, oldest first. */
    List<PublishedEvent> log() {
        return collections
                .of(ActivityReading.LOG, PublishedEvent.class)
                .find()
                .sort(new Document("_id", 1))
                .limit(10_000)
                .into(new ArrayList<>());
    }
}

package de.smartcity.consortium.activity;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bson.BSONException;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.mapping.event.AbstractMongoEventListener;
import org.springframework.data.mongodb.core.mapping.event.AfterSaveEvent;

/**
 * Publishes waiting events: moves them from the aggregates' outboxes to the log, in batches and as they are stored, without decoding them. Any
 * number of relays may run, on any number of nodes, and each may die at any point: the log's unique keys admit each event and each number once, and
 * an event is removed from its outbox only when it is in the log.
 *
 * <p>A document whose events cannot be published is set aside: it gets the field {@code setAside}, is logged and counted, and is skipped until the
 * field is removed. A save of the aggregate removes it, too.
 */
final class OutboxRelay extends AbstractMongoEventListener<Object> {

    private static final String EVENTS = "outbox.events";
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int RELAY_BATCH_SIZE = 100;
    private static final int INSERT_BATCH_SIZE = 1_000;
    private static final int MAX_REASON_LENGTH = 200;
    private static final String SET_ASIDE = "setAside";
    /** BadValue, FailedToParse, TypeMismatch, InvalidBSON, InvalidIdField, DocumentValidationFailure, BSONObjectTooLarge. */
    private static final Set<Integer> OF_DOCUMENT = Set.of(2, 9, 14, 22, 53, 121, 10_334);

    private static final String ID = "_id";
    private static final Date LONG_AGO = new Date(0);

    private final MongoDatabaseFactory databases;
    private final EventSources sources;
    private final Clock clock;
    private final Runnable published;
    private final Worker worker = new Worker("outbox-relay", SWEEP_INTERVAL, this::sweep);
    /**
     * The last number that this relay has published, acknowledged by a majority. A number of another relay is not kept: a failover may undo it, and
     * this relay would leave a gap.
     */
    private volatile long lastKnown;

    /** @param published called after events were published */
    OutboxRelay(MongoDatabaseFactory databases, EventSources sources, Clock clock, Runnable published) {
        this.databases = databases;
        this.sources = sources;
        this.clock = clock;
        this.published = published;
    }

    Worker worker() {
        return worker;
    }

    /** Events saved on this node are published immediately, those that other nodes left by the next sweep. */
    @Override
    public void onAfterSave(AfterSaveEvent<Object> saved) {
        worker.wake();
    }

    RelayStatus status() {
        var lag = Duration.ZERO;
        var setAside = 0L;
        for (var source : sources.all()) {
            var documents = documents(source);
            var oldest = documents
                    .find(waiting())
                    .sort(Sorts.ascending(EventSource.WAITING_SINCE))
                    .projection(Projections.include(EventSource.WAITING_SINCE))
                    .limit(1)
                    .first();
            if (oldest != null) {
                for (var event : oldest.getDocument("outbox").getArray("events")) {
                    if (event.isDocument() && event.asDocument().isDateTime("at")) {
                        var age = ActivityStatus.age(event.asDocument().getDateTime("at"), clock);
                        lag = age.compareTo(lag) > 0 ? age : lag;
                    }
                }
            }
            setAside += documents.countDocuments(Filters.gt(EventSource.SET_ASIDE_SINCE, LONG_AGO));
        }
        return new RelayStatus(lag, setAside);
    }

    private void sweep() {
        sources.all().forEach(this::sweep);
    }

    /** Publishes all waiting events of a collection. */
    void sweep(EventSource source) {
        List<RawBsonDocument> waiting;
        do {
            waiting = documents(source)
                    .find(waiting())
                    .projection(Projections.include(EVENTS))
                    .limit(RELAY_BATCH_SIZE)
                    .into(new ArrayList<>());
            if (!waiting.isEmpty()) {
                publishOrSetAside(source, waiting);
                published.run();
            }
        } while (waiting.size() == RELAY_BATCH_SIZE);
    }

    private static Bson waiting() {
        return Filters.and(
                Filters.gt(EventSource.WAITING_SINCE, LONG_AGO), Filters.exists(EventSource.SET_ASIDE_SINCE, false));
    }

    private void publishOrSetAside(EventSource source, List<RawBsonDocument> documents) {
        List<Waiting> waiting;
        try {
            waiting = documents.stream().map(Waiting::of).toList();
            insert(source, waiting);
        } catch (MongoBulkWriteException | BSONException failed) {
            if (!isOfDocument(failed)) {
                throw failed;
            }
            if (documents.size() > 1) {
                documents.forEach(one -> publishOrSetAside(source, List.of(one)));
            } else {
                setAside(source, Objects.requireNonNull(documents.getFirst().get(ID)), failed);
            }
            return;
        }
        // Bypasses Spring Data and so the version: no concurrent save becomes stale.
        documents(source)
                .bulkWrite(waiting.stream().map(OutboxRelay::withoutPublished).toList());
    }

    /** Whether a failure is due to what is in a document; any other may be over at the next sweep. */
    static boolean isOfDocument(RuntimeException failed) {
        return failed instanceof BSONException
                || (failed instanceof MongoBulkWriteException refused
                        && refused.getWriteErrors().stream().anyMatch(error -> OF_DOCUMENT.contains(error.getCode())));
    }

    /** A document with waiting events. */
    private record Waiting(BsonValue id, List<BsonDocument> events) {

        /** @throws BSONException if it has no list of events with id, type and time */
        static Waiting of(BsonDocument document) {
            var events = document.getDocument("outbox").getArray("events").stream()
                    .map(BsonValue::asDocument)
                    .toList();
            events.forEach(event -> {
                event.getBinary(ID);
                event.getString("type");
                event.getDateTime("at");
            });
            return new Waiting(Objects.requireNonNull(document.get(ID)), events);
        }
    }

    private void insert(EventSource source, List<Waiting> waiting) {
        var batch = new ArrayList<BsonDocument>();
        for (var document : waiting) {
            for (var event : document.events()) {
                batch.add(entry(source, document.id(), event));
                if (batch.size() == INSERT_BATCH_SIZE) {
                    insert(batch);
                    batch.clear();
                }
            }
        }
        insert(batch);
    }

    /** The event as it is stored in the log, without a number. */
    private static BsonDocument entry(EventSource source, BsonValue subject, BsonDocument event) {
        var entry = new BsonDocument(ID, new BsonInt64(0));
        entry.putAll(event);
        entry.append(ActivityReading.EVENT, event.get(ID));
        entry.append(ActivityReading.KIND, new BsonString(source.kind()));
        entry.append(ActivityReading.SUBJECT, subject);
        return entry;
    }

    private static WriteModel<RawBsonDocument> withoutPublished(Waiting document) {
        var ids = document.events().stream().map(event -> event.get(ID)).toList();
        return new UpdateOneModel<>(Filters.eq(ID, document.id()), Updates.pull(EVENTS, Filters.in(ID, ids)));
    }

    /** Inserts entries in their order, each of them once, and numbers them without gaps. */
    private void insert(List<BsonDocument> entries) {
        var log = log();
        var remaining = new ArrayList<>(entries);
        var last = lastKnown;
        while (!remaining.isEmpty()) {
            var number = last;
            for (var entry : remaining) {
                entry.put(ID, new BsonInt64(++number));
            }
            try {
                log.insertMany(remaining);
                lastKnown = number;
                return;
            } catch (MongoBulkWriteException refused) {
                var error = refused.getWriteErrors().stream()
                        .findFirst()
                        .filter(first -> first.getCategory() == ErrorCategory.DUPLICATE_KEY)
                        .orElseThrow(() -> refused);
                // Another relay has used a number, or published an event; those before are inserted. The known events
                // are asked for before the last number, so that an event's successor has a greater number than it.
                remaining.subList(0, error.getIndex()).clear();
                var known = known(log, remaining);
                remaining.removeIf(entry -> known.contains(entry.get(ActivityReading.EVENT)));
                last = last(log);
            }
        }
    }

    private static Set<BsonValue> known(MongoCollection<BsonDocument> log, Collection<BsonDocument> entries) {
        var ids = entries.stream()
                .map(entry -> Objects.requireNonNull(entry.get(ActivityReading.EVENT)))
                .toList();
        return log.find(Filters.in(ActivityReading.EVENT, ids))
                .projection(Projections.include(ActivityReading.EVENT))
                .batchSize(ids.size() + 1)
                .map(entry -> Objects.requireNonNull(entry.get(ActivityReading.EVENT)))
                .into(new HashSet<>());
    }

    private static long last(MongoCollection<BsonDocument> log) {
        var last = log.find()
                .sort(Sorts.descending(ID))
                .projection(Projections.include(ID))
                .limit(1)
                .first();
        return last == null ? 0 : last.getInt64(ID).getValue();
    }

    private void setAside(EventSource source, BsonValue id, RuntimeException because) {
        var message = String.valueOf(because.getMessage());
        var reason = message.substring(0, Math.min(message.length(), MAX_REASON_LENGTH));
        documents(source)
                .updateOne(
                        Filters.eq(ID, id),
                        Updates.set(
                                SET_ASIDE,
                                new BsonDocument("since", new BsonDateTime(clock.millis()))
                                        .append("reason", new BsonString(reason))));
        LOG.error(
                "The events of {} in {} cannot be published, and are set aside. When the document is repaired, publish them with"
                        + " db.{}.updateOne({_id: {}}, {$unset: {setAside: 1}})",
                shell(id),
                source.collection(),
                source.collection(),
                shell(id),
                because);
    }

    /** The id as the MongoDB shell reads it. */
    private static String shell(BsonValue id) {
        return id.isBinary() && id.asBinary().getType() == 4
                ? "UUID(\"" + id.asBinary().asUuid() + "\")"
                : new BsonDocument(ID, id).toJson().replaceFirst("^\\{\"_id\": (.*)}$", "$1");
    }

    private MongoCollection<RawBsonDocument> documents(EventSource source) {
        return databases
                .getMongoDatabase()
                .getCollection(source.collection(), RawBsonDocument.class)
                .withReadPreference(ReadPreference.primary());
    }

    /** A number must not be used again after a failover, so entries are written with majority concern. */
    private MongoCollection<BsonDocument> log() {
        return databases
                .getMongoDatabase()
                .getCollection(ActivityReading.LOG, BsonDocument.class)
                .withReadPreference(ReadPreference.primary())
                .withWriteConcern(WriteConcern.MAJORITY);
    }
}

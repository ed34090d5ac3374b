package de.smartcity.consortium.mongo;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a migration under one lease; it continues where an earlier holder stopped. */
final class MigrationRun {

    static final int BATCH_SIZE = 200;

    private static final Logger LOG = LoggerFactory.getLogger(MigrationRun.class);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(3);
    private static final int MAX_ATTEMPTS = 100;
    private static final String VERSION = "version";

    private final Migration migration;
    private final DocumentStep step;
    private final MongoDatabase database;
    private final MongoCollection<BsonDocument> documents;
    private final Lease lease;
    private final FencedDocument record;
    private final Clock clock;
    private final MigrationProgress progress;

    private long seen;
    private long changed;
    private @Nullable Object lastId;
    private Instant nextReport;

    /** @param record the migration's record, claimed under the lease */
    MigrationRun(
            Migration migration,
            DocumentStep step,
            MongoDatabase database,
            Lease lease,
            FencedDocument record,
            Clock clock,
            MigrationProgress progress) {
        this.migration = migration;
        this.step = step;
        this.database = database;
        this.documents = database.getCollection(migration.collection(), BsonDocument.class)
                .withReadPreference(ReadPreference.primary());
        this.lease = lease;
        this.record = record;
        this.clock = clock;
        this.progress = progress;
        this.nextReport = clock.instant().plus(REPORT_INTERVAL);
    }

    /** @throws LeaseLost if another holder has taken it over */
    void run() {
        var recorded = record.content();
        // The last holder may have finished it after losing the lease, but before this one claimed the record.
        if (SchemaHistory.DONE.equals(recorded.getString(SchemaHistory.STATE))) {
            return;
        }
        if (migration.checksum().equals(recorded.getString(SchemaHistory.CHECKSUM))) {
            seen = recorded.getLong(SchemaHistory.SEEN);
            changed = recorded.getLong(SchemaHistory.CHANGED);
            lastId = recorded.get(SchemaHistory.LAST_ID);
        } else {
            LOG.warn("Migration {} was started with another name or revision and starts again", migration.number());
            record.update(Updates.combine(
                    new Document("$set", SchemaHistory.started(migration, clock.instant())),
                    Updates.unset(SchemaHistory.LAST_ID)));
        }
        LOG.info(
                "Migration {}, {}: {}",
                migration.number(),
                migration.name(),
                seen == 0 ? "starts" : "continues after " + seen + " documents");
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            for (var document : batch) {
                report();
                if (migrate(document)) {
                    changed++;
                }
                seen++;
                lastId = document.get("_id");
            }
            record.update(counts());
        }
        record.update(Updates.combine(
                counts(),
                Updates.set(SchemaHistory.STATE, SchemaHistory.DONE),
                Updates.set(SchemaHistory.FINISHED_AT, Date.from(clock.instant()))));
        LOG.info(
                "Migration {}, {}: done, {} documents processed and {} changed",
                migration.number(),
                migration.name(),
                seen,
                changed);
    }

    private List<BsonDocument> next() {
        progress.running(migration, seen);
        return documents
                .find(lastId == null ? Filters.empty() : Filters.gt("_id", lastId))
                .sort(Sorts.ascending("_id"))
                .limit(BATCH_SIZE)
                .into(new ArrayList<>());
    }

    /**
     * Renews the lease, saves the progress and logs it, every few seconds. Called before each document, so that a node that was paused checks
     * first whether it still holds the lease.
     */
    private void report() {
        var now = clock.instant();
        if (now.isBefore(nextReport)) {
            return;
        }
        nextReport = now.plus(REPORT_INTERVAL);
        lease.renew();
        record.update(counts());
        progress.running(migration, seen);
        LOG.info(
                "Migration {}, {}: {} documents processed and {} changed",
                migration.number(),
                migration.name(),
                seen,
                changed);
    }

    private Bson counts() {
        return Updates.combine(
                Updates.set(SchemaHistory.SEEN, seen),
                Updates.set(SchemaHistory.CHANGED, changed),
                Updates.set(SchemaHistory.LAST_ID, lastId));
    }

    private boolean migrate(BsonDocument read) {
        try {
            var stored = read;
            for (var attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                var wanted = apply(stored);
                if (wanted.equals(stored)) {
                    return false;
                }
                if (write(stored, wanted)) {
                    return true;
                }
                // The concurrent writer may be the new holder of the lease.
                lease.renew();
                stored = documents.find(Filters.eq("_id", read.get("_id"))).first();
                if (stored == null) {
                    return false;
                }
            }
            throw new IllegalStateException("It was changed concurrently in each of " + MAX_ATTEMPTS + " attempts");
        } catch (LeaseLost lost) {
            throw lost;
        } catch (RuntimeException failed) {
            throw new IllegalStateException(
                    "Migration " + migration.number() + ", " + migration.name() + ", failed at the document "
                            + read.get("_id") + " of " + migration.collection(),
                    failed);
        }
    }

    private BsonDocument apply(BsonDocument stored) {
        var codecs = database.getCodecRegistry();
        // Decoded for each attempt, because the step may change its argument.
        var document = codecs.get(Document.class)
                .decode(stored.asBsonReader(), DecoderContext.builder().build());
        var wanted = step.apply(document, database).toBsonDocument(Document.class, codecs);
        if (!Objects.equals(wanted.get("_id"), stored.get("_id"))) {
            throw new IllegalStateException("A step must keep the _id");
        }
        return wanted;
    }

    /**
     * Writes the fields that differ, unless they or the version have changed since they were read. Other fields are not written, since not every
     * writer increments the version: the relay does not when it empties outboxes.
     */
    private boolean write(BsonDocument stored, BsonDocument wanted) {
        // The id as it is: with an operator, the embedded server would not use its index.
        var unchanged = new BsonDocument("_id", stored.get("_id")).append(VERSION, condition(stored.get(VERSION)));
        var set = new BsonDocument();
        var unset = new BsonDocument();
        var fields = new LinkedHashSet<>(stored.keySet());
        fields.addAll(wanted.keySet());
        for (var field : fields) {
            var before = stored.get(field);
            var after = wanted.get(field);
            if (!Objects.equals(before, after)) {
                unchanged.append(field, condition(before));
                if (after == null) {
                    unset.append(field, BsonNull.VALUE);
                } else {
                    set.append(field, after);
                }
            }
        }
        var update = new BsonDocument();
        if (!set.isEmpty()) {
            update.append("$set", set);
        }
        if (!unset.isEmpty()) {
            update.append("$unset", unset);
        }
        return documents.updateOne(unchanged, update).getMatchedCount() == 1;
    }

    private static BsonDocument condition(@Nullable BsonValue stored) {
        return stored == null ? new BsonDocument("$exists", BsonBoolean.FALSE) : new BsonDocument("$eq", stored);
    }
}

package de.smartcity.consortium.activity;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.mongo.FencedDocument;
import de.smartcity.consortium.mongo.Lease;
import de.smartcity.consortium.mongo.LeaseLost;
import de.smartcity.consortium.mongo.Leases;
import de.smartcity.consortium.mongo.RecordCollections;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DecoderContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Feeds one handler on this node while it holds the handler's lease. The collection {@code checkpoints} has one document for each handler:
 * {@code {_id: name, number, failures, retryAt, fence}}, the number of the last handled event and how often the next one has failed.
 */
final class HandlerRun {

    static final String CHECKPOINTS = "checkpoints";

    private static final Logger LOG = LoggerFactory.getLogger(HandlerRun.class);
    private static final int HANDLER_BATCH_SIZE = 100;
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 6;
    private static final Duration MAX_DELAY = FIRST_DELAY.multipliedBy(1L << MAX_DOUBLINGS);
    private static final String NUMBER = "number";
    private static final String FAILURES = "failures";
    private static final String RETRY_AT = "retryAt";
    private static final Date NEVER = new Date(0);

    private final EventHandler handler;
    private final MongoCollection<RawBsonDocument> log;
    private final MongoDatabaseFactory databases;
    private final Leases leases;
    private final Clock clock;
    private final Duration leaseValidity;
    private final Worker worker;

    HandlerRun(
            EventHandler handler,
            RecordCollections collections,
            MongoDatabaseFactory databases,
            Leases leases,
            Clock clock,
            Duration leaseValidity) {
        this.handler = handler;
        // What is not yet on a majority may get another number after a failover.
        this.log = collections
                .of(ActivityReading.LOG, PublishedEvent.class)
                // Decoded one by one, since one that this version cannot decode must not hide the others.
                .withDocumentClass(RawBsonDocument.class)
                .withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.MAJORITY);
        this.databases = databases;
        this.leases = leases;
        this.clock = clock;
        this.leaseValidity = leaseValidity;
        this.worker = new Worker("handler-" + handler.name(), POLL_INTERVAL, this::handleWhileHeld);
    }

    Worker worker() {
        return worker;
    }

    /** How far it is, on whichever node. */
    HandlerStatus status() {
        var checkpoint = Optional.ofNullable(
                checkpoints().find(Filters.eq("_id", handler.name())).limit(1).first());
        var number = checkpoint.map(stored -> stored.getLong(NUMBER)).orElse(0L);
        var next = log.find(Filters.gt(ActivityReading.NUMBER, number))
                .sort(Sorts.ascending(ActivityReading.NUMBER))
                .projection(Projections.include("at"))
                .limit(1)
                .first();
        return new HandlerStatus(
                handler.name(),
                next == null ? Duration.ZERO : ActivityStatus.age(next.getDateTime("at"), clock),
                checkpoint.map(stored -> stored.getInteger(FAILURES)).orElse(0));
    }

    /** New for each use, since the status has its caller's deadline. */
    private MongoCollection<Document> checkpoints() {
        return databases.getMongoDatabase().getCollection(CHECKPOINTS).withReadPreference(ReadPreference.primary());
    }

    private static long numberOf(BsonDocument event) {
        return event.getInt64(ActivityReading.NUMBER).getValue();
    }

    private PublishedEvent decoded(RawBsonDocument event) {
        return log.getCodecRegistry()
                .get(PublishedEvent.class)
                .decode(event.asBsonReader(), DecoderContext.builder().build());
    }

    private void handleWhileHeld() throws InterruptedException {
        var acquired = leases.tryAcquire("handler-" + handler.name(), leaseValidity);
        if (acquired.isEmpty()) {
            return;
        }
        try (var lease = acquired.get()) {
            var held = new Held(lease);
            while (true) {
                if (!held.handleBatch()) {
                    worker.pause();
                }
            }
        } catch (LeaseLost lost) {
            LOG.warn("Another node has taken over the handler {}: {}", handler.name(), lost.getMessage());
        }
    }

    /** The handler while this node holds its lease. */
    private final class Held {

        private final Lease lease;
        private final FencedDocument checkpoint;
        private long number;
        private int failures;
        private Instant retryAt;
        private long renewedAt = System.nanoTime();

        Held(Lease lease) {
            this.lease = lease;
            this.checkpoint = lease.claim(
                    checkpoints(),
                    handler.name(),
                    new Document(NUMBER, 0L).append(FAILURES, 0).append(RETRY_AT, NEVER));
            this.number = checkpoint.content().getLong(NUMBER);
            this.failures = checkpoint.content().getInteger(FAILURES);
            this.retryAt = checkpoint.content().getDate(RETRY_AT).toInstant();
        }

        /** Whether there may be more to handle now. */
        boolean handleBatch() throws InterruptedException {
            renewIfDue();
            var now = clock.instant();
            // A time beyond the longest delay comes from a clock that was wrong.
            if (now.isBefore(retryAt) && !retryAt.isAfter(now.plus(MAX_DELAY))) {
                return false;
            }
            var events = log.find(Filters.gt(ActivityReading.NUMBER, number))
                    .sort(Sorts.ascending(ActivityReading.NUMBER))
                    .limit(HANDLER_BATCH_SIZE)
                    .into(new ArrayList<>());
            var handled = number;
            for (var event : events) {
                if (Thread.interrupted()) {
                    moveTo(handled);
                    throw new InterruptedException();
                }
                renewIfDue();
                try {
                    handler.handle().accept(decoded(event));
                } catch (RuntimeException | Error failed) {
                    moveTo(handled);
                    failedAt(event, failed);
                    return false;
                }
                handled = numberOf(event);
            }
            moveTo(handled);
            return events.size() == HANDLER_BATCH_SIZE;
        }

        /** Saves the checkpoint, unless another node holds the lease by now. */
        private void moveTo(long handled) {
            if (handled > number) {
                checkpoint.update(Updates.combine(
                        Updates.set(NUMBER, handled), Updates.set(FAILURES, 0), Updates.set(RETRY_AT, NEVER)));
                number = handled;
                failures = 0;
                retryAt = Instant.EPOCH;
            }
        }

        private void failedAt(BsonDocument event, Throwable failed) {
            failures++;
            var delay = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
            retryAt = clock.instant().plus(delay);
            Failures.warn(
                    LOG,
                    failed,
                    "The handler {} failed {} times at event {}, number {}; the next attempt is in {}",
                    handler.name(),
                    failures,
                    event.get(ActivityReading.EVENT),
                    numberOf(event),
                    delay);
            checkpoint.update(
                    Updates.combine(Updates.set(FAILURES, failures), Updates.set(RETRY_AT, Date.from(retryAt))));
        }

        private void renewIfDue() {
            if (System.nanoTime() - renewedAt > leaseValidity.toNanos() / 3) {
                lease.renew();
                renewedAt = System.nanoTime();
            }
        }
    }
}

package de.smartcity.consortium.activity;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.mongo.RecordCollections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.mapping.event.AbstractMongoEventListener;
import org.springframework.data.mongodb.core.mapping.event.AfterSaveEvent;

/**
 * Publishes waiting events: moves them from the aggregates' outboxes to the log. Any number of relays may run, on any number of nodes, and
 * each may die at any point: the log's unique keys admit each event and each sequence number once, and an event is removed from its outbox
 * only when it is in the log.
 */
final class OutboxRelay extends AbstractMongoEventListener<Object> implements SmartLifecycle {

    static final String EVENTS = "outbox.events";
    static final String EVENT = "event";

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int RELAY_BATCH_SIZE = 100;
    private static final long SWEEP_MILLIS = 1_000;

    private final RecordCollections collections;
    private final List<OutboxSource> sources;
    private final Semaphore work = new Semaphore(0);
    private volatile @Nullable Thread thread;

    OutboxRelay(RecordCollections collections, List<OutboxSource> sources) {
        this.collections = collections;
        this.sources = List.copyOf(sources);
    }

    /** Events saved on this node are published immediately, those that other nodes left by the next sweep. */
    @Override
    public void onAfterSave(AfterSaveEvent<Object> saved) {
        work.release();
    }

    @Override
    public void start() {
        var relay = Thread.ofVirtual().name("outbox-relay").unstarted(this::run);
        // Assigned before the start, because the loop ends when the field holds another thread.
        thread = relay;
        relay.start();
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        while (Thread.currentThread() == thread) {
            try {
                work.tryAcquire(SWEEP_MILLIS, TimeUnit.MILLISECONDS);
                work.drainPermits();
                sources.forEach(this::sweep);
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                // The relay must survive any failure.
                if (Thread.currentThread() == thread) {
                    LOG.warn("Waiting events could not be published; the next sweep tries again", failure);
                }
            }
        }
    }

    /** Publishes all waiting events of a collection. */
    void sweep(OutboxSource source) {
        var documents = collections.of(source.collection(), Waiting.class);
        List<Waiting> waiting;
        do {
            waiting = documents
                    .find(Filters.gt(OutboxSource.WAITING_SINCE, new Date(0)))
                    .projection(Projections.include(EVENTS))
                    .limit(RELAY_BATCH_SIZE)
                    .into(new ArrayList<>());
            waiting.forEach(document -> publish(documents, document));
        } while (waiting.size() == RELAY_BATCH_SIZE);
    }

    private void publish(MongoCollection<Waiting> documents, Waiting document) {
        var log = collections.of(ActivityReading.LOG, ActivityView.class);
        var events = document.outbox().events();
        events.forEach(event -> insert(log, document.id(), event));
        // Bypasses Spring Data and so the version: no concurrent save becomes stale.
        documents.updateOne(
                Filters.eq("_id", document.id()),
                Updates.pull(
                        EVENTS,
                        Filters.in("_id", events.stream().map(StoredEvent::id).toList())));
    }

    private static void insert(MongoCollection<ActivityView> log, UUID subject, StoredEvent event) {
        while (true) {
            var last = log.find()
                    .sort(Sorts.descending("_id"))
                    .projection(Projections.include("_id"))
                    .limit(1)
                    .map(ActivityView::sequence)
                    .first();
            try {
                log.insertOne(event.after(last == null ? 0 : last, subject));
                return;
            } catch (MongoWriteException refused) {
                if (refused.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw refused;
                }
                if (log.find(Filters.eq(EVENT, event.id())).limit(1).first() != null) {
                    return;
                }
                // Another relay used the number: try the next.
            }
        }
    }

    public record Waiting(@BsonId UUID id, StoredOutbox outbox) {}

    public record StoredOutbox(List<StoredEvent> events) {}

    public record StoredEvent(
            @BsonId UUID id,
            String type,
            Instant at,
            @Nullable PartnerId partner,
            AccountId account,
            @Nullable List<String> changed,
            @Nullable String reason) {

        ActivityView after(long last, UUID subject) {
            return new ActivityView(
                    last + 1, id, subject, at, type, partner, account, changed == null ? List.of() : changed, reason);
        }
    }
}

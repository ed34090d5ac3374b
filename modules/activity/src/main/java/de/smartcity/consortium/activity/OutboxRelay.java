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
 * Takes waiting events out of the aggregates' outboxes into the log. Any number of relays may run, on any number of nodes, and any may die
 * at any point: the log's unique keys let each event in once and each number be given once, and an event leaves its outbox only after it is
 * in the log.
 */
final class OutboxRelay extends AbstractMongoEventListener<Object> implements SmartLifecycle {

    static final String EVENTS = "outbox.events";
    static final String EVENT = "event";

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int AT_ONCE = 100;
    private static final long SWEEP_MILLIS = 1_000;

    private final RecordCollections views;
    private final List<OutboxSource> sources;
    private final Semaphore work = new Semaphore(0);
    private volatile @Nullable Thread thread;

    OutboxRelay(RecordCollections views, List<OutboxSource> sources) {
        this.views = views;
        this.sources = List.copyOf(sources);
    }

    /** A save on this node is told at once; what other nodes left behind is found by the next sweep. */
    @Override
    public void onAfterSave(AfterSaveEvent<Object> saved) {
        work.release();
    }

    @Override
    public void start() {
        var relay = Thread.ofVirtual().name("outbox-relay").unstarted(this::run);
        // Before it runs, since it runs only as long as it is the one that is known.
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
            } catch (InterruptedException hurried) {
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
            } catch (RuntimeException failed) {
                // Whatever it is, the relay must outlive it.
                if (Thread.currentThread() == thread) {
                    LOG.warn("Waiting events could not be told; the next sweep tries again", failed);
                }
            }
        }
    }

    /** Tells all that waits in a collection. */
    void sweep(OutboxSource source) {
        var documents = views.of(source.collection(), Waiting.class);
        List<Waiting> waiting;
        do {
            waiting = documents
                    .find(Filters.gt(OutboxSource.WAITING_SINCE, new Date(0)))
                    .projection(Projections.include(EVENTS))
                    .limit(AT_ONCE)
                    .into(new ArrayList<>());
            waiting.forEach(document -> tell(documents, document));
        } while (waiting.size() == AT_ONCE);
    }

    private void tell(MongoCollection<Waiting> documents, Waiting document) {
        var log = views.of(ActivityReading.LOG, ActivityView.class);
        var events = document.outbox().events();
        events.forEach(event -> insert(log, document.id(), event));
        // Past Spring Data, and so past the version: nobody's change becomes stale by it.
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
                // Another relay took the number: take the next.
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

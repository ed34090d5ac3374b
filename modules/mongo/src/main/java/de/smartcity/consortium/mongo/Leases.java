package de.smartcity.consortium.mongo;

import com.mongodb.MongoServerException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Named leases: at most one node holds a lease, until it closes it or fails to renew it in time. The collection {@code leases} has one document
 * for each name: {@code {_id: name, holder, expiresAt, fence}}. It is kept when the lease is released, so that the fence never decreases.
 *
 * <p>A lease alone does not stop a holder that was paused and does not know that it has lost it. Writes that must be refused then go through
 * {@link Lease#claim}.
 */
public final class Leases {

    static final String COLLECTION = "leases";
    static final String FENCE = "fence";

    /** By how much the nodes' clocks may differ: a lease is taken over only this long after it has expired. */
    static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(1);

    private static final String HOLDER = "holder";
    private static final String EXPIRES_AT = "expiresAt";
    private static final Date LONG_AGO = new Date(0);
    private static final int DUPLICATE_KEY = 11_000;
    private static final int RELEASE_TIMEOUT_SECONDS = 2;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private final MongoDatabaseFactory databases;
    private final Clock clock;
    private final String holder;

    /** @param holder names this node in the collection, for its readers only */
    Leases(MongoDatabaseFactory databases, Clock clock, String holder) {
        this.databases = databases;
        this.clock = clock;
        this.holder = holder;
    }

    /**
     * The lease, or empty if it is held. It is not reentrant, even on the same node.
     *
     * @param validFor how long it is valid without renewal
     */
    public Optional<Lease> tryAcquire(String name, Duration validFor) {
        var expired = Date.from(clock.instant().minus(MAX_CLOCK_SKEW));
        // Waiting nodes poll, and a read is cheaper than a refused upsert. The upsert decides.
        var held = Filters.and(Filters.eq("_id", name), Filters.gte(EXPIRES_AT, expired));
        return documents().find(held).first() == null ? takeOver(name, expired, validFor) : Optional.empty();
    }

    private Optional<Lease> takeOver(String name, Date expired, Duration validFor) {
        try {
            var acquired = documents()
                    .findOneAndUpdate(
                            Filters.and(Filters.eq("_id", name), Filters.lt(EXPIRES_AT, expired)),
                            Updates.combine(
                                    Updates.set(HOLDER, holder),
                                    Updates.set(EXPIRES_AT, expiry(validFor)),
                                    Updates.inc(FENCE, 1L)),
                            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
            return Optional.of(
                    new Lease(this, name, Objects.requireNonNull(acquired).getLong(FENCE), validFor));
        } catch (MongoServerException refused) {
            // The filter matched no expired lease, so the upsert tried to insert: another node holds the lease.
            if (isDuplicateKey(refused)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /**
     * Waits until the lease is free.
     *
     * @param validFor how long it is valid without renewal
     * @param timeout how long to wait for it
     * @throws TimeoutException if others held it all the time
     */
    public Lease acquire(String name, Duration validFor, Duration timeout)
            throws InterruptedException, TimeoutException {
        // The timeout uses the monotonic clock: only the expiry has to agree with other nodes.
        var since = System.nanoTime();
        while (true) {
            var lease = tryAcquire(name, validFor);
            if (lease.isPresent()) {
                return lease.get();
            }
            if (System.nanoTime() - since >= TimeUnit.NANOSECONDS.convert(timeout)) {
                throw new TimeoutException("The lease " + name + " was held by others for " + timeout);
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    /**
     * Runs work while this node holds the lease, which is renewed in the background. So a short validity suffices for long work, and after a
     * crash others wait no longer than that. Work that hangs keeps the lease as long as its process lives; work that must stop as soon as the
     * lease is lost must call {@link Lease#renew} regularly.
     *
     * @param validFor how long it is valid without renewal; it is renewed every third of that
     * @param timeout how long to wait for it
     * @throws TimeoutException if others held it all the time
     * @throws LeaseLost if another holder took it over before the work was done
     */
    public void whileHeld(String name, Duration validFor, Duration timeout, Consumer<Lease> work)
            throws InterruptedException, TimeoutException {
        try (var lease = acquire(name, validFor, timeout)) {
            var finished = new CountDownLatch(1);
            var renewal = Thread.ofVirtual().name("lease-" + name).start(() -> lease.renewUntil(finished));
            try {
                work.accept(lease);
            } finally {
                finished.countDown();
                renewal.join();
            }
            lease.renew();
        }
    }

    /** Whether the lease was still held. */
    boolean renew(Lease lease) {
        return updateHeld(documents(), lease, Updates.set(EXPIRES_AT, expiry(lease.validFor())));
    }

    void release(Lease lease) {
        // Without a holder, a concurrent renewal does not match it. A node that shuts down while the database is
        // unavailable
        // must not wait.
        updateHeld(
                documents().withTimeout(RELEASE_TIMEOUT_SECONDS, TimeUnit.SECONDS),
                lease,
                Updates.combine(Updates.set(EXPIRES_AT, LONG_AGO), Updates.unset(HOLDER)));
    }

    static boolean isDuplicateKey(MongoServerException refused) {
        return refused.getCode() == DUPLICATE_KEY;
    }

    private boolean updateHeld(MongoCollection<Document> documents, Lease lease, Bson update) {
        return documents
                        .updateOne(
                                Filters.and(
                                        Filters.eq("_id", lease.name()),
                                        Filters.eq(FENCE, lease.fence()),
                                        Filters.eq(HOLDER, holder)),
                                update)
                        .getMatchedCount()
                == 1;
    }

    private Date expiry(Duration validFor) {
        return Date.from(clock.instant().plus(validFor));
    }

    private MongoCollection<Document> documents() {
        // A write that a failover rolls back would leave the lease with two holders.
        return databases.getMongoDatabase().getCollection(COLLECTION).withWriteConcern(WriteConcern.MAJORITY);
    }
}

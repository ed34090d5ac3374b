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
 * Leases by name: of all nodes one at a time holds a lease, until it closes it or has not renewed it in time. The collection {@code leases} has one
 * document for each name: {@code {_id: name, holder, expiresAt, fence}}. It stays when the lease is released, so that the fence never falls.
 *
 * <p>The lease alone excludes nobody who was paused and does not know that it has lost it. Whatever must not be written then is written through
 * {@link Lease#claim}.
 */
public final class Leases {

    static final String COLLECTION = "leases";
    static final String FENCE = "fence";

    /** How far the nodes' clocks may differ: a lease is taken over only this long after it has expired. */
    static final Duration MARGIN = Duration.ofSeconds(1);

    private static final String HOLDER = "holder";
    private static final String EXPIRES_AT = "expiresAt";
    private static final Date LONG_AGO = new Date(0);
    private static final int DUPLICATE_KEY = 11_000;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private final MongoDatabaseFactory databases;
    private final Clock clock;
    private final String holder;

    /** @param holder this node, for people who look at the collection */
    Leases(MongoDatabaseFactory databases, Clock clock, String holder) {
        this.databases = databases;
        this.clock = clock;
        this.holder = holder;
    }

    /**
     * The lease, or empty where another holds it. It is not reentrant: the same node is another, too.
     *
     * @param validFor how long it holds without being renewed
     */
    public Optional<Lease> tryAcquire(String name, Duration validFor) {
        var expired = Date.from(clock.instant().minus(MARGIN));
        // Who waits asks often, and a read costs less than an upsert that is refused. It is the upsert that decides.
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
            // It found nothing expired and tried to insert: another was faster.
            if (isDuplicateKey(refused)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /**
     * The lease, as soon as nobody else holds it.
     *
     * @param validFor how long it holds without being renewed
     * @param patience how long to wait for it
     * @throws TimeoutException where another held it all the time
     */
    public Lease acquire(String name, Duration validFor, Duration patience)
            throws InterruptedException, TimeoutException {
        // Waiting is measured by no clock that can be set: only the expiry has to agree with other nodes.
        var since = System.nanoTime();
        while (true) {
            var lease = tryAcquire(name, validFor);
            if (lease.isPresent()) {
                return lease.get();
            }
            if (System.nanoTime() - since >= TimeUnit.NANOSECONDS.convert(patience)) {
                throw new TimeoutException("The lease " + name + " was held by others for " + patience);
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    /**
     * Does some work while this node holds the lease, which is renewed in the background. So a short validity suffices for long work, and after a
     * crash others wait no longer than that. Work that hangs keeps the lease as long as its process lives; work that must stop as soon as the
     * lease is lost calls {@link Lease#renew} now and then.
     *
     * @param validFor how long it holds without being renewed; renewed every third of that
     * @param patience how long to wait for it
     * @throws TimeoutException where another held it all the time
     * @throws LeaseLost where another has taken it before the work was done
     */
    public void whileHeld(String name, Duration validFor, Duration patience, Consumer<Lease> work)
            throws InterruptedException, TimeoutException {
        try (var lease = acquire(name, validFor, patience)) {
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

    /** Whether it was still there to be renewed. */
    boolean renew(Lease lease) {
        return updateHeld(lease, Updates.set(EXPIRES_AT, expiry(lease.validFor())));
    }

    void release(Lease lease) {
        // Without its holder, it is not renewed by a renewal that was under way.
        updateHeld(lease, Updates.combine(Updates.set(EXPIRES_AT, LONG_AGO), Updates.unset(HOLDER)));
    }

    static boolean isDuplicateKey(MongoServerException refused) {
        return refused.getCode() == DUPLICATE_KEY;
    }

    private boolean updateHeld(Lease lease, Bson update) {
        return documents()
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
        // A lease that a change of the primary could take back would be held by two.
        return databases.getMongoDatabase().getCollection(COLLECTION).withWriteConcern(WriteConcern.MAJORITY);
    }
}

package de.smartcity.consortium.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease that this node has acquired. Closing it releases it; one that is neither renewed nor closed expires. */
public final class Lease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final Leases leases;
    private final String name;
    private final long fence;
    private final Duration validFor;

    Lease(Leases leases, String name, long fence, Duration validFor) {
        this.leases = leases;
        this.name = name;
        this.fence = fence;
        this.validFor = validFor;
    }

    String name() {
        return name;
    }

    Duration validFor() {
        return validFor;
    }

    /** The number of this acquisition: greater than that of every earlier one of the same name. */
    public long fence() {
        return fence;
    }

    /**
     * Extends it by its whole validity from now on.
     *
     * @throws LeaseLost if another holder has taken it over, or it was released
     */
    public void renew() {
        if (!leases.renew(this)) {
            throw lost();
        }
    }

    /**
     * Reserves a document for this holder: later writes by earlier holders are refused, even by one that was paused and does not know that it
     * has lost the lease. Such documents must be created and changed only in this way, and always under a lease of the same name.
     *
     * @param initial its content where it does not exist yet, without {@code _id}
     * @throws LeaseLost if a later holder has claimed it
     */
    public FencedDocument claim(MongoCollection<Document> documents, Object id, Document initial) {
        return FencedDocument.claim(documents, id, initial, this);
    }

    /** Releases it; does nothing if it was lost. */
    @Override
    public void close() {
        // The driver refuses to work for an interrupted thread, and without the lease other nodes need not wait for its
        // expiry.
        var interrupted = Thread.interrupted();
        try {
            leases.release(this);
        } catch (MongoException failed) {
            // The work is done and the lease expires anyway, so this is no reason to fail.
            LOG.warn("The lease {} could not be released and will expire: {}", name, failed.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    LeaseLost lost() {
        return new LeaseLost("The lease " + name + " was lost by the holder with fence " + fence);
    }

    void renewUntil(CountDownLatch finished) {
        try {
            while (!finished.await(validFor.toNanos() / 3, TimeUnit.NANOSECONDS)) {
                try {
                    renew();
                } catch (MongoException failed) {
                    LOG.warn("The lease {} could not be renewed; trying again: {}", name, failed.toString());
                }
            }
        } catch (LeaseLost lost) {
            LOG.warn(lost.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

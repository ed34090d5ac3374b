package de.smartcity.consortium.mongo;

import de.smartcity.consortium.mongo.MigrationProgress.State;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Applies missing migrations before the service is ready: one node does, and the others wait for it. Runners that need migrated data must have
 * an order after {@link #ORDER}.
 *
 * <p>If the data has a newer schema number, or an applied migration has changed, the service does not start ({@link MigrationRefused}).
 */
public final class MigrationRunner implements ApplicationRunner, Ordered, InitializingBean {

    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE;

    static final String LEASE = "migrations";
    static final Duration LEASE_VALIDITY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(MigrationRunner.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final MongoDatabaseFactory databases;
    private final SchemaHistory history;
    private final Leases leases;
    private final Clock clock;
    private final Resaving resaving;
    private final MigrationProgress progress;

    MigrationRunner(
            MongoDatabaseFactory databases,
            SchemaHistory history,
            Leases leases,
            Clock clock,
            Resaving resaving,
            MigrationProgress progress) {
        this.databases = databases;
        this.history = history;
        this.leases = leases;
        this.clock = clock;
        this.resaving = resaving;
        this.progress = progress;
    }

    /** Refuses the start before any other bean accesses the data. */
    @Override
    public void afterPropertiesSet() {
        if (history.missing().isEmpty()) {
            progress.set(State.DONE);
        }
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        if (progress.snapshot().state() != State.DONE) {
            try {
                applyMissing();
                progress.set(State.DONE);
            } catch (RuntimeException | InterruptedException failed) {
                progress.set(State.FAILED);
                throw failed;
            }
        }
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    private void applyMissing() throws InterruptedException {
        var waiting = false;
        while (!history.missing().isEmpty()) {
            var acquired = leases.tryAcquire(LEASE, LEASE_VALIDITY);
            acquired.ifPresent(this::applyMissing);
            if (acquired.isEmpty()) {
                if (!waiting) {
                    LOG.info("Waiting for the node that applies the migrations");
                    waiting = true;
                }
                Thread.sleep(POLL_INTERVAL);
            }
        }
    }

    private void applyMissing(Lease acquired) {
        try (acquired) {
            for (var migration : history.missing()) {
                new MigrationRun(
                                migration,
                                migration.step(resaving),
                                CommandTimeouts.unlimited(databases.getMongoDatabase()),
                                acquired,
                                history.claim(migration, acquired, clock.instant()),
                                clock,
                                progress)
                        .run();
            }
        } catch (LeaseLost lost) {
            LOG.warn("Another node has taken over the migrations, because this one did not renew its lease in time");
            progress.set(State.WAITING);
        }
    }
}

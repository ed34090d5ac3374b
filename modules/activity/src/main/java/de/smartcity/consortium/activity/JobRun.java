package de.smartcity.consortium.activity;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.mongo.Lease;
import de.smartcity.consortium.mongo.LeaseLost;
import de.smartcity.consortium.mongo.Leases;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Runs one job on this node where no other does. The collection {@code jobs} has one document for each job: {@code {_id: name, runs, ranAt, done,
 * failed, fence}}, for health and for people.
 */
final class JobRun<I> {

    private static final String JOBS = "jobs";
    private static final String RUNS = "runs";

    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final int JOB_BATCH_SIZE = 100;
    private static final Duration LEASE_VALIDITY = Duration.ofSeconds(30);
    private static final int LATE_INTERVALS = 10;
    private static final String RAN_AT = "ranAt";
    private static final String DONE = "done";
    private static final String FAILED = "failed";

    private final Job<I> job;
    private final MongoDatabaseFactory databases;
    private final Leases leases;
    private final Clock clock;
    private final Supplier<ConsortiumZone> zone;
    private final Duration interval;
    private final Worker worker;

    JobRun(
            Job<I> job,
            MongoDatabaseFactory databases,
            Leases leases,
            Clock clock,
            Supplier<ConsortiumZone> zone,
            Duration interval) {
        this.job = job;
        this.databases = databases;
        this.leases = leases;
        this.clock = clock;
        this.zone = zone;
        this.interval = interval;
        this.worker = new Worker("job-" + job.name(), interval, this::run);
    }

    Worker worker() {
        return worker;
    }

    JobStatus status() {
        var stored = Optional.ofNullable(
                jobs().find(Filters.eq("_id", job.name())).limit(1).first());
        var ranAt = stored.map(found -> found.getDate(RAN_AT)).map(Date::toInstant);
        var lateSince =
                clock.instant().minus(interval.multipliedBy(LATE_INTERVALS)).minus(LEASE_VALIDITY);
        return new JobStatus(
                job.name(),
                stored.map(found -> found.getLong(RUNS)).orElse(0L),
                ranAt.orElse(null),
                stored.map(found -> found.getInteger(FAILED)).orElse(0),
                ranAt.filter(last -> last.isBefore(lateSince)).isPresent());
    }

    /** New for each use, since the status has its caller's deadline. */
    private MongoCollection<Document> jobs() {
        return databases.getMongoDatabase().getCollection(JOBS);
    }

    /** Changes all that is due, unless another node is doing so. */
    void run() throws InterruptedException {
        var acquired = leases.tryAcquire("job-" + job.name(), LEASE_VALIDITY);
        if (acquired.isPresent()) {
            try (var lease = acquired.get()) {
                run(lease);
            } catch (LeaseLost lost) {
                LOG.warn("Another node has taken over the job {}: {}", job.name(), lost.getMessage());
            }
        }
    }

    private void run(Lease lease) throws InterruptedException {
        var record = lease.claim(
                jobs(), job.name(), new Document(RUNS, 0L).append(DONE, 0).append(FAILED, 0));
        // What becomes due meanwhile is for the next run, so that what becomes due again is no failure of this one.
        var began = now();
        var failed = new HashSet<I>();
        var changed = new HashSet<I>();
        var done = 0;
        for (var due = due(began, failed, changed); !due.isEmpty(); due = due(began, failed, changed)) {
            changed.clear();
            for (var id : due) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                lease.renew();
                try {
                    job.verb().accept(id, now());
                    changed.add(id);
                    done++;
                } catch (RuntimeException | Error refused) {
                    // The others are due nevertheless. This one is tried again by the next run.
                    Failures.warn(LOG, refused, "The job {} failed for {}", job.name(), id);
                    failed.add(id);
                }
            }
        }
        record.update(Updates.combine(
                Updates.inc(RUNS, 1L),
                Updates.set(RAN_AT, Date.from(clock.instant())),
                Updates.set(DONE, done),
                Updates.set(FAILED, failed.size())));
        if (done > 0) {
            LOG.info("The job {} made {} changes", job.name(), done);
        }
    }

    /** @param changed what the verb was just called for; if it is due still, this would never end */
    private List<I> due(Moment by, Set<I> failed, Set<I> changed) {
        var due = job.due().find(by, JOB_BATCH_SIZE + failed.size());
        due.stream().filter(changed::contains).forEach(id -> {
            LOG.error("The job {} changed {}, which is due nevertheless", job.name(), id);
            failed.add(id);
        });
        return due.stream().filter(id -> !failed.contains(id)).toList();
    }

    private Moment now() {
        return new Moment(clock.instant(), zone.get().zone());
    }
}

package de.smartcity.consortium.activity;

import com.mongodb.client.MongoCollection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDateTime;

/** How relay, handlers and jobs are doing, on all nodes. Each call asks the database, and fails if that does not answer within a second. */
public final class ActivityStatus {

    private static final int TIMEOUT_SECONDS = 1;

    private final OutboxRelay relay;
    private final List<HandlerRun> handlers;
    private final List<JobRun<?>> jobs;

    ActivityStatus(OutboxRelay relay, List<HandlerRun> handlers, List<JobRun<?>> jobs) {
        this.relay = relay;
        this.handlers = handlers;
        this.jobs = jobs;
    }

    /** The collection, for questions about the status. */
    static <T> MongoCollection<T> bounded(MongoCollection<T> collection) {
        return collection.withTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** How long ago this was; zero for what another node's clock puts into the future. */
    static Duration age(BsonDateTime at, Clock clock) {
        return Duration.ofMillis(Math.max(0, clock.millis() - at.getValue()));
    }

    public RelayStatus relay() {
        return relay.status();
    }

    public List<HandlerStatus> handlers() {
        return handlers.stream().map(HandlerRun::status).toList();
    }

    public List<JobStatus> jobs() {
        return jobs.stream().map(JobRun::status).toList();
    }
}

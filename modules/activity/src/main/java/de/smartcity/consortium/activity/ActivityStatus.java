package de.smartcity.consortium.activity;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDateTime;

/** How relay, handlers and jobs are doing, on all nodes. Each call asks the database, and ends by the caller's deadline. */
public final class ActivityStatus {

    private final OutboxRelay relay;
    private final List<HandlerRun> handlers;
    private final List<JobRun<?>> jobs;

    ActivityStatus(OutboxRelay relay, List<HandlerRun> handlers, List<JobRun<?>> jobs) {
        this.relay = relay;
        this.handlers = handlers;
        this.jobs = jobs;
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

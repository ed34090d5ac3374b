package de.smartcity.consortium.activity;

import java.util.List;

/** How relay, handlers and jobs are doing, on all nodes. Each call asks the database, and fails if that does not answer within a second. */
public final class ActivityStatus {

    /** How long a question about the status may take. */
    static final int TIMEOUT_SECONDS = 1;

    private final OutboxRelay relay;
    private final List<HandlerRun> handlers;
    private final List<JobRun<?>> jobs;

    ActivityStatus(OutboxRelay relay, List<HandlerRun> handlers, List<JobRun<?>> jobs) {
        this.relay = relay;
        this.handlers = handlers;
        this.jobs = jobs;
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

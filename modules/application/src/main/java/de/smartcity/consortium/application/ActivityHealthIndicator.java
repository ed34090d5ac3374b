package de.smartcity.consortium.application;

import de.smartcity.consortium.activity.ActivityStatus;
import de.smartcity.consortium.activity.HandlerStatus;
import de.smartcity.consortium.activity.JobStatus;
import de.smartcity.consortium.activity.RelayStatus;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.DeadlineExceeded;
import de.smartcity.consortium.mongo.DatabaseOutage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Whether events are published and handled and jobs done, on all nodes. Not part of readiness: requests are answered nevertheless, and taking
 * nodes away would repair nothing.
 */
@Component
class ActivityHealthIndicator implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(ActivityHealthIndicator.class);
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Duration MAX_LAG = Duration.ofMinutes(1);

    private final Supplier<Report> status;
    private @Nullable Health known;
    private long knownSince;

    @Autowired
    ActivityHealthIndicator(ActivityStatus status) {
        this(() -> new Report(status.relay(), status.handlers(), status.jobs()));
    }

    ActivityHealthIndicator(Supplier<Report> status) {
        this.status = status;
    }

    /** How all of it is doing. */
    record Report(RelayStatus relay, List<HandlerStatus> handlers, List<JobStatus> jobs) {

        /** Whether nothing needs a person. A handler that lags is not well, also while it catches up with a long log. */
        boolean isWell() {
            return relay.lag().compareTo(MAX_LAG) <= 0
                    && relay.setAside() == 0
                    && handlers.stream()
                            .allMatch(handler ->
                                    handler.failures() == 0 && handler.lag().compareTo(MAX_LAG) <= 0)
                    && jobs.stream().allMatch(job -> job.failed() == 0 && !job.late());
        }
    }

    /**
     * Remembered for a second, since anybody may ask and each answer takes several queries. Whoever asks meanwhile waits for the same answer, and so no
     * longer than the deadline.
     */
    @Override
    public synchronized Health health() {
        if (known == null || System.nanoTime() - knownSince > REMEMBERED.toNanos()) {
            known = Deadline.in(DEADLINE).call(this::ask);
            knownSince = System.nanoTime();
        }
        return known;
    }

    private Health ask() {
        try {
            var now = status.get();
            return Health.status(now.isWell() ? Status.UP : Status.DOWN)
                    .withDetail("relay", details(now.relay()))
                    .withDetail(
                            "handlers",
                            now.handlers().stream()
                                    .map(ActivityHealthIndicator::details)
                                    .toList())
                    .withDetail(
                            "jobs",
                            now.jobs().stream()
                                    .map(ActivityHealthIndicator::details)
                                    .toList())
                    .build();
        } catch (RuntimeException failed) {
            if (failed instanceof DeadlineExceeded || DatabaseOutage.isBehind(failed)) {
                // Without a stack trace, since monitoring repeats it every few seconds of an outage.
                LOG.warn("The status of events and jobs cannot be read: {}", failed.toString());
            } else {
                LOG.warn("The status of events and jobs cannot be read", failed);
            }
            // Without the exception: its message names classes and addresses, and everybody sees these details.
            return Health.down().build();
        }
    }

    private static Map<String, Object> details(RelayStatus relay) {
        var details = new LinkedHashMap<String, Object>();
        details.put("lagSeconds", seconds(relay.lag()));
        details.put("setAside", relay.setAside());
        return details;
    }

    private static Map<String, Object> details(HandlerStatus handler) {
        var details = new LinkedHashMap<String, Object>();
        details.put("name", handler.name());
        details.put("lagSeconds", seconds(handler.lag()));
        details.put("failures", handler.failures());
        return details;
    }

    private static Map<String, Object> details(JobStatus job) {
        var details = new LinkedHashMap<String, Object>();
        details.put("name", job.name());
        details.put("runs", job.runs());
        details.put("ranAt", job.ranAt() == null ? "" : job.ranAt().toString());
        details.put("failed", job.failed());
        details.put("late", job.late());
        return details;
    }

    private static double seconds(Duration lag) {
        return lag.toMillis() / 1_000.0;
    }
}

package de.smartcity.consortium.application;

import de.smartcity.consortium.activity.ActivityStatus;
import de.smartcity.consortium.activity.HandlerStatus;
import de.smartcity.consortium.activity.JobStatus;
import de.smartcity.consortium.activity.RelayStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Whether events are published and handled and jobs done, on all nodes. Not part of readiness: requests are answered nevertheless, and taking
 * nodes away would repair nothing.
 */
@Component
class ActivityHealthIndicator extends AbstractHealthIndicator {

    private static final Duration MAX_LAG = Duration.ofMinutes(1);

    private final ActivityStatus status;

    ActivityHealthIndicator(ActivityStatus status) {
        this.status = status;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var relay = status.relay();
        var handlers = status.handlers();
        var jobs = status.jobs();
        builder.status(isWell(relay, handlers, jobs) ? Status.UP : Status.DOWN)
                .withDetail("relay", Map.of("lagSeconds", seconds(relay.lag()), "setAside", relay.setAside()))
                .withDetail(
                        "handlers",
                        handlers.stream().map(ActivityHealthIndicator::details).toList())
                .withDetail(
                        "jobs",
                        jobs.stream().map(ActivityHealthIndicator::details).toList());
    }

    /** Whether nothing needs a person. A handler that lags is not well, also while it catches up with a long log. */
    static boolean isWell(RelayStatus relay, List<HandlerStatus> handlers, List<JobStatus> jobs) {
        return relay.lag().compareTo(MAX_LAG) <= 0
                && relay.setAside() == 0
                && handlers.stream()
                        .allMatch(handler ->
                                handler.failures() == 0 && handler.lag().compareTo(MAX_LAG) <= 0)
                && jobs.stream().allMatch(job -> job.failed() == 0 && !job.late());
    }

    private static Map<String, Object> details(HandlerStatus handler) {
        var details = new LinkedHashMap<String, Object>();
        details.put("name", handler.name());
        details.put("behind", handler.behind());
        details.put("lagSeconds", seconds(handler.lag()));
        details.put("failures", handler.failures());
        return details;
    }

    private static Map<String, Object> details(JobStatus job) {
        var details = new LinkedHashMap<String, Object>();
        details.put("name", job.name());
        details.put("runs", job.runs());
        details.put("ranAt", job.ranAt() == null ? "" : job.ranAt().toString());
        details.put("done", job.done());
        details.put("failed", job.failed());
        details.put("late", job.late());
        return details;
    }

    private static double seconds(Duration lag) {
        return lag.toMillis() / 1_000.0;
    }
}

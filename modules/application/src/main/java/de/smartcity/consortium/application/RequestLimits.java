package de.smartcity.consortium.application;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code consortium.limits}.
 *
 * @param requestSize the maximum size of a request's body
 * @param bodyDeadline within which the whole body must arrive; 100 ms to 60 s
 * @param deadline within which a request must be answered, from when its body has arrived; 100 ms to 60 s
 */
@ConfigurationProperties("consortium.limits")
record RequestLimits(
        @DefaultValue("512KB") DataSize requestSize,
        @DefaultValue("10s") Duration bodyDeadline,
        @DefaultValue("4s") Duration deadline) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    RequestLimits {
        demandBounded("consortium.limits.body-deadline", bodyDeadline);
        demandBounded("consortium.limits.deadline", deadline);
    }

    private static void demandBounded(String property, Duration deadline) {
        if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "%s is %d ms, and must be from 100ms to 60s".formatted(property, deadline.toMillis()));
        }
    }
}

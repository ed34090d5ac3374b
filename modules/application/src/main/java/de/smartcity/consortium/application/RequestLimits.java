package de.smartcity.consortium.application;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings under {@code consortium.limits} for requests before they are read as GraphQL.
 *
 * @param requestSize the maximum size of a request's body
 * @param bodiesSize the maximum size of all bodies that are in memory at a time; null for a sixteenth of the heap, since each is there up to
 *     three times while it is read
 * @param bodyDeadline within which the whole body must arrive; 100 ms to 60 s
 * @param fileDeadline within which a file must be uploaded or downloaded; 100 ms to 60 s
 * @param deadline within which a request must be answered, from when its body has arrived; 100 ms to 60 s
 */
@ConfigurationProperties("consortium.limits")
record RequestLimits(
        @DefaultValue("512KB") DataSize requestSize,
        @Nullable DataSize bodiesSize,
        @DefaultValue("10s") Duration bodyDeadline,
        @DefaultValue("4s") Duration deadline,
        @DefaultValue("60s") Duration fileDeadline) {

    private static final Duration MIN_DEADLINE = Duration.ofMillis(100);
    private static final Duration MAX_DEADLINE = Duration.ofSeconds(60);

    private static final int HEAP_SHARE = 16;

    RequestLimits {
        if (bodiesSize != null && bodiesSize.compareTo(requestSize) < 0) {
            throw new IllegalArgumentException(
                    "consortium.limits.bodies-size is %d bytes, and must not be less than request-size"
                            .formatted(bodiesSize.toBytes()));
        }
        demandBounded("consortium.limits.body-deadline", bodyDeadline);
        demandBounded("consortium.limits.deadline", deadline);
        demandBounded("consortium.limits.file-deadline", fileDeadline);
    }

    /** The maximum size of all bodies that are in memory at a time. */
    DataSize maxBodies() {
        return bodiesSize == null ? DataSize.ofBytes(Runtime.getRuntime().maxMemory() / HEAP_SHARE) : bodiesSize;
    }

    private static void demandBounded(String property, Duration deadline) {
        if (deadline.compareTo(MIN_DEADLINE) < 0 || deadline.compareTo(MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException(
                    "%s is %d ms, and must be from 100ms to 60s".formatted(property, deadline.toMillis()));
        }
    }
}

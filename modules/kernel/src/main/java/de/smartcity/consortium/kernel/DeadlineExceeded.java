package de.smartcity.consortium.kernel;

import java.math.BigDecimal;
import java.time.Duration;

/** A request took longer than it may; becomes UNAVAILABLE. */
public final class DeadlineExceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MILLIS_SCALE = 3;

    DeadlineExceeded(Duration limit) {
        // Without a stack trace: many requests exceed their deadlines at once, each wherever it is at that moment.
        super(
                "The request was not finished within " + seconds(limit) + " s: ask for less, or try again later.",
                null,
                false,
                false);
    }

    private static String seconds(Duration limit) {
        return BigDecimal.valueOf(limit.toMillis(), MILLIS_SCALE)
                .stripTrailingZeros()
                .toPlainString();
    }
}

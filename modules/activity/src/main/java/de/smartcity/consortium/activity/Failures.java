package de.smartcity.consortium.activity;

import de.smartcity.consortium.mongo.DatabaseOutage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs what fails in the background. */
final class Failures {

    private Failures() {}

    /** In an outage everything fails again and again, and where says nothing, so that there is no stack trace. @param message with a place for each value */
    static void warn(Logger log, Throwable failure, String message, @Nullable Object... values) {
        var outage = DatabaseOutage.isBehind(failure);
        var all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = outage ? failure.toString() : failure;
        log.warn(outage ? message + "; the database cannot be reached: {}" : message, all);
    }
}

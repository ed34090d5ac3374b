package de.smartcity.consortium.kernel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The time zone of the consortium. */
@FunctionalInterface
public interface ConsortiumZone {

    /** The zone; UTC while there is no consortium. */
    ZoneId zone();

    /** The day that it is there at this time. */
    default LocalDate dayOf(Instant time) {
        return new Moment(time, zone()).today();
    }
}

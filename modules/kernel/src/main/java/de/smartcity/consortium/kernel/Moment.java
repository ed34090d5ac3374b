package de.smartcity.consortium.kernel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A point in time in the consortium's time zone, in which days are meant.
 *
 * @param at the point in time
 * @param zone the consortium's time zone
 */
public record Moment(Instant at, ZoneId zone) {

    /** The day that it is in the zone. */
    public LocalDate today() {
        return LocalDate.ofInstant(at, zone);
    }

    /** When a day begins; that is not always midnight, and not all days have 24 hours. */
    public Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}

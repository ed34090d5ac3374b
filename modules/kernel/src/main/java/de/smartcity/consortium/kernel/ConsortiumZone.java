package de.smartcity.consortium.kernel;

import java.time.ZoneId;

/** The time zone of the consortium. */
@FunctionalInterface
public interface ConsortiumZone {

    /** The zone; UTC while there is no consortium. */
    ZoneId zone();
}

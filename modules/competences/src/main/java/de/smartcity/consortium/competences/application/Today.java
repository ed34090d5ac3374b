package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.Moment;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

/** The day that it is in the consortium's time zone. */
final class Today {

    private final Clock clock;
    private final ConsortiumZone zone;

    Today(Clock clock, ConsortiumZone zone) {
        this.clock = clock;
        this.zone = zone;
    }

    LocalDate now() {
        return at(clock.instant());
    }

    LocalDate at(Instant time) {
        return new Moment(time, zone.zone()).today();
    }
}

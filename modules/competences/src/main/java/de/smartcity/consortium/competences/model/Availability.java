package de.smartcity.consortium.competences.model;

import java.time.LocalDate;

/**
 * Whether a partner can take on more.
 *
 * @param until the last day for which that holds
 */
public record Availability(State state, LocalDate until) {

    /** How much a partner can take on. */
    public enum State {
        /** It can take on more. */
        AVAILABLE,
        /** It can take on a little. */
        LIMITED,
        /** It can take on nothing. */
        NO
    }

    /** Whether it still holds. */
    public boolean holdsOn(LocalDate today) {
        return !until.isBefore(today);
    }

    /** Whether it lacks nothing; a stored one may. */
    boolean isComplete() {
        return state != null && until != null;
    }
}

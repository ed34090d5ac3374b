package de.smartcity.consortium.letters.model;

import java.time.LocalDate;

/**
 * A person's statement that a party leaves an edition in force, or that the initiator ends it.
 *
 * @param by who stated it, with when
 * @param reason why; at most {@value #MAX_REASON_LENGTH} characters
 * @param on the first day on which the party will be none, or the edition will not be in force
 */
public record LeavingNotice(Signatory by, String reason, LocalDate on) {

    public static final int MAX_REASON_LENGTH = 500;
}

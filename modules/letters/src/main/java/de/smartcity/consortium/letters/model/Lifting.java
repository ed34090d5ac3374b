package de.smartcity.consortium.letters.model;

import java.time.LocalDate;

/**
 * A person's statement that a reservation is fulfilled.
 *
 * @param by who stated it
 * @param decidedOn the day on which the body agreed
 * @param reference where that is recorded, such as the number of a resolution; at most {@value #MAX_LENGTH} characters
 * @param counts whether it belongs to the present answer; a party that declines starts anew
 */
public record Lifting(Signatory by, LocalDate decidedOn, String reference, boolean counts) {

    public static final int MAX_LENGTH = 200;

    Lifting asEvidenceOnly() {
        return new Lifting(by, decidedOn, reference, false);
    }
}

package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.kernel.AccountId;
import java.time.Instant;

/**
 * A party's no.
 *
 * @param account of the person who declined
 * @param comment why; at most {@value #MAX_LENGTH} characters
 */
public record Decline(AccountId account, Instant at, String comment) {

    static final int MAX_LENGTH = 500;
}

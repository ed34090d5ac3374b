package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A person who consents for a member in one project.
 *
 * @param deputy whether it is the deputy, who has equal rights
 * @param until the last day; null for none
 * @param namedBy the signatory who named the person
 * @param acceptedAt when the person accepted; null until then
 */
public record Representative(
        AccountId account,
        boolean deputy,
        @Nullable LocalDate until,
        AccountId namedBy,
        @Nullable Instant acceptedAt) {

    /** Whether it may consent. */
    public boolean isAccepted() {
        return acceptedAt != null;
    }

    Representative accepted(Instant at) {
        return new Representative(account, deputy, until, namedBy, at);
    }
}

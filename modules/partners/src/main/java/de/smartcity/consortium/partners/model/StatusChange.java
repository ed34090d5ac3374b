package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.Locale;

/** The changes of a partner's status. */
public enum StatusChange {
    /** A prospect is dropped. */
    DROP(PartnerStatus.PROSPECT),
    /** A prospect is onboarded. */
    BEGIN_ONBOARDING(PartnerStatus.PROSPECT),
    /** A partner becomes a member. */
    ADMIT(PartnerStatus.ONBOARDING),
    /** A member is suspended. */
    SUSPEND(PartnerStatus.ACTIVE),
    /** A suspended member is reinstated. */
    REINSTATE(PartnerStatus.SUSPENDED);

    private final PartnerStatus from;

    StatusChange(PartnerStatus from) {
        this.from = from;
    }

    /** Whether it is possible in this status. */
    public boolean startsAt(PartnerStatus status) {
        return status == from;
    }

    /** @throws RuleViolation {@code status.prospect}, {@code status.onboarding} …: the status that the partner must have */
    void demand(PartnerStatus status) {
        if (!startsAt(status)) {
            throw new RuleViolation(
                    "status." + from.name().toLowerCase(Locale.ROOT),
                    "The partner is " + status + ", and only one that is " + from + " can take this step.");
        }
    }
}

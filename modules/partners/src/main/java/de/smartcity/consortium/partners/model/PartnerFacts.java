package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;

/** The facts about a partner that permissions need; implemented by the aggregate and the stored record. */
public interface PartnerFacts {

    /** The partner's id. */
    PartnerId id();

    /** The partner's status. */
    PartnerStatus status();
}

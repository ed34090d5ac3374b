package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;

/** What of a partner decides who may change it; the aggregate and what is read of it both know that. */
public interface PartnerFacts {

    /** The partner's id. */
    PartnerId id();

    /** The partner's status. */
    PartnerStatus status();
}

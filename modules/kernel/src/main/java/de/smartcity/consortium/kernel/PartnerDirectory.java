package de.smartcity.consortium.kernel;

import java.util.Optional;

/** What security asks about partners. Answers may be up to five seconds old, and are fresh on the node that made a change. */
public interface PartnerDirectory {

    /** The partner that this Keycloak organisation is; empty where there is none. */
    Optional<Entry> findByOrganisation(OrganisationId organisation);

    /** A partner, as far as security needs it. */
    record Entry(PartnerId partner, PartnerAlias alias, PartnerStatus status) {}
}

package de.smartcity.consortium.kernel;

import java.util.Optional;

/** Partners, as far as security needs them. Entries may be up to a second old, except on the node that made a change. */
public interface PartnerDirectory {

    /** The partner of this Keycloak organisation. */
    Optional<Entry> findByOrganisation(OrganisationId organisation);

    /** The data of a partner that security needs. */
    record Entry(PartnerId partner, PartnerAlias alias, PartnerStatus status) {}
}

package de.smartcity.consortium.kernel;

import java.util.Collection;
import java.util.Map;

/** Partners, as far as security needs them. Entries may be up to a second old, except on the node that made a change. */
public interface PartnerDirectory {

    /** The partners of these Keycloak organisations; those that have none are left out. */
    Map<OrganisationId, Entry> find(Collection<OrganisationId> organisations);

    /** The data of a partner that security needs. */
    record Entry(PartnerId partner, PartnerAlias alias, PartnerStatus status) {}
}

package de.smartcity.consortium.partners;

import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import java.util.List;
import java.util.Map;

/** Loads partners from files as the system actor, through the same services as other changes. */
public interface PartnerImport {

    /**
     * Adds partners whose alias is not stored yet and changes no others, so that it may run at every start; only one node may run it at a time.
     *
     * @param organisations the Keycloak organisation of each member
     * @throws de.smartcity.consortium.kernel.RuleViolation at a partner's alias, for a row that is not valid
     */
    void load(List<PartnerRow> partners, Map<PartnerAlias, OrganisationId> organisations);
}

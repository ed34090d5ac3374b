package de.smartcity.consortium.partners;

import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import java.util.List;
import java.util.Map;

/** Loads partners from files, through the same services as any write, as the service itself. */
public interface PartnerImport {

    /**
     * Adds what is not there yet, by alias; what is there is left as it is, so that it may run at every start. One node at a time runs it.
     *
     * @param organisations the Keycloak organisation of each member
     * @throws de.smartcity.consortium.kernel.RuleViolation at a partner's alias, for a row that is not valid
     */
    void load(List<PartnerRow> partners, Map<PartnerAlias, OrganisationId> organisations);
}

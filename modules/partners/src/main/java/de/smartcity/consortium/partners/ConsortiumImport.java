package de.smartcity.consortium.partners;

import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import java.util.Map;

/** Brings a described consortium into the database, through the same services as any write, as the service itself. */
public interface ConsortiumImport {

    /**
     * Adds what is not there yet, by alias; what is there is left as it is, so that it may run at every start.
     *
     * @param organisations the Keycloak organisation of each member
     * @throws de.smartcity.consortium.kernel.RuleViolation naming the partner, for a row that is not valid
     */
    void load(ConsortiumRows rows, Map<PartnerAlias, OrganisationId> organisations);
}

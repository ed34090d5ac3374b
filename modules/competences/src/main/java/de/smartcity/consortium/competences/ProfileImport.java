package de.smartcity.consortium.competences;

import de.smartcity.consortium.competences.CompetenceRows.FactsRow;
import de.smartcity.consortium.competences.CompetenceRows.MadeUpRow;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;
import java.util.Map;

/** Loads profiles from files for demonstration. Not for a consortium's real profiles. */
public interface ProfileImport {

    /**
     * Adds published profiles of ACTIVE partners that have none, by the rules for all profiles, as accounts that do not exist; may run at every
     * start, on one node at a time.
     *
     * @param facts the competences that partners are known for; each is claimed at the lowest level, unless something else is made up
     * @param madeUp what demonstration data adds to them
     * @param organisations the Keycloak organisation of each member
     * @throws RuleViolation at a partner's alias, for a row that is not valid
     */
    void load(List<FactsRow> facts, List<MadeUpRow> madeUp, Map<PartnerAlias, OrganisationId> organisations);
}

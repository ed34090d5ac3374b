package de.smartcity.consortium.competences;

import de.smartcity.consortium.competences.CompetenceRows.FactsRow;
import de.smartcity.consortium.competences.CompetenceRows.MadeUpRow;
import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;
import java.util.Map;

/** Loads the vocabulary and profiles from files. */
public interface CompetenceImport {

    /**
     * Stores a release of the vocabulary, unless a later one is stored; may run at every start, on one node at a time.
     *
     * @throws RuleViolation at a competence's code, for a row that is not valid; {@code competence.missing} for one that an earlier release had
     */
    void loadVocabulary(VocabularyRow vocabulary);

    /**
     * Adds published profiles of ACTIVE partners that have none, by the rules for all profiles, as accounts that do not exist; may run at every
     * start, on one node at a time. Not for a consortium's real profiles.
     *
     * @param facts the competences that partners are known for; each is claimed at the lowest level
     * @param madeUp what demonstration data adds to them
     * @param organisations the Keycloak organisation of each member
     * @throws RuleViolation at a partner's alias, for a row that is not valid
     */
    void loadProfiles(List<FactsRow> facts, List<MadeUpRow> madeUp, Map<PartnerAlias, OrganisationId> organisations);
}

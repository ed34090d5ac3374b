package de.smartcity.consortium.letters;

import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Loads letters from files for demonstration, by the rules for all letters: accounts that do not exist draft, offer and sign them. Not for a
 * consortium's real letters.
 */
public interface LetterImport {

    /**
     * Adds letters that are not stored yet, so that it may run at every start; only one node may run it at a time.
     *
     * @param organisations the Keycloak organisation of each member
     * @param annexes gives the bytes of an annex by its name
     * @throws de.smartcity.consortium.kernel.RuleViolation at a letter's key, for a row that is not valid
     */
    void load(
            List<LetterRow> letters, Map<PartnerAlias, OrganisationId> organisations, Function<String, byte[]> annexes);
}

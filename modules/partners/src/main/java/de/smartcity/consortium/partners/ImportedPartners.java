package de.smartcity.consortium.partners;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Excerpt;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The partners that files name by their aliases.
 *
 * @param organisations the Keycloak organisation of each member
 */
public record ImportedPartners(PartnerDirectory directory, Map<PartnerAlias, OrganisationId> organisations) {

    /** The organisation of a partner, without roles; empty unless it has been onboarded. */
    public Optional<Organisation> find(String alias) {
        return Optional.ofNullable(organisations.get(PartnerAlias.parse(alias)))
                .flatMap(id -> Optional.ofNullable(directory.find(List.of(id)).get(id))
                        .map(entry -> new Organisation(id, entry.partner(), entry.alias(), entry.status(), Set.of())));
    }

    /** The same. @throws RuleViolation {@code partner.unknown} if there is none */
    public Organisation get(String alias) {
        return find(alias)
                .orElseThrow(() -> new RuleViolation(
                        "partner.unknown", "There is no partner " + Excerpt.of(alias) + " with an organisation."));
    }

    /** An account that does not exist, as which demonstration data is made. @param name of the account, such as {@code editor} */
    public static Actor demonstrationAccount(Organisation of, String name, Role role) {
        var acting = new Organisation(of.id(), of.partner(), of.alias(), of.status(), Set.of(role));
        return Actor.acting(
                Actor.Kind.PERSON,
                new AccountId("demonstration-" + name + "-" + of.alias().value()),
                false,
                acting,
                List.of(acting));
    }
}

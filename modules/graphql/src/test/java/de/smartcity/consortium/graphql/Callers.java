package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Actor.Kind;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Actors of all kinds, without a token. */
final class Callers {

    private Callers() {}

    static PartnerId partner(int number) {
        return new PartnerId(new UUID(1, number));
    }

    /** An editor of the partner. */
    static Actor of(PartnerId partner, PartnerStatus status) {
        return acting(partner, status, false);
    }

    static Actor office() {
        return Actor.unattached(
                Kind.PERSON, new AccountId("office"), true, NoActingOrganisation.NO_MEMBERSHIP, List.of());
    }

    /** The office, which acts for the partner too. */
    static Actor officeOf(PartnerId partner) {
        return acting(partner, PartnerStatus.ACTIVE, true);
    }

    /** Signed in, without an acting organisation. */
    static Actor unattached(NoActingOrganisation why) {
        return Actor.unattached(Kind.PERSON, new AccountId("account"), false, why, List.of());
    }

    private static Actor acting(PartnerId partner, PartnerStatus status, boolean office) {
        var organisation = new Organisation(
                new OrganisationId("organisation-" + partner.value()),
                partner,
                new PartnerAlias("partner-" + partner.value().getLeastSignificantBits()),
                status,
                Set.of(Role.EDITOR));
        return Actor.acting(Kind.PERSON, new AccountId("account"), office, organisation, List.of(organisation));
    }
}

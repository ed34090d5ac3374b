package de.smartcity.consortium.files;

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

/** Actors of all kinds, without a token. */
public final class Actors {

    private Actors() {}

    public static Actor of(PartnerId partner, PartnerStatus status, Role role) {
        return acting(partner, status, role, false);
    }

    public static Actor editor(PartnerId partner) {
        return of(partner, PartnerStatus.ACTIVE, Role.EDITOR);
    }

    public static Actor office() {
        return Actor.unattached(
                Kind.PERSON, new AccountId("office"), true, NoActingOrganisation.NO_MEMBERSHIP, List.of());
    }

    /** Somebody of the office who acts for a partner. */
    public static Actor officeOf(PartnerId partner) {
        return acting(partner, PartnerStatus.ACTIVE, Role.EDITOR, true);
    }

    public static Actor unattached() {
        return Actor.unattached(
                Kind.PERSON, new AccountId("account"), false, NoActingOrganisation.SEVERAL_ORGANISATIONS, List.of());
    }

    private static Actor acting(PartnerId partner, PartnerStatus status, Role role, boolean office) {
        var organisation = new Organisation(
                new OrganisationId("organisation-" + partner.value()),
                partner,
                new PartnerAlias("partner"),
                status,
                Set.of(role));
        return Actor.acting(Kind.PERSON, new AccountId("account"), office, organisation, List.of(organisation));
    }
}

package de.smartcity.consortium.partners;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.model.Partner;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Actors like those of the module keycloak. */
public final class Callers {

    private Callers() {}

    /** The office, without an organisation. */
    public static Actor office() {
        return Actor.unattached(
                Actor.Kind.PERSON, new AccountId("office"), true, NoActingOrganisation.NO_MEMBERSHIP, List.of());
    }

    /** A person of this partner. */
    public static Actor of(Partner partner, Role... roles) {
        var organisation = new Organisation(
                Objects.requireNonNull(partner.organisation()),
                partner.id(),
                partner.alias(),
                partner.status(),
                Set.of(roles));
        return Actor.acting(
                Actor.Kind.PERSON,
                new AccountId("somebody-of-" + partner.alias().value()),
                false,
                organisation,
                List.of(organisation));
    }
}

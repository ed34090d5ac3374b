package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import java.util.Set;

/**
 * The type {@code ViewerOrganisation}.
 *
 * @param partner the organisation's partner
 */
record ViewerOrganisationView(String alias, PartnerStatus status, Set<Role> roles, PartnerId partner) {

    static ViewerOrganisationView of(Organisation organisation) {
        return new ViewerOrganisationView(
                organisation.alias().value(), organisation.status(), organisation.roles(), organisation.partner());
    }
}

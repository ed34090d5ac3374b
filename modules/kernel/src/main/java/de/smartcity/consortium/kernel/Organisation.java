package de.smartcity.consortium.kernel;

import java.util.Set;

/**
 * An organisation that an account may act for, from its token and the partner directory.
 *
 * @param id the Keycloak organisation
 * @param partner the organisation's partner
 * @param alias the alias that both share
 * @param status the partner's status, at most five seconds old
 * @param roles the account's roles there; may be empty
 */
public record Organisation(
        OrganisationId id, PartnerId partner, PartnerAlias alias, PartnerStatus status, Set<Role> roles) {

    public Organisation {
        roles = Set.copyOf(roles);
    }

    /** Whether the account has the role here, or one that includes it. */
    public boolean grants(Role needed) {
        return roles.stream().anyMatch(role -> role.includes(needed));
    }
}

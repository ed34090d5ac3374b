package de.smartcity.consortium.keycloak;

import com.nimbusds.jwt.JWTClaimsSet;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of a verified access token. It holds only what is valid as long as the token: {@link Actors} looks up the status of partners
 * at each request.
 *
 * @param memberships the organisations in the token, in its order
 * @param whyNone why there are none; null if there are some
 * @param expiry until when the token is valid, without skew
 */
record Account(
        AccountId id,
        Actor.Kind kind,
        boolean office,
        List<Membership> memberships,
        @Nullable NoActingOrganisation whyNone,
        Instant expiry) {

    static final String API = "consortium-api";
    private static final String OFFICE_ROLE = "consortium-admin";

    /** An organisation that the account is a member of. */
    record Membership(String alias, OrganisationId organisation, Set<Role> roles) {}

    /** @param claims must have a subject and an expiry */
    static Account of(JWTClaimsSet claims) {
        var id = new AccountId(claims.getSubject());
        var expiry = claims.getExpirationTime().toInstant();
        var office = strings(field(claims.getClaim("realm_access"), "roles"))
                .orElse(List.of())
                .contains(OFFICE_ROLE);
        var kind = isServiceAccount(claims) ? Actor.Kind.APP : Actor.Kind.PERSON;
        var organizations = claims.getClaim("organization");
        // Keycloak omits scopes that it did not grant, so a token without memberships that was requested with
        // organization:* looks like one that was requested without it.
        if (organizations == null || organizations.equals(Map.of())) {
            var why = asksForOrganisations(claims)
                    ? NoActingOrganisation.NO_MEMBERSHIP
                    : NoActingOrganisation.SCOPE_MISSING;
            return new Account(id, kind, office, List.of(), why, expiry);
        }
        return memberships(organizations)
                .map(memberships -> new Account(id, kind, office, memberships, null, expiry))
                .orElseGet(
                        () -> new Account(id, kind, office, List.of(), NoActingOrganisation.CLAIM_UNREADABLE, expiry));
    }

    /**
     * Keycloak sets client_id only for client-credentials grants, which people do not have. If the realm lacks the scope service_account that maps
     * it, the user name identifies such accounts; a person who takes such a name counts as an app, and gains nothing by it.
     */
    private static boolean isServiceAccount(JWTClaimsSet claims) {
        return claims.getClaim("client_id") instanceof String
                || (claims.getClaim("preferred_username") instanceof String name
                        && name.startsWith("service-account-"));
    }

    private static boolean asksForOrganisations(JWTClaimsSet claims) {
        return claims.getClaim("scope") instanceof String scopes
                && Arrays.stream(scopes.split(" "))
                        .anyMatch(scope -> scope.equals("organization") || scope.startsWith("organization:"));
    }

    /** Empty if any entry is malformed: a claim that is only partly readable grants nothing. */
    private static Optional<List<Membership>> memberships(Object claim) {
        if (!(claim instanceof Map<?, ?> organizations)) {
            return Optional.empty();
        }
        var memberships = organizations.entrySet().stream()
                .map(entry -> membership(String.valueOf(entry.getKey()), entry.getValue()))
                .flatMap(Optional::stream)
                .toList();
        return memberships.size() == organizations.size() ? Optional.of(memberships) : Optional.empty();
    }

    private static Optional<Membership> membership(String alias, @Nullable Object entry) {
        if (!(field(entry, "id") instanceof String id) || id.isBlank()) {
            return Optional.empty();
        }
        return roles(field(entry, "resource_access"))
                .map(roles -> new Membership(alias, new OrganisationId(id), roles));
    }

    /** Roles are read from this claim only; groups and attributes beside it grant nothing. */
    private static Optional<Set<Role>> roles(@Nullable Object resourceAccess) {
        if (resourceAccess == null || (resourceAccess instanceof Map<?, ?> clients && !clients.containsKey(API))) {
            return Optional.of(Set.of());
        }
        return strings(field(field(resourceAccess, API), "roles")).map(names -> {
            var roles = EnumSet.noneOf(Role.class);
            names.forEach(name -> Role.findByKeycloakName(name).ifPresent(roles::add));
            return Set.copyOf(roles);
        });
    }

    private static @Nullable Object field(@Nullable Object map, String name) {
        return map instanceof Map<?, ?> fields ? fields.get(name) : null;
    }

    private static Optional<List<String>> strings(@Nullable Object value) {
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            return Optional.empty();
        }
        return Optional.of(list.stream().map(String.class::cast).toList());
    }
}

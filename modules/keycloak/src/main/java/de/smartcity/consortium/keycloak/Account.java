package de.smartcity.consortium.keycloak;

import com.nimbusds.jwt.JWTClaimsSet;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

    /** More than fit into a token of {@link SignedToken#MAX_LENGTH} with what Keycloak writes for each. */
    private static final int MAX_MEMBERSHIPS = 100;

    private static final int MAX_ALIAS_LENGTH = 255;

    /** About what a record with a few short texts and references takes. */
    private static final int OBJECT_BYTES = 256;

    /** An organisation that the account is a member of. */
    record Membership(String alias, OrganisationId organisation, Set<Role> roles) {

        private int bytes() {
            return OBJECT_BYTES + alias.length() + organisation.value().length();
        }
    }

    /** About the memory that this takes, in bytes. */
    int bytes() {
        return OBJECT_BYTES
                + id.value().length()
                + memberships.stream().mapToInt(Membership::bytes).sum();
    }

    /** Whether a token's subject can be an account's id. */
    static boolean isId(@Nullable String subject) {
        return subject != null && parsed(subject, AccountId::parse).isPresent();
    }

    /** @param claims must have an expiry, and a subject that is an id */
    static Account of(JWTClaimsSet claims) {
        var id = AccountId.parse(claims.getSubject());
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

    /** Empty if any entry is malformed, or there are too many: a claim that is only partly readable grants nothing. */
    private static Optional<List<Membership>> memberships(Object claim) {
        if (!(claim instanceof Map<?, ?> organizations) || organizations.size() > MAX_MEMBERSHIPS) {
            return Optional.empty();
        }
        var memberships = organizations.entrySet().stream()
                .map(entry -> membership(String.valueOf(entry.getKey()), entry.getValue()))
                .flatMap(Optional::stream)
                .toList();
        return memberships.size() == organizations.size() ? Optional.of(memberships) : Optional.empty();
    }

    private static Optional<Membership> membership(String alias, @Nullable Object entry) {
        if (!(field(entry, "id") instanceof String id) || alias.length() > MAX_ALIAS_LENGTH) {
            return Optional.empty();
        }
        return parsed(id, OrganisationId::parse)
                .flatMap(organisation -> roles(field(entry, "resource_access"))
                        .map(roles -> new Membership(alias, organisation, roles)));
    }

    private static <T> Optional<T> parsed(String text, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (RuleViolation malformed) {
            return Optional.empty();
        }
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

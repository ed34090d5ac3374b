package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.Role;
import java.text.ParseException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hand-written claims, in forms that Keycloak has with other settings or never; KeycloakActorsTest has those of a real Keycloak. */
class AccountTest {

    private static final String WITH_SCOPE = "'scope': 'openid organization:*'";

    @Test
    void theClaimNamesOrganisationsWithTheirRoles() throws ParseException {
        var account = account(WITH_SCOPE, """
                'organization': {
                  'ude': {'id': '8c96', 'groups': ['/editors'], 'resource_access': {'consortium-api': {'roles': ['editor', 'signatory']}}},
                  'ims': {'id': '51ab'}}""");

        assertThat(account.memberships())
                .containsExactly(
                        new Account.Membership("ude", new OrganisationId("8c96"), Set.of(Role.EDITOR, Role.SIGNATORY)),
                        new Account.Membership("ims", new OrganisationId("51ab"), Set.of()));
        assertThat(account.whyNone()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['ude']",
                "'ude'",
                "17",
                "true",
                "[]",
                "''",
                "{'ude': {}}",
                "{'ude': null}",
                "{'ude': '8c96'}",
                "{'ude': ['8c96']}",
                "{'ude': {'id': ''}}",
                "{'ude': {'id': 8}}",
                "{'ude': {'id': ['8c96']}}",
                "{'ude': {'id': '8c96', 'resource_access': 'editor'}}",
                "{'ude': {'id': '8c96', 'resource_access': ['consortium-api']}}",
                "{'ude': {'id': '8c96', 'resource_access': {'consortium-api': ['editor']}}}",
                "{'ude': {'id': '8c96', 'resource_access': {'consortium-api': {'roles': 'editor'}}}}",
                "{'ude': {'id': '8c96', 'resource_access': {'consortium-api': {'roles': [{}]}}}}",
                "{'ims': {'id': '51ab'}, 'ude': {'groups': ['/editors']}}"
            })
    void aClaimOfAnotherFormGrantsNothing(String claim) throws ParseException {
        var account = account(WITH_SCOPE, "'organization': " + claim);

        assertThat(account.memberships()).isEmpty();
        assertThat(account.whyNone()).isEqualTo(NoActingOrganisation.CLAIM_UNREADABLE);
    }

    @Test
    void anAccountHasAtMostAHundredMemberships() throws ParseException {
        assertThat(account(WITH_SCOPE, memberships(100)).memberships()).hasSize(100);

        var account = account(WITH_SCOPE, memberships(101));

        assertThat(account.memberships()).isEmpty();
        assertThat(account.whyNone()).isEqualTo(NoActingOrganisation.CLAIM_UNREADABLE);
    }

    private static String memberships(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "'a" + i + "': {'id': '" + i + "'}")
                .collect(Collectors.joining(",", "'organization': {", "}"));
    }

    @Test
    void idsAndAliasesAreBounded() throws ParseException {
        var longest = "x".repeat(255);
        assertThat(account(WITH_SCOPE, "'organization': {'" + longest + "': {'id': '" + longest + "'}}")
                        .memberships())
                .hasSize(1);

        assertThat(account(WITH_SCOPE, "'organization': {'" + longest + "x': {'id': '8c96'}}")
                        .whyNone())
                .isEqualTo(NoActingOrganisation.CLAIM_UNREADABLE);
        assertThat(account(WITH_SCOPE, "'organization': {'ude': {'id': '" + longest + "x'}}")
                        .whyNone())
                .isEqualTo(NoActingOrganisation.CLAIM_UNREADABLE);
        assertThat(account(WITH_SCOPE, "'organization': {'ude': {'id': '8c\\n96'}}")
                        .whyNone())
                .isEqualTo(NoActingOrganisation.CLAIM_UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'organization': {}", "'organization': null", "'other': 1"})
    void anEmptyOrAbsentClaimWithTheScopeMeansNoMembership(String claim) throws ParseException {
        assertThat(account(WITH_SCOPE, claim).whyNone()).isEqualTo(NoActingOrganisation.NO_MEMBERSHIP);
        assertThat(account("'scope': 'openid organization'", claim).whyNone())
                .isEqualTo(NoActingOrganisation.NO_MEMBERSHIP);
        assertThat(account("'scope': 'organization:ude email'", claim).whyNone())
                .isEqualTo(NoActingOrganisation.NO_MEMBERSHIP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'scope': 'openid profile'",
                "'scope': 'openid organizations'",
                "'scope': ''",
                "'scope': ['organization']"
            })
    void anAbsentClaimWithoutTheScopeMeansThatTheScopeIsMissing(String scope) throws ParseException {
        assertThat(account(scope, "'other': 1").whyNone()).isEqualTo(NoActingOrganisation.SCOPE_MISSING);
    }

    @Test
    void rolesAreReadFromOneClaimOnly() throws ParseException {
        var account = account(WITH_SCOPE, """
                'realm_access': {'roles': ['editor', 'partner-admin']},
                'resource_access': {'consortium-api': {'roles': ['partner-admin', 'consortium-admin']}},
                'roles': ['partner-admin'], 'groups': ['/admins'],
                'organization': {'ude': {'id': '8c96',
                  'groups': ['/admins', '/signatories', 'partner-admin'],
                  'roles': ['partner-admin'],
                  'partner-admin': ['true'],
                  'resource_access': {'other-api': {'roles': ['partner-admin']}}}}""");

        assertThat(account.memberships())
                .containsExactly(new Account.Membership("ude", new OrganisationId("8c96"), Set.of()));
        assertThat(account.office()).isFalse();
    }

    @Test
    void unknownRolesAreIgnored() throws ParseException {
        var account = account(
                WITH_SCOPE,
                "'organization': {'ude': {'id': '8c96', 'resource_access': {'consortium-api': {'roles': ['owner', 'EDITOR', 'viewer', 'consortium-admin']}}}}");

        assertThat(account.memberships()).extracting(Account.Membership::roles).containsExactly(Set.of(Role.VIEWER));
        assertThat(account.office()).isFalse();
    }

    @Test
    void theRealmRoleIdentifiesTheOffice() throws ParseException {
        assertThat(account("'realm_access': {'roles': ['offline_access', 'consortium-admin']}")
                        .office())
                .isTrue();
        assertThat(account("'realm_access': {'roles': 'consortium-admin'}").office())
                .isFalse();
        assertThat(account("'realm_access': ['consortium-admin']").office()).isFalse();
        assertThat(account("'preferred_username': 'consortium-admin', 'roles': ['consortium-admin']")
                        .office())
                .isFalse();
    }

    @Test
    void aServiceAccountIsAnApp() throws ParseException {
        assertThat(account("'azp': 'ude-app', 'client_id': 'ude-app'").kind()).isEqualTo(Actor.Kind.APP);
        assertThat(account("'azp': 'ude-app', 'preferred_username': 'service-account-ude-app'")
                        .kind())
                .isEqualTo(Actor.Kind.APP);
        assertThat(account("'azp': 'ude-app', 'preferred_username': 'editor@ude.sandbox'")
                        .kind())
                .isEqualTo(Actor.Kind.PERSON);
    }

    private static Account account(String... claims) throws ParseException {
        var json = "{'sub': '7c5f', 'exp': 1800000000, " + String.join(", ", claims) + "}";
        return Account.of(JWTClaimsSet.parse(json.replace('\'', '"')));
    }
}

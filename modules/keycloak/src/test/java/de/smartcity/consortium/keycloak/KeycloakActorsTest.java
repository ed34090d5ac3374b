package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.sandbox.RealmAdmin;
import de.smartcity.consortium.sandbox.TestKeycloak;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Actors from tokens of a real Keycloak; every organisation is an ACTIVE partner here. */
class KeycloakActorsTest {

    private final TestKeycloak keycloak = TestKeycloak.shared();
    private final RealmAdmin realm = RealmAdmin.ofSharedRealm();
    private final AccessTokens tokens = new AccessTokens(URI.create(keycloak.issuer()), Clock.systemUTC());
    private final Map<OrganisationId, PartnerDirectory.Entry> partners = new ConcurrentHashMap<>();
    private final Actors actors = new Actors(organisations -> organisations.stream()
            .collect(Collectors.toMap(
                    same -> same,
                    organisation -> partners.computeIfAbsent(
                            organisation,
                            id -> new PartnerDirectory.Entry(
                                    PartnerId.next(), new PartnerAlias("any"), PartnerStatus.ACTIVE)))));

    @ParameterizedTest
    @CsvSource({"viewer,VIEWER", "editor,EDITOR", "signatory,SIGNATORY", "admin,PARTNER_ADMIN"})
    void aMemberActsForItsOrganisationInTheRoleOfItsGroup(String name, Role role) {
        var actor = actor(keycloak.token(name + "@ude.sandbox"), null);

        assertThat(actor.kind()).isEqualTo(Actor.Kind.PERSON);
        assertThat(actor.organisation().map(Organisation::roles)).contains(Set.of(role));
        assertThat(actor.organisations()).hasSize(1);
        assertThat(actor.isOffice()).isFalse();
    }

    @Test
    void anAccountIsIdentifiedByItsKeycloakId() throws Exception {
        var username = RealmAdmin.unique("known") + "@test.sandbox";
        var id = realm.createAccount(username);

        assertThat(actor(keycloak.token(username), null).account().orElseThrow().value())
                .isEqualTo(id);
    }

    @Test
    void aMemberOfTwoOrganisationsActsForTheNamedOneOnly() {
        var token = keycloak.token("liaison@consortium.sandbox");

        assertThat(actor(token, "ude").organisation().map(Organisation::roles)).contains(Set.of(Role.EDITOR));
        assertThat(actor(token, "ims").organisation().map(Organisation::roles)).contains(Set.of(Role.VIEWER));
        assertThat(actor(token, "ude").organisation().map(Organisation::id))
                .isNotEqualTo(actor(token, "ims").organisation().map(Organisation::id));
        assertUnattached(actor(token, null), NoActingOrganisation.SEVERAL_ORGANISATIONS);
        assertUnattached(actor(token, "huawei"), NoActingOrganisation.NOT_A_MEMBER);
    }

    @Test
    void aMemberOfTwoOrganisationsMayRequestATokenForOne() {
        var actor = actor(keycloak.token("liaison@consortium.sandbox", "openid organization:ims"), null);

        assertThat(actor.organisation().map(Organisation::roles)).contains(Set.of(Role.VIEWER));
    }

    @Test
    void requestingAnotherOrganisationGrantsNothing() {
        var actor = actor(keycloak.token("editor@ude.sandbox", "openid organization:ims"), "ims");

        assertUnattached(actor, NoActingOrganisation.SCOPE_MISSING);
    }

    @Test
    void aTokenWithoutTheScopeGivesTheReason() {
        assertUnattached(
                actor(keycloak.token("editor@ude.sandbox", "openid"), null), NoActingOrganisation.SCOPE_MISSING);
    }

    /** Keycloak cannot know which of the two is meant, and names none. */
    @Test
    void theBareScopeNamesNoOrganisationForAMemberOfTwo() {
        assertUnattached(
                actor(keycloak.token("liaison@consortium.sandbox", "openid organization"), "ude"),
                NoActingOrganisation.NO_MEMBERSHIP);
    }

    /** For {@code organization:*} Keycloak omits the scope from such an account's token, as if it had not been requested. */
    @Test
    void aMemberOfNoOrganisationActsForNone() throws Exception {
        var username = RealmAdmin.unique("loner") + "@test.sandbox";
        realm.createAccount(username);

        assertUnattached(
                actor(keycloak.token(username, "openid organization"), null), NoActingOrganisation.NO_MEMBERSHIP);
        assertUnattached(actor(keycloak.token(username), null), NoActingOrganisation.SCOPE_MISSING);
    }

    @Test
    void aServiceAccountActsForItsOrganisationAsAnApp() {
        var actor = actor(keycloak.appToken("ude"), null);

        assertThat(actor.kind()).isEqualTo(Actor.Kind.APP);
        assertThat(actor.organisation().map(Organisation::roles)).contains(Set.of(Role.EDITOR));
        assertThat(actor.organisation().map(Organisation::id))
                .isEqualTo(actor(keycloak.token("editor@ude.sandbox"), null)
                        .organisation()
                        .map(Organisation::id));
    }

    @Test
    void theOfficeIsIdentifiedByItsRealmRole() {
        var actor = actor(keycloak.token("office@consortium.sandbox"), null);

        assertThat(actor.isOffice()).isTrue();
        assertThat(actor.organisation()).isEmpty();
    }

    @Test
    void aDisabledOrganisationCannotAct() throws Exception {
        var username = RealmAdmin.unique("member") + "@test.sandbox";
        var alias = RealmAdmin.unique("closing");
        var organisation = realm.createOrganisation(alias);
        realm.addMember(organisation, realm.createAccount(username));
        assertThat(actor(keycloak.token(username), null).organisation().map(Organisation::id))
                .contains(new OrganisationId(organisation));

        realm.disable(organisation, alias);

        assertThat(actor(keycloak.token(username), alias).organisation()).isEmpty();
    }

    @Test
    void attributesThatLookLikeGroupsOrRolesGrantNothing() throws Exception {
        var username = RealmAdmin.unique("climber") + "@test.sandbox";
        var organisation = realm.createOrganisation(
                RealmAdmin.unique("climbers"),
                Map.of(
                        "groups", List.of("/admins"),
                        "roles", List.of("partner-admin"),
                        "resource_access", List.of("{\"consortium-api\":{\"roles\":[\"partner-admin\"]}}"),
                        "consortium-api", List.of("partner-admin")));
        realm.addMember(organisation, realm.createAccount(username));

        var actor = actor(keycloak.token(username), null);

        assertThat(actor.organisation().map(Organisation::roles)).contains(Set.of());
        assertThat(actor.isOffice()).isFalse();
    }

    @Test
    void anExpiredTokenIsRefused() {
        var later = new AccessTokens(
                URI.create(keycloak.issuer()), Clock.offset(Clock.systemUTC(), Duration.ofSeconds(331)));
        var token = new BearerTokenAuthenticationToken(keycloak.token("editor@ude.sandbox"));

        assertThatThrownBy(() -> later.authenticate(token))
                .isInstanceOf(InvalidBearerTokenException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void aTokenOfAnotherRealmIsRefused() {
        assertRefused(keycloak.adminToken(), "another issuer");
    }

    @Test
    void aTokenOfAnotherRealmWithThisRealmsClaimsIsRefused() throws Exception {
        var stranger = SignedJWT.parse(keycloak.adminToken());
        var own = SignedJWT.parse(keycloak.token("editor@ude.sandbox"));
        var forged = stranger.getHeader().toBase64URL() + "." + own.getPayload().toBase64URL() + "."
                + stranger.getSignature();

        assertRefused(forged, "signature");
    }

    @Test
    void aTokenForAnotherServiceIsRefused() throws Exception {
        var client = RealmAdmin.unique("other-service");
        realm.createClient(client, List.of("basic", "profile"), List.of());
        var issued = realm.issue(client, "editor@ude.sandbox", "openid");

        assertRefused(issued.get("access_token").asString(), "audience");
    }

    @Test
    void idTokensAndRefreshTokensAreRefused() throws Exception {
        var issued = realm.issue("sandbox-cli", "editor@ude.sandbox", "openid");

        assertThat(actor(issued.get("access_token").asString(), null).kind()).isEqualTo(Actor.Kind.PERSON);
        assertRefused(issued.get("id_token").asString(), "not an access token");
        assertRefused(issued.get("refresh_token").asString(), "algorithm");
    }

    private Actor actor(@Nullable Object token, @Nullable String actingOrganisation) {
        return actors.of(
                tokens.authenticate(new BearerTokenAuthenticationToken(String.valueOf(token))), actingOrganisation);
    }

    private void assertRefused(@Nullable Object token, String problem) {
        assertThatThrownBy(() -> actor(token, null))
                .isInstanceOf(InvalidBearerTokenException.class)
                .hasMessageContaining(problem);
    }

    private static void assertUnattached(Actor actor, NoActingOrganisation why) {
        assertThat(actor.organisation()).isEmpty();
        assertThat(actor.whyNone()).contains(why);
    }
}

package de.smartcity.consortium.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RealmTest {

    private static final Path CONFIG =
            Path.of(KeycloakServer.required("consortium.root")).resolve("config/keycloak");

    private static JsonNode production() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(CONFIG.resolve("realm.json")));
    }

    private static JsonNode sandbox() {
        return JsonMapper.shared().readTree(Realm.derive(CONFIG));
    }

    @Test
    void theProductionRealmHasNoAccountsAndNoSecrets() throws IOException {
        var realm = production();
        assertThat(realm.has("users")).isFalse();
        assertThat(realm.has("organizations")).isFalse();
        assertThat(realm.toString()).doesNotContain("\"secret\"", "\"password\"", "sandbox");
        assertThat(realm.get("clients").valueStream())
                .noneMatch(client -> client.path("directAccessGrantsEnabled").asBoolean(false));
    }

    @Test
    void thePortalUsesTheCodeFlowWithPkceOnly() throws IOException {
        var portal = client(production(), "consortium-portal");
        assertThat(portal.path("publicClient").asBoolean()).isTrue();
        assertThat(portal.path("standardFlowEnabled").asBoolean()).isTrue();
        assertThat(portal.at("/attributes/pkce.code.challenge.method").asString())
                .isEqualTo("S256");
        assertThat(portal.path("implicitFlowEnabled").asBoolean(false)).isFalse();
    }

    @Test
    void onlyTheProductionRealmHasAPasswordPolicy() throws IOException {
        assertThat(production().path("passwordPolicy").asString())
                .isEqualTo("length(12) and maxLength(128) and notUsername and notEmail and passwordHistory(5)");
        assertThat(sandbox().has("passwordPolicy")).isFalse();
    }

    @Test
    void guessingPasswordsIsLimitedByStatedNumbers() throws IOException {
        for (var realm : List.of(production(), sandbox())) {
            assertThat(realm.path("bruteForceProtected").asBoolean()).isTrue();
            assertThat(realm.path("failureFactor").asInt()).isEqualTo(10);
            // Otherwise anybody could lock somebody else out for good.
            assertThat(realm.path("permanentLockout").asBoolean(true)).isFalse();
            assertThat(realm.path("maxSecondaryAuthFailures").asInt(-1)).isZero();
            assertThat(realm.propertyNames())
                    .contains(
                            "bruteForceStrategy",
                            "maxTemporaryLockouts",
                            "waitIncrementSeconds",
                            "maxFailureWaitSeconds",
                            "maxDeltaTimeSeconds",
                            "quickLoginCheckMilliSeconds",
                            "minimumQuickLoginWaitSeconds");
        }
    }

    @Test
    void signInsAndChangesByAdministratorsAreRecordedForALimitedTime() throws IOException {
        for (var realm : List.of(production(), sandbox())) {
            assertThat(realm.path("eventsEnabled").asBoolean()).isTrue();
            assertThat(Duration.ofSeconds(realm.path("eventsExpiration").asLong()))
                    .isEqualTo(Duration.ofDays(30));
            assertThat(realm.path("enabledEventTypes").valueStream().map(JsonNode::asString))
                    .doesNotHaveDuplicates()
                    .contains("LOGIN", "LOGIN_ERROR", "CLIENT_LOGIN", "UPDATE_CREDENTIAL", "RESET_PASSWORD");
            assertThat(realm.path("adminEventsEnabled").asBoolean()).isTrue();
            assertThat(realm.path("adminEventsDetailsEnabled").asBoolean()).isTrue();
            assertThat(Duration.ofSeconds(
                            realm.at("/attributes/adminEventsExpiration").asLong()))
                    .isEqualTo(Duration.ofDays(365));
        }
    }

    @Test
    void theSandboxHasTheTwelvePartnersWithFixedIds() {
        var ids = Realm.organisations(CONFIG.resolve("sandbox/organisations.properties"));
        assertThat(ids).hasSize(12);
        assertThat(sandbox()
                        .get("organizations")
                        .valueStream()
                        .collect(Collectors.toMap(
                                organisation -> organisation.get("alias").asString(),
                                organisation -> organisation.get("id").asString())))
                .isEqualTo(ids);
        assertThat(Realm.derive(CONFIG)).isEqualTo(Realm.derive(CONFIG));
    }

    @Test
    void eachPartnerHasItsGroupsAccountsAndApp() {
        var realm = sandbox();
        var usernames = realm.get("users")
                .valueStream()
                .map(user -> user.get("username").asString())
                .collect(Collectors.toSet());
        realm.get("organizations").forEach(organisation -> {
            var alias = organisation.get("alias").asString();
            assertThat(organisation
                            .get("groups")
                            .valueStream()
                            .map(group -> group.get("name").asString() + " "
                                    + group.at("/clientRoles/consortium-api/0").asString()))
                    .containsExactly(
                            "viewers viewer", "editors editor", "signatories signatory", "admins partner-admin");
            assertThat(usernames)
                    .containsAll(Stream.of("viewer", "editor", "signatory", "admin")
                            .map(role -> role + "@" + alias + ".sandbox")
                            .toList());
            var app = client(realm, alias + "-app");
            assertThat(app.path("serviceAccountsEnabled").asBoolean()).isTrue();
            assertThat(app.path("publicClient").asBoolean(false)).isFalse();
        });
        assertThat(usernames).contains("office@consortium.sandbox", "liaison@consortium.sandbox");
    }

    @Test
    void accountsAreNamedAfterTheirRolesAndNotAfterPeople() {
        assertThat(sandbox()
                        .get("users")
                        .valueStream()
                        .filter(user -> user.has("credentials"))
                        .map(user -> user.get("firstName").asString() + " "
                                + user.get("lastName").asString()))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Z][a-z2]+ of [a-z]+, sandbox"))
                .contains(
                        "Signatory of ude, sandbox",
                        "Signatory2 of chamber, sandbox",
                        "Admin of ims, sandbox",
                        "Office of consortium, sandbox");
    }

    /** Access tokens go through many hands; whoever signs is asked for by the service. */
    @Test
    void namesReachEveryClientAndNoAccessToken() throws IOException {
        for (var realm : List.of(production(), sandbox())) {
            assertThat(realm.get("defaultDefaultClientScopes").valueStream().map(JsonNode::asString))
                    .contains("profile");
            assertThat(realm.get("clients").valueStream()).noneMatch(client -> client.has("defaultClientScopes"));
            assertThat(realm.get("clientScopes")
                            .valueStream()
                            .filter(scope -> scope.get("name").asString().equals("profile"))
                            .flatMap(scope -> scope.get("protocolMappers").valueStream())
                            .filter(mapper ->
                                    mapper.get("name").asString().matches("full name|given name|family name")))
                    .hasSize(3)
                    .allSatisfy(mapper -> {
                        assertThat(mapper.at("/config/userinfo.token.claim").asString())
                                .isEqualTo("true");
                        assertThat(mapper.at("/config/access.token.claim").asString())
                                .isEqualTo("false");
                    });
        }
        assertThat(claims(TestKeycloak.shared().token("signatory@ude.sandbox")).propertyNames())
                .doesNotContain("name", "given_name", "family_name");
    }

    @Test
    void theTokenOfAnEditorHasTheClaimsThatTheServiceReads() {
        var claims = claims(TestKeycloak.shared().token("editor@ude.sandbox"));
        assertThat(audiences(claims)).contains("consortium-api");
        assertThat(claims.at("/organization/ude/id").asString())
                .isEqualTo(Realm.organisations(CONFIG.resolve("sandbox/organisations.properties"))
                        .get("ude"));
        assertThat(claims.at("/organization/ude/groups/0").asString()).isEqualTo("/editors");
        assertThat(claims.at("/organization/ude/resource_access/consortium-api/roles/0")
                        .asString())
                .isEqualTo("editor");
        assertThat(claims.path("organization").size()).isEqualTo(1);
    }

    @Test
    void theTokenOfAMemberOfTwoOrganisationsNamesBoth() {
        var claims = claims(TestKeycloak.shared().token("liaison@consortium.sandbox"));
        assertThat(claims.at("/organization/ude/resource_access/consortium-api/roles/0")
                        .asString())
                .isEqualTo("editor");
        assertThat(claims.at("/organization/ims/resource_access/consortium-api/roles/0")
                        .asString())
                .isEqualTo("viewer");
    }

    @Test
    void anAppsTokenNamesItsPartner() {
        var claims = claims(TestKeycloak.shared().appToken("ude"));
        assertThat(audiences(claims)).contains("consortium-api");
        assertThat(claims.at("/organization/ude/resource_access/consortium-api/roles/0")
                        .asString())
                .isEqualTo("editor");
    }

    @Test
    void theOfficesTokenHasTheRealmRole() {
        var claims = claims(TestKeycloak.shared().token("office@consortium.sandbox"));
        assertThat(claims.at("/realm_access/roles").valueStream().map(JsonNode::asString))
                .contains("consortium-admin");
    }

    @Test
    void aBuildHasOneKeycloak() {
        assertThat(TestKeycloak.shared().baseUrl())
                .isEqualTo(TestKeycloak.shared().baseUrl());
        assertThat(ChildProcess.isOk(URI.create(TestKeycloak.shared().issuer())))
                .isTrue();
    }

    private static JsonNode client(JsonNode realm, String id) {
        return realm.get("clients")
                .valueStream()
                .filter(client -> client.get("clientId").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> audiences(JsonNode claims) {
        var audience = claims.path("aud");
        return audience.isArray()
                ? audience.valueStream().map(JsonNode::asString).toList()
                : List.of(audience.asString());
    }

    private static JsonNode claims(String token) {
        return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }
}

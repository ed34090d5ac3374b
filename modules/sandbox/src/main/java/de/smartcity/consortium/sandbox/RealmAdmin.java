package de.smartcity.consortium.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Creates organisations, accounts and clients in a realm of the tests' Keycloak, in the shared one with names that no other test uses. */
public final class RealmAdmin {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestKeycloak keycloak = TestKeycloak.shared();
    private final String realm;

    private RealmAdmin(String realm) {
        this.realm = realm;
    }

    /** For the shared realm. */
    public static RealmAdmin ofSharedRealm() {
        return new RealmAdmin(Realm.NAME);
    }

    /** Creates a realm of the test's own from a file that Keycloak imports. */
    public static RealmAdmin ofNewRealm(Path file) throws IOException {
        var imported = (ObjectNode) JSON.readTree(Files.readString(file));
        var admin = new RealmAdmin(unique("realm"));
        imported.put("realm", admin.realm);
        admin.callAt("POST", "/admin/realms", JSON.writeValueAsString(imported));
        return admin;
    }

    public void deleteRealm() {
        call("DELETE", "", "");
    }

    /** A name that begins so and that nobody else has. */
    public static String unique(String name) {
        return name + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Creates an account with the password of the sandbox's accounts, and returns its id. */
    public String createAccount(String username) {
        return createAccount(username, Realm.SECRET);
    }

    /** Creates an account and returns its id. */
    public String createAccount(String username, String password) {
        return created(
                "/users",
                Map.of(
                        "username",
                        username,
                        "email",
                        username,
                        "emailVerified",
                        true,
                        "firstName",
                        "Test",
                        "lastName",
                        "Account",
                        "enabled",
                        true,
                        "credentials",
                        List.of(Map.of("type", "password", "value", password))));
    }

    /** Changes the name of an account. */
    public void rename(String account, String firstName, String lastName) {
        call("PUT", "/users/" + account, JSON.writeValueAsString(Map.of("firstName", firstName, "lastName", lastName)));
    }

    /** Ends the sessions of an account, as if it had signed out everywhere. */
    public void endSessions(String account) {
        call("POST", "/users/" + account + "/logout", "");
    }

    /** Creates an organisation and returns its id. */
    public String createOrganisation(String alias) {
        return createOrganisation(alias, Map.of());
    }

    /** Creates an organisation and returns its id. */
    public String createOrganisation(String alias, Map<String, List<String>> attributes) {
        return created("/organizations", organisation(alias, true, attributes));
    }

    /** Disables an organisation, and removes its attributes. */
    public void disable(String organisation, String alias) {
        change(organisation, organisation(alias, false, Map.of()));
    }

    /** Replaces the attributes of an organisation. */
    public void setAttributes(String organisation, String alias, Map<String, List<String>> attributes) {
        change(organisation, organisation(alias, true, attributes));
    }

    private void change(String organisation, Map<String, ?> changed) {
        call("PUT", "/organizations/" + organisation, JSON.writeValueAsString(changed));
    }

    private static Map<String, ?> organisation(String alias, boolean enabled, Map<String, List<String>> attributes) {
        return Map.of(
                "name", alias,
                "alias", alias,
                "enabled", enabled,
                "attributes", attributes,
                "domains", List.of(Map.of("name", alias + ".test")));
    }

    /** Makes an account a member of an organisation, in no group. */
    public void addMember(String organisation, String account) {
        call("POST", "/organizations/" + organisation + "/members", JSON.writeValueAsString(account));
    }

    /** Ends the membership of an account. */
    public void removeMember(String organisation, String account) {
        call("DELETE", "/organizations/" + organisation + "/members/" + account, "");
    }

    /** Creates a group of an organisation, which gives its members no role, and returns its id. */
    public String createGroup(String organisation, String name) {
        return created("/organizations/" + organisation + "/groups", Map.of("name", name));
    }

    /** Gives the members of a group of an organisation a role there. */
    public void addRole(String organisation, String group, String role) {
        var client = get("/clients?clientId=consortium-api").at("/0/id").asString();
        call(
                "POST",
                "/organizations/" + organisation + "/groups/" + group + "/role-mappings/clients/" + client,
                "[" + get("/clients/" + client + "/roles/" + role) + "]");
    }

    /** Adds a member of an organisation to a group of it. */
    public void addToGroup(String organisation, String group, String account) {
        call("PUT", "/organizations/" + organisation + "/groups/" + group + "/members/" + account, "");
    }

    /** Creates a confidential client with direct grants, whose tokens have these scopes at most. */
    public void createClient(String clientId, List<String> scopes, List<String> optionalScopes) {
        created(
                "/clients",
                Map.of(
                        "clientId", clientId,
                        "secret", Realm.SECRET,
                        "directAccessGrantsEnabled", true,
                        "defaultClientScopes", scopes,
                        "optionalClientScopes", optionalScopes));
    }

    /** Creates a client with whose tokens people change their own accounts, as in Keycloak's account console. */
    public void createAccountClient(String clientId) {
        created(
                "/clients",
                Map.of(
                        "clientId",
                        clientId,
                        "secret",
                        Realm.SECRET,
                        "directAccessGrantsEnabled",
                        true,
                        "defaultClientScopes",
                        List.of("basic", "roles", "profile", "email"),
                        "protocolMappers",
                        List.of(Map.of(
                                "name", "audience",
                                "protocol", "openid-connect",
                                "protocolMapper", "oidc-audience-resolve-mapper"))));
    }

    /** Changes the account whose token this is, as its owner does in Keycloak's account console. */
    public void changeOwnAccount(String token, Map<String, ?> changed) {
        send(HttpRequest.newBuilder(URI.create(issuer() + "/account"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(changed))));
    }

    /**
     * The response to a password grant of an account with the password of the sandbox's accounts: access_token, id_token and refresh_token.
     *
     * @param scope which the client requests
     */
    public JsonNode issue(String clientId, String username, String scope) {
        return issue(clientId, username, Realm.SECRET, scope);
    }

    /** The response to a password grant. Public clients ignore the secret that it has. */
    public JsonNode issue(String clientId, String username, String password, String scope) {
        var form = Map.of(
                "grant_type",
                "password",
                "client_id",
                clientId,
                "client_secret",
                Realm.SECRET,
                "username",
                username,
                "password",
                password,
                "scope",
                scope);
        var encoded = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return JSON.readTree(send(HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encoded)))
                .body());
    }

    /** The public keys with which the realm's tokens are verified, as a JSON Web Key Set. */
    public String keys() {
        return send(HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/certs")))
                .body();
    }

    /** The recorded events of this type, the latest first. */
    public JsonNode events(String type) {
        return get("/events?type=" + type);
    }

    /** The recorded changes by administrators, the latest first. */
    public JsonNode adminEvents() {
        return get("/admin-events");
    }

    public String issuer() {
        return keycloak.baseUrl() + "/realms/" + realm;
    }

    private JsonNode get(String path) {
        return JSON.readTree(call("GET", path, "").body());
    }

    private String created(String path, Map<String, ?> body) {
        var location = call("POST", path, JSON.writeValueAsString(body))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private HttpResponse<String> call(String method, String path, String body) {
        return callAt(method, "/admin/realms/" + realm + path, body);
    }

    private HttpResponse<String> callAt(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(keycloak.baseUrl() + path))
                .header("Authorization", "Bearer " + keycloak.adminToken())
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        answer.request().uri() + " answered " + answer.statusCode() + " " + answer.body());
            }
            return answer;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}

package de.smartcity.consortium.keycloak;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import de.smartcity.consortium.sandbox.TestKeycloak;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/** Creates organisations, accounts and clients in a realm, in the shared one with names that no other test uses. */
final class RealmAdmin {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PASSWORD = "sandbox";

    private final TestKeycloak keycloak;
    private final String realm;

    /** For the shared realm. */
    RealmAdmin(TestKeycloak keycloak) {
        this(keycloak, "consortium");
    }

    private RealmAdmin(TestKeycloak keycloak, String realm) {
        this.keycloak = keycloak;
        this.realm = realm;
    }

    /** Creates a realm of the test's own from a file that Keycloak imports. */
    static RealmAdmin ofNewRealm(TestKeycloak keycloak, Path file) throws Exception {
        var imported = JSONObjectUtils.parse(Files.readString(file));
        var admin = new RealmAdmin(keycloak, unique("realm"));
        imported.put("realm", admin.realm);
        admin.callAt("POST", "/admin/realms", JSONObjectUtils.toJSONString(imported));
        return admin;
    }

    void deleteRealm() throws Exception {
        call("DELETE", "", "");
    }

    static String unique(String name) {
        return name + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Returns the new account's id; its password is {@link #PASSWORD}. */
    String createAccount(String username) throws Exception {
        return createAccount(username, PASSWORD);
    }

    /** Returns the new account's id. */
    String createAccount(String username, String password) throws Exception {
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

    /** Returns the new organisation's id. */
    String createOrganisation(String alias, boolean enabled, Map<String, ?> attributes) throws Exception {
        return created("/organizations", organisation(alias, enabled, attributes));
    }

    void changeOrganisation(String id, String alias, boolean enabled) throws Exception {
        call("PUT", "/organizations/" + id, organisation(alias, enabled, Map.of()));
    }

    private static Map<String, ?> organisation(String alias, boolean enabled, Map<String, ?> attributes) {
        return Map.of(
                "name", alias,
                "alias", alias,
                "enabled", enabled,
                "attributes", attributes,
                "domains", List.of(Map.of("name", alias + ".test")));
    }

    void addMember(String organisation, String account) throws Exception {
        call("POST", "/organizations/" + organisation + "/members", account);
    }

    /** A confidential client with direct grants; its tokens have only these scopes. */
    void createClient(String clientId, List<String> scopes) throws Exception {
        created(
                "/clients",
                Map.of(
                        "clientId", clientId,
                        "secret", PASSWORD,
                        "directAccessGrantsEnabled", true,
                        "defaultClientScopes", scopes,
                        "optionalClientScopes", List.of()));
    }

    /** The response to a password grant, with access_token, id_token and refresh_token. */
    Map<String, Object> issue(String clientId, @Nullable String secret, String username) throws Exception {
        return issue(clientId, secret, username, PASSWORD);
    }

    Map<String, Object> issue(String clientId, @Nullable String secret, String username, String password)
            throws Exception {
        var form = Map.of(
                "grant_type",
                "password",
                "client_id",
                clientId,
                "client_secret",
                secret == null ? "" : secret,
                "username",
                username,
                "password",
                password,
                "scope",
                "openid");
        var encoded = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer = send(HttpRequest.newBuilder(
                        URI.create(keycloak.baseUrl() + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded)));
        return JSONObjectUtils.parse(answer.body());
    }

    private String created(String path, Map<String, ?> body) throws Exception {
        var location = call("POST", path, JSONObjectUtils.toJSONString(body))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private void call(String method, String path, Map<String, ?> body) throws Exception {
        call(method, path, JSONObjectUtils.toJSONString(body));
    }

    /** The recorded events of this type, the latest first. */
    List<?> events(String type) throws Exception {
        return list("/events?type=" + type);
    }

    /** The recorded changes by administrators, the latest first. */
    List<?> adminEvents() throws Exception {
        return list("/admin-events");
    }

    private List<?> list(String path) throws Exception {
        return JSONArrayUtils.parse(call("GET", path, "").body());
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return callAt(method, "/admin/realms/" + realm + path, body);
    }

    private HttpResponse<String> callAt(String method, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(keycloak.baseUrl() + path))
                .header("Authorization", "Bearer " + keycloak.adminToken())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(
                    answer.request().uri() + " answered " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }
}

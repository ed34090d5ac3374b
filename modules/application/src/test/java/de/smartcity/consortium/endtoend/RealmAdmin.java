package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.sandbox.TestKeycloak;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Creates organisations, accounts and clients in the shared realm, with names that no other test uses. */
final class RealmAdmin {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();
    /** Of all accounts and clients, as of those of the sandbox. */
    private static final String SECRET = "sandbox";

    private final TestKeycloak keycloak = TestKeycloak.shared();
    private final String realm = keycloak.baseUrl() + "/admin/realms/consortium";

    static String unique(String name) {
        return name + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Creates an account and returns its id. */
    String createAccount(String username) {
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
                        List.of(Map.of("type", "password", "value", SECRET))));
    }

    /** Creates an organisation and returns its id. */
    String createOrganisation(String alias) {
        return created("/organizations", organisation(alias, Map.of()));
    }

    void setAttributes(String organisation, String alias, Map<String, List<String>> attributes) {
        call("PUT", "/organizations/" + organisation, JSON.writeValueAsString(organisation(alias, attributes)));
    }

    private static Map<String, ?> organisation(String alias, Map<String, List<String>> attributes) {
        return Map.of(
                "name", alias,
                "alias", alias,
                "enabled", true,
                "attributes", attributes,
                "domains", List.of(Map.of("name", alias + ".test")));
    }

    void addMember(String organisation, String account) {
        call("POST", "/organizations/" + organisation + "/members", JSON.writeValueAsString(account));
    }

    void removeMember(String organisation, String account) {
        call("DELETE", "/organizations/" + organisation + "/members/" + account, "");
    }

    /** Creates a group of an organisation, which gives its members no role, and returns its id. */
    String createGroup(String organisation, String name) {
        return created("/organizations/" + organisation + "/groups", Map.of("name", name));
    }

    /** Gives the members of a group of an organisation a role there. */
    void addRole(String organisation, String group, String role) {
        var client = get("/clients?clientId=consortium-api").at("/0/id").asString();
        call(
                "POST",
                "/organizations/" + organisation + "/groups/" + group + "/role-mappings/clients/" + client,
                "[" + get("/clients/" + client + "/roles/" + role) + "]");
    }

    void addToGroup(String organisation, String group, String account) {
        call("PUT", "/organizations/" + organisation + "/groups/" + group + "/members/" + account, "");
    }

    /** Creates a confidential client with direct grants, whose tokens have these scopes at most. */
    void createClient(String clientId, List<String> scopes, List<String> optionalScopes) {
        created(
                "/clients",
                Map.of(
                        "clientId", clientId,
                        "secret", SECRET,
                        "directAccessGrantsEnabled", true,
                        "defaultClientScopes", scopes,
                        "optionalClientScopes", optionalScopes));
    }

    /** The response to a password grant for all organisations: access_token, id_token and refresh_token. */
    JsonNode issue(String clientId, String username) {
        var form = Map.of(
                "grant_type",
                "password",
                "client_id",
                clientId,
                "client_secret",
                SECRET,
                "username",
                username,
                "password",
                SECRET,
                "scope",
                "openid organization:*");
        var encoded = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return JSON.readTree(
                send(HttpRequest.newBuilder(URI.create(keycloak.issuer() + "/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(encoded)))
                        .body());
    }

    /** The public keys with which the realm's tokens are verified, as a JSON Web Key Set. */
    String keys() {
        return send(HttpRequest.newBuilder(URI.create(keycloak.issuer() + "/protocol/openid-connect/certs")))
                .body();
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
        return send(HttpRequest.newBuilder(URI.create(realm + path))
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

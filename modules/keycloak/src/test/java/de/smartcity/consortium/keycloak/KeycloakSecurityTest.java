package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import de.smartcity.consortium.kernel.PartnerStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The security chain over HTTP. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.threads.virtual.enabled=true",
            "consortium.allowed-origins=https://portal.example.org"
        })
class KeycloakSecurityTest {

    private static final LocalIssuer REALM = new LocalIssuer();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final ChainApplication.Partners partners;

    @Autowired
    KeycloakSecurityTest(@LocalServerPort int port, ChainApplication.Partners partners) {
        this.port = port;
        this.partners = partners;
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry properties) {
        properties.add("consortium.issuer", REALM::issuer);
    }

    @BeforeEach
    void addPartners() {
        partners.add("8c96", "ude", PartnerStatus.ACTIVE);
    }

    @AfterAll
    static void stopTheIssuer() {
        REALM.close();
    }

    @Test
    void anAccountActsForItsOrganisation() throws Exception {
        var answer = send(post().header("Authorization", "Bearer " + token(claims -> {})));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("PERSON ude true");
    }

    @Test
    void theHeaderNamesTheActingOrganisation() throws Exception {
        var answer = send(
                post().header("Authorization", "Bearer " + token(claims -> {})).header("X-Acting-Organisation", "ims"));

        assertThat(answer.body()).startsWith("PERSON -");
    }

    @Test
    void anAnonymousCallerIsAnswered() throws Exception {
        assertThat(send(post()).body()).startsWith("ANONYMOUS -");
    }

    @Test
    void twoTokensAreRefused() throws Exception {
        var token = "Bearer " + token(claims -> {});

        assertThat(send(post().header("Authorization", token).header("Authorization", token))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aTokenInTheAddressIsIgnored() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri("/graphql?access_token=" + token(claims -> {})))
                                .POST(BodyPublishers.noBody()))
                        .body())
                .startsWith("ANONYMOUS");
    }

    @Test
    void noSessionIsCreated() throws Exception {
        var answer = send(post().header("Authorization", "Bearer " + token(claims -> {})));

        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void anExpiredTokenIsReportedAsAGraphQlResponse() throws Exception {
        var expired = REALM.token(Instant.now().minusSeconds(3600), claims -> {});

        var answer = send(post().header("Authorization", "Bearer " + expired));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer error=\"invalid_token\", error_description=\"The access token has expired.\"");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"errors\":[{\"message\":\"The access token has expired.\",\"extensions\":{\"code\":\"UNAUTHENTICATED\"}}]}");
    }

    @Test
    void theGraphQlMediaTypeIsUsedWhereItIsAccepted() throws Exception {
        var answer = send(post().header("Authorization", "Bearer x")
                .header("Accept", "application/graphql-response+json, application/json;q=0.9"));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/graphql-response+json");
    }

    @Test
    void theResponseNamesTheProblem() throws Exception {
        assertUnauthenticated(token(claims -> claims.audience("account")), "audience");
        assertUnauthenticated(token(claims -> claims.issuer("https://id.example.org/realms/other")), "issuer");
        assertUnauthenticated(token(claims -> claims.claim("typ", "ID")), "not an access token");
        assertUnauthenticated(token(claims -> {}).replaceAll("\\.[^.]*$", ".AAAA"), "signature");
        assertUnauthenticated("x", "not a signed JWT");
    }

    /** Neither other ways to sign in nor what RFC 6750's grammar excludes is answered as anonymous. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer a b",
                "Bearer \"quoted\"",
                "Bearer <script>",
                "Bearereyjhb",
                "eyjhb",
                "Basic b2ZmaWNlOnNhbmRib3g=",
                "Token x",
                "DPoP x"
            })
    void aMalformedHeaderIsReportedInTheSameForm(String header) throws Exception {
        var answer = send(post().header("Authorization", header));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer error=");
        assertThat(answer.body()).contains("UNAUTHENTICATED").doesNotContain("script");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/elsewhere", "/", "/actuator", "/actuator/env", "/login", "/logout", "/graphqlx", "/error"})
    void everythingElseIsDenied(String path) throws Exception {
        var anonymous = send(HttpRequest.newBuilder(uri(path)));
        var signedIn = send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token(claims -> {})));

        assertThat(anonymous.statusCode()).isEqualTo(403);
        assertThat(signedIn.statusCode()).isEqualTo(403);
        assertThat(signedIn.body()).contains("\"code\":\"FORBIDDEN\"");
    }

    @Test
    void healthIsPublic() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri("/actuator/health/readiness")))
                        .body())
                .isEqualTo("UP");
    }

    /** The chain must not turn an error of the application into a 403. */
    @Test
    void aMissingPageIsReportedAsNotFound() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri("/actuator/health/nothing"))).statusCode())
                .isEqualTo(404);
    }

    @Test
    void responsesCannotBeCachedFramedOrSniffed() throws Exception {
        var headers = send(post()).headers();

        assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void aPageOfAnAllowedOriginMayCall() throws Exception {
        var answer = send(preflight("https://portal.example.org"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("https://portal.example.org");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void aPageOfAnotherOriginMayNot() throws Exception {
        var answer = send(preflight("https://elsewhere.example.org"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private void assertUnauthenticated(String token, String problem) throws Exception {
        var answer = send(post().header("Authorization", "Bearer " + token));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).contains(problem);
        assertThat(answer.body())
                .contains(problem, "\"code\":\"UNAUTHENTICATED\"")
                .doesNotContain("nimbus", "springframework");
    }

    private static String token(Consumer<JWTClaimsSet.Builder> change) {
        return REALM.token(Instant.now(), change);
    }

    private HttpRequest.Builder post() {
        return HttpRequest.newBuilder(uri("/graphql")).POST(BodyPublishers.ofString("{}"));
    }

    private HttpRequest.Builder preflight(String origin) {
        return HttpRequest.newBuilder(uri("/graphql"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header(
                        "Access-Control-Request-Headers",
                        "authorization,content-type,x-acting-organisation,idempotency-key");
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}

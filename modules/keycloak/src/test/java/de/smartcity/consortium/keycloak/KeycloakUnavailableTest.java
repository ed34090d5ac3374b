package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.kernel.PartnerStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.builder.SpringApplicationBuilder;

class KeycloakUnavailableTest {

    @Test
    void theServiceStartsWithoutKeycloakAndAnswers503ToTokens() throws Exception {
        var realm = new LocalIssuer();
        var token = realm.token(Instant.now(), claims -> {});
        realm.close();
        try (var context = new SpringApplicationBuilder(ChainApplication.class)
                        .run("--server.address=127.0.0.1", "--server.port=0", "--consortium.issuer=" + realm.issuer());
                var http = HttpClient.newHttpClient()) {
            context.getBean(ChainApplication.Partners.class).add("8c96", "ude", PartnerStatus.ACTIVE);
            var port = context.getEnvironment().getRequiredProperty("local.server.port");
            var request = post(port);

            var anonymous = http.send(request.build(), BodyHandlers.ofString());
            var signedIn =
                    http.send(request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());

            assertThat(anonymous.statusCode()).isEqualTo(200);
            assertThat(signedIn.statusCode()).isEqualTo(503);
            assertThat(signedIn.headers().firstValue("Retry-After")).isPresent();
            assertThat(signedIn.body())
                    .contains("Keycloak's keys are not available", "\"code\":\"UNAVAILABLE\"")
                    .doesNotContain("nimbus", "Connection refused");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRequestIsAnsweredInTimeAndTokensAreAcceptedWhenKeycloakIsBack(Outage outage) throws Exception {
        try (var realm = new LocalIssuer();
                var context = new SpringApplicationBuilder(ChainApplication.class)
                        .run("--server.address=127.0.0.1", "--server.port=0", "--consortium.issuer=" + realm.issuer());
                var http = HttpClient.newHttpClient()) {
            var port = context.getEnvironment().getRequiredProperty("local.server.port");
            var requests = new ArrayList<HttpRequest>();
            for (var i = 0; i < 50; i++) {
                requests.add(signedIn(port, realm));
            }
            // The first request makes the service load classes.
            assertThat(http.send(post(port).build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            outage.begin(realm);

            var start = System.nanoTime();
            var answers = requests.stream()
                    .map(request -> http.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(503);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));

            realm.publish(LocalIssuer.KEY);
            await().atMost(Duration.ofSeconds(6))
                    .until(() -> http.send(signedIn(port, realm), BodyHandlers.ofString())
                                    .statusCode()
                            == 200);
        }
    }

    private static HttpRequest signedIn(String port, LocalIssuer realm) {
        return post(port)
                .header("Authorization", "Bearer " + realm.token(Instant.now(), claims -> {}))
                .build();
    }

    private enum Outage {
        HANGING,
        TRICKLING;

        void begin(LocalIssuer realm) {
            if (this == HANGING) {
                realm.hang();
            } else {
                realm.trickle();
            }
        }
    }

    private static HttpRequest.Builder post(String port) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/graphql"))
                .POST(BodyPublishers.noBody());
    }

    @Test
    void theServiceDoesNotStartWithoutAnIssuer() {
        var service = new SpringApplicationBuilder(ChainApplication.class);

        assertThatThrownBy(() -> service.run("--server.address=127.0.0.1", "--server.port=0"))
                .rootCause()
                .hasMessageContaining("Set consortium.issuer");
    }
}

package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.PartnerStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
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
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/graphql"))
                    .POST(BodyPublishers.noBody());

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

    @Test
    void theServiceDoesNotStartWithoutAnIssuer() {
        var service = new SpringApplicationBuilder(ChainApplication.class);

        assertThatThrownBy(() -> service.run("--server.address=127.0.0.1", "--server.port=0"))
                .rootCause()
                .hasMessageContaining("Set consortium.issuer");
    }
}

package de.smartcity.consortium.keycloak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads answers of the realm in threads of their own: each ends after a time, however slowly the answer comes, and is of bounded length. */
final class KeycloakRequest {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final int MAX_BYTES = 256 * 1024;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    private final HttpRequest request;

    private KeycloakRequest(HttpRequest request) {
        this.request = request;
    }

    /** @throws IllegalArgumentException if this is not an HTTP address */
    static KeycloakRequest to(URI address) {
        return new KeycloakRequest(HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .build());
    }

    /** This request as the account of an access token. */
    KeycloakRequest as(String token) {
        return new KeycloakRequest(HttpRequest.newBuilder(request, (name, value) -> true)
                .header("Authorization", "Bearer " + token)
                .build());
    }

    URI address() {
        return request.uri();
    }

    /** Reads something of an answer. */
    @FunctionalInterface
    interface Reading<T> {
        T of(int status, String body) throws Exception;
    }

    /** Sends it. The result fails as the request or the reading does, and with a {@link TimeoutException} when the time is over. */
    <T> CompletableFuture<T> send(Duration timeout, Reading<T> reading) {
        var result = new CompletableFuture<T>();
        var thread = Thread.ofVirtual().name("keycloak").start(() -> {
            try {
                result.complete(answer(reading));
            } catch (Throwable failed) {
                result.completeExceptionally(failed);
            }
        });
        result.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((read, failed) -> {
            if (failed != null) {
                thread.interrupt();
            }
        });
        return result;
    }

    private <T> T answer(Reading<T> reading) throws Exception {
        var answer = HTTP.send(request, BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            var bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("More than " + MAX_BYTES + " bytes");
            }
            return reading.of(answer.statusCode(), new String(bytes, StandardCharsets.UTF_8));
        }
    }
}

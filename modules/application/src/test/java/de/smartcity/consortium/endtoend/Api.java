package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.sandbox.TestKeycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** A client of the service over HTTP. */
final class Api {

    private static final ObjectMapper JSON = new JsonMapper();
    /** Shorter than that of sandbox tokens, five minutes. */
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(3);

    private static final Map<String, Token> TOKENS = new ConcurrentHashMap<>();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI graphQl;

    Api(String url) {
        this.graphQl = URI.create(url + "/graphql");
    }

    URI graphQl() {
        return graphQl;
    }

    private record Token(String text, Instant usedUntil) {}

    /** @param took from sending the request to the end of the answer */
    record Answer(int status, JsonNode body, Duration took) {

        /** The value at this JSON pointer of the data. */
        JsonNode data(String pointer) {
            return body.path("data").at(pointer);
        }

        boolean failed() {
            return body.has("errors");
        }

        /** The first error's code; empty if there is none. */
        String code() {
            return body.at("/errors/0/extensions/code").asString("");
        }

        /** The first error's reason; empty if there is none. */
        String reason() {
            return body.at("/errors/0/extensions/reason/code").asString("");
        }

        /** The first error's reason, or its code where there is none or it says no more. */
        String refusal() {
            return reason().isEmpty() || code().equals("UNAUTHENTICATED") ? code() : reason();
        }

        /** What a change came to: done, the rule that refused it, or the error. */
        String outcome(String field) {
            if (failed()) {
                return refusal();
            }
            var errors = data("/" + field + "/userErrors");
            return errors.isEmpty() ? "done" : errors.at("/0/rule").asString();
        }
    }

    static String token(String username) {
        return TOKENS.compute(
                        username,
                        (name, known) -> known != null && Instant.now().isBefore(known.usedUntil())
                                ? known
                                : new Token(
                                        TestKeycloak.shared().token(name),
                                        Instant.now().plus(TOKEN_LIFETIME)))
                .text();
    }

    Answer ask(Caller caller, String document, Map<String, ?> variables) {
        var username = caller.username();
        return ask(username == null ? null : token(username), Map.of(), document, variables);
    }

    Answer ask(Caller caller, String document) {
        return ask(caller, document, Map.of());
    }

    Answer ask(String username, String document) {
        return ask(token(username), Map.of(), document, Map.of());
    }

    Answer ask(@Nullable String token, Map<String, String> headers, String document, Map<String, ?> variables) {
        return json(token, headers, JSON.writeValueAsString(Map.of("query", document, "variables", variables)));
    }

    Answer json(String token, String body) {
        return json(token, Map.of(), body);
    }

    private Answer json(@Nullable String token, Map<String, String> headers, String body) {
        var all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        if (token != null) {
            all.put("Authorization", "Bearer " + token);
        }
        var since = System.nanoTime();
        var answer = post(all, body);
        var took = Duration.ofNanos(System.nanoTime() - since);
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()), took);
    }

    HttpResponse<String> post(Map<String, String> headers, String body) {
        var request = HttpRequest.newBuilder(graphQl).POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}

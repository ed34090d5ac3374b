package de.smartcity.consortium.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** A client of one server. @param address its GraphQL endpoint */
record GraphQl(URI address) {

    private static final ObjectMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    static GraphQl at(int port) {
        return new GraphQl(URI.create("http://127.0.0.1:" + port + "/graphql"));
    }

    /** Returns the response's body. */
    String answer(String token, String body) throws InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new BenchmarkFailure(address + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException failed) {
            throw new BenchmarkFailure(address + " does not answer", failed);
        }
    }

    /** Returns the response's data. */
    JsonNode data(String token, String document, Map<String, Object> variables) throws InterruptedException {
        var answer = JSON.readTree(
                answer(token, JSON.writeValueAsString(Map.of("query", document, "variables", variables))));
        if (answer.has("errors")) {
            throw new BenchmarkFailure("The service refused " + document + ": " + answer);
        }
        return answer.path("data");
    }
}

package de.smartcity.consortium.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request to the service, also one that no usual client would send.
 *
 * @param path of the URL
 * @param query of the URL; empty for none
 * @param headers names and values in turn; a name may repeat
 * @param body empty for none
 */
record Request(String method, String path, String query, List<String> headers, String body) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** To the GraphQL endpoint. */
    Request(String method, String query, List<String> headers, String body) {
        this(method, "/graphql", query, headers, body);
    }

    /** What comes back, without what differs from moment to moment. */
    record Reply(int status, Map<String, List<String>> headers, String body) {}

    static Request of(String document, Map<String, ?> variables) {
        return ofBody(JsonMapper.shared().writeValueAsString(Map.of("query", document, "variables", variables)));
    }

    static Request ofBody(String body) {
        return new Request("POST", "", List.of("Content-Type", "application/json"), body);
    }

    /** A download of the file with this global id. */
    static Request download(String file) {
        return new Request("GET", "/files/" + file, "", List.of(), "");
    }

    /** The same request with one more header. */
    Request with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.addAll(List.of(name, value));
        return new Request(method, path, query, more, body);
    }

    /** The same request with this access token, if there is one. */
    Request withToken(@Nullable String token) {
        return token == null ? this : with("Authorization", "Bearer " + token);
    }

    /** Its words, in which requests of the same form differ by what they are about. */
    List<String> words() {
        return Arrays.asList(
                (path + " " + query + " " + String.join(" ", headers) + " " + body).split("[^A-Za-z0-9_-]+"));
    }

    Reply send(URI service) {
        try {
            return headers.contains("Host") ? sendPlain(service) : sendAsUsual(service);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private Reply sendAsUsual(URI service) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.resolve(query.isEmpty() ? path : path + "?" + query))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (var n = 0; n < headers.size(); n += 2) {
            request.header(headers.get(n), headers.get(n + 1));
        }
        var response = HTTP.send(request.build(), BodyHandlers.ofString());
        var shown = new TreeMap<>(response.headers().map());
        shown.remove("date");
        return new Reply(response.statusCode(), shown, response.body());
    }

    /** The JDK's client sets the header Host itself. */
    private Reply sendPlain(URI service) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(method + " " + path + " HTTP/1.0\r\n");
        for (var n = 0; n < headers.size(); n += 2) {
            head.append(headers.get(n)).append(": ").append(headers.get(n + 1)).append("\r\n");
        }
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            var response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var status = Integer.parseInt(response.split(" ", 3)[1]);
            return new Reply(status, Map.of(), response.substring(response.indexOf("\r\n\r\n") + 4));
        }
    }
}

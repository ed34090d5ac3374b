package de.smartcity.consortium.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uploads and downloads files. */
final class FileClient {

    static final byte[] PDF = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

    private static final Map<String, String> LETTER = Map.of(
            "Content-Type",
            "application/pdf",
            "Content-Disposition",
            "attachment; filename*=UTF-8''Erkl%C3%A4rung.pdf");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;

    FileClient(String url) {
        this.service = URI.create(url);
    }

    /** A PDF as far as its beginning says. */
    static byte[] pdfOf(int size) {
        return Arrays.copyOf(PDF, size);
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The headers of an upload with some replaced; an empty one is left out. */
    static Map<String, String> letterWith(Map<String, String> others) {
        var headers = new HashMap<>(LETTER);
        headers.putAll(others);
        headers.values().removeIf(String::isEmpty);
        return headers;
    }

    HttpResponse<byte[]> upload(@Nullable String username, byte[] bytes) {
        return upload(username, LETTER, BodyPublishers.ofByteArray(bytes));
    }

    HttpResponse<byte[]> upload(@Nullable String username, Map<String, String> headers, BodyPublisher body) {
        return send(
                username,
                headers,
                HttpRequest.newBuilder(service.resolve("/files")).POST(body));
    }

    /** An upload of a PDF to another form of the path. */
    HttpResponse<byte[]> uploadTo(String path, @Nullable String username, byte[] bytes) {
        return send(
                username,
                letterWith(Map.of("Accept", "text/plain")),
                HttpRequest.newBuilder(service.resolve(path)).POST(BodyPublishers.ofByteArray(bytes)));
    }

    /** @param url the path of the file */
    HttpResponse<byte[]> download(@Nullable String username, String url, Map<String, String> headers) {
        return send(username, headers, HttpRequest.newBuilder(service.resolve(url)));
    }

    private HttpResponse<byte[]> send(
            @Nullable String username, Map<String, String> headers, HttpRequest.Builder request) {
        headers.forEach(request::header);
        if (username != null) {
            request.header("Authorization", "Bearer " + Api.token(username));
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}

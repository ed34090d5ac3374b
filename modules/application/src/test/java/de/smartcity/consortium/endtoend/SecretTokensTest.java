package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** No part of a token is logged at the default levels or answered, however malformed the request is that carries it. */
@EndToEnd
@ExtendWith(OutputCaptureExtension.class)
class SecretTokensTest {

    private static final String TOKEN = Api.token("editor@ude.sandbox");

    /** Long enough to be recognised, wherever a message cuts a token off. */
    private static final List<String> PARTS =
            List.of(TOKEN.substring(0, 12), TOKEN.substring(TOKEN.length() / 2, TOKEN.length() / 2 + 12));

    static final List<String> HEADERS = List.of(
            "Authorization: Bearer %s",
            "Authorization: Bearer %s=",
            "Authorization: Bearer %s.AAAA",
            "Authorization: Bearer %s %1$s",
            "Authorization: Bearer \"%s\"",
            "Authorization: Bearer %s%%00",
            "Authorization: Bearer %s\u0000x",
            "Authorization: Bearer %s\u0007",
            "Authorization: Bearer %s\u007f",
            "Authorization: Bearer %s\u0085",
            "Authorization: Bearer %s\u00fc",
            "Authorization: Bearer %s\rx",
            "Authorization: Bearer %s\nx",
            "Authorization: Bearer\r\n %s",
            "Authorization: Bearer x\r\n%s",
            "Authorization: Bearer x\r\n%s: x",
            "Authorization: Bearer x\r\n\"%s\": x",
            "Authorization: Bearer %s\r\nAuthorization: Bearer %1$s",
            "Authorization: %s",
            "Authorization: Basic %s",
            "Authorization Bearer %s",
            "Authorization : Bearer %s",
            "Authorization: Bearer %s" + "x".repeat(7_000),
            "Authorization: Bearer %s" + "x".repeat(20_000),
            "Cookie: token=%s; =%1$s; \"%1$s\u0007",
            "X-Acting-Organisation: %s",
            "X-Acting-Organisation: %s\u0085",
            "Accept: %s\u0085",
            "Accept: %s;q=x",
            "Accept-Language: %s",
            "Idempotency-Key: %s\u0085",
            "Content-Type: %s",
            "Origin: %s",
            "Transfer-Encoding: %s",
            "Host: %s\u0085",
            "Expect: %s");

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @FieldSource("HEADERS")
    void noHeaderWithATokenIsLoggedOrAnswered(String header, CapturedOutput output) throws IOException {
        for (var path : List.of("/graphql", "/elsewhere", "/actuator/health", "/error")) {
            for (var method : List.of("POST", "GET")) {
                assertSecret(
                        method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header.formatted(TOKEN), output);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /graphql?access_token=%s HTTP/1.1",
                "POST /graphql?access_token=%s%%zz HTTP/1.1",
                "GET /graphql?%s%%zz=%1$s&query={x} HTTP/1.1",
                "GET /graphql?query=%%7Bx%%7D&extensions=%s HTTP/1.1",
                "GET /%s HTTP/1.1",
                "GET /actuator/health/%s HTTP/1.1",
                "GET /actuator/health/liveness/%s HTTP/1.1",
                "GET /error/%s HTTP/1.1",
                "GET /%s%%00 HTTP/1.1",
                "GET /;token=%s HTTP/1.1",
                "GET /../%s HTTP/1.1",
                "GET /\"%s HTTP/1.1",
                "%s / HTTP/1.1",
                "GET / %s",
                "%s"
            })
    void noAddressWithATokenIsLoggedOrAnswered(String line, CapturedOutput output) throws IOException {
        assertSecret(line.formatted(TOKEN) + "\r\nHost: localhost", output);
    }

    private void assertSecret(String head, CapturedOutput output) throws IOException {
        var body = "{\"query\":\"{ __typename }\"}";
        String answer;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.ISO_8859_1));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        assertThat(answer).isNotEmpty().doesNotContain(PARTS);
        assertThat(output.getAll()).doesNotContain(PARTS);
    }
}

package de.smartcity.consortium.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Bodies that arrive slowly, in part or not at all are ended, and cost others nothing. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "consortium.limits.body-deadline=1s",
            "consortium.limits.request-size=10KB",
            "consortium.limits.bodies-size=200KB",
            "server.tomcat.connection-timeout=1s",
            "server.address=127.0.0.1"
        })
class SlowBodiesTest {

    private static final int SLOW_BODIES = 300;
    private static final int LIMIT = 10 * 1024;
    /** Well below the hours for which such a body could last. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private static final String HEAD = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n";

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    @Import({RequestBodies.class, ConnectionClosing.class, RequestErrors.class, Length.class})
    static class WebServer {}

    /** Answers with the length of the body. */
    @RestController
    static class Length {

        private final AtomicInteger called = new AtomicInteger();

        @PostMapping("/graphql")
        String length(@RequestBody(required = false) String body) {
            called.incrementAndGet();
            return "length=" + (body == null ? 0 : body.length()) + ".";
        }
    }

    @Value("${local.server.port}")
    private int port;

    @Autowired
    private Length length;

    @BeforeEach
    void forgetCalls() {
        length.called.set(0);
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) MAX_WAIT.toMillis());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String sized(int size, String sent) {
        return HEAD + "Content-Length: " + size + "\r\n\r\n" + sent;
    }

    private static String chunked(String sent) {
        return HEAD + "Transfer-Encoding: chunked\r\n\r\n" + sent;
    }

    /** All that the server sends until it closes the connection. */
    private static String answerUntilClosed(Socket socket) {
        var answer = new StringBuilder();
        try {
            var stream = socket.getInputStream();
            for (var read = stream.read(); read >= 0; read = stream.read()) {
                answer.append((char) read);
            }
        } catch (SocketException reset) {
            // It was closed while the client was still sending.
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return answer.toString();
    }

    /** The status line, the headers and the body of an answer on a connection that may stay open. */
    private static String answer(InputStream stream) throws IOException {
        var answer = new StringBuilder();
        while (!answer.toString().matches("(?s).*length=\\d+\\.")) {
            var read = stream.read();
            assertThat(read).as(answer.toString()).isNotNegative();
            answer.append((char) read);
        }
        return answer.toString();
    }

    private static void assertTooSlow(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 408")
                .containsIgnoringCase("Connection: close")
                .contains("\"errors\"", "\"code\":\"BAD_REQUEST\"", "did not arrive in time");
    }

    /** Sends a byte now and then until the server closes the connection. */
    private static Future<?> trickle(Socket socket, String bytes) {
        return Executors.newVirtualThreadPerTaskExecutor().submit(() -> {
            try {
                while (true) {
                    for (var each : bytes.split("")) {
                        send(socket, each);
                        Thread.sleep(50);
                    }
                }
            } catch (IOException closed) {
                return "closed";
            }
        });
    }

    @Test
    void bodiesOfEitherFormArriveWhole() throws IOException {
        try (var socket = connect()) {
            send(socket, sized(5, "12345"));
            assertThat(answer(socket.getInputStream()))
                    .startsWith("HTTP/1.1 200")
                    .contains("length=5");
            send(socket, chunked("3\r\n123\r\n2\r\n45\r\n0\r\n\r\n"));
            assertThat(answer(socket.getInputStream()))
                    .startsWith("HTTP/1.1 200")
                    .contains("length=5");
            send(socket, sized(0, ""));
            assertThat(answer(socket.getInputStream()))
                    .startsWith("HTTP/1.1 200")
                    .contains("length=0");
            send(socket, sized(LIMIT, "x".repeat(LIMIT)));
            assertThat(answer(socket.getInputStream())).contains("length=" + LIMIT);
            send(socket, sized(LIMIT / 2, "x".repeat(10)));
            send(socket, "x".repeat(LIMIT / 2 - 10));
            assertThat(answer(socket.getInputStream())).contains("length=" + LIMIT / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 5 * LIMIT})
    void aBodyThatIsTooLargeIsRefusedInEitherForm(int size) throws IOException {
        for (var request : List.of(
                sized(size, "x".repeat(size)),
                chunked(Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n0\r\n\r\n"))) {
            try (var socket = connect()) {
                send(socket, request);
                assertThat(answerUntilClosed(socket))
                        .startsWith("HTTP/1.1 413")
                        .containsIgnoringCase("Connection: close")
                        .contains("\"code\":\"BAD_REQUEST\"");
            }
        }
        assertThat(length.called).hasValue(0);
    }

    @Test
    void aHugeBodyIsRefusedWithoutReadingIt() throws IOException {
        try (var socket = connect()) {
            send(socket, sized(Integer.MAX_VALUE, ""));
            assertThat(answerUntilClosed(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aBodyThatStopsIsEnded() throws IOException {
        for (var request : List.of(sized(100, "12345"), chunked("5\r\n12345\r\n"), chunked("5\r\n123"))) {
            try (var socket = connect()) {
                send(socket, request);
                assertTooSlow(answerUntilClosed(socket));
            }
        }
        assertThat(length.called).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10000\r\n\r\n|x", "Transfer-Encoding: chunked\r\n\r\n|1\r\nx\r\n"})
    void aBodyThatTricklesIsEnded(String form) throws Exception {
        var parts = form.split("\\|");
        try (var socket = connect()) {
            send(socket, HEAD + parts[0]);
            var sending = trickle(socket, parts[1]);
            assertTooSlow(answerUntilClosed(socket));
            assertThat(sending.get()).isEqualTo("closed");
        }
        assertThat(length.called).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5;name=value\r\n12345\r\n0\r\n\r\n",
                "5\r\n12345\r\n0\r\nTrailer: value\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void partsOfChunkedBodiesWithoutContentAreRefused(String body) throws IOException {
        try (var socket = connect()) {
            send(socket, chunked(body));
            assertThat(answerUntilClosed(socket)).startsWith("HTTP/1.1 400");
        }
        assertThat(length.called).hasValue(0);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void nothingIsDoneOrLoggedForAClientThatHasGone(CapturedOutput log) throws Exception {
        for (var request : List.of(sized(100, "12345"), chunked("5\r\n12345\r\n"), chunked("5\r\n123"))) {
            try (var socket = connect()) {
                send(socket, request);
                // Gone without a word.
                socket.setSoLinger(true, 0);
            }
            try (var socket = connect()) {
                send(socket, request);
                socket.shutdownOutput();
                assertThat(answerUntilClosed(socket)).startsWith("HTTP/1.1 400").contains("\"code\":\"BAD_REQUEST\"");
            }
        }
        assertThat(length.called).hasValue(0);
        assertThat(log.getAll()).doesNotContain("INFO", "WARN", "ERROR", "Exception");
    }

    /** Unfinished bodies would fill the heap, which ends the process. */
    @Test
    void largeBodiesAreRefusedWhileTooManyAreInMemory() throws Exception {
        var unfinished = new ArrayList<Socket>();
        try {
            for (var n = 0; n < 21; n++) {
                var socket = connect();
                unfinished.add(socket);
                send(socket, sized(LIMIT, "x".repeat(LIMIT - 1)));
            }
            assertThat(unfinished.stream().map(SlowBodiesTest::answerUntilClosed))
                    .filteredOn(answer -> answer.startsWith("HTTP/1.1 503"))
                    .isNotEmpty()
                    .allMatch(
                            answer -> answer.contains("Retry-After: 5") && answer.contains("\"code\":\"UNAVAILABLE\""));
        } finally {
            for (var socket : unfinished) {
                socket.close();
            }
        }
        for (var n = 0; n < 30; n++) {
            try (var socket = connect()) {
                send(socket, sized(LIMIT, "x".repeat(LIMIT)));
                assertThat(answer(socket.getInputStream())).contains("length=" + LIMIT);
            }
        }
    }

    @Test
    void hundredsOfSlowBodiesDoNotDelayOthersAndAreEnded() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (var n = 0; n < SLOW_BODIES; n++) {
                var socket = connect();
                slow.add(socket);
                send(socket, sized(100, "1"));
            }
            try (var socket = connect()) {
                send(socket, sized(5, "12345"));
                assertThat(answer(socket.getInputStream())).contains("length=5");
            }
            assertThat(slow.getLast().getInputStream().available())
                    .as("bytes of an answer to the last slow one")
                    .isZero();
            for (var socket : slow) {
                assertTooSlow(answerUntilClosed(socket));
            }
            assertThat(length.called).hasValue(1);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }
}

package de.smartcity.consortium.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Sends bytes to the service and reads the answer, with as little memory as possible; one connection for each request. */
final class RawHttp {

    private static final int TIMEOUT_MILLIS = 30_000;
    /** JSON has no line break of this kind. */
    private static final Pattern CHUNK = Pattern.compile("(?:^|\r\n)[0-9a-f]+\r\n(?:\r\n$)?");

    private final int port;
    private final byte[] buffer = new byte[16_384];

    RawHttp(int port) {
        this.port = port;
    }

    /** A whole request. */
    static byte[] request(String method, String path, Map<String, String> headers, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        var request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        request.writeBytes(bytes);
        return request.toByteArray();
    }

    /** @param bytes of the whole answer */
    record Answer(int status, long bytes, String beginning) {

        /** The body, if it is short. */
        String body() {
            var body = beginning.substring(beginning.indexOf("\r\n\r\n") + 4);
            return beginning.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")
                    ? CHUNK.matcher(body).replaceAll("")
                    : body;
        }
    }

    /** Sends a request; of the answer only its beginning is kept. */
    Answer send(byte[] request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            try {
                socket.getOutputStream().write(request);
            } catch (IOException closed) {
                // The server may answer and close before it has read everything.
            }
            return read(socket);
        }
    }

    private Answer read(Socket socket) throws IOException {
        var beginning = new ByteArrayOutputStream(1_024);
        var total = 0L;
        try {
            for (var read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                total += read;
                if (beginning.size() < 40_000) {
                    beginning.write(buffer, 0, read);
                }
            }
        } catch (IOException reset) {
            if (beginning.size() == 0) {
                throw reset;
            }
        }
        var text = beginning.toString(StandardCharsets.UTF_8);
        return new Answer(text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0, total, text);
    }
}

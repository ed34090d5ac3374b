package de.smartcity.consortium.files.http;

import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.kernel.Deadline;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * The answer to a request for a file that the caller may see: all of it, one part, or that it has not changed. Written here and not by Spring, whose
 * answers to malformed or several ranges do not fit their headers.
 *
 * @param bytes opens them
 */
record Download(FileView file, Supplier<InputStream> bytes) {

    private static final int BUFFER_SIZE = 8_192;

    /** Exceptions are thrown before anything is written, or break the connection. */
    void answer(ServletWebRequest request, HttpServletResponse response) throws IOException {
        var etag = "\"" + file.sha256() + "\"";
        if (request.checkNotModified(etag)) {
            return;
        }
        var part = part(request, etag);
        if (part.length() == 0) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, part.contentRange(file.size()));
            throw new NoSuchPart();
        }
        // Opened before the headers of the file are set: it may fail.
        try (var stream = bytes.get()) {
            stream.skipNBytes(part.start());
            head(part, response);
            write(stream, part.length(), response);
        } catch (RuntimeException failed) {
            if (response.isCommitted()) {
                throw new IOException("A download ended too early", failed);
            }
            response.reset();
            throw failed;
        }
    }

    /** The file has no part that is asked for. */
    static final class NoSuchPart extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoSuchPart() {
            super("The file has no such part.", null, false, false);
        }
    }

    /** A part of another version of the file would not fit the parts that the client has. */
    private Part part(ServletWebRequest request, String etag) {
        var ifRange = request.getHeader(HttpHeaders.IF_RANGE);
        return Part.of(
                ifRange == null || ifRange.equals(etag) ? request.getHeader(HttpHeaders.RANGE) : null, file.size());
    }

    private void head(Part part, HttpServletResponse response) {
        response.setContentType(file.mediaType());
        response.setContentLengthLong(part.length());
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, private");
        // Opened in a browser, it is not shown in the service's name, and runs no scripts.
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(file.name(), StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        if (!part.isAll()) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
            response.setHeader(HttpHeaders.CONTENT_RANGE, part.contentRange(file.size()));
        }
    }

    private static void write(InputStream stream, long length, HttpServletResponse response) throws IOException {
        var buffer = new byte[BUFFER_SIZE];
        for (var left = length; left > 0; ) {
            // A client that reads slowly would hold it for ever.
            Deadline.check();
            var read = stream.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IllegalStateException("A file has fewer bytes than its document says");
            }
            response.getOutputStream().write(buffer, 0, read);
            left -= read;
        }
    }
}

package de.smartcity.consortium.application;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the whole body of each request, also of those that are refused without a look at it, before anything else happens: a body that is too large or
 * arrives too slowly is refused, and nothing is done for a client that has gone.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
@EnableConfigurationProperties(RequestLimits.class)
class RequestBodies extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestBodies.class);
    private static final int BUFFER_SIZE = 8_192;
    /** How much more is read and thrown away, because a client that is still sending does not read that its body is too large. */
    private static final long MAX_EXCESS = 2L * 1_024 * 1_024;

    private final long maxBytes;
    private final Duration deadline;

    RequestBodies(RequestLimits limits) {
        this.maxBytes = limits.requestSize().toBytes();
        this.deadline = limits.bodyDeadline();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var body = read(request, response);
        if (body != null) {
            chain.doFilter(body.length == 0 ? request : new ReadRequest(request, body), response);
        }
    }

    /** The body; null if the request is answered. */
    private byte @Nullable [] read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = new ByteArrayOutputStream();
        var expected = request.getContentLengthLong();
        var since = System.nanoTime();
        var size = 0L;
        try {
            if (expected <= maxBytes + MAX_EXCESS) {
                var stream = request.getInputStream();
                var buffer = new byte[expected < 0 ? BUFFER_SIZE : (int) Math.min(BUFFER_SIZE, expected + 1)];
                for (var read = stream.read(buffer);
                        read >= 0 && size <= maxBytes + MAX_EXCESS;
                        read = stream.read(buffer)) {
                    size += read;
                    if (size <= maxBytes) {
                        body.write(buffer, 0, read);
                    }
                    if (System.nanoTime() - since > deadline.toNanos()) {
                        response.sendError(HttpStatus.REQUEST_TIMEOUT.value());
                        return null;
                    }
                }
            }
        } catch (IOException failed) {
            LOG.debug("The body of a request ended too early", failed);
            // Tomcat has answered: 408 when nothing came for its connection timeout, else 400. With this it would be
            // 500.
            request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
            return null;
        }
        if (Math.max(size, expected) > maxBytes) {
            response.sendError(HttpStatus.CONTENT_TOO_LARGE.value());
            return null;
        }
        return body.toByteArray();
    }

    private static final class ReadRequest extends HttpServletRequestWrapper {

        private final ServletInputStream stream;

        ReadRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.stream = new ReadStream(new ByteArrayInputStream(body));
        }

        @Override
        public ServletInputStream getInputStream() {
            return stream;
        }
    }

    private static final class ReadStream extends ServletInputStream {

        private final ByteArrayInputStream body;

        ReadStream(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            return body.read(bytes, from, length);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("The body was read before");
        }
    }
}

package de.smartcity.consortium.application;

import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.ErrorResponse;
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
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the whole body of each request, also of those that are refused without a look at it, before anything else happens: a body that is too large or
 * arrives too slowly is refused, as are all while there are too many at once, and nothing is done for a client that has gone. When it has arrived, the
 * request's deadline begins.
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
    private final Duration bodyDeadline;
    private final Duration deadline;
    /** One for each byte of all bodies. */
    private final Semaphore memory;

    RequestBodies(RequestLimits limits) {
        this.maxBytes = limits.requestSize().toBytes();
        this.bodyDeadline = limits.bodyDeadline();
        this.deadline = limits.deadline();
        this.memory = new Semaphore(
                (int) Math.min(Integer.MAX_VALUE, limits.maxBodies().toBytes()));
    }

    /** Uploads are stored while they are read. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return FileTransfers.has(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var body = new ByteArrayOutputStream();
        try {
            if (read(request, response, body)) {
                request.setAttribute(RequestDeadline.ATTRIBUTE, Deadline.in(deadline));
                chain.doFilter(body.size() == 0 ? request : new ReadRequest(request, body.toByteArray()), response);
            }
        } finally {
            memory.release(body.size());
        }
    }

    /** Whether the body has arrived; otherwise the request is answered. */
    private boolean read(HttpServletRequest request, HttpServletResponse response, ByteArrayOutputStream body)
            throws IOException {
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
                        if (!memory.tryAcquire(read)) {
                            response.setHeader(HttpHeaders.RETRY_AFTER, ErrorResponse.RETRY_AFTER_SECONDS);
                            RequestErrors.answer(response, HttpStatus.SERVICE_UNAVAILABLE);
                            return false;
                        }
                        body.write(buffer, 0, read);
                    }
                    if (System.nanoTime() - since > bodyDeadline.toNanos()) {
                        RequestErrors.answer(response, HttpStatus.REQUEST_TIMEOUT);
                        return false;
                    }
                }
            }
        } catch (IOException failed) {
            LOG.debug("The body of a request ended too early", failed);
            // Tomcat has answered: 408 when nothing came for its connection timeout, else 400. With this it would be
            // 500.
            request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
            return false;
        }
        if (Math.max(size, expected) > maxBytes) {
            RequestErrors.answer(response, HttpStatus.CONTENT_TOO_LARGE);
            return false;
        }
        return true;
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

package de.smartcity.consortium.application;

import de.smartcity.consortium.files.FileEndpoint;
import de.smartcity.consortium.kernel.Deadline;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives uploads and downloads a deadline of their own, and reads what is left of refused uploads. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class FileTransfers extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(FileTransfers.class);
    private static final int BUFFER_SIZE = 8_192;
    /** Of a refused upload, so that files which are a little too large get an answer. */
    private static final long MAX_REST = FileEndpoint.MAX_SIZE + 2L * 1_024 * 1_024;

    private final RequestLimits limits;

    FileTransfers(RequestLimits limits) {
        this.limits = limits;
    }

    /** Whether a request is one of these, by its decoded path. */
    static boolean has(HttpServletRequest request) {
        var path = request.getServletPath();
        // Tomcat answers some requests before it knows.
        return path != null && (path.equals(FileEndpoint.PATH) || path.startsWith(FileEndpoint.PATH + "/"));
    }

    /** Whether a request is an upload that was refused, maybe before its body was read. */
    static boolean isRefusedUpload(HttpServletRequest request, HttpServletResponse response) {
        return has(request)
                && HttpMethod.POST.matches(request.getMethod())
                && response.getStatus() >= HttpStatus.BAD_REQUEST.value();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !has(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!hasMediaType(request)) {
            RequestErrors.answer(response, HttpStatus.UNSUPPORTED_MEDIA_TYPE);
            readRest(request);
            return;
        }
        try {
            Deadline.in(limits.fileDeadline()).run(() -> pass(request, response, chain));
        } catch (PassedOn failed) {
            failed.rethrow();
        }
        if (isRefusedUpload(request, response)) {
            readRest(request);
        }
    }

    /** Spring fails on others. */
    private static boolean hasMediaType(HttpServletRequest request) {
        var header = request.getContentType();
        try {
            return header == null || MediaType.parseMediaType(header).isConcrete();
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    /** A client that is still sending does not read that its upload is refused. */
    private void readRest(HttpServletRequest request) {
        var since = System.nanoTime();
        var buffer = new byte[BUFFER_SIZE];
        try {
            var left = MAX_REST;
            for (var read = 0;
                    read >= 0
                            && left > 0
                            && System.nanoTime() - since < limits.bodyDeadline().toNanos();
                    read = request.getInputStream().read(buffer)) {
                left -= read;
            }
        } catch (IOException failed) {
            LOG.debug("The client of a refused upload has gone", failed);
            // The answer is given; with this, Tomcat would log a failure and dispatch to an error page.
            request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
        }
    }

    private static void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException failed) {
            throw new PassedOn(failed);
        }
    }

    /** A checked exception of the chain. */
    private static final class PassedOn extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PassedOn(Exception failed) {
            super(null, failed, false, false);
        }

        void rethrow() throws IOException, ServletException {
            if (getCause() instanceof IOException failed) {
                throw failed;
            }
            throw (ServletException) getCause();
        }
    }
}

package de.smartcity.consortium.application;

import de.smartcity.consortium.kernel.ErrorResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 503 until data is migrated and loaded; the web server starts before, so that health checks show the progress. */
@Component
@Order(StartGate.ORDER)
class StartGate extends OncePerRequestFilter {

    /** After {@link RequestBodies}, as all that may refuse a request. */
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

    private static final String HEALTH = "/actuator/";

    private volatile boolean open;

    @EventListener(ApplicationReadyEvent.class)
    void open() {
        open = true;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (open || request.getRequestURI().startsWith(HEALTH)) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, ErrorResponse.RETRY_AFTER_SECONDS);
            RequestErrors.answer(response, HttpStatus.SERVICE_UNAVAILABLE);
        }
    }
}

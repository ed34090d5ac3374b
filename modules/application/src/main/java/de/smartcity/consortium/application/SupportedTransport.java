package de.smartcity.consortium.application;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what is not a GraphQL request by POST, as JSON in UTF-8, that accepts JSON. Spring would execute a mutation that accepts events of a
 * server before it answers that it does not.
 */
@Component
class SupportedTransport extends OncePerRequestFilter {

    private static final List<MediaType> ANSWERS =
            List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_GRAPHQL_RESPONSE);
    private static final int MAX_HEADER_LENGTH = 500;
    /** Spring fails on more than 50. */
    private static final int MAX_TYPES = 50;

    private final String path;

    SupportedTransport(@Value("${spring.graphql.http.path:/graphql}") String path) {
        this.path = path;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Decoded, as the handler's path is matched.
        return !request.getServletPath().equals(path) || HttpMethod.OPTIONS.matches(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!HttpMethod.POST.matches(request.getMethod())) {
            response.setHeader(HttpHeaders.ALLOW, HttpMethod.POST.name());
            RequestErrors.answer(response, HttpStatus.METHOD_NOT_ALLOWED);
        } else if (!isJson(request)) {
            RequestErrors.answer(response, HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        } else if (!acceptsJson(request)) {
            RequestErrors.answer(response, HttpStatus.NOT_ACCEPTABLE);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isJson(HttpServletRequest request) {
        var header = request.getContentType();
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (header == null
                || header.length() > MAX_HEADER_LENGTH
                || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
            return false;
        }
        try {
            var type = MediaType.parseMediaType(header);
            return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                    && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    private static boolean acceptsJson(HttpServletRequest request) {
        var header = String.join(",", Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        if (header.isBlank()) {
            return true;
        }
        if (header.length() > MAX_HEADER_LENGTH) {
            return false;
        }
        try {
            var accepted = MediaType.parseMediaTypes(header);
            return accepted.size() <= MAX_TYPES
                    && accepted.stream()
                            .anyMatch(range -> range.getQualityValue() > 0
                                    && ANSWERS.stream().anyMatch(range::includes));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }
}

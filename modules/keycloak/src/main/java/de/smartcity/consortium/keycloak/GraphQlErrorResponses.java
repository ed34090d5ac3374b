package de.smartcity.consortium.keycloak;

import com.nimbusds.jose.util.JSONObjectUtils;
import de.smartcity.consortium.kernel.ErrorResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Answers requests that the security chain refuses with GraphQL error responses, so that clients read all errors in one way. */
final class GraphQlErrorResponses
        implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {

    private static final MediaType GRAPHQL_RESPONSE = new MediaType("application", "graphql-response+json");
    private static final MediaType JSON = MediaType.APPLICATION_JSON;

    /** What error_description may contain (RFC 6750, section 3): nothing that ends the quotation or the header. */
    private static final Pattern QUOTABLE = Pattern.compile("[ !#-\\[\\]-~]+");

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException problem)
            throws IOException {
        if (problem instanceof OAuth2AuthenticationException invalid) {
            var given = invalid.getError().getDescription();
            var message = given != null && QUOTABLE.matcher(given).matches() ? given : "The access token is invalid.";
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE,
                    "Bearer error=\"invalid_token\", error_description=\"%s\"".formatted(message));
            answer(request, response, HttpStatus.UNAUTHORIZED, "UNAUTHENTICATED", message);
        } else if (problem instanceof AuthenticationServiceException unavailable) {
            response.setHeader(HttpHeaders.RETRY_AFTER, ErrorResponse.RETRY_AFTER_SECONDS);
            answer(
                    request,
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "UNAVAILABLE",
                    String.valueOf(unavailable.getMessage()));
        } else {
            // A path is public or denied to everybody, so signing in would not help.
            denied(request, response);
        }
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException problem)
            throws IOException {
        commence(request, response, problem);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException problem)
            throws IOException {
        denied(request, response);
    }

    private static void denied(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, HttpStatus.FORBIDDEN, "FORBIDDEN", "Access to this path is denied.");
    }

    private static void answer(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String code, String message)
            throws IOException {
        var body =
                JSONObjectUtils.toJSONString(ErrorResponse.body(code, message)).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status.value());
        response.setContentType(acceptsGraphQlResponse(request) ? GRAPHQL_RESPONSE.toString() : JSON.toString());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Decides as Spring for GraphQL does: by which of the two types comes first. */
    private static boolean acceptsGraphQlResponse(HttpServletRequest request) {
        try {
            return MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT))).stream()
                    .filter(type -> type.equals(GRAPHQL_RESPONSE) || type.equals(JSON))
                    .findFirst()
                    .filter(GRAPHQL_RESPONSE::equals)
                    .isPresent();
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }
}

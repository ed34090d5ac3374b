package de.smartcity.consortium.application;

import de.smartcity.consortium.kernel.ErrorResponse;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Answers errors outside GraphQL, such as 404, with GraphQL error responses, too. */
@RestController
class RequestErrors implements ErrorController {

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var given = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        answer(response, HttpStatus.valueOf(given == null ? 404 : given));
    }

    /** Answers without a look at the request: Spring's converters read its headers again, and fail on malformed ones. */
    static void answer(HttpServletResponse response, HttpStatus status) throws IOException {
        var bytes = JsonMapper.shared().writeValueAsBytes(ErrorResponse.body(code(status), message(status)));
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static String code(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> "UNAUTHENTICATED";
            case FORBIDDEN -> "FORBIDDEN";
            case NOT_FOUND -> "NOT_FOUND";
            case SERVICE_UNAVAILABLE -> "UNAVAILABLE";
            default -> status.is4xxClientError() ? "BAD_REQUEST" : "INTERNAL";
        };
    }

    private static String message(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST ->
                "Send a JSON object with the field query, and where needed variables and operationName, of at most 20,000 values and 30 levels.";
            case METHOD_NOT_ALLOWED -> "Send GraphQL requests with POST.";
            case NOT_ACCEPTABLE -> "Accept application/graphql-response+json or application/json.";
            case REQUEST_TIMEOUT -> "The request did not arrive in time: send it again over a better connection.";
            case CONTENT_TOO_LARGE -> "The request is too large: send a shorter document or fewer variables.";
            case SERVICE_UNAVAILABLE -> "The service is starting or does not reach its database; try again later.";
            case UNSUPPORTED_MEDIA_TYPE ->
                "Send GraphQL requests as application/json, and files with their media type.";
            default -> status.getReasonPhrase() + ".";
        };
    }
}

package de.smartcity.consortium.files.http;

import de.smartcity.consortium.graphql.BadRequest;
import de.smartcity.consortium.kernel.DeadlineExceeded;
import de.smartcity.consortium.kernel.ErrorResponse;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.mongo.DatabaseOutage;
import java.io.UncheckedIOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers what uploads and downloads are refused for like GraphQL does, with a status that says it, too. */
@RestControllerAdvice(assignableTypes = FileController.class)
class FileErrors {

    private static final Logger LOG = LoggerFactory.getLogger(FileErrors.class);

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> forbidden(Forbidden forbidden) {
        var refusal = forbidden.refusal();
        if (refusal.reason() == Refusal.Reason.NOT_SIGNED_IN) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(ErrorResponse.body("UNAUTHENTICATED", refusal.message()));
        }
        return answer(
                HttpStatus.FORBIDDEN,
                "FORBIDDEN",
                refusal.message(),
                Map.of("reason", Map.of("code", refusal.reason().name())));
    }

    /** A malformed id is one that does not exist. */
    @ExceptionHandler({NotFound.class, BadRequest.class})
    ResponseEntity<Map<String, Object>> notFound() {
        return answer(HttpStatus.NOT_FOUND, "NOT_FOUND", "There is no such file.", Map.of());
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> violation(RuleViolation broken) {
        var violation = broken.violations().getFirst();
        var status = switch (violation.rule()) {
            case "file.large" -> HttpStatus.CONTENT_TOO_LARGE;
            case "file.type", "file.content" -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            default -> HttpStatus.BAD_REQUEST;
        };
        return answer(status, "BAD_REQUEST", violation.message(), Map.of("rule", violation.rule()));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> noSuchPart(Download.NoSuchPart none) {
        return answer(
                HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "BAD_REQUEST", String.valueOf(none.getMessage()), Map.of());
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> late(DeadlineExceeded exceeded) {
        return answer(
                HttpStatus.REQUEST_TIMEOUT,
                "BAD_REQUEST",
                "The file did not arrive in time: send it again over a better connection.",
                Map.of());
    }

    /** The client has gone, or sent a malformed body. */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> unreadable(UncheckedIOException failed) {
        LOG.debug("An upload ended too early", failed);
        return answer(
                HttpStatus.BAD_REQUEST,
                "BAD_REQUEST",
                "The file has not arrived as a whole.",
                Map.of("rule", "file.incomplete"));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> tooMany(Transfers.TooMany tooMany) {
        return unavailable(String.valueOf(tooMany.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> failed(RuntimeException failed) {
        if (!DatabaseOutage.isBehind(failed)) {
            throw failed;
        }
        LOG.warn("A file is answered with UNAVAILABLE: {}", failed.toString());
        return unavailable("The database does not answer; try again later.");
    }

    private static ResponseEntity<Map<String, Object>> unavailable(String message) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, ErrorResponse.RETRY_AFTER_SECONDS)
                .contentType(MediaType.APPLICATION_JSON)
                .body(ErrorResponse.body("UNAVAILABLE", message));
    }

    private static ResponseEntity<Map<String, Object>> answer(
            HttpStatus status, String code, String message, Map<String, Object> more) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(ErrorResponse.body(code, message, more));
    }
}

package de.smartcity.consortium.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is answered to an HTTP request that is refused outside the GraphQL engine: in the form of the engine's answers, so that clients read all errors in one way. */
public final class ErrorResponse {

    /** After how many seconds a client may try again what was answered with status 503, for the header {@code Retry-After}. */
    public static final String RETRY_AFTER_SECONDS = "5";

    private ErrorResponse() {}

    /** The body, to be written as JSON, for {@code extensions} with this code only. */
    public static Map<String, Object> body(String code, String message) {
        return body(code, message, Map.of());
    }

    /** @param more of {@code extensions}, after the code */
    public static Map<String, Object> body(String code, String message, Map<String, ?> more) {
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("code", code);
        extensions.putAll(more);
        var error = new LinkedHashMap<String, Object>();
        error.put("message", message);
        error.put("extensions", extensions);
        return Map.of("errors", List.of(error));
    }
}

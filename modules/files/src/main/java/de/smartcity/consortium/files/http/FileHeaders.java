package de.smartcity.consortium.files.http;

import de.smartcity.consortium.kernel.RuleViolation;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/** What the headers of an upload say. */
final class FileHeaders {

    /** A name of 200 characters, each of up to twelve when it is escaped. */
    private static final int MAX_LENGTH = 3_000;

    private FileHeaders() {}

    /** The file's name. @throws RuleViolation {@code file.name.required} if there is none that can be read */
    static String name(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.CONTENT_DISPOSITION);
        // Other characters than ASCII arrive in an encoding that nobody states.
        if (header != null && header.length() <= MAX_LENGTH && header.chars().allMatch(character -> character < 0x7F)) {
            try {
                var name = ContentDisposition.parse(header).getFilename();
                if (name != null) {
                    return name;
                }
            } catch (IllegalArgumentException malformed) {
                throw nameRequired();
            }
        }
        throw nameRequired();
    }

    private static RuleViolation nameRequired() {
        return new RuleViolation(
                "file.name.required",
                "Give the file's name in Content-Disposition, as in: attachment; filename*=UTF-8''letter.pdf");
    }

    /** The media type without parameters; empty if there is none. */
    static String mediaType(HttpServletRequest request) {
        var header = request.getContentType();
        if (header == null) {
            return "";
        }
        var parameters = header.indexOf(';');
        return parameters < 0 ? header : header.substring(0, parameters);
    }
}

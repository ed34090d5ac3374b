package de.smartcity.consortium.kernel;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Makes what objects are ordered by: a text that is never null, the same for no two objects, and bounded. */
public final class SortKey {

    /** In bytes of UTF-8; cursors have room for it, U+0001 and a UUID. */
    public static final int MAX_LENGTH = 157;

    private static final int MAX_TEXT = MAX_LENGTH - 37;

    private SortKey() {}

    /**
     * The text as far as it decides, U+0001, and the id. U+0001 is less than any character of a text, so a text comes before its own continuations.
     *
     * @param text folded, or otherwise in a form that sorts as it is, such as an ISO date
     */
    public static String of(String text, UUID id) {
        return beginning(text) + '\u0001' + id;
    }

    private static String beginning(String text) {
        if (text.length() * 3 <= MAX_TEXT) {
            return text;
        }
        var bytes = 0;
        for (var end = 0; end < text.length(); ) {
            var next = text.offsetByCodePoints(end, 1);
            bytes += text.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_TEXT) {
                return text.substring(0, end);
            }
            end = next;
        }
        return text;
    }
}

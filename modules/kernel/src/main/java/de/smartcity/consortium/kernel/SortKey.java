package de.smartcity.consortium.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes sort keys: texts that are never null, differ for each object, and have a bounded length. */
public final class SortKey {

    /** In bytes of UTF-8; cursors hold it with U+0001 and a UUID. */
    public static final int MAX_LENGTH = 157;

    private static final int MAX_TEXT = MAX_LENGTH - 37;

    private static final LocalDate NO_DAY = LocalDate.of(9999, 12, 31);
    /** Always with three digits of a second, as times are stored, so that the texts sort like the times. */
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private SortKey() {}

    /** The text of a day; no day comes after all others. */
    public static String text(@Nullable LocalDate day) {
        return Objects.requireNonNullElse(day, NO_DAY).toString();
    }

    /** The text of a time. */
    public static String text(Instant time) {
        return MILLISECONDS.format(time);
    }

    /**
     * The shortened text, U+0001, and the id. U+0001 is less than any character of a text, so a text comes before longer ones that begin with it.
     *
     * @param text normalized, or in another form that sorts correctly, such as that of a day
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

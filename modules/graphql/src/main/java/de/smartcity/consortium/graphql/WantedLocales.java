package de.smartcity.consortium.graphql;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The languages that a request wants by default; in the GraphQL context under this class.
 *
 * @param tags BCP 47 tags, the most wanted first; at most 10
 */
public record WantedLocales(List<String> tags) {

    private static final int MAX_HEADER_LENGTH = 200;
    private static final int MAX_TAGS = 10;

    /** Parses a header {@code Accept-Language} (RFC 9110); empty if it is missing, malformed or too long. */
    public static WantedLocales of(@Nullable String header) {
        if (header == null || header.isBlank() || header.length() > MAX_HEADER_LENGTH) {
            return new WantedLocales(List.of());
        }
        try {
            return new WantedLocales(Locale.LanguageRange.parse(header).stream()
                    .filter(range -> range.getWeight() > 0 && !range.getRange().contains("*"))
                    .map(Locale.LanguageRange::getRange)
                    .limit(MAX_TAGS)
                    .toList());
        } catch (IllegalArgumentException malformed) {
            return new WantedLocales(List.of());
        }
    }
}

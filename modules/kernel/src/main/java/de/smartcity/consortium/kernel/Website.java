package de.smartcity.consortium.kernel;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** A website: an absolute http or https URL without user information, at most 2000 characters. */
public record Website(String value) {

    private static final int MAX_LENGTH = 2_000;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** @throws RuleViolation {@code website.long}, {@code website.syntax} */
    public static Website parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new RuleViolation("website.long", "A website's address has at most " + MAX_LENGTH + " characters.");
        }
        var value = text.strip();
        if (!isSite(value)) {
            throw new RuleViolation("website.syntax", "Give an address such as https://www.example.org/.");
        }
        return new Website(value);
    }

    private static boolean isSite(String value) {
        try {
            var uri = new URI(value);
            // User information can make a URL look like that of another site.
            return uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getRawAuthority() != null
                    && !uri.getRawAuthority().contains("@")
                    && !uri.getRawAuthority().startsWith(":");
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}

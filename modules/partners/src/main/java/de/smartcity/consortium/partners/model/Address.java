package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a partner has its seat.
 *
 * @param lines street and number, or what stands in their place; at most 4 lines of at most 200 characters, may be empty
 * @param postalCode at most 20 characters
 * @param city at most 100 characters
 * @param country ISO 3166-1 alpha-2
 * @param point where that is on a map
 */
public record Address(
        List<String> lines,
        @Nullable String postalCode,
        String city,
        String country,
        @Nullable GeoPoint point) {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** @throws RuleViolation {@code address.lines}, {@code address.blank}, {@code address.long}, {@code address.country} */
    public Address {
        if (lines.size() > 4) {
            throw new RuleViolation("address.lines", "An address has at most 4 street lines.");
        }
        lines = lines.stream().map(line -> text("lines", line, 200)).toList();
        postalCode = postalCode == null ? null : text("postalCode", postalCode, 20);
        city = text("city", city, 100);
        country = country.strip().toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(country)) {
            throw new RuleViolation("address.country", "Give the country as in ISO 3166-1, such as DE.");
        }
    }

    private static String text(String field, String value, int atMost) {
        var text = value.strip();
        if (text.isEmpty()) {
            throw new RuleViolation("address.blank", "The address's " + field + " must not be blank.");
        }
        if (text.codePointCount(0, text.length()) > atMost) {
            throw new RuleViolation(
                    "address.long", "The address's " + field + " has more than " + atMost + " characters.");
        }
        return text;
    }
}

package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The seat of a partner.
 *
 * @param lines street and number, or a substitute; at most 4 lines of at most 200 characters, may be empty
 * @param postalCode at most 20 characters
 * @param city at most 100 characters
 * @param country ISO 3166-1 alpha-2
 * @param point its place on a map
 */
public record Address(
        List<String> lines,
        @Nullable String postalCode,
        String city,
        String country,
        @Nullable GeoPoint point) {

    private static final int MAX_LINES = 4;
    /** With spaces around it. */
    private static final int MAX_COUNTRY_LENGTH = 20;

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /**
     * Validates an address.
     *
     * @param point parses the point, if one is given
     * @throws RuleViolation at the part: {@code address.lines}, {@code address.blank}, {@code address.long}, {@code address.country}, and those of the
     *     point
     */
    public static Address parse(
            List<String> lines, @Nullable String postalCode, String city, String country, @Nullable GivenPoint point) {
        var violations = new Violations();
        var parsedLines = violations.at("lines", () -> lines(lines));
        var parsedPostalCode = violations.at("postalCode", postalCode, text -> text(text, 20));
        var parsedCity = violations.at("city", () -> text(city, 100));
        var parsedCountry = violations.at("country", () -> country(country));
        var parsedPoint = violations.at("point", point, given -> GeoPoint.parse(given.longitude(), given.latitude()));
        violations.throwIfAny();
        return new Address(
                Objects.requireNonNull(parsedLines),
                parsedPostalCode,
                Objects.requireNonNull(parsedCity),
                Objects.requireNonNull(parsedCountry),
                parsedPoint);
    }

    /** A point in degrees, not validated yet. */
    public record GivenPoint(double longitude, double latitude) {}

    private static List<String> lines(List<String> given) {
        if (given.size() > MAX_LINES) {
            throw new RuleViolation("address.lines", "An address has at most " + MAX_LINES + " street lines.");
        }
        var violations = new Violations();
        var lines = violations.each(given, line -> text(line, 200));
        violations.throwIfAny();
        return lines;
    }

    private static String country(String given) {
        var country = given.length() > MAX_COUNTRY_LENGTH ? "" : given.strip().toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(country)) {
            throw new RuleViolation("address.country", "Give the country as in ISO 3166-1, such as DE.");
        }
        return country;
    }

    private static String text(String given, int maxLength) {
        return BoundedText.parse(given, maxLength, "address");
    }
}

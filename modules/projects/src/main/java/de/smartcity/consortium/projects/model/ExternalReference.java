package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.kernel.Website;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a project is known elsewhere. @param value the number, at most 100 characters, or the address, at most 500 */
public record ExternalReference(ReferenceKind kind, String value) {

    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_URL_LENGTH = 500;
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /**
     * @throws RuleViolation at {@code value}: {@code reference.blank}, {@code reference.long}, {@code reference.characters}, {@code reference.syntax} for
     *     a number without letter or digit, and what {@link Website} does not allow
     */
    public static ExternalReference parse(ReferenceKind kind, String given) {
        var violations = new Violations();
        var value = violations.at("value", () -> kind == ReferenceKind.URL ? url(given) : number(given));
        violations.throwIfAny();
        return new ExternalReference(kind, Objects.requireNonNull(value));
    }

    private static String url(String given) {
        return Website.parse(BoundedText.parseLine(given, MAX_URL_LENGTH, "reference"))
                .value();
    }

    private static String number(String given) {
        var number = BoundedText.parseLine(given, MAX_NUMBER_LENGTH, "reference");
        if (normalized(number).isEmpty()) {
            throw new RuleViolation("reference.syntax", "A number has at least one letter or digit.");
        }
        return number;
    }

    /** The letters and digits of a grant's number, by which it is compared; empty for other references. */
    Optional<String> grantNumber() {
        return kind == ReferenceKind.GRANT ? Optional.of(normalized(value)) : Optional.empty();
    }

    private static String normalized(String number) {
        return SEPARATORS.matcher(number).replaceAll("").toUpperCase(Locale.ROOT);
    }
}

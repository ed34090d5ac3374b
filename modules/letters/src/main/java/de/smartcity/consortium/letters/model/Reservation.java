package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.Violations;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A body that has to agree before a signature binds, such as a city council.
 *
 * @param body at most {@value #MAX_LENGTH} characters
 * @param expectedBy the day by which it is expected to decide
 */
public record Reservation(String body, LocalDate expectedBy) {

    static final int MAX_LENGTH = 200;

    /** @throws de.smartcity.consortium.kernel.RuleViolation at {@code body}: {@code reservation.blank}, {@code reservation.long}, {@code reservation.characters} */
    public static Reservation parse(String body, LocalDate expectedBy) {
        var violations = new Violations();
        var parsed = violations.at("body", () -> BoundedText.parseLine(body, MAX_LENGTH, "reservation"));
        violations.throwIfAny();
        return new Reservation(Objects.requireNonNull(parsed), expectedBy);
    }
}

package de.smartcity.consortium.partners;

import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The legal person that acts when a partner acts, as it is printed into signatures. A partner can be a unit of it, such as an institute of a
 * research society.
 *
 * @param name its registered name, with its legal form; at most 300 characters
 * @param register where it is registered, such as a court; at most 200 characters; null for bodies under public law
 * @param registerNumber its number there; at most 100 characters; null without a register
 * @param seat its registered seat; at most 100 characters
 */
public record LegalEntity(
        String name, @Nullable String register, @Nullable String registerNumber, String seat) {

    /**
     * Validates a legal entity.
     *
     * @throws RuleViolation at the part: {@code legalEntity.blank}, {@code legalEntity.long}, {@code legalEntity.characters}, and {@code legalEntity.register} where one of register
     *     and number is missing
     */
    public static LegalEntity parse(
            String name, @Nullable String register, @Nullable String registerNumber, String seat) {
        var violations = new Violations();
        var parsedName = violations.at("name", () -> text(name, 300));
        var parsedRegister = violations.at("register", register, text -> text(text, 200));
        var parsedNumber = violations.at("registerNumber", registerNumber, text -> text(text, 100));
        var parsedSeat = violations.at("seat", () -> text(seat, 100));
        violations.demand(
                (register == null) == (registerNumber == null),
                "legalEntity.register",
                "Give the register together with the number there.",
                register == null ? "register" : "registerNumber");
        violations.throwIfAny();
        return new LegalEntity(
                Objects.requireNonNull(parsedName), parsedRegister, parsedNumber, Objects.requireNonNull(parsedSeat));
    }

    private static String text(String given, int maxLength) {
        return BoundedText.parseLine(given, maxLength, "legalEntity");
    }
}

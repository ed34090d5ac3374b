package de.smartcity.consortium.kernel;

import java.util.Objects;

/** The reason that somebody gives for a change; at most 500 characters. */
public record Reason(String value) {

    private static final int MAX_LENGTH = 500;

    /** @throws RuleViolation at {@code reason}: {@code reason.blank}, {@code reason.long} */
    public static Reason parse(String given) {
        var violations = new Violations();
        var text = violations.at("reason", () -> BoundedText.parse(given, MAX_LENGTH, "reason"));
        violations.throwIfAny();
        return new Reason(Objects.requireNonNull(text));
    }
}

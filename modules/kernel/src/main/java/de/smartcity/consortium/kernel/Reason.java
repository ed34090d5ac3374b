package de.smartcity.consortium.kernel;

/** The reason that somebody gives for a change; at most 500 characters. */
public record Reason(String value) {

    private static final int MAX_LENGTH = 500;

    /** @throws RuleViolation at {@code reason}: {@code reason.blank}, {@code reason.long} */
    public static Reason parse(String given) {
        var text = given.strip();
        var violations = new Violations();
        violations.demand(!text.isEmpty(), "reason.blank", "Give a reason.", "reason");
        violations.demand(
                text.codePointCount(0, text.length()) <= MAX_LENGTH,
                "reason.long",
                "A reason has at most " + MAX_LENGTH + " characters.",
                "reason");
        violations.throwIfAny();
        return new Reason(text);
    }
}

package de.smartcity.consortium.kernel;

/** Text that somebody gives in one field: not blank, without white space around it, and of bounded length. */
public final class BoundedText {

    private BoundedText() {}

    /**
     * @param maxLength in code points; with the white space around it, a text may have twice as many UTF-16 code units
     * @param rules the beginning of the rules' names
     * @throws RuleViolation {@code RULES.blank}, {@code RULES.long}
     */
    public static String parse(String given, int maxLength, String rules) {
        if (given.length() > 2 * maxLength) {
            throw tooLong(maxLength, rules);
        }
        var text = given.strip();
        if (text.isEmpty()) {
            throw new RuleViolation(rules + ".blank", "The text must not be blank.");
        }
        if (text.codePointCount(0, text.length()) > maxLength) {
            throw tooLong(maxLength, rules);
        }
        return text;
    }

    /**
     * The same for a text that is shown in one line.
     *
     * @throws RuleViolation {@code RULES.blank}, {@code RULES.long}, {@code RULES.characters} for line breaks, controls and characters that are not shown
     */
    public static String parseLine(String given, int maxLength, String rules) {
        var text = parse(given, maxLength, rules);
        text.codePoints()
                .filter(character -> !Excerpt.isVisible(character))
                .findFirst()
                .ifPresent(character -> {
                    throw new RuleViolation(
                            rules + ".characters",
                            "The text has the character U+%04X, which is not shown.".formatted(character));
                });
        return text;
    }

    private static RuleViolation tooLong(int maxLength, String rules) {
        return new RuleViolation(rules + ".long", "The text has more than " + maxLength + " characters.");
    }
}

package de.smartcity.consortium.kernel;

/** The beginning of an input, for messages: whoever sends much gets little back, and nothing that acts on a terminal or a log. */
public final class Excerpt {

    private static final int MAX_LENGTH = 80;
    private static final char REPLACEMENT = '\uFFFD';

    private Excerpt() {}

    /** At most 80 characters and … for the rest; those without a visible form, and halves of surrogate pairs, are replaced by U+FFFD. */
    public static String of(String text) {
        return of(text, MAX_LENGTH);
    }

    /** The same with at most that many characters. */
    public static String of(String text, int maxLength) {
        var excerpt = new StringBuilder(maxLength + 1);
        text.codePoints()
                .limit(maxLength)
                .forEach(character -> excerpt.appendCodePoint(isVisible(character) ? character : REPLACEMENT));
        return text.codePoints().skip(maxLength).findFirst().isPresent()
                ? excerpt.append('…').toString()
                : excerpt.toString();
    }

    /** Whether a character has a visible form, or is a space. */
    static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}

package de.smartcity.consortium.consortium;

import de.smartcity.consortium.kernel.RuleViolation;
import java.util.regex.Pattern;

/** Identifies an area of activity: upper-case letters, digits and single underscores, 2 to 40 characters, a letter first; such as {@code E_GOVERNMENT}. */
public record AreaCode(String value) implements Comparable<AreaCode> {

    private static final Pattern SYNTAX = Pattern.compile("[A-Z](?:_?[A-Z0-9])+");

    /** @throws RuleViolation {@code area.syntax} */
    public static AreaCode parse(String text) {
        if (text.length() > 40 || !SYNTAX.matcher(text).matches()) {
            throw new RuleViolation(
                    "area.syntax",
                    "An area's code has 2 to 40 characters: upper-case letters, digits and single underscores, a letter first.");
        }
        return new AreaCode(text);
    }

    @Override
    public int compareTo(AreaCode other) {
        return value.compareTo(other.value);
    }
}

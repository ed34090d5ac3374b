package de.smartcity.consortium.competences;

import de.smartcity.consortium.kernel.RuleViolation;
import java.util.regex.Pattern;

/** Identifies a competence: upper-case letters, digits and single underscores, 2 to 40 characters, a letter first; such as {@code NETWORK_5G}. */
public record CompetenceCode(String value) implements Comparable<CompetenceCode> {

    private static final int MAX_LENGTH = 40;
    private static final Pattern SYNTAX = Pattern.compile("[A-Z](?:_?[A-Z0-9])+");

    /** @throws RuleViolation {@code competence.syntax} */
    public static CompetenceCode parse(String text) {
        if (text.length() > MAX_LENGTH || !SYNTAX.matcher(text).matches()) {
            throw new RuleViolation(
                    "competence.syntax",
                    "A competence's code has 2 to 40 characters: upper-case letters, digits and single underscores, a letter first.");
        }
        return new CompetenceCode(text);
    }

    @Override
    public int compareTo(CompetenceCode other) {
        return value.compareTo(other.value);
    }
}

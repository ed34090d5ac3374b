package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.kernel.RuleViolation;
import java.util.regex.Pattern;

/** A DOI in its bare form, such as {@code 10.1000/182}; at most 200 characters. */
public record Doi(String value) {

    private static final int MAX_LENGTH = 200;
    private static final Pattern PREFIX = Pattern.compile("(?i)^(?:https?://(?:dx\\.)?doi\\.org/|doi:\\s*)");
    private static final Pattern SYNTAX = Pattern.compile("10\\.[0-9]{4,9}(?:\\.[0-9]+)*/[\\x21-\\x7E]+");

    /** Accepts also its web address and the prefix {@code doi:}. @throws RuleViolation {@code doi.syntax} */
    public static Doi parse(String text) {
        if (text.length() <= MAX_LENGTH) {
            var bare = PREFIX.matcher(text.strip()).replaceFirst("");
            if (SYNTAX.matcher(bare).matches()) {
                return new Doi(bare);
            }
        }
        throw new RuleViolation("doi.syntax", "Give a DOI such as 10.1000/182, of at most 200 characters.");
    }
}

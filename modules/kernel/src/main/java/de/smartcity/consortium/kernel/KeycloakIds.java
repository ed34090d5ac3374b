package de.smartcity.consortium.kernel;

import java.util.regex.Pattern;

/** What an id from Keycloak may contain. */
final class KeycloakIds {

    /** Keycloak's own limit; a UUID has 36, an account that it takes from elsewhere more. Nothing that breaks a line of a log. */
    private static final Pattern SYNTAX = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{1,255}");

    private KeycloakIds() {}

    /**
     * Returns the text unchanged: two ids are one only if they are equal.
     *
     * @param rules the beginning of the rules' names
     * @throws RuleViolation {@code RULES.blank}, {@code RULES.syntax}
     */
    static String parse(String text, String rules) {
        if (text.isBlank()) {
            throw new RuleViolation(rules + ".blank", "An id must not be blank.");
        }
        if (!SYNTAX.matcher(text).matches()) {
            throw new RuleViolation(
                    rules + ".syntax", "An id has at most 255 characters and no control or formatting characters.");
        }
        return text;
    }
}

package de.smartcity.consortium.kernel;

import java.util.regex.Pattern;

/** A phone number in its international form (ITU-T E.164): +, then 7 to 15 digits; grouped as its owner writes it. */
public record PhoneNumber(String value) {

    private static final int MAX_LENGTH = 60;
    private static final Pattern SYNTAX = Pattern.compile("\\+[1-9](?:[ ./()-]{0,2}[0-9]){6,14}");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** @throws RuleViolation {@code phone.syntax} */
    public static PhoneNumber parse(String text) {
        var value =
                text.length() > MAX_LENGTH ? "" : SPACE.matcher(text.strip()).replaceAll(" ");
        if (!SYNTAX.matcher(value).matches()) {
            throw new RuleViolation(
                    "phone.syntax", "Give a phone number with its country code, such as +49 203 0000000.");
        }
        return new PhoneNumber(value);
    }
}

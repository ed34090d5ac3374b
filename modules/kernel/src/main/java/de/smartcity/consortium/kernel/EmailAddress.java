package de.smartcity.consortium.kernel;

import java.util.Locale;
import java.util.regex.Pattern;

/** An email address: one mailbox at one domain, no display name; the domain in lower case; it may have international letters. */
public record EmailAddress(String value) {

    private static final int MAX_LENGTH = 254;

    // Quoted local parts are legal (RFC 5321), but in practice always mistakes.
    private static final Pattern SYNTAX = Pattern.compile(
            "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?\\.)+\\p{L}[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}]");

    /** @throws RuleViolation {@code email.syntax} */
    public static EmailAddress parse(String text) {
        var value = text.length() > MAX_LENGTH ? "" : text.strip();
        var at = value.lastIndexOf('@');
        if (at > 64 || !SYNTAX.matcher(value).matches()) {
            throw new RuleViolation("email.syntax", "Give an email address such as office@example.org.");
        }
        return new EmailAddress(value.substring(0, at) + value.substring(at).toLowerCase(Locale.ROOT));
    }
}

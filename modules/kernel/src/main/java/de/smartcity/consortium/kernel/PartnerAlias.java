package de.smartcity.consortium.kernel;

import java.util.regex.Pattern;

/** The short, immutable name of a partner; the alias of its Keycloak organisation: lower-case letters, digits and single hyphens, 2 to 63 characters, a letter first. */
public record PartnerAlias(String value) {

    private static final Pattern SYNTAX = Pattern.compile("[a-z](?:-?[a-z0-9]){1,62}");

    /** @throws RuleViolation {@code alias.syntax} */
    public PartnerAlias {
        if (value.length() > 63 || !SYNTAX.matcher(value).matches()) {
            throw new RuleViolation(
                    "alias.syntax",
                    "An alias has 2 to 63 characters: lower-case letters, digits and single hyphens, a letter first.");
        }
    }
}

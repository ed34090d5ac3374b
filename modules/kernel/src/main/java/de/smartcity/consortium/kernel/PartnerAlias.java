package de.smartcity.consortium.kernel;

import java.util.regex.Pattern;

/** The short, immutable name of a partner; the alias of its Keycloak organisation: lower-case letters, digits and single hyphens, 2 to 63 characters, a letter first. */
public record PartnerAlias(String value) {

    /** The prefix of the aliases of dropped prospects. */
    private static final String DROPPED = "dropped-";

    private static final Pattern SYNTAX = Pattern.compile("[a-z](?:-?[a-z0-9]){1,62}");

    /** @throws RuleViolation {@code alias.syntax}, {@code alias.reserved} */
    public static PartnerAlias parse(String text) {
        if (text.length() > 63 || !SYNTAX.matcher(text).matches()) {
            throw new RuleViolation(
                    "alias.syntax",
                    "An alias has 2 to 63 characters: lower-case letters, digits and single hyphens, a letter first.");
        }
        if (text.startsWith(DROPPED)) {
            throw new RuleViolation("alias.reserved", "Aliases that begin with " + DROPPED + " are reserved.");
        }
        return new PartnerAlias(text);
    }

    /** The alias that a dropped prospect gets, so that its old one is free. */
    public static PartnerAlias dropped(PartnerId id) {
        return new PartnerAlias(DROPPED + id.value());
    }
}

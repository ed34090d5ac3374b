package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.RuleViolation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;

/**
 * What a partner is called in a public register.
 *
 * @param value as the register writes it, without the address that leads there
 * @param preferred whether it is the one to use, of several of its type
 */
public record ExternalIdentifier(IdentifierType type, String value, boolean preferred) {

    private static final int MOST = 20;

    /** @throws RuleViolation {@code identifier.TYPE.syntax}, {@code identifier.TYPE.check}, with the type in lower case */
    public ExternalIdentifier {
        value = type.normalised(value);
    }

    /** Type and value in one text, such as {@code ROR:04mz5ra38}: what a look-up compares. */
    public String key() {
        return type + ":" + value;
    }

    /**
     * The identifiers of one partner, exactly one of each type preferred: the first, where none is marked.
     *
     * @throws RuleViolation {@code identifiers.many}, {@code identifiers.twice}, {@code identifiers.preferred}
     */
    static List<ExternalIdentifier> together(List<ExternalIdentifier> identifiers) {
        if (identifiers.size() > MOST) {
            throw new RuleViolation("identifiers.many", "A partner has at most " + MOST + " identifiers.");
        }
        var keys = new HashSet<String>();
        var decided = EnumSet.noneOf(IdentifierType.class);
        for (var identifier : identifiers) {
            if (!keys.add(identifier.key())) {
                throw new RuleViolation("identifiers.twice", identifier.key() + " is given twice.");
            }
            if (identifier.preferred() && !decided.add(identifier.type())) {
                throw new RuleViolation(
                        "identifiers.preferred",
                        "Only one identifier of the type " + identifier.type() + " can be preferred.");
            }
        }
        var together = new ArrayList<ExternalIdentifier>();
        for (var identifier : identifiers) {
            var first = decided.add(identifier.type());
            together.add(first ? new ExternalIdentifier(identifier.type(), identifier.value(), true) : identifier);
        }
        return List.copyOf(together);
    }
}

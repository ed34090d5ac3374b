package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * An identifier of a partner in a public register.
 *
 * @param value in the register's own form, without the URL
 * @param preferred whether it is the one to use, of several of its type
 */
public record ExternalIdentifier(IdentifierType type, String value, boolean preferred) {

    private static final int MAX_IDENTIFIERS = 20;

    /** @throws RuleViolation at {@code value}: {@code identifier.TYPE.syntax}, {@code identifier.TYPE.check}, with the type in lower case */
    public static ExternalIdentifier parse(IdentifierType type, String text, boolean preferred) {
        var violations = new Violations();
        var value = violations.at("value", () -> type.normalised(text));
        violations.throwIfAny();
        return new ExternalIdentifier(type, Objects.requireNonNull(value), preferred);
    }

    /** An identifier that is not validated yet. */
    public record GivenIdentifier(IdentifierType type, String value, boolean preferred) {}

    /**
     * The identifiers of one partner, exactly one of each type preferred: the first, if none is marked.
     *
     * @param given at most 20
     * @throws RuleViolation {@code identifiers.many}; at an index and its part: {@code identifiers.twice}, {@code identifiers.preferred}, and those
     *     of each
     */
    public static List<ExternalIdentifier> parse(List<GivenIdentifier> given) {
        if (given.size() > MAX_IDENTIFIERS) {
            throw new RuleViolation("identifiers.many", "A partner has at most " + MAX_IDENTIFIERS + " identifiers.");
        }
        var violations = new Violations();
        var identifiers = violations.each(given, one -> parse(one.type(), one.value(), one.preferred()));
        violations.throwIfAny();
        return together(identifiers);
    }

    /** Type and value in one text for look-ups, such as {@code ROR:04mz5ra38}. */
    public String key() {
        return type + ":" + value;
    }

    private static List<ExternalIdentifier> together(List<ExternalIdentifier> identifiers) {
        var keys = new HashSet<String>();
        var decided = EnumSet.noneOf(IdentifierType.class);
        var violations = new Violations();
        violations.each(identifiers, identifier -> {
            var wrong = new Violations();
            wrong.demand(
                    keys.add(identifier.key()), "identifiers.twice", identifier.key() + " is given twice.", "value");
            wrong.demand(
                    !identifier.preferred() || decided.add(identifier.type()),
                    "identifiers.preferred",
                    "Only one identifier of the type " + identifier.type() + " can be preferred.",
                    "preferred");
            wrong.throwIfAny();
            return identifier;
        });
        violations.throwIfAny();
        return identifiers.stream()
                .map(identifier -> decided.add(identifier.type())
                        ? new ExternalIdentifier(identifier.type(), identifier.value(), true)
                        : identifier)
                .toList();
    }
}

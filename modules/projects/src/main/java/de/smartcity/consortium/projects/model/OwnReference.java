package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import java.util.Objects;

/**
 * Under which key a partner keeps a project in one of its systems. Both are compared exactly.
 *
 * @param system the partner's name of the system, at most {@value #MAX_SYSTEM_LENGTH} characters
 * @param key at most {@value #MAX_KEY_LENGTH} characters
 */
public record OwnReference(String system, String key) {

    static final int MAX_SYSTEM_LENGTH = 50;
    static final int MAX_KEY_LENGTH = 100;

    public OwnReference {
        // Stored references may lack them.
        system = Objects.requireNonNullElse(system, "");
        key = Objects.requireNonNullElse(key, "");
    }

    /**
     * @throws RuleViolation at {@code system} and {@code key}: {@code ownReference.blank}, {@code ownReference.long},
     *     {@code ownReference.characters}
     */
    public static OwnReference parse(String system, String key) {
        var violations = new Violations();
        var parsedSystem = violations.at("system", () -> line(system, MAX_SYSTEM_LENGTH));
        var parsedKey = violations.at("key", () -> line(key, MAX_KEY_LENGTH));
        violations.throwIfAny();
        return new OwnReference(Objects.requireNonNull(parsedSystem), Objects.requireNonNull(parsedKey));
    }

    private static String line(String given, int maxLength) {
        return BoundedText.parseLine(given, maxLength, "ownReference");
    }

    /** How it is stored among the keys of all partners, no two of which are equal. The separator is in neither text. */
    public String storedKey(PartnerId partner) {
        return String.join("\u0001", partner.value().toString(), system, key);
    }
}

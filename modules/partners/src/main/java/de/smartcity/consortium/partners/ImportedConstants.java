package de.smartcity.consortium.partners;

import de.smartcity.consortium.kernel.Excerpt;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.Arrays;

/** Reads the constants that files name. */
public final class ImportedConstants {

    private ImportedConstants() {}

    /** @param rules the beginning of the rule's name @throws RuleViolation {@code RULES.unknown} */
    public static <E extends Enum<E>> E parse(Class<E> type, String name, String rules) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RuleViolation(
                        rules + ".unknown",
                        "\"" + Excerpt.of(name) + "\" is none of " + Arrays.toString(type.getEnumConstants()) + "."));
    }
}

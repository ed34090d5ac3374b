package de.smartcity.consortium.consortium;

import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Translation;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Parses texts in as many languages as the consortium allows, for the mappers of all modules. */
@FunctionalInterface
public interface Languages {

    /** How many languages a text may have: 5, or as many as the consortium if it has more. */
    int maxLanguages();

    /** @throws RuleViolation as {@link LocalizedText#parse(List, int, int)} */
    default LocalizedText parse(List<Translation> given, int maxLength) {
        return LocalizedText.parse(given, maxLength, maxLanguages());
    }

    /** A text of a file, by tag. @throws RuleViolation as {@link LocalizedText#parse(List, int, int)} */
    default LocalizedText parse(Map<String, String> given, int maxLength) {
        return LocalizedText.parse(given, maxLength, maxLanguages());
    }

    /** What a consortium with these languages allows. */
    static Languages of(Collection<String> locales) {
        var max = Math.max(5, new HashSet<>(locales).size());
        return () -> max;
    }
}

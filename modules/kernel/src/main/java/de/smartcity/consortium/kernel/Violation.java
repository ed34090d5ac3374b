package de.smartcity.consortium.kernel;

import java.util.List;
import java.util.stream.Stream;

/**
 * One broken rule.
 *
 * @param rule the rule's name, stable and for programs, such as {@code text.blank}
 * @param message what to fix, for people, in English
 * @param path the place in the input, outermost first; empty for the whole input
 */
public record Violation(String rule, String message, List<String> path) {

    public Violation {
        path = List.copyOf(path);
    }

    /** The violation with this step before its path. */
    public Violation under(String step) {
        return new Violation(
                rule, message, Stream.concat(Stream.of(step), path.stream()).toList());
    }
}

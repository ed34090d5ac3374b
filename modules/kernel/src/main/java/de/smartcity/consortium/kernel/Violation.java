package de.smartcity.consortium.kernel;

import java.util.List;
import java.util.stream.Stream;

/**
 * One broken rule.
 *
 * @param rule which rule, stable and for programs, such as {@code text.blank}
 * @param message what to fix, for people, in English
 * @param path where in the input, outermost first; empty where it concerns the whole
 */
public record Violation(String rule, String message, List<String> path) {

    public Violation {
        path = List.copyOf(path);
    }

    /** The same, where the input stands at this place of a larger one. */
    public Violation under(String step) {
        return new Violation(
                rule, message, Stream.concat(Stream.of(step), path.stream()).toList());
    }
}

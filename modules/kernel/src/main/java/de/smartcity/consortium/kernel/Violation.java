package de.smartcity.consortium.kernel;

import java.util.List;

/**
 * One broken rule.
 *
 * @param rule which rule, stable and for programs, such as {@code name.blank}
 * @param message what to mend, for people, in English
 * @param path where in the input, outermost first; empty where it concerns the whole
 */
public record Violation(String rule, String message, List<String> path) {

    public Violation {
        path = List.copyOf(path);
    }
}

package de.smartcity.consortium.kernel;

import java.util.List;
import java.util.Set;

/**
 * What an edit asks: some components of a record take new values, the others stay.
 *
 * @param given the names of the components that the edit gives; permission may look at them
 * @param values the new values, of which only those given count
 */
public record Edit<R extends Record>(Set<String> given, Input<R> values) {

    public Edit {
        given = Set.copyOf(given);
    }

    /** The record after the edit, where this is the record before. What is not accepted is noted. */
    public R over(R current, Violations violations) {
        return RecordComponents.of(current).merge(given, values.read(violations), current);
    }

    /** The names of the components in which two records differ, in the record's order. */
    public static <R extends Record> List<String> changed(R before, R after) {
        return RecordComponents.of(before).changed(before, after);
    }
}

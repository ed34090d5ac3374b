package de.smartcity.consortium.kernel;

import java.util.List;
import java.util.Set;

/**
 * An edit of a record: some components get new values, the others stay.
 *
 * @param given the names of the components that the edit gives; permission may look at them
 * @param values the new values; components that are not given are ignored
 */
public record Edit<R extends Record>(Set<String> given, Input<R> values) {

    public Edit {
        given = Set.copyOf(given);
    }

    /** Applies the edit to this record, and adds violations of the new values. */
    public R over(R current, Violations violations) {
        return RecordComponents.of(current).merge(given, values.read(violations), current);
    }

    /** The names of the components in which two records differ, in the record's order. */
    public static <R extends Record> List<String> changed(R before, R after) {
        return RecordComponents.of(before).changed(before, after);
    }
}

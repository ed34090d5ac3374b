package de.smartcity.consortium.graphql;

import graphql.schema.DataFetchingFieldSelectionSet;
import graphql.schema.SelectedField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields that a client selects below some place of its query, as a tree. */
public final class Selection {

    /** Nothing is selected. */
    public static final Selection NONE = new Selection(Map.of());

    private final Map<String, List<Selected>> fields;

    private Selection(Map<String, List<Selected>> fields) {
        this.fields = fields;
    }

    /** One selected field; the same field may be selected several times, with other arguments under other aliases. */
    record Selected(Map<String, Object> arguments, Selection below) {}

    static Selection of(DataFetchingFieldSelectionSet selected) {
        var immediate = selected.getImmediateFields();
        if (immediate.isEmpty()) {
            return NONE;
        }
        var fields = new LinkedHashMap<String, List<Selected>>();
        for (SelectedField field : immediate) {
            // Many clients ask every object for its type's name, which is nothing to read.
            if (field.getName().startsWith("__")) {
                continue;
            }
            fields.computeIfAbsent(field.getName(), name -> new ArrayList<>(1))
                    .add(new Selected(field.getArguments(), of(field.getSelectionSet())));
        }
        return new Selection(fields);
    }

    /** The names of the selected fields. */
    public Set<String> names() {
        return fields.keySet();
    }

    /** What is selected below a field, all of its selections together. */
    public Selection below(String field) {
        var selected = fields.getOrDefault(field, List.of());
        var all = NONE;
        for (var one : selected) {
            all = all.and(one.below());
        }
        return all;
    }

    /** What is selected of a connection's objects, through {@code nodes} and through {@code edges}. */
    public Selection ofNodes() {
        return below("nodes").and(below("edges").below("node"));
    }

    List<Selected> get(String field) {
        return fields.getOrDefault(field, List.of());
    }

    /** What either selects. */
    Selection and(Selection other) {
        if (fields.isEmpty()) {
            return other;
        }
        if (other.fields.isEmpty() || other.equals(this)) {
            return this;
        }
        var both = new HashMap<>(fields);
        other.fields.forEach((name, selected) -> both.merge(name, selected, (ours, theirs) -> {
            var merged = new ArrayList<>(ours);
            theirs.stream().filter(one -> !ours.contains(one)).forEach(merged::add);
            return merged;
        }));
        return new Selection(both);
    }

    /** Whether any of these fields is selected at any depth. */
    boolean mentions(Set<String> names) {
        for (var field : fields.entrySet()) {
            if (names.contains(field.getKey())) {
                return true;
            }
            for (var selected : field.getValue()) {
                if (selected.below().mentions(names)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selection selection && fields.equals(selection.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }
}

package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.List;

/** A stored object as one actor sees it: the source of the fields of a type that has a {@link TypeTable}. Nothing is read of it but through the table. */
public final class View<S> {

    private final TypeTable<S> table;
    private final S stored;
    private final Actor actor;
    private final int viewpoints;

    View(TypeTable<S> table, S stored, Actor actor, int viewpoints) {
        this.table = table;
        this.stored = stored;
        this.actor = actor;
        this.viewpoints = viewpoints;
    }

    /** The object's key among those of its type: what other modules' references start from. */
    public Object key() {
        return table.keyOf(stored);
    }

    TypeTable<S> table() {
        return table;
    }

    S stored() {
        return stored;
    }

    Actor actor() {
        return actor;
    }

    /** A bit for each viewpoint of the table from which the actor looks. */
    int viewpoints() {
        return viewpoints;
    }

    List<String> hiddenFields() {
        return table.hiddenFields(this);
    }
}

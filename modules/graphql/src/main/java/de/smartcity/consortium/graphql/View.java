package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.Collection;
import java.util.List;

/** A stored object as one actor sees it: the source of the fields of a type that has a {@link TypeTable}. It is read only through the table. */
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

    /** The object's key among those of its type, from which other modules' references start. */
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

    /** A bit for each of the table's viewpoints that the actor has. */
    int viewpoints() {
        return viewpoints;
    }

    /** Whether the actor may see only objects that refer to this one. */
    boolean isOnlyReferred() {
        return viewpoints == 0;
    }

    List<String> hiddenFields(Collection<String> extensions) {
        return table.hiddenFields(this, extensions);
    }
}

package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.Collection;
import java.util.Map;

/**
 * Finds the objects of one type for {@code node} and {@code nodes}; a capability declares one as a bean for each type that implements Node.
 *
 * @param type the type's name in the schema
 * @param key the class of its keys: UUID or String
 * @param finder finds the objects
 */
public record NodeSource<K>(String type, Class<K> key, Finder<K> finder) {

    /** Finds objects by key. */
    @FunctionalInterface
    public interface Finder<K> {

        /** Those of these objects that the actor may see, as it sees them; one Mongo command. */
        Map<K, ?> find(Collection<K> keys, Actor actor, Selection selection);
    }

    /** Whether an id names an object that may be among these. */
    boolean has(GlobalId id) {
        return id.type().equals(type) && key.isInstance(id.key());
    }

    Map<K, ?> find(Collection<GlobalId> ids, Actor actor, Selection selection) {
        return finder.find(
                ids.stream().map(GlobalId::key).map(key::cast).distinct().toList(), actor, selection);
    }
}

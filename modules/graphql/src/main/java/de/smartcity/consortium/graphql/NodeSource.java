package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Finds the objects of one type for {@code node} and {@code nodes}; a capability declares one as a bean for each type that implements Node.
 *
 * @param <I> the type's ids
 */
public final class NodeSource<I> {

    private final String type;
    private final Class<?> keys;
    private final Function<Object, I> id;
    private final Finder<I> finder;

    private NodeSource(String type, Class<?> keys, Function<Object, I> id, Finder<I> finder) {
        this.type = type;
        this.keys = keys;
        this.id = id;
        this.finder = finder;
    }

    /** Finds objects by id. */
    @FunctionalInterface
    public interface Finder<I> {

        /** Those of these objects that the actor may see, as it sees them; one Mongo command. */
        Map<I, ?> find(Collection<I> ids, Actor actor, Selection selection);
    }

    /** Objects whose keys are UUIDs. */
    public static <I> NodeSource<I> byUuid(String type, Function<UUID, I> id, Finder<I> finder) {
        return new NodeSource<>(type, UUID.class, key -> id.apply((UUID) key), finder);
    }

    /** Objects whose keys are texts. */
    public static <I> NodeSource<I> byText(String type, Function<String, I> id, Finder<I> finder) {
        return new NodeSource<>(type, String.class, key -> id.apply((String) key), finder);
    }

    String type() {
        return type;
    }

    /** Whether an id can be that of an object of this source. */
    boolean has(GlobalId id) {
        return id.type().equals(type) && keys.isInstance(id.key());
    }

    Map<GlobalId, Object> find(Collection<GlobalId> globalIds, Actor actor, Selection selection) {
        var asked = new LinkedHashMap<I, GlobalId>();
        globalIds.forEach(globalId -> asked.put(id.apply(globalId.key()), globalId));
        var found = new HashMap<GlobalId, Object>();
        finder.find(asked.keySet(), actor, selection).forEach((key, object) -> {
            var globalId = asked.get(key);
            if (globalId != null) {
                found.put(globalId, object);
            }
        });
        return found;
    }
}

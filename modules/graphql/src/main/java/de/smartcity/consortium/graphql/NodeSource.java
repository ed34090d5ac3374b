package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Finds the objects of one type for {@code node} and {@code nodes}; a capability declares one as a bean for each type that implements Node. */
public interface NodeSource {

    /** The type's name in the schema. */
    String type();

    /** Those of these objects that the actor may see, narrowed to what it may see of them; one Mongo command. */
    Map<UUID, ? extends NodeView> find(Collection<UUID> ids, Actor actor, Selection selection);
}

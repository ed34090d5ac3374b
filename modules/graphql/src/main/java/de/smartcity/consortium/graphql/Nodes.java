package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds objects by global id, whatever their type. */
final class Nodes {

    private final Map<String, NodeSource<?>> sources;

    Nodes(Stream<NodeSource<?>> sources) {
        this.sources = sources.collect(Collectors.toMap(NodeSource::type, Function.identity()));
    }

    /** Whether objects of this type are found. */
    boolean has(String type) {
        return sources.containsKey(type);
    }

    /** @throws BadRequest also for an id that no source could have created */
    GlobalId parse(String text) {
        var id = GlobalId.parse(text);
        var source = sources.get(id.type());
        if (source == null || !source.has(id)) {
            throw new BadRequest("There are no nodes of the type that the id names; take ids from the field id.");
        }
        return id;
    }

    /** Those of these objects that the actor may see, as it sees them; one Mongo command for each type. */
    Map<GlobalId, Object> find(Iterable<GlobalId> ids, Actor actor, Selection selection) {
        var byType = new LinkedHashMap<String, List<GlobalId>>();
        ids.forEach(id ->
                byType.computeIfAbsent(id.type(), type -> new ArrayList<>()).add(id));
        var found = new HashMap<GlobalId, Object>();
        byType.forEach((type, wanted) -> {
            var source = sources.get(type);
            if (source != null) {
                found.putAll(source.find(wanted, actor, selection));
            }
        });
        return found;
    }
}

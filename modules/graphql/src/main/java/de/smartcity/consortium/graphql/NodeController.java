package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Looks objects up by global id, whatever their type. */
@Controller
class NodeController {

    private static final int MOST = 100;

    private final Map<String, NodeSource> sources;

    NodeController(ObjectProvider<NodeSource> sources) {
        this.sources = sources.stream().collect(Collectors.toMap(NodeSource::type, Function.identity()));
    }

    @QueryMapping
    @Nullable
    NodeView node(@Argument String id, Actor actor, Selection selection) {
        return find(List.of(id), actor, selection).getFirst();
    }

    @QueryMapping
    List<@Nullable NodeView> nodes(@Argument List<String> ids, Actor actor, Selection selection) {
        if (ids.size() > MOST) {
            throw new BadRequest("Ask for at most " + MOST + " ids at once, not " + ids.size() + ".");
        }
        return find(ids, actor, selection);
    }

    private List<@Nullable NodeView> find(List<String> texts, Actor actor, Selection selection) {
        var ids = texts.stream().map(GlobalId::parse).toList();
        var found = new HashMap<GlobalId, NodeView>();
        ids.stream().collect(Collectors.groupingBy(GlobalId::type)).forEach((type, wanted) -> {
            var source = sources.get(type);
            if (source == null) {
                throw new BadRequest("There are no nodes of the type that an id names; take ids from the field id.");
            }
            List<UUID> keys = wanted.stream().map(GlobalId::id).distinct().toList();
            source.find(keys, actor, selection).forEach((key, view) -> found.put(new GlobalId(type, key), view));
        });
        var inOrder = new ArrayList<@Nullable NodeView>(ids.size());
        ids.forEach(id -> inOrder.add(found.get(id)));
        return inOrder;
    }
}

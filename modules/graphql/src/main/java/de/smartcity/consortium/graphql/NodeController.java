package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import de.smartcity.consortium.kernel.Actor;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final int MAX_IDS = 100;

    private final Map<String, NodeSource<?>> sources;

    NodeController(ObjectProvider<NodeSource<?>> sources) {
        this.sources = sources.stream().collect(Collectors.toMap(NodeSource::type, Function.identity()));
    }

    @QueryMapping
    @Nullable
    Object node(@Argument String id, Actor actor, Selection selection) {
        var parsed = parse(id);
        return find(List.of(parsed), actor, selection).get(parsed);
    }

    @QueryMapping
    DataFetcherResult<List<@Nullable Object>> nodes(
            @Argument List<String> ids, Actor actor, Selection selection, DataFetchingEnvironment environment) {
        if (ids.size() > MAX_IDS) {
            throw new BadRequest("Ask for at most " + MAX_IDS + " ids at once, not " + ids.size() + ".");
        }
        var parsed = new LinkedHashMap<Integer, GlobalId>();
        var errors = new ArrayList<GraphQLError>();
        for (var index = 0; index < ids.size(); index++) {
            try {
                parsed.put(index, parse(ids.get(index)));
            } catch (BadRequest malformed) {
                var place = GraphqlErrorBuilder.newError(environment)
                        .path(environment.getExecutionStepInfo().getPath().segment(index));
                errors.add(Code.BAD_REQUEST.error(place, malformed.getMessage(), Map.of()));
            }
        }
        var found = find(parsed.values(), actor, selection);
        var inOrder = new ArrayList<@Nullable Object>(ids.size());
        for (var index = 0; index < ids.size(); index++) {
            var id = parsed.get(index);
            inOrder.add(id == null ? null : found.get(id));
        }
        return DataFetcherResult.<List<@Nullable Object>>newResult()
                .data(inOrder)
                .errors(errors)
                .build();
    }

    /** @throws BadRequest also for an id that no source could have created */
    private GlobalId parse(String text) {
        var id = GlobalId.parse(text);
        var source = sources.get(id.type());
        if (source == null || !source.has(id)) {
            throw new BadRequest("There are no nodes of the type that the id names; take ids from the field id.");
        }
        return id;
    }

    private Map<GlobalId, Object> find(Iterable<GlobalId> ids, Actor actor, Selection selection) {
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

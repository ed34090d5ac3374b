package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import de.smartcity.consortium.kernel.Actor;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Looks objects up by global id, whatever their type. */
@Controller
class NodeController {

    private static final int MAX_IDS = 100;

    private final Nodes nodes;

    NodeController(Nodes nodes) {
        this.nodes = nodes;
    }

    @QueryMapping
    @Nullable
    Object node(@Argument String id, Actor actor, Selection selection) {
        var parsed = nodes.parse(id);
        return nodes.find(List.of(parsed), actor, selection).get(parsed);
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
                parsed.put(index, nodes.parse(ids.get(index)));
            } catch (BadRequest malformed) {
                var place = GraphqlErrorBuilder.newError(environment)
                        .path(environment.getExecutionStepInfo().getPath().segment(index));
                errors.add(Code.BAD_REQUEST.error(place, malformed.getMessage(), Map.of()));
            }
        }
        var found = nodes.find(parsed.values(), actor, selection);
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
}

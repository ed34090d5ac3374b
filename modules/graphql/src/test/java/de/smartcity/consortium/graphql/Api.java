package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;

/** Executes documents as an actor, and returns the response: {@code data}, {@code errors}, without the cost. */
record Api(ExecutionGraphQlService service) {

    Map<String, Object> ask(String document) {
        return ask(document, Map.of(), Actor.anonymous());
    }

    Map<String, Object> ask(String document, Map<String, @Nullable Object> variables, Actor actor) {
        return ask(document, variables, Map.of(Actor.class, actor));
    }

    /** @param context the GraphQL context's values, by class */
    Map<String, Object> ask(String document, Map<String, @Nullable Object> variables, Map<?, Object> context) {
        var request = new DefaultExecutionGraphQlRequest(document, null, variables, Map.of(), "request-1", null);
        request.configureExecutionInput(
                (input, builder) -> builder.graphQLContext(context).build());
        var response = service.execute(request).block();
        var answer = new LinkedHashMap<>(
                Objects.requireNonNull(response).getExecutionResult().toSpecification());
        answer.remove("extensions");
        return answer;
    }
}

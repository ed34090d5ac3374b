package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.graphql.data.method.HandlerMethodArgumentResolver;

/** Resolves controllers' arguments of the types Actor, PageRequest and Selection. */
final class Arguments implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        var type = parameter.getParameterType();
        return type == Actor.class || type == PageRequest.class || type == Selection.class;
    }

    @Override
    public @Nullable Object resolveArgument(MethodParameter parameter, DataFetchingEnvironment environment) {
        var type = parameter.getParameterType();
        if (type == Actor.class) {
            Actor actor = environment.getGraphQlContext().get(Actor.class);
            if (actor == null) {
                throw new IllegalStateException("Nobody said who is calling");
            }
            return actor;
        }
        if (type == PageRequest.class) {
            return PageRequest.of(environment.getArguments());
        }
        return Selection.of(environment);
    }
}

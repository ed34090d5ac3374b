package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ChangeKey;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.graphql.data.method.HandlerMethodArgumentResolver;

/** Resolves controllers' arguments of the types Actor, Change, PageRequest and Selection. */
final class Arguments implements HandlerMethodArgumentResolver {

    private final Clock clock;

    Arguments(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        var type = parameter.getParameterType();
        return type == Actor.class || type == Change.class || type == PageRequest.class || type == Selection.class;
    }

    @Override
    public @Nullable Object resolveArgument(MethodParameter parameter, DataFetchingEnvironment environment) {
        var type = parameter.getParameterType();
        if (type == Actor.class) {
            return actor(environment);
        }
        if (type == Change.class) {
            return new Change(actor(environment), clock.instant(), key(environment));
        }
        if (type == PageRequest.class) {
            return PageRequest.of(environment.getArguments());
        }
        return Selection.ofEqualFields(environment);
    }

    private static @Nullable ChangeKey key(DataFetchingEnvironment environment) {
        return Optional.ofNullable(environment.getGraphQlContext().<IdempotencyKey>get(IdempotencyKey.class))
                .flatMap(IdempotencyKey::value)
                .map(key -> ChangeKey.of(
                        actor(environment),
                        environment.getFieldDefinition().getName(),
                        key,
                        environment.getArguments()))
                .orElse(null);
    }

    private static Actor actor(DataFetchingEnvironment environment) {
        Actor actor = environment.getGraphQlContext().get(Actor.class);
        if (actor == null) {
            throw new IllegalStateException("Nobody said who is calling");
        }
        return actor;
    }
}

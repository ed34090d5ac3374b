package de.smartcity.consortium.graphql;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a field from its object alone, without an environment, which the engine otherwise makes for each field of each object. */
@FunctionalInterface
interface SourceFetcher extends LightDataFetcher<@Nullable Object> {

    @Nullable
    Object of(Object source);

    @Override
    default @Nullable Object get(
            GraphQLFieldDefinition field, @Nullable Object source, Supplier<DataFetchingEnvironment> environment) {
        return of(Objects.requireNonNull(source));
    }

    @Override
    default @Nullable Object get(DataFetchingEnvironment environment) {
        return of(Objects.requireNonNull(environment.<Object>getSource()));
    }
}

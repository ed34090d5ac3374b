package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.DataFetcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.graphql.execution.GraphQlSource;

/** A schema with tables, references and handlers, put together as {@link GraphQlConfiguration} does, without a Spring context. */
final class SmallSchema {

    private final String schema;
    private final List<TypeTable<?>> tables = new ArrayList<>();
    private final List<Reference<?, ?>> references = new ArrayList<>();
    private final Map<String, DataFetcher<?>> handlers = new LinkedHashMap<>();

    private SmallSchema(String schema) {
        this.schema = schema;
    }

    static SmallSchema of(String schema) {
        return new SmallSchema(schema);
    }

    SmallSchema table(TypeTable<?> table) {
        tables.add(table);
        return this;
    }

    SmallSchema reference(Reference<?, ?> reference) {
        references.add(reference);
        return this;
    }

    /** @param field such as {@code Query.things} */
    SmallSchema handler(String field, DataFetcher<?> handler) {
        handlers.put(field, handler);
        return this;
    }

    /** @throws IllegalStateException if the service would not start */
    GraphQL start() {
        var known = new TypeTables(tables);
        var wiring = new Wiring(known, references, new Texts(() -> () -> "en"), true);
        return GraphQlSource.schemaResourceBuilder()
                .schemaResources(new ByteArrayResource(schema.getBytes(StandardCharsets.UTF_8)))
                .configureRuntimeWiring(runtime -> handlers.forEach((field, handler) -> {
                    var at = field.split("\\.");
                    runtime.type(at[0], type -> type.dataFetcher(at[1], handler));
                }))
                .defaultTypeResolver(
                        environment -> environment.getSchema().getObjectType(known.typeOf(environment.getObject())))
                .exceptionResolvers(List.of(new ErrorMapping()))
                .typeVisitors(List.of(wiring))
                .configureGraphQl(graphQl -> wiring.demandComplete())
                .build()
                .graphQl();
    }

    static Map<String, Object> ask(GraphQL graphQl, String document, Actor actor) {
        return ask(graphQl, document, Map.of(), actor);
    }

    static Map<String, Object> ask(
            GraphQL graphQl, String document, Map<String, @Nullable Object> variables, Actor actor) {
        return graphQl.execute(ExecutionInput.newExecutionInput(document)
                        .variables(variables)
                        .graphQLContext(Map.of(Actor.class, actor)))
                .toSpecification();
    }
}

package de.smartcity.consortium.graphql;

import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Selections as a client's query makes them. */
final class Selections {

    private static final String SCHEMA = """
            type Query { start: Place }
            interface Any { leaf: Int }
            type Place implements Any {
              leaf: Int, name: String, totalCount: Int
              owner: Place, other(first: Int): Place
              nodes: Place, edges: Place, node: Place, pageInfo: Place
              any: Any
            }""";

    private Selections() {}

    /** What stands between these braces, with fragments behind them. */
    static Selection of(String selected) {
        return of(selected, "");
    }

    static Selection of(String selected, String fragments) {
        var seen = new AtomicReference<Selection>();
        DataFetcher<?> start = environment -> {
            seen.set(Selection.of(environment.getSelectionSet()));
            return null;
        };
        var wiring = RuntimeWiring.newRuntimeWiring()
                .type("Query", type -> type.dataFetcher("start", start))
                .type("Any", type -> type.typeResolver(any -> any.getSchema().getObjectType("Place")))
                .build();
        var schema = new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(SCHEMA), wiring);
        var result = GraphQL.newGraphQL(schema).build().execute("{ start { " + selected + " } } " + fragments);
        if (!result.getErrors().isEmpty()) {
            throw new IllegalArgumentException(result.getErrors().toString());
        }
        return Objects.requireNonNull(seen.get());
    }
}

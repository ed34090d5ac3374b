package de.smartcity.consortium.graphql;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Selections from documents. */
final class Selections {

    private static final String SCHEMA = """
            type Query { start: Place, starts: [Place!]!, any(big: Boolean): Any }
            interface Any { leaf: Int, owner: Place }
            interface Named { name: String }
            type Place implements Any & Named {
              leaf: Int, name: String, totalCount: Int
              owner: Place, other(first: Int = 20, filter: Filter, order: Order = ASC, big: Boolean): Place
              nodes: Place, edges: Place, node: Place, pageInfo: Place
              any: Any
            }
            type Person implements Any & Named { leaf: Int, owner: Place, name: String, other(last: Int): Place }
            type Thing implements Any { leaf: Int, owner: Place, name: String }
            input Filter { text: String = "all", kinds: [Order!], big: Boolean, bigs: [Boolean!] }
            enum Order { ASC DESC }""";

    private static final Map<String, GraphQL> ENGINES = new ConcurrentHashMap<>();

    private Selections() {}

    /** The selection between these braces. */
    static Selection of(String selected) {
        return of(selected, "");
    }

    /** The selection between these braces, with fragments after them. */
    static Selection of(String selected, String fragments) {
        return asked("{ start { " + selected + " } } " + fragments, Map.of()).getFirst();
    }

    /** The selections below each start field of a document. */
    static List<Selection> asked(String document, Map<String, @Nullable Object> variables) {
        return asked(SCHEMA, document, variables, Selection::of);
    }

    /**
     * The selections of a document at the fields {@code start}, {@code starts} (of which each has two objects that start again)
     * and {@code any}, wherever they are selected.
     */
    static <T> List<T> asked(
            String schema,
            String document,
            Map<String, @Nullable Object> variables,
            Function<DataFetchingEnvironment, T> known) {
        var seen = new ArrayList<T>();
        Consumer<DataFetchingEnvironment> watcher = environment -> seen.add(known.apply(environment));
        var result = ENGINES.computeIfAbsent(schema, Selections::engine)
                .execute(ExecutionInput.newExecutionInput(document)
                        .variables(variables)
                        .graphQLContext(Map.of(Consumer.class, watcher)));
        if (!result.getErrors().isEmpty()) {
            throw new IllegalArgumentException(result.getErrors() + " for " + document);
        }
        return seen;
    }

    private static GraphQL engine(String schema) {
        var wiring = RuntimeWiring.newRuntimeWiring()
                .type(
                        "Query",
                        type -> type.dataFetcher("start", watched(null))
                                .dataFetcher("starts", watched(List.of(1, 2)))
                                .dataFetcher("any", watched(null)))
                .type("Place", type -> type.dataFetcher("owner", watched(null)));
        for (var face : List.of("Any", "Named", "Either")) {
            wiring.type(face, type -> type.typeResolver(any -> any.getSchema().getObjectType("Place")));
        }
        var parsed = new ConcurrentHashMap<String, PreparsedDocumentEntry>();
        return GraphQL.newGraphQL(
                        new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(schema), wiring.build()))
                .preparsedDocumentProvider((input, parse) -> CompletableFuture.completedFuture(
                        parsed.computeIfAbsent(input.getQuery(), query -> parse.apply(input))))
                .build();
    }

    private static DataFetcher<?> watched(@Nullable Object value) {
        return environment -> {
            Consumer<DataFetchingEnvironment> watcher =
                    environment.getGraphQlContext().get(Consumer.class);
            watcher.accept(environment);
            return value;
        };
    }
}

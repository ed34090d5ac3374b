package de.smartcity.consortium.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import de.smartcity.consortium.kernel.Excerpt;
import graphql.ExecutionInput;
import graphql.GraphQLContext;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.execution.TypeFromAST;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.ArrayValue;
import graphql.language.Document;
import graphql.language.NullValue;
import graphql.language.OperationDefinition;
import graphql.language.SourceLocation;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.parser.exceptions.ParseCancelledTooManyCharsException;
import graphql.parser.exceptions.ParseCancelledTooManyNumericLiteralCharactersException;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests before anything is done with what they contain. A document is parsed, validated and measured once, since apps repeat a few
 * documents with other variables; each request's variables are checked against the schema and what its places take, and its cost is computed.
 */
final class QueryLimits implements PreparsedDocumentProvider {

    /** In characters of documents, of which each takes up to a hundred bytes once it is parsed. */
    private static final long MAX_CACHED = 1_000_000;
    /** Of the highest cost, for mutations: their answers are sent however large they are. */
    private static final int MUTATION_SHARE = 5;

    private final Supplier<GraphQLSchema> schema;
    private final DocumentBounds bounds;
    private final long maxCost;
    private final Cache<String, Prepared> known = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED)
            .weigher((String document, Prepared prepared) -> document.length() + 100)
            .build();

    /**
     * @param schema called at the first request that needs it
     * @param maxCost the highest cost of a query, as {@link Cost} counts it
     */
    QueryLimits(Supplier<GraphQLSchema> schema, DocumentBounds bounds, long maxCost) {
        this.schema = schema;
        this.bounds = bounds;
        this.maxCost = maxCost;
    }

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parse) {
        return CompletableFuture.completedFuture(entry(input));
    }

    private PreparsedDocumentEntry entry(ExecutionInput input) {
        try {
            var prepared = known.getIfPresent(input.getQuery());
            var isNew = prepared == null;
            if (prepared == null) {
                prepared = prepare(input);
            }
            var operation = prepared.operation(input.getOperationName());
            operation.demandValid(input);
            demandCheap(operation, input);
            if (isNew) {
                // Those of refused requests are not kept: there may be any number of them.
                known.put(input.getQuery(), prepared);
            }
            input.getGraphQLContext().put(OperationDefinition.class, operation.definition());
            return prepared.entry();
        } catch (RefusedRequest refused) {
            return new PreparsedDocumentEntry(List.copyOf(refused.errors()));
        } catch (BadRequest refused) {
            return new PreparsedDocumentEntry(RefusedRequest.bad(String.valueOf(refused.getMessage()), null)
                    .errors()
                    .getFirst());
        }
    }

    private void demandCheap(Operation operation, ExecutionInput input) {
        var limit = operation.definition().getOperation() == OperationDefinition.Operation.MUTATION
                ? maxCost / MUTATION_SHARE
                : maxCost;
        var asked =
                new Cost.Requested(operation.cost().of(input.getRawVariables().toMap()), limit);
        input.getGraphQLContext().put(Cost.Requested.class, asked);
        if (asked.requested() > limit) {
            throw RefusedRequest.tooLarge(
                    "The answer can have %,d fields and may have %,d: ask for smaller pages, or for less of each object.",
                    asked.requested(), limit);
        }
    }

    private Prepared prepare(ExecutionInput input) {
        DocumentScan.demand(input.getQuery());
        input.getGraphQLContext().put(ParserOptions.class, DocumentBounds.PARSER);
        var document = parsed(input);
        bounds.demand(document);
        var invalid = ParseAndValidate.validate(schema.get(), document, Locale.ROOT);
        if (!invalid.isEmpty()) {
            throw new RefusedRequest(invalid);
        }
        var operations = new ArrayList<Operation>();
        for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            operations.add(Operation.of(schema.get(), document, operation));
        }
        return new Prepared(new PreparsedDocumentEntry(document), operations);
    }

    private static Document parsed(ExecutionInput input) {
        ParseAndValidateResult parsed;
        try {
            parsed = ParseAndValidate.parse(input);
        } catch (RuntimeException failed) {
            // The parser fails on some numbers and escape sequences.
            throw RefusedRequest.bad("A number or text in the document is malformed.", null);
        }
        if (parsed.isFailure()) {
            throw refused(parsed.getSyntaxException());
        }
        return parsed.getDocument();
    }

    private static RefusedRequest refused(InvalidSyntaxException problem) {
        // The parser's own bounds.
        var isBound = problem instanceof ParseCancelledException
                || problem instanceof ParseCancelledTooDeepException
                || problem instanceof ParseCancelledTooManyCharsException
                || problem instanceof ParseCancelledTooManyNumericLiteralCharactersException;
        return isBound
                ? RefusedRequest.tooLarge("The document is nested too deeply, or has a number with too many digits.")
                : RefusedRequest.because(problem.toInvalidSyntaxError());
    }

    /** A valid document. */
    private record Prepared(PreparsedDocumentEntry entry, List<Operation> operations) {

        Operation operation(@Nullable String name) {
            if (name == null || name.isEmpty()) {
                if (operations.size() == 1) {
                    return operations.getFirst();
                }
                throw RefusedRequest.bad("The document has several operations: name one in operationName.", null);
            }
            return operations.stream()
                    .filter(operation -> name.equals(operation.definition().getName()))
                    .findFirst()
                    .orElseThrow(() ->
                            RefusedRequest.bad("The document has no operation '" + Excerpt.of(name) + "'.", null));
        }
    }

    /** An operation of a valid document. */
    private record Operation(OperationDefinition definition, List<Variable> variables, Cost cost) {

        static Operation of(GraphQLSchema schema, Document document, OperationDefinition definition) {
            var uses = new HashMap<String, Use>();
            ArgumentValues.Visitor bounds = (value, type, most, path) -> {
                switch (value) {
                    case VariableReference variable ->
                        uses.merge(variable.getName(), new Use(most, GraphQLTypeUtil.isNonNull(type)), Use::and);
                    case StringValue text ->
                        demand(
                                most.problemOfText(
                                        Objects.requireNonNull(text.getValue()).length()),
                                path,
                                text.getSourceLocation());
                    case ArrayValue list ->
                        demand(most.problemOfList(list.getValues().size()), path, list.getSourceLocation());
                    default -> {}
                }
            };
            ArgumentValues.visit(schema, document, definition, bounds);
            var variables = definition.getVariableDefinitions().stream()
                    .map(variable ->
                            Variable.of(schema, variable, Objects.requireNonNull(uses.get(variable.getName()))))
                    .toList();
            variables.forEach(variable -> variable.demandValidDefault(bounds));
            return new Operation(definition, variables, Cost.of(schema, document, definition));
        }

        private static void demand(@Nullable String problem, String path, @Nullable SourceLocation at) {
            if (problem != null) {
                throw RefusedRequest.bad(path + ": " + problem, at);
            }
        }

        void demandValid(ExecutionInput input) {
            if (!variables.isEmpty()) {
                var given = input.getRawVariables().toMap();
                variables.forEach(variable -> variable.demandValid(given, input.getGraphQLContext()));
            }
        }
    }

    /**
     * The places in which an operation uses a variable.
     *
     * @param most what all of them take
     * @param needed whether one of them takes no null. A nullable variable may be used there if it or the place has a default; the engine would
     *     notice a null only while it executes, maybe after a change was made.
     */
    private record Use(AtMost most, boolean needed) {
        Use and(Use other) {
            return new Use(most.and(other.most), needed || other.needed);
        }
    }

    private record Variable(
            String name,
            GraphQLType type,
            @Nullable Value<?> otherwise,
            Use use,
            @Nullable SourceLocation at) {

        static Variable of(GraphQLSchema schema, VariableDefinition definition, Use use) {
            return new Variable(
                    definition.getName(),
                    Objects.requireNonNull(TypeFromAST.getTypeFromAST(schema, definition.getType())),
                    definition.getDefaultValue(),
                    use,
                    definition.getSourceLocation());
        }

        void demandValidDefault(ArgumentValues.Visitor bounds) {
            if (otherwise instanceof NullValue && use.needed()) {
                throw RefusedRequest.because(InvalidVariable.needed(name).error(at));
            }
            if (otherwise != null) {
                ArgumentValues.visitValue(otherwise, type, use.most(), name, bounds);
            }
        }

        void demandValid(Map<String, ?> given, GraphQLContext context) {
            var isGiven = given.containsKey(name);
            if (!isGiven && otherwise != null) {
                return;
            }
            var value = given.get(name);
            var invalid = isGiven && value == null && use.needed()
                    ? InvalidVariable.needed(name)
                    : InvalidVariable.find(name, type, use.most(), value, context);
            if (invalid != null) {
                throw RefusedRequest.because(invalid.error(at));
            }
        }
    }
}

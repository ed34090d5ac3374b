package de.smartcity.consortium.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import de.smartcity.consortium.graphql.ErrorMapping.Code;
import graphql.ExecutionInput;
import graphql.GraphqlErrorBuilder;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.schema.GraphQLSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parses, validates and measures a document once, since apps repeat a few documents with other variables. A document that is too deep
 * or has too many fields is refused before it is executed.
 */
final class QueryLimits implements PreparsedDocumentProvider {

    private static final long MAX_CACHED_CHARACTERS = 4_000_000;

    private final Supplier<GraphQLSchema> schema;
    private final int maxDepth;
    private final int maxFields;
    private final Cache<String, PreparsedDocumentEntry> known = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .weigher((String document, PreparsedDocumentEntry entry) -> document.length())
            .build();

    /**
     * @param schema called at the first request that needs it
     * @param maxDepth how deeply fields may be nested
     * @param maxFields how many fields there may be in all, counting each repetition by aliases and fragments
     */
    QueryLimits(Supplier<GraphQLSchema> schema, int maxDepth, int maxFields) {
        this.schema = schema;
        this.maxDepth = maxDepth;
        this.maxFields = maxFields;
    }

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parse) {
        var entry = known.get(input.getQuery(), document -> measured(parse.apply(input)));
        if (!entry.hasErrors()) {
            // For errors with the place in the variables.
            input.getGraphQLContext().put(Document.class, entry.getDocument());
            return CompletableFuture.completedFuture(NullVariable.find(
                            schema, entry.getDocument(), input.getRawVariables().toMap())
                    .map(invalid -> new PreparsedDocumentEntry(invalid.error(GraphqlErrorBuilder.newError())))
                    .orElse(entry));
        }
        return CompletableFuture.completedFuture(entry);
    }

    private PreparsedDocumentEntry measured(PreparsedDocumentEntry entry) {
        if (entry.hasErrors()) {
            return entry;
        }
        var measure = new Measure(entry.getDocument());
        for (var operation : entry.getDocument().getDefinitionsOfType(OperationDefinition.class)) {
            var size = measure.of(operation.getSelectionSet());
            if (size.depth() > maxDepth || size.fields() > maxFields) {
                return new PreparsedDocumentEntry(Code.COST_EXCEEDED.error(
                        GraphqlErrorBuilder.newError(),
                        ("The document has %d fields, %d of them below each other, and may have %d and %d: split it into"
                                        + " several.")
                                .formatted(size.fields(), size.depth(), maxFields, maxDepth),
                        Map.of()));
            }
        }
        return entry;
    }

    private record Size(int depth, long fields) {
        static final Size NOTHING = new Size(0, 0);

        Size and(Size other) {
            // Nested fragments can repeat fields exponentially often.
            return new Size(Math.max(depth, other.depth), Math.min(fields + other.fields, Integer.MAX_VALUE));
        }

        Size asField() {
            return new Size(depth + 1, fields + 1);
        }
    }

    /** Measures each fragment once; validation has excluded cycles. */
    private static final class Measure {

        private final Map<String, FragmentDefinition> fragments;
        private final Map<String, Size> measured = new HashMap<>();

        Measure(Document document) {
            this.fragments = document.getDefinitionsOfType(FragmentDefinition.class).stream()
                    .collect(Collectors.toMap(FragmentDefinition::getName, Function.identity()));
        }

        Size of(@Nullable SelectionSet selections) {
            var size = Size.NOTHING;
            if (selections != null) {
                for (var field : selections.getSelectionsOfType(Field.class)) {
                    size = size.and(of(field.getSelectionSet()).asField());
                }
                for (var inline : selections.getSelectionsOfType(InlineFragment.class)) {
                    size = size.and(of(inline.getSelectionSet()));
                }
                for (var spread : selections.getSelectionsOfType(FragmentSpread.class)) {
                    size = size.and(of(spread.getName()));
                }
            }
            return size;
        }

        private Size of(String fragment) {
            var known = measured.get(fragment);
            if (known == null) {
                var definition = fragments.get(fragment);
                known = definition == null ? Size.NOTHING : of(definition.getSelectionSet());
                measured.put(fragment, known);
            }
            return known;
        }
    }
}

package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes each answer: codes for errors that no exception resolver handles, such as those of validation, the cost, and an error instead of an
 * answer that is too large. Refuses unusable keys of changes.
 */
final class AnswerCompletion extends SimplePerformantInstrumentation {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerCompletion.class);

    /** Of a request that is refused before it is measured. */
    private final Cost.Requested nothing;

    private final long maxBytes;

    /**
     * @param maxCost the highest cost of a request
     * @param maxBytes the largest answer to a query
     */
    AnswerCompletion(long maxCost, long maxBytes) {
        this.nothing = new Cost.Requested(0, maxCost);
        this.maxBytes = maxBytes;
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, @Nullable InstrumentationState state) {
        IdempotencyKey.demandUsable(parameters.getExecutionContext());
        return QueryCancellation.schedule(parameters.getExecutionContext());
    }

    @Override
    public CompletableFuture<ExecutionResult> instrumentExecutionResult(
            ExecutionResult executed,
            InstrumentationExecutionParameters parameters,
            @Nullable InstrumentationState state) {
        var result = QueryCancellation.answer(executed, parameters.getExecutionInput());
        var context = parameters.getExecutionInput().getGraphQLContext();
        OperationDefinition operation = context.get(OperationDefinition.class);
        Cost.Requested cost = context.getOrDefault(Cost.Requested.class, nothing);
        // The answer to a change is sent however large it is.
        var tooLarge = operation != null
                && operation.getOperation() == Operation.QUERY
                && AnswerSize.exceeds(result, maxBytes);
        var id = parameters.getExecutionInput().getExecutionIdNonNull().toString();
        return CompletableFuture.completedFuture(
                tooLarge
                        ? tooLarge(cost)
                        : result.transform(builder -> builder.addExtension("cost", cost.toMap())
                                .errors(result.getErrors().stream()
                                        .map(error -> coded(error, id))
                                        .toList())));
    }

    private ExecutionResult tooLarge(Cost.Requested cost) {
        return ExecutionResult.newExecutionResult()
                .addError(Code.COST_EXCEEDED.error(
                        GraphqlErrorBuilder.newError(),
                        String.format(
                                Locale.ROOT,
                                "The answer has more than %,d bytes: ask for smaller pages, or for less of each object.",
                                maxBytes),
                        Map.of()))
                .addExtension("cost", cost.toMap())
                .build();
    }

    private static GraphQLError coded(GraphQLError error, String request) {
        if (error.getExtensions() != null && error.getExtensions().containsKey("code")) {
            return error;
        }
        return switch (error.getErrorType()) {
            case ErrorType.NullValueInNonNullableField, ErrorType.DataFetchingException -> {
                // The message names our classes, and it is our defect, not the client's.
                LOG.error("Request {} failed: {}", request, error.getMessage());
                yield recoded(error, Code.INTERNAL, ErrorMapping.internal(request));
            }
            default -> recoded(error, Code.BAD_REQUEST, EngineMessages.of(error));
        };
    }

    private static GraphQLError recoded(GraphQLError error, Code code, String message) {
        return code.error(placeOf(error), message, Map.of());
    }

    private static GraphqlErrorBuilder<?> placeOf(GraphQLError error) {
        var builder = GraphqlErrorBuilder.newError();
        if (error.getLocations() != null) {
            builder.locations(error.getLocations());
        }
        if (error.getPath() != null) {
            builder.path(error.getPath());
        }
        return builder;
    }
}

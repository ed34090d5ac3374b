package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.InputMapDefinesTooManyFieldsException;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.language.Document;
import graphql.schema.CoercingParseValueException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds codes to errors that no exception resolver handles, such as validation errors of a document, and refuses unusable keys of changes. */
final class CodedErrors extends SimplePerformantInstrumentation {

    private static final Logger LOG = LoggerFactory.getLogger(CodedErrors.class);

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, @Nullable InstrumentationState state) {
        IdempotencyKey.demandUsable(parameters.getExecutionContext());
        return super.beginExecuteOperation(parameters, state);
    }

    @Override
    public CompletableFuture<ExecutionResult> instrumentExecutionResult(
            ExecutionResult result,
            InstrumentationExecutionParameters parameters,
            @Nullable InstrumentationState state) {
        if (result.getErrors().isEmpty()) {
            return CompletableFuture.completedFuture(result);
        }
        var id = parameters.getExecutionInput().getExecutionIdNonNull().toString();
        Document document = parameters.getExecutionInput().getGraphQLContext().get(Document.class);
        return CompletableFuture.completedFuture(result.transform(builder -> builder.errors(result.getErrors().stream()
                .map(error -> isOfVariables(error) && document != null
                        ? invalidVariable(error, document, parameters)
                        : coded(error, id))
                .toList())));
    }

    private static boolean isOfVariables(GraphQLError error) {
        return error instanceof CoercingParseValueException
                || error instanceof NonNullableValueCoercedAsNullException
                || error instanceof InputMapDefinesTooManyFieldsException;
    }

    private static GraphQLError invalidVariable(
            GraphQLError error, Document document, InstrumentationExecutionParameters parameters) {
        var input = parameters.getExecutionInput();
        return InvalidVariable.find(
                        parameters.getSchema(),
                        document,
                        input.getOperationName(),
                        input.getVariables(),
                        input.getGraphQLContext(),
                        input.getLocale())
                .map(invalid -> invalid.error(placeOf(error)))
                .orElseGet(() -> recoded(error, Code.BAD_REQUEST, error.getMessage()));
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
            default -> recoded(error, Code.BAD_REQUEST, error.getMessage());
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

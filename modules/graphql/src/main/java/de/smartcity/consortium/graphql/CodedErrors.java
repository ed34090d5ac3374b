package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a code to errors that no resolver saw, such as those of a document that does not fit the schema. */
final class CodedErrors extends SimplePerformantInstrumentation {

    private static final Logger LOG = LoggerFactory.getLogger(CodedErrors.class);

    @Override
    public CompletableFuture<ExecutionResult> instrumentExecutionResult(
            ExecutionResult result,
            InstrumentationExecutionParameters parameters,
            @Nullable InstrumentationState state) {
        if (result.getErrors().isEmpty()) {
            return CompletableFuture.completedFuture(result);
        }
        var id = parameters.getExecutionInput().getExecutionIdNonNull().toString();
        return CompletableFuture.completedFuture(result.transform(builder -> builder.errors(
                result.getErrors().stream().map(error -> coded(error, id)).toList())));
    }

    private static GraphQLError coded(GraphQLError error, String request) {
        if (error.getExtensions() != null && error.getExtensions().containsKey("code")) {
            return error;
        }
        return switch (error.getErrorType()) {
            case ErrorType.NullValueInNonNullableField, ErrorType.DataFetchingException -> {
                // Names types and fields as the code has them, and is our defect, not the client's.
                LOG.error("Request {} failed: {}", request, error.getMessage());
                yield recoded(error, Code.INTERNAL, ErrorMapping.internal(request));
            }
            default -> recoded(error, Code.BAD_REQUEST, error.getMessage());
        };
    }

    private static GraphQLError recoded(GraphQLError error, Code code, String message) {
        var builder = GraphqlErrorBuilder.newError()
                .errorType(code)
                .message("%s", message)
                .extensions(Map.of("code", code.name()));
        if (error.getLocations() != null) {
            builder.locations(error.getLocations());
        }
        if (error.getPath() != null) {
            builder.path(error.getPath());
        }
        return builder.build();
    }
}

package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.FieldCollector;
import graphql.execution.FieldCollectorParameters;
import graphql.language.OperationDefinition.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key with which a client may repeat a mutation; in the GraphQL context under this class. Queries ignore it.
 *
 * @param values the values of the headers {@value #HEADER}, as they came; empty if there are none
 */
public record IdempotencyKey(List<String> values) {

    /** The name of the header. */
    public static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 128;

    public IdempotencyKey {
        values = List.copyOf(values);
    }

    /** The key of a mutation that is executed; empty if there is none. */
    Optional<String> value() {
        return values.stream().findFirst();
    }

    /** @throws AbortExecutionException BAD_REQUEST, for a mutation with a malformed key or with a key and several fields */
    static void demandUsable(ExecutionContext execution) {
        IdempotencyKey key = execution.getGraphQLContext().get(IdempotencyKey.class);
        if (key == null
                || key.values.isEmpty()
                || execution.getOperationDefinition().getOperation() != Operation.MUTATION) {
            return;
        }
        if (key.values.size() > 1 || !isWellFormed(key.values.getFirst())) {
            throw refused("Send one header %s of 1 to %d visible ASCII characters without spaces, such as a UUID."
                    .formatted(HEADER, MAX_LENGTH));
        }
        if (changes(execution) > 1) {
            throw refused(
                    "A request with an %s has one mutation field: send the others in requests with keys of their own."
                            .formatted(HEADER));
        }
    }

    private static boolean isWellFormed(String value) {
        return !value.isEmpty() && value.length() <= MAX_LENGTH && value.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    /** The mutation fields that will be executed, with those in fragments and without skipped ones. */
    private static long changes(ExecutionContext execution) {
        var operation = execution.getOperationDefinition();
        var parameters = FieldCollectorParameters.newParameters()
                .schema(execution.getGraphQLSchema())
                .objectType(execution.getGraphQLSchema().getMutationType())
                .fragments(execution.getFragmentsByName())
                .variables(execution.getCoercedVariables().toMap())
                .graphQLContext(execution.getGraphQLContext())
                .build();
        return new FieldCollector()
                .collectFields(parameters, operation.getSelectionSet()).getSubFieldsList().stream()
                        .filter(field -> !field.getName().startsWith("__"))
                        .count();
    }

    private static AbortExecutionException refused(String message) {
        return new AbortExecutionException(
                List.of(Code.BAD_REQUEST.error(GraphqlErrorBuilder.newError(), message, Map.of())));
    }
}

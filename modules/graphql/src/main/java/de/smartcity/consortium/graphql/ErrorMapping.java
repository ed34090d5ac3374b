package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.KeyedChanges.ReusedKey;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.Outbox.OutboxFull;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.validation.BindException;
import reactor.core.publisher.Mono;

/** Maps exceptions to errors with a code for programs and a message for people, without internals of the service. */
final class ErrorMapping implements DataFetcherExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapping.class);

    /** The codes in {@code extensions.code}. */
    enum Code implements ErrorClassification {
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        BAD_REQUEST,
        COST_EXCEEDED,
        UNAVAILABLE,
        INTERNAL;

        /**
         * An error with this code.
         *
         * @param place has the error's locations and path, if there are any
         * @param more further extensions
         */
        GraphQLError error(GraphqlErrorBuilder<?> place, @Nullable String message, Map<String, ?> more) {
            var extensions = new LinkedHashMap<String, Object>();
            extensions.put("code", name());
            extensions.putAll(more);
            return place.errorType(this)
                    .message("%s", message == null ? name() : message)
                    .extensions(extensions)
                    .build();
        }
    }

    @Override
    public Mono<List<GraphQLError>> resolveException(Throwable thrown, DataFetchingEnvironment environment) {
        return Mono.just(List.of(error(thrown, environment)));
    }

    private static GraphQLError error(Throwable thrown, DataFetchingEnvironment environment) {
        var place = GraphqlErrorBuilder.newError(environment);
        if (thrown instanceof Forbidden forbidden) {
            return forbidden(forbidden.refusal(), place);
        }
        if (thrown instanceof NotFound) {
            return Code.NOT_FOUND.error(place, thrown.getMessage(), Map.of());
        }
        if (thrown instanceof BadRequest || thrown instanceof ReusedKey) {
            return Code.BAD_REQUEST.error(place, thrown.getMessage(), Map.of());
        }
        if (thrown instanceof RuleViolation broken) {
            var messages = broken.violations().stream().map(Violation::message).collect(Collectors.joining(" "));
            return Code.BAD_REQUEST.error(place, messages, Map.of());
        }
        if (thrown instanceof BindException || thrown instanceof NonNullableValueCoercedAsNullException) {
            return Code.BAD_REQUEST.error(place, "The arguments do not fit the schema.", Map.of());
        }
        if (thrown instanceof OutboxFull) {
            return Code.UNAVAILABLE.error(place, thrown.getMessage(), Map.of());
        }
        if (thrown instanceof OptimisticLockingFailureException) {
            return Code.UNAVAILABLE.error(place, "Too many others are changing this; try again later.", Map.of());
        }
        if (Unavailable.isBehind(thrown)) {
            return Unavailable.error(thrown, place, environment.getGraphQlContext(), environment.getExecutionId());
        }
        LOG.error("Request {} failed", environment.getExecutionId(), thrown);
        return Code.INTERNAL.error(place, internal(environment.getExecutionId().toString()), Map.of());
    }

    private static GraphQLError forbidden(Refusal refusal, GraphqlErrorBuilder<?> place) {
        var reason = new LinkedHashMap<String, Object>();
        reason.put("code", refusal.reason().name());
        if (refusal.noOrganisation() != null) {
            reason.put("noOrganisation", refusal.noOrganisation().name());
        }
        if (refusal.neededRole() != null) {
            reason.put("role", refusal.neededRole().name());
        }
        if (refusal.state() != null) {
            reason.put("state", refusal.state().name());
        }
        var code = refusal.reason() == Refusal.Reason.NOT_SIGNED_IN ? Code.UNAUTHENTICATED : Code.FORBIDDEN;
        return code.error(place, refusal.message(), Map.of("reason", reason));
    }

    static String internal(String request) {
        return "Something went wrong here; the log has it under " + request + ".";
    }
}

package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.RuleViolation;
import graphql.GraphQLContext;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Calls a controller's method for a permitted caller, loads what its result refers to, and turns what a client can fix into a payload. */
record Answer(DataFetcher<?> asked, LookAhead ahead, boolean mutation, boolean needsOrganisation, boolean nested)
        implements DataFetcher<Object> {

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        if (!nested) {
            Deadline.beginWork();
        }
        if (mutation) {
            ActorOfRequest.renew(environment.getGraphQlContext());
        }
        if (needsOrganisation) {
            Actor actor = environment.getGraphQlContext().get(Actor.class);
            Forbidden.unlessPermitted(actor.refusalToAsk());
        }
        if (nested) {
            ahead.demandOnce(environment);
        }
        if (mutation) {
            // Data loaded for an earlier change of this request may be stale after this one.
            LookAhead.forget(environment.getGraphQlContext());
            Connection.forgetTotals(environment.getGraphQlContext());
        }
        try {
            var value = mutation
                    ? asked.get(environment)
                    : Answered.in(environment.getGraphQlContext()).once(environment, asked);
            if (value instanceof Mono<?> later) {
                var seen = later.doOnNext(found -> ahead.below(environment, found));
                return mutation
                        ? seen.cast(Object.class)
                                .onErrorResume(Answer::canBeFixed, refused -> Mono.just(refused(refused, environment)))
                        : seen;
            }
            ahead.below(environment, value);
            return value;
        } catch (RuleViolation | Conflict refused) {
            if (mutation) {
                return refused(refused, environment);
            }
            throw refused;
        }
    }

    /** What handlers answered in a request, so that equal fields under several aliases are read once. */
    private static final class Answered {

        /** By the object that has the field; by this for the root. */
        private final Map<Object, Map<Question, @Nullable Object>> ofSource = new IdentityHashMap<>();

        /** @param selection of a field below the root; one of the root is read with what all that are like it select */
        private record Question(
                DataFetcher<?> handler,
                Map<String, Object> arguments,
                @Nullable Selection selection) {}

        static Answered in(GraphQLContext context) {
            return context.computeIfAbsent(Answered.class, absent -> new Answered());
        }

        @Nullable
        Object once(DataFetchingEnvironment environment, DataFetcher<?> handler) throws Exception {
            var isRoot = environment.getExecutionStepInfo().getPath().getLevel() == 1;
            Object source = environment.getSource();
            var answered = ofSource.computeIfAbsent(source == null ? this : source, absent -> new HashMap<>());
            var question = new Question(handler, environment.getArguments(), isRoot ? null : Selection.of(environment));
            if (answered.containsKey(question)) {
                return answered.get(question);
            }
            var value = handler.get(environment);
            var answer = value instanceof Mono<?> later ? later.cache() : value;
            // Errors name the field's place.
            if (!(answer instanceof DataFetcherResult<?> result && result.hasErrors())) {
                answered.put(question, answer);
            }
            return answer;
        }
    }

    private Refused refused(Throwable thrown, DataFetchingEnvironment environment) {
        var refused = Refused.because(thrown);
        ahead.below(environment, refused);
        return refused;
    }

    private static boolean canBeFixed(Throwable thrown) {
        return thrown instanceof RuleViolation || thrown instanceof Conflict;
    }

    /**
     * The payload of a mutation that changed nothing; its fields are null, except the object that was changed concurrently.
     *
     * @param aggregate the typed id of that object
     */
    record Refused(List<UserError> userErrors, @Nullable Object aggregate) {

        /** As the schema says; whoever has more to fix begins with these. */
        private static final int MAX_ERRORS = 100;

        static Refused because(Throwable thrown) {
            return thrown instanceof Conflict conflict
                    ? new Refused(List.of(UserError.of(conflict)), conflict.aggregate())
                    : new Refused(
                            ((RuleViolation) thrown)
                                    .violations().stream()
                                            .limit(MAX_ERRORS)
                                            .map(UserError::of)
                                            .toList(),
                            null);
        }

        Collection<?> keys(Class<?> type) {
            return type.isInstance(aggregate) ? List.of(Objects.requireNonNull(aggregate)) : List.of();
        }
    }
}

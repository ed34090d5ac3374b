package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.RuleViolation;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Calls a controller's method for a permitted caller, loads what its result refers to, and turns what a client can fix into a payload. */
record Answer(DataFetcher<?> asked, LookAhead ahead, boolean mutation, boolean needsOrganisation, boolean nested)
        implements DataFetcher<Object> {

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
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
            var value = asked.get(environment);
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

        static Refused because(Throwable thrown) {
            return thrown instanceof Conflict conflict
                    ? new Refused(List.of(UserError.conflict(conflict.currentVersion())), conflict.aggregate())
                    : new Refused(
                            ((RuleViolation) thrown)
                                    .violations().stream().map(UserError::of).toList(),
                            null);
        }

        Collection<?> keys(Class<?> type) {
            return type.isInstance(aggregate) ? List.of(Objects.requireNonNull(aggregate)) : List.of();
        }
    }
}

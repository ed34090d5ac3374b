package de.smartcity.consortium.endtoend;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * An attempt to reach what is hidden.
 *
 * @param hidden gives the target, with what was changed of it restored
 * @param absent gives one that does not exist, for that target
 * @param by who tries it
 * @param request what they send about a target, without their tokens
 * @param control what is sent by somebody who may
 * @param changes whether the control changes something
 */
record Attempt<T>(
        String what,
        Supplier<T> hidden,
        UnaryOperator<T> absent,
        List<Party> by,
        Function<T, Request> request,
        Function<T, Request> control,
        boolean changes) {

    /** An attempt with the same request as control. */
    static <T> Attempt<T> of(
            String what,
            Supplier<T> hidden,
            UnaryOperator<T> absent,
            List<Party> by,
            Function<T, Request> request,
            Party control) {
        return new Attempt<>(what, hidden, absent, by, request, target -> control.sends(request.apply(target)), false);
    }

    /** The control changes something. */
    Attempt<T> changing() {
        return new Attempt<>(what, hidden, absent, by, request, control, true);
    }

    /** Nobody may do what is tried, so the control is another request. */
    Attempt<T> unlike(Function<T, Request> other) {
        return new Attempt<>(what, hidden, absent, by, request, other, changes);
    }

    @Override
    public String toString() {
        return what;
    }
}

package de.smartcity.consortium.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the violations of an input, so that all are reported together. */
public final class Violations {

    private final List<Violation> found = new ArrayList<>();

    /** Parses the value at this place of the input; null if it breaks a rule, which is added with the place. */
    public <T extends @Nullable Object> @Nullable T at(String step, Supplier<T> value) {
        try {
            return value.get();
        } catch (RuleViolation broken) {
            broken.violations().forEach(violation -> found.add(violation.under(step)));
            return null;
        }
    }

    /** Parses the value at this place of the input, unless it is null. */
    public <I, T> @Nullable T at(String step, @Nullable I input, Function<I, T> value) {
        return input == null ? null : this.<T>at(step, () -> value.apply(input));
    }

    /** Parses each element of a list; violations are added with their index, and such elements are left out. */
    public <I, T> List<T> each(List<I> inputs, Function<I, T> value) {
        var values = new ArrayList<T>(inputs.size());
        for (var index = 0; index < inputs.size(); index++) {
            var made = at(String.valueOf(index), inputs.get(index), value);
            if (made != null) {
                values.add(made);
            }
        }
        return values;
    }

    /** Parses each element of the list at this place of the input as a whole, unless the list is null; null if one of them breaks a rule. */
    public <I, T> @Nullable List<T> list(String step, @Nullable List<I> inputs, BiFunction<I, Violations, T> element) {
        return at(
                step, inputs, given -> whole(all -> all.each(given, one -> whole(ofOne -> element.apply(one, ofOne)))));
    }

    /** Parses a value of several parts. @throws RuleViolation with the violations of all parts, if there are any */
    public static <T> T whole(Function<Violations, T> parts) {
        var violations = new Violations();
        var value = parts.apply(violations);
        violations.throwIfAny();
        return value;
    }

    /** Adds a violation, unless the condition holds. */
    public void demand(boolean holds, String rule, String message, String... path) {
        if (!holds) {
            found.add(new Violation(rule, message, List.of(path)));
        }
    }

    /** Adds a violation for a missing value, unless there is already one for it. */
    public void demandPresent(String step, @Nullable Object value, String message) {
        demand(value != null || isAt(step), step + ".required", message, step);
    }

    /** Whether there is a violation at or below this step of the input. */
    public boolean isAt(String step) {
        return found.stream()
                .anyMatch(violation -> !violation.path().isEmpty()
                        && violation.path().getFirst().equals(step));
    }

    /** @throws RuleViolation with all violations, if there are any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new RuleViolation(found);
        }
    }
}

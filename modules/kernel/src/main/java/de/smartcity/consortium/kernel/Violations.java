package de.smartcity.consortium.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with an input, so that its sender learns all of it at once. */
public final class Violations {

    private final List<Violation> found = new ArrayList<>();

    /** Makes the value that stands at this place of the input; null where it breaks a rule, which is noted with the place. */
    public <T extends @Nullable Object> @Nullable T at(String step, Supplier<T> value) {
        try {
            return value.get();
        } catch (RuleViolation broken) {
            broken.violations().forEach(violation -> found.add(violation.under(step)));
            return null;
        }
    }

    /** Makes the value that stands at this place of the input, where there is something. */
    public <I, T> @Nullable T at(String step, @Nullable I input, Function<I, T> value) {
        return input == null ? null : this.<T>at(step, () -> value.apply(input));
    }

    /** Makes a value of each element of a list; those that break a rule are noted with their index and left out. */
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

    /** Notes a broken rule, unless it holds. */
    public void demand(boolean holds, String rule, String message, String... path) {
        if (!holds) {
            found.add(new Violation(rule, message, List.of(path)));
        }
    }

    /** Notes that a value is missing, unless what was given for it is noted already. */
    public void demandPresent(String step, @Nullable Object value, String message) {
        var isNoted = found.stream()
                .anyMatch(violation -> !violation.path().isEmpty()
                        && violation.path().getFirst().equals(step));
        demand(value != null || isNoted, step + ".required", message, step);
    }

    /** @throws RuleViolation with all that was noted, where anything was */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new RuleViolation(found);
        }
    }
}

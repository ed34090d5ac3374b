package de.smartcity.consortium.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What was asked breaks one or more rules of the domain, and nothing was changed. The caller can mend it. */
public final class RuleViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /** One broken rule that concerns the whole input. */
    public RuleViolation(String rule, String message) {
        this(List.of(new Violation(rule, message, List.of())));
    }

    /** Several broken rules; at least one. */
    public RuleViolation(List<Violation> violations) {
        super(violations.toString());
        if (violations.isEmpty()) {
            throw new IllegalArgumentException("A rule violation names at least one rule");
        }
        this.violations = List.copyOf(violations);
    }

    /** The broken rules, in the order found; at least one. */
    public List<Violation> violations() {
        return violations;
    }

    /** Makes a value, and where that breaks a rule, says that it stands at this place of the input. */
    public static <T> T at(String step, Supplier<T> value) {
        try {
            return value.get();
        } catch (RuleViolation inner) {
            throw inner.under(step);
        }
    }

    /** The same violations, one step further in. */
    RuleViolation under(String step) {
        return new RuleViolation(violations.stream()
                .map(violation -> {
                    var path = new ArrayList<String>();
                    path.add(step);
                    path.addAll(violation.path());
                    return new Violation(violation.rule(), violation.message(), path);
                })
                .toList());
    }
}

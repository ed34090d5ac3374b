package de.smartcity.consortium.kernel;

import java.util.List;

/** The input breaks one or more rules of the domain, and nothing was changed. The caller can fix it. */
public final class RuleViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /** A broken rule of the input at this path; of the whole input without one. */
    public RuleViolation(String rule, String message, String... path) {
        this(List.of(new Violation(rule, message, List.of(path))));
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
}

package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Violations;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What is recorded about a gate; see {@link Gate}. */
public record GateDecision(
        GateKind kind,
        GateState state,
        @Nullable LocalDate decidedOn,
        @Nullable String decidedBy,
        @Nullable String reference,
        @Nullable FileId document,
        @Nullable String conditions,
        @Nullable String reason) {

    public static final int MAX_LENGTH = 500;

    /** Adds {@code FIELD.required} for what belongs to the state, {@code gate.unexpected} for what does not, {@code decidedOn.future}. */
    void check(LocalDate today, Violations violations) {
        var decided = state == GateState.PASSED || state == GateState.CONDITIONAL;
        demand("decidedOn", decidedOn, decided, decided || state == GateState.WAIVED, violations);
        demand("decidedBy", decidedBy, state != GateState.OPEN, state != GateState.OPEN, violations);
        demand("reference", reference, decided, decided, violations);
        demand("document", document, false, state != GateState.OPEN, violations);
        demand("conditions", conditions, state == GateState.CONDITIONAL, state == GateState.CONDITIONAL, violations);
        demand("reason", reason, state == GateState.WAIVED, state == GateState.WAIVED, violations);
        violations.demand(
                decidedOn == null || !decidedOn.isAfter(today),
                "decidedOn.future",
                "This day has not come yet.",
                "decidedOn");
    }

    private void demand(
            String field, @Nullable Object value, boolean required, boolean allowed, Violations violations) {
        violations.demand(
                !required || value != null || violations.isAt(field),
                field + ".required",
                "A gate that is " + state + " has this.",
                field);
        violations.demand(
                allowed || value == null, "gate.unexpected", "A gate that is " + state + " has no such field.", field);
    }

    Gate by(Change change) {
        return new Gate(
                kind,
                state,
                decidedOn,
                decidedBy,
                reference,
                document,
                conditions,
                reason,
                change.actor().account().orElseThrow(),
                change.at());
    }
}

package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A gate that applies to a project.
 *
 * @param decidedOn the day of the decision; null for OPEN, may be null for WAIVED
 * @param decidedBy the body that decided; null for OPEN
 * @param reference where the decision is recorded; null for OPEN and WAIVED
 * @param document a file; null for none
 * @param conditions what is still open; only for CONDITIONAL
 * @param reason why it is not needed; only for WAIVED
 * @param recordedBy the account that recorded it; null for OPEN that nobody recorded
 * @param recordedAt when; null likewise
 */
public record Gate(
        GateKind kind,
        GateState state,
        @Nullable LocalDate decidedOn,
        @Nullable String decidedBy,
        @Nullable String reference,
        @Nullable FileId document,
        @Nullable String conditions,
        @Nullable String reason,
        @Nullable AccountId recordedBy,
        @Nullable Instant recordedAt) {

    /** One of which nothing is recorded. */
    static Gate open(GateKind kind) {
        return new Gate(kind, GateState.OPEN, null, null, null, null, null, null, null, null);
    }
}

package de.smartcity.consortium.projects.model;

import java.util.Optional;

/** Where a project stands. */
public enum ProjectPhase {
    IDEA,
    CONCEPT,
    PREPARATION,
    EXECUTION,
    CLOSING,
    COMPLETED,
    CANCELLED;

    /** The phase after this one; empty if the project has ended. */
    public Optional<ProjectPhase> next() {
        return isEnd() ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
    }

    /** The phase to which a project can return; empty for the first and if the project has ended. */
    public Optional<ProjectPhase> previous() {
        return isEnd() || this == IDEA ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
    }

    /** Whether nothing comes after it. */
    public boolean isEnd() {
        return this == COMPLETED || this == CANCELLED;
    }

    /** Whether the work has begun. */
    public boolean isStarted() {
        return this == EXECUTION || this == CLOSING || this == COMPLETED;
    }
}

package de.smartcity.consortium.projects.model;

/** What was decided. */
public enum GateState {
    /** Nothing yet. */
    OPEN,
    PASSED,
    /** Agreed with conditions that are open. */
    CONDITIONAL,
    /** It is not needed after all. */
    WAIVED;

    /** Whether the project may go on. */
    public boolean isPassed() {
        return this == PASSED || this == WAIVED;
    }
}

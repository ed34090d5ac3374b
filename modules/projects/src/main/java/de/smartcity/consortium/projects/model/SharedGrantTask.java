package de.smartcity.consortium.projects.model;

/** The kinds of tasks because of shared grants; the schema's enum {@code TaskKind} has a value for each. */
public enum SharedGrantTask {
    CHECK_SHARED_GRANT
}

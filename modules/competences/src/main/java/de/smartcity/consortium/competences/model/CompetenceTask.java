package de.smartcity.consortium.competences.model;

/** The kinds of tasks because of profiles; the schema's enum {@code TaskKind} has a value for each. */
public enum CompetenceTask {
    REPLACE_DEPRECATED_COMPETENCE,
    RENEW_CERTIFICATE
}

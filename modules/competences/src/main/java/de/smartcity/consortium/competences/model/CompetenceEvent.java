package de.smartcity.consortium.competences.model;

/** The types of profiles' events; the schema's enum {@code EventType} has a value for each. */
public enum CompetenceEvent {
    COMPETENCE_PROFILE_BEGUN,
    COMPETENCE_DRAFT_EDITED,
    COMPETENCE_DRAFT_DISCARDED,
    COMPETENCE_PROFILE_PUBLISHED
}

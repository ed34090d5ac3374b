package de.smartcity.consortium.projects.model;

/** The types of shared grants' events; the schema's enum {@code EventType} has a value for each. */
public enum SharedGrantEvent {
    SHARED_GRANT_CHANGED
}

package de.smartcity.consortium.projects.model;

/** The types of events of own references; the schema's enum {@code EventType} has a value for each. */
public enum OwnReferencesEvent {
    OWN_REFERENCES_SET
}

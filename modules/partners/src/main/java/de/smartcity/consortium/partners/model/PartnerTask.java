package de.smartcity.consortium.partners.model;

/** The kinds of tasks because of partners; the schema's enum {@code TaskKind} has a value for each. */
public enum PartnerTask {
    COMPLETE_PROFILE
}

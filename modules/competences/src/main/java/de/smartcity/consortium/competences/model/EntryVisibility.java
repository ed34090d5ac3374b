package de.smartcity.consortium.competences.model;

/** Who sees a published entry. */
public enum EntryVisibility {
    /** All ACTIVE partners and the office. */
    CONSORTIUM,
    /** Everybody. */
    PUBLIC
}

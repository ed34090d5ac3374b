package de.smartcity.consortium.projects.model;

/** What an external reference is. */
public enum ReferenceKind {
    /** The number of a grant. */
    GRANT,
    /** The number of a project in the European Union's CORDIS. */
    CORDIS,
    /** A web address. */
    URL
}

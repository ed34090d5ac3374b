package de.smartcity.consortium.projects.model;

/** Who sees a file of a project. */
public enum FileAudience {
    /** Its members. */
    MEMBERS,
    /** Whoever sees the project. */
    PROJECT
}

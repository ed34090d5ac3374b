package de.smartcity.consortium.projects.model;

/** What a member is in a project. */
public enum ProjectRole {
    /** Performs the project's own verbs; exactly one. */
    COORDINATOR,
    PARTNER,
    /** Takes part without obligations. */
    ASSOCIATED
}

package de.smartcity.consortium.projects.model;

/** Who sees a project besides its members, whom it invites, and the office; from few to many. */
public enum ProjectVisibility {
    /** Nobody. */
    MEMBERS,
    /** All ACTIVE partners. */
    CONSORTIUM,
    /** Everybody. */
    PUBLIC
}

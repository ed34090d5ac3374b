package de.smartcity.consortium.projects.model;

/** The kinds of tasks because of projects; the schema's enum {@code TaskKind} has a value for each. */
public enum ProjectTask {
    ANSWER_PROJECT_INVITATION,
    CONFIRM_PROJECT_MEMBERSHIP,
    ACCEPT_COORDINATION,
    ACCEPT_REPRESENTATION,
    PROJECT_MEMBER_LEAVING,
    NAME_COORDINATOR,
    APPOINT_COORDINATOR
}

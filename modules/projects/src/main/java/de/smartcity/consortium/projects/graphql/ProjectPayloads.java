package de.smartcity.consortium.projects.graphql;

import de.smartcity.consortium.projects.ProjectId;

/** The payloads of mutations. They hold the project's id, which is read after the change, with the selected fields. */
final class ProjectPayloads {

    private ProjectPayloads() {}

    record ProjectPayload(ProjectId project) {}
}

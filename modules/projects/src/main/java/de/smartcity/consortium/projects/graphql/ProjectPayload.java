package de.smartcity.consortium.projects.graphql;

import de.smartcity.consortium.projects.ProjectId;

/** The payload of mutations of projects: the project's id, which is read after the change, with the selected fields. */
record ProjectPayload(ProjectId project) {}

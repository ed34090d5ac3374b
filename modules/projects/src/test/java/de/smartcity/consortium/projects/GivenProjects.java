package de.smartcity.consortium.projects;

import com.mongodb.client.model.Filters;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.AccountNames;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.projects.application.ProjectManagement;
import de.smartcity.consortium.projects.application.ProjectReading;
import de.smartcity.consortium.projects.model.ExternalReference;
import de.smartcity.consortium.projects.model.ProjectContent;
import de.smartcity.consortium.projects.model.ProjectVisibility;
import de.smartcity.consortium.projects.model.ReferenceKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoOperations;

/** Projects with one member, which coordinates them; to be imported. */
final class GivenProjects {

    @TestConfiguration
    static class Accounts {

        /** There is no Keycloak here, and nobody signs. */
        @Bean
        AccountNames noNames() {
            return actor -> {
                throw new AssertionError("Somebody signs");
            };
        }
    }

    private final ProjectManagement management;
    private final MongoOperations mongo;

    GivenProjects(ProjectManagement management, MongoOperations mongo) {
        this.management = management;
        this.mongo = mongo;
    }

    static String globalId(ProjectId project) {
        return new GlobalId("JointProject", project.value()).text();
    }

    private static Change by(Partner coordinator) {
        return Change.by(Callers.of(coordinator, Role.EDITOR), Instant.now());
    }

    private static ProjectContent content(ProjectVisibility visibility, String... grants) {
        return new ProjectContent(
                LocalizedText.of(Map.of("en", "A project")),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                visibility,
                List.of(),
                Arrays.stream(grants)
                        .map(number -> ExternalReference.parse(ReferenceKind.GRANT, number))
                        .toList());
    }

    /** A new project that names these grants. */
    ProjectId project(ProjectVisibility visibility, Partner coordinator, String... grants) {
        return management.propose(violations -> content(visibility, grants), by(coordinator));
    }

    /** Has a project name these grants. */
    void name(ProjectId project, Partner coordinator, String... grants) {
        edit(project, coordinator, "references", content(ProjectVisibility.PUBLIC, grants));
    }

    void show(ProjectId project, Partner coordinator, ProjectVisibility visibility) {
        edit(project, coordinator, "visibility", content(visibility));
    }

    /** The service itself may change the project at the same time. */
    private void edit(ProjectId project, Partner coordinator, String field, ProjectContent content) {
        while (true) {
            var version = Objects.requireNonNull(mongo.getCollection(ProjectReading.PROJECTS)
                            .find(Filters.eq("_id", project.value()))
                            .limit(1)
                            .first())
                    .getLong("version");
            try {
                management.edit(project, version, new Edit<>(Set.of(field), violations -> content), by(coordinator));
                return;
            } catch (Conflict changedMeanwhile) {
                // Once more.
            }
        }
    }

    void cancel(ProjectId project, Partner coordinator) {
        management.cancel(project, violations -> Reason.parse("For a test"), by(coordinator));
    }
}

package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.projects.model.ProjectAudience;
import de.smartcity.consortium.projects.model.ProjectFile;
import java.util.List;

/** A file of a project with those who see it, shown only through {@link ProjectTable}. */
public record ShownFile(StoredProject project, ProjectFile attached) {

    static List<ShownFile> of(StoredProject project) {
        return project.files() == null
                ? List.of()
                : project.files().stream()
                        .map(each -> new ShownFile(project, each))
                        .toList();
    }

    DerivedFields derived() {
        return new DerivedFields(ProjectAudience.of(project, attached), null, null, null, null);
    }
}

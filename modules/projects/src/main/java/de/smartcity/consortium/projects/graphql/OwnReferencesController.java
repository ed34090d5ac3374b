package de.smartcity.consortium.projects.graphql;

import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.application.OwnReferencesManagement;
import de.smartcity.consortium.projects.graphql.OwnReferencesInputs.SetOwnReferencesInput;
import de.smartcity.consortium.projects.model.ProjectPermissions;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class OwnReferencesController {

    private final OwnReferencesManagement management;

    OwnReferencesController(OwnReferencesManagement management) {
        this.management = management;
    }

    @MutationMapping
    OwnReferencesPayload setOwnReferences(@Argument SetOwnReferencesInput input, Change change) {
        var project = new ProjectId(GlobalId.parse(input.projectId(), "JointProject"));
        return new OwnReferencesPayload(management.set(project, input.expectedVersion(), input.parsed(), change));
    }

    @SchemaMapping(typeName = "Viewer")
    boolean canSetOwnReferences(Actor actor) {
        return ProjectPermissions.keepReferences(actor).isEmpty();
    }
}

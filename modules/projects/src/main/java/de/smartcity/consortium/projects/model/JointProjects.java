package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.projects.ProjectId;
import java.util.Collection;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** All joint projects. */
public interface JointProjects extends Repository<JointProject, ProjectId> {

    /** The project with this id. */
    Optional<JointProject> findById(ProjectId id);

    /** The project with this id, if its audience has one of these tokens. */
    Optional<JointProject> findByIdAndDerivedAudienceTokensIn(ProjectId id, Collection<String> tokens);

    /** Stores the project and its waiting events in one write. */
    JointProject save(JointProject project);
}

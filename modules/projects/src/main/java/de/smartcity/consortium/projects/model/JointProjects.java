package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.projects.ProjectId;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** All joint projects. */
public interface JointProjects extends Repository<JointProject, ProjectId> {

    /** The project with this id. */
    Optional<JointProject> findById(ProjectId id);

    /** The project with this id, if its audience has one of these tokens. */
    Optional<JointProject> findByIdAndDerivedAudienceTokensIn(ProjectId id, Collection<String> tokens);

    /** The project with this id, if it was changed with this key, which only whoever changed it has. */
    Optional<JointProject> findByIdAndKeyedChangesChangesKey(ProjectId id, UUID key);

    /** Stores the project and its waiting events in one write. */
    JointProject save(JointProject project);
}

package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.projects.ProjectId;
import java.util.Optional;

/** Finds projects by what the caller's organisation notes about them. */
public interface OwnReferenceLookup {

    /** The project of which the partner that the actor acts for has noted this. @throws Forbidden if it acts for none that may note something */
    Optional<ProjectId> find(String system, String key, Actor actor);
}

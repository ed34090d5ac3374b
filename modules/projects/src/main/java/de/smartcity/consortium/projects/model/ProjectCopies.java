package de.smartcity.consortium.projects.model;

import java.util.UUID;
import org.springframework.data.repository.Repository;

/** What members saw when they left. */
public interface ProjectCopies extends Repository<ProjectCopy, UUID> {

    /** Stores it; the same again changes nothing. */
    ProjectCopy save(ProjectCopy copy);
}

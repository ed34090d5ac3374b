package de.smartcity.consortium.projects.model;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** All grants that several projects name or have named. */
public interface SharedGrants extends Repository<SharedGrant, SharedGrantId> {

    /** The grant with this id. */
    Optional<SharedGrant> findById(SharedGrantId id);

    /** Stores the grant and its waiting events in one write. */
    SharedGrant save(SharedGrant grant);
}

package de.smartcity.consortium.projects.model;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** What all partners note about projects. */
public interface OwnReferencesOfPartners extends Repository<OwnReferences, OwnReferencesId> {

    /** What a partner notes about a project. */
    Optional<OwnReferences> findById(OwnReferencesId id);

    /** Whether a partner has noted something about a project, and holds one of these tokens. */
    boolean existsByIdAndDerivedAudienceTokensIn(OwnReferencesId id, Collection<String> tokens);

    /** Those that have one of these stored keys, except one of them. */
    List<OwnReferences> findByKeysInAndIdNot(Collection<String> keys, OwnReferencesId except);

    /** Stores them and their waiting events in one write. */
    OwnReferences save(OwnReferences ownReferences);
}

package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.kernel.PartnerId;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** All profiles, by the partner that each describes. */
public interface CompetenceProfiles extends Repository<CompetenceProfile, PartnerId> {

    /** The profile of this partner. */
    Optional<CompetenceProfile> findById(PartnerId partner);

    /** Stores the profile and its waiting events in one write. */
    CompetenceProfile save(CompetenceProfile profile);
}

package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** All partners. */
public interface Partners extends Repository<Partner, PartnerId> {

    /** The partner with this id. */
    Optional<Partner> findById(PartnerId id);

    /** The partner with this id, if its audience has one of these tokens. */
    Optional<Partner> findByIdAndDerivedAudienceTokensIn(PartnerId id, Collection<String> tokens);

    /** The dropped prospect with this id, if it was changed with this key. */
    Optional<Partner> findByIdAndDroppedIsTrueAndKeyedChangesChangesKey(PartnerId id, UUID key);

    /** The partner with this alias. */
    Optional<Partner> findByAlias(PartnerAlias alias);

    /** Whether a prospect with this alias was dropped. */
    boolean existsByAliasBeforeDrop(PartnerAlias alias);

    /** The partners with these Keycloak organisations. */
    List<Partner> findByOrganisationIn(Collection<OrganisationId> organisations);

    /** Stores the partner and its waiting events in one write. */
    Partner save(Partner partner);
}

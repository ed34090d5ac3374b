package de.smartcity.consortium.partners.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.PartnerFace;
import de.smartcity.consortium.partners.PartnerLookup;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what other capabilities need of partners, within the actor's audience. */
class PartnerFaces implements PartnerLookup {

    private final TypeTable<StoredPartner> table;
    private final MongoCollection<StoredPartner> partners;

    PartnerFaces(TypeTable<StoredPartner> table, RecordCollections collections) {
        this.table = table;
        this.partners = collections.of(PartnerReading.PARTNERS, StoredPartner.class);
    }

    @Override
    public Map<PartnerId, PartnerFace> find(Collection<PartnerId> ids, Actor actor) {
        var found = new HashMap<PartnerId, PartnerFace>();
        if (!ids.isEmpty()) {
            partners.find(Filters.and(
                            Filters.in("_id", ids),
                            Filters.in(
                                    DerivedPaths.AUDIENCE, table.tokens(actor).keySet())))
                    .projection(Projections.include(
                            "status", "profile.name", "profile.legalEntity", "profile.signaturesRequired"))
                    // All fit one batch.
                    .batchSize(ids.size() + 1)
                    .forEach(stored -> found.put(stored.id(), face(stored)));
        }
        return found;
    }

    /** Stored profiles may lack what new ones must have. */
    private static PartnerFace face(StoredPartner stored) {
        var profile = stored.profile();
        return new PartnerFace(
                stored.id(),
                stored.status(),
                profile == null ? LocalizedText.of(Map.of()) : PartnerTable.name(profile),
                profile == null ? null : profile.legalEntity(),
                signatures(profile == null ? null : profile.signaturesRequired()));
    }

    private static int signatures(@Nullable Integer required) {
        return Objects.requireNonNullElse(required, 1);
    }
}

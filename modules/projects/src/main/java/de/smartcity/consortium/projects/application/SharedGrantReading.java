package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.TypeReading;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.projects.model.SharedGrantId;
import java.util.Collection;
import java.util.Map;

/** Reads shared grants as an actor sees them. */
public class SharedGrantReading {

    /** The collection of shared grants. */
    public static final String SHARED_GRANTS = "sharedGrants";

    private final TypeReading<StoredSharedGrant> reading;

    SharedGrantReading(TypeTable<StoredSharedGrant> table, RecordCollections collections, Pages pages) {
        this.reading = pages.of(table, collections.of(SHARED_GRANTS, StoredSharedGrant.class));
    }

    /** Those of these grants that the actor may see. */
    public Map<SharedGrantId, View<StoredSharedGrant>> find(
            Collection<SharedGrantId> ids, Actor actor, Selection selection) {
        return reading.find("_id", ids, StoredSharedGrant::id, actor, selection);
    }
}

package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Viewpoint;
import java.util.List;
import java.util.Set;

/** The type table of {@code SharedGrant}. */
final class SharedGrantTable {

    private static final Set<Viewpoint> OFFICE = Set.of(Viewpoint.OFFICE);

    private SharedGrantTable() {}

    static TypeTable<StoredSharedGrant> table() {
        return TypeTable.of("SharedGrant", StoredSharedGrant.class, StoredSharedGrant::derived, List.of())
                .key(grant -> grant.id().value())
                .seenBy(OFFICE, "number", "number", StoredSharedGrant::number)
                .seenBy(OFFICE, "projects", "projects", StoredSharedGrant::projects)
                .seenBy(OFFICE, "createdAt", "createdAt", StoredSharedGrant::createdAt)
                .seenBy(OFFICE, "activity", "_id", StoredSharedGrant::id)
                .build();
    }
}

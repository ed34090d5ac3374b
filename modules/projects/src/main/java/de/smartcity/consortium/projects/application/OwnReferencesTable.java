package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.projects.model.OwnReferences;
import de.smartcity.consortium.projects.model.ProjectPermissions;
import java.util.Set;

/** The type table of {@code OwnReferences}. */
final class OwnReferencesTable {

    private static final Set<Viewpoint> OWN = Set.of(OwnReferences.OWNER);

    private OwnReferencesTable() {}

    static TypeTable<StoredOwnReferences> table() {
        return TypeTable.of(
                        "OwnReferences",
                        StoredOwnReferences.class,
                        StoredOwnReferences::derived,
                        OwnReferences.RELATIONS)
                .key(own -> own.id().value())
                .seenBy(OWN, "project", "project", StoredOwnReferences::project)
                .seenBy(OWN, "references", "references", StoredOwnReferences::references)
                .seenBy(OWN, "createdAt", "createdAt", StoredOwnReferences::createdAt)
                .seenBy(OWN, "activity", "_id", StoredOwnReferences::id)
                .seenIf(OwnReferencesTable::mayEdit, "version", "version", StoredOwnReferences::version)
                .seenIf(OwnReferencesTable::mayEdit, "updatedAt", "updatedAt", StoredOwnReferences::updatedAt)
                .computed("viewerCanEdit", OwnReferencesTable::mayEdit)
                .build();
    }

    /** Whoever sees them acts for their owner. */
    private static boolean mayEdit(StoredOwnReferences own, Actor actor) {
        return ProjectPermissions.keepReferences(actor).isEmpty();
    }
}

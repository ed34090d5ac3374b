package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.OwnReference;
import de.smartcity.consortium.projects.model.OwnReferencesId;
import java.time.Instant;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * What a partner notes about a project, as far as the projection reads it, shown only through {@link OwnReferencesTable}; public only because the
 * driver instantiates no other class.
 */
public record StoredOwnReferences(
        @BsonId OwnReferencesId id,
        DerivedFields derived,
        @Nullable Long version,
        @Nullable ProjectId project,
        @Nullable List<OwnReference> references,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {}

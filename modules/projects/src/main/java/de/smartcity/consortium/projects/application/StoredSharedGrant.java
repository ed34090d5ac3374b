package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.SharedGrantId;
import java.time.Instant;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A shared grant's document as far as the projection reads it, shown only through {@link SharedGrantTable}; public only because the driver instantiates
 * no other class.
 */
public record StoredSharedGrant(
        @BsonId SharedGrantId id,
        DerivedFields derived,
        @Nullable String number,
        @Nullable List<ProjectId> projects,
        @Nullable Instant createdAt) {}

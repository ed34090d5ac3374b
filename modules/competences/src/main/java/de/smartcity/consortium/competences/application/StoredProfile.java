package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.competences.model.ProfileContent;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.PartnerId;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** A profile's document as far as the projection reads it, shown only through {@link ProfileTable}; public only because the driver instantiates no other class. */
public record StoredProfile(
        @BsonId PartnerId partner,
        DerivedFields derived,
        @Nullable Long version,
        @Nullable ProfileContent published,
        @Nullable Instant publishedAt,
        @Nullable ProfileContent draft,
        @Nullable Instant draftedAt,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {}

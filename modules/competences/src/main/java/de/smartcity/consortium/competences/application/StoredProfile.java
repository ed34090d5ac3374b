package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.competences.model.Availability;
import de.smartcity.consortium.competences.model.CompetenceEntry;
import de.smartcity.consortium.competences.model.ProfileContent;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Viewpoint;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
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
        @Nullable Instant updatedAt) {

    /** The published entries that somebody sees. @param viewpoints on the profile */
    List<CompetenceEntry> entriesSeenFrom(Set<Viewpoint> viewpoints) {
        return published == null
                ? List.of()
                : published.entries().stream()
                        .filter(entry -> !Collections.disjoint(entry.seenBy(), viewpoints))
                        .toList();
    }

    /** The published availability; null if it does not hold any more. */
    @Nullable
    Availability availability(LocalDate today) {
        var stated = published == null ? null : published.availability();
        return stated != null && stated.holdsOn(today) ? stated : null;
    }
}

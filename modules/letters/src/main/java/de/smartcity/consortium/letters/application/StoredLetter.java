package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.model.Edition;
import de.smartcity.consortium.letters.model.LetterFacts;
import java.time.Instant;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** A letter's document as far as the projection reads it, shown only through {@link LetterTable}; public only because the driver instantiates no other class. */
public record StoredLetter(
        @BsonId LetterId id,
        PartnerId initiator,
        List<Edition> editions,
        DerivedFields derived,
        @Nullable Long version,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements LetterFacts {

    public StoredLetter {
        // Stored documents may lack them.
        editions = editions == null ? List.of() : editions;
    }
}

package de.smartcity.consortium.kernel;

import java.util.UUID;

/** The id of a partner; a UUID of version 7, or of version 8 if it was recorded with a key. Never reused. */
public record PartnerId(UUID value) {

    /** A new id. */
    public static PartnerId next() {
        return new PartnerId(TimeOrderedIds.next());
    }
}

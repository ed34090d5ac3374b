package de.smartcity.consortium.kernel;

import java.util.UUID;

/** Identifies a partner; a UUID of version 7, given once and never reused. */
public record PartnerId(UUID value) {

    /** A new id. */
    public static PartnerId next() {
        return new PartnerId(TimeOrderedIds.next());
    }
}

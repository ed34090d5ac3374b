package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.TimeOrderedIds;
import java.util.UUID;

/** The id of a contact of a partner; a UUID of version 7. */
public record ContactId(UUID value) {

    /** A new id. */
    public static ContactId next() {
        return new ContactId(TimeOrderedIds.next());
    }
}

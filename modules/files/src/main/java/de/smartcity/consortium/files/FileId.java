package de.smartcity.consortium.files;

import de.smartcity.consortium.kernel.TimeOrderedIds;
import java.util.UUID;

/** Identifies a file. */
public record FileId(UUID value) {

    /** A new id. */
    public static FileId next() {
        return new FileId(TimeOrderedIds.next());
    }
}

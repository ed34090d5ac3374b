package de.smartcity.consortium.projects.model;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The id of a grant's number that several projects name; a UUID of version 3, derived from the number. */
public record SharedGrantId(UUID value) {

    /** The id for a number. @param number its letters and digits */
    public static SharedGrantId of(String number) {
        return new SharedGrantId(UUID.nameUUIDFromBytes(("sharedGrant " + number).getBytes(StandardCharsets.UTF_8)));
    }
}

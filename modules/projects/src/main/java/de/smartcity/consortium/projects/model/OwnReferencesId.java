package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.projects.ProjectId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The id of what one partner notes about one project; a UUID of version 3, derived from both. */
public record OwnReferencesId(UUID value) {

    /** The id of what this partner notes about this project, also if that is nothing yet. */
    public static OwnReferencesId of(PartnerId partner, ProjectId project) {
        return new OwnReferencesId(UUID.nameUUIDFromBytes(
                ("ownReferences " + partner.value() + " " + project.value()).getBytes(StandardCharsets.UTF_8)));
    }
}

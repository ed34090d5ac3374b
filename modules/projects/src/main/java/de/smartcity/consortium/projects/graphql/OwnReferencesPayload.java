package de.smartcity.consortium.projects.graphql;

import de.smartcity.consortium.projects.model.OwnReferencesId;

/** The payload of {@code setOwnReferences}. It holds the id, by which they are read after the change, with the selected fields. */
record OwnReferencesPayload(OwnReferencesId ownReferences) {}

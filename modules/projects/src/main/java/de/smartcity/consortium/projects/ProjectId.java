package de.smartcity.consortium.projects;

import java.util.UUID;

/** The id of a joint project; a UUID of version 7, or of version 8 if it was made with a key. Never reused. */
public record ProjectId(UUID value) {}

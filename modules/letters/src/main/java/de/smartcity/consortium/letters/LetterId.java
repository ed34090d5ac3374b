package de.smartcity.consortium.letters;

import java.util.UUID;

/** The id of a letter of intent; a UUID of version 7, or of version 8 if it was drafted with a key. Never reused. */
public record LetterId(UUID value) {}

package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.letters.LetterId;
import org.jspecify.annotations.Nullable;

/**
 * Where the text of an edition is.
 *
 * @param digest of what was offered, which has the text; null for a draft
 * @param draftOf the letter that has the draft; null for an offered edition
 */
public record TextOf(@Nullable String digest, @Nullable LetterId draftOf) {}

package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.letters.model.EditionState;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which letters, as a client asks for them. All conditions hold at once; an absent one holds for all letters, an empty list for none.
 *
 * @param states in any of these states
 * @param party the global id of a partner that is a party
 * @param awaitingMyAnswer whether they wait for the partner that the caller acts for
 * @param text of which an edition has words in its title or text that begin with each of these
 * @param endsBefore in force, and ending before this day
 */
public record LetterFilter(
        @Nullable Set<EditionState> states,
        @Nullable String party,
        @Nullable Boolean awaitingMyAnswer,
        @Nullable String text,
        @Nullable LocalDate endsBefore) {

    static final LetterFilter NONE = new LetterFilter(null, null, null, null, null);
}

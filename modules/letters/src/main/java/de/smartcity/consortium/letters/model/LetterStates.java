package de.smartcity.consortium.letters.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which of a letter's editions counts: it gives the letter its state and title for somebody who sees these editions. */
public final class LetterStates {

    /** What counts more comes first. */
    private static final List<List<EditionState>> ORDER = List.of(
            List.of(EditionState.IN_FORCE),
            List.of(EditionState.OFFERED),
            List.of(EditionState.EXPIRED, EditionState.TERMINATED, EditionState.SUPERSEDED),
            List.of(EditionState.WITHDRAWN, EditionState.LAPSED),
            List.of(EditionState.DRAFT));

    private LetterStates() {}

    /** The edition in force, else the offered one, else the last that was in force, else the last that was offered, else the draft. */
    public static Optional<Edition> counting(Collection<Edition> seen) {
        return ORDER.stream()
                .flatMap(states -> seen.stream()
                        .filter(edition -> states.contains(edition.state()))
                        .max(Comparator.comparing(Edition::number))
                        .stream())
                .findFirst();
    }
}

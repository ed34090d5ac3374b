package de.smartcity.consortium.letters.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
    public static <T> Optional<T> counting(Collection<T> seen, Function<T, Edition> edition) {
        return ORDER.stream()
                .flatMap(states -> seen.stream()
                        .filter(each -> states.contains(edition.apply(each).state()))
                        .max(Comparator.comparing(each -> edition.apply(each).number()))
                        .stream())
                .findFirst();
    }
}

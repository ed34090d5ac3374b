package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.LetterId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The facts about a letter that permissions and audiences need; implemented by the aggregate and the stored record. */
public interface LetterFacts {

    /** The letter's id. */
    LetterId id();

    /** The partner that drafts and offers its editions. */
    PartnerId initiator();

    /** Its editions, the first first; of each at least number, state, parties, visibility, and partner, requirement, state and until of each answer. */
    List<Edition> editions();

    /** The edition that is being drafted. */
    default Optional<Edition> draft() {
        return last(edition -> edition.state() == EditionState.DRAFT);
    }

    /** The edition that is in force. */
    default Optional<Edition> inForce() {
        return last(edition -> edition.state() == EditionState.IN_FORCE);
    }

    /** The edition that was offered last, whatever has become of it. */
    default Optional<Edition> lastOffered() {
        return last(edition -> edition.state() != EditionState.DRAFT);
    }

    /** The last edition that fulfils a condition. */
    default Optional<Edition> last(Predicate<Edition> condition) {
        return editions().stream().filter(condition).max(Comparator.comparing(Edition::number));
    }
}

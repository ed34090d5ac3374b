package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.letters.LetterFixtures;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the editions that somebody sees gives a letter its state. */
class LetterStatesTest {

    @ParameterizedTest
    @CsvSource({
        "DRAFT, 1",
        "IN_FORCE DRAFT, 1",
        "IN_FORCE OFFERED, 1",
        "SUPERSEDED IN_FORCE LAPSED, 2",
        "EXPIRED OFFERED, 2",
        "WITHDRAWN OFFERED, 2",
        "EXPIRED WITHDRAWN LAPSED DRAFT, 1",
        "TERMINATED LAPSED, 1",
        "SUPERSEDED WITHDRAWN, 1",
        "WITHDRAWN DRAFT, 1",
        "LAPSED DRAFT, 1"
    })
    void whatBindsCountsMoreThanWhatIsOfferedAndThatMoreThanWhatIsOver(String states, int counting) {
        assertThat(counting(states)).isEqualTo(counting);
    }

    @ParameterizedTest
    @CsvSource({
        "WITHDRAWN LAPSED, 2",
        "LAPSED WITHDRAWN, 2",
        "SUPERSEDED EXPIRED, 2",
        "EXPIRED TERMINATED, 2",
        "TERMINATED SUPERSEDED EXPIRED, 3"
    })
    void ofEditionsThatCountTheSameTheLastOneCounts(String states, int counting) {
        assertThat(counting(states)).isEqualTo(counting);
    }

    @Test
    void theOrderInWhichEditionsAreReadDoesNotMatter() {
        var editions = editions("WITHDRAWN LAPSED WITHDRAWN").reversed();

        assertThat(LetterStates.counting(editions, edition -> edition))
                .map(Edition::number)
                .contains(3);
    }

    @Test
    void whoeverSeesNoEditionSeesNoState() {
        assertThat(LetterStates.counting(List.<Edition>of(), edition -> edition))
                .isEmpty();
    }

    // Help

    /** The number of the edition that counts among those with these states, the first first. */
    private static int counting(String states) {
        return LetterStates.counting(editions(states), edition -> edition)
                .orElseThrow()
                .number();
    }

    private static List<Edition> editions(String states) {
        var given = states.split(" ");
        return IntStream.range(0, given.length)
                .mapToObj(index -> Edition.draft(index + 1, LetterFixtures.terms(), Set.of())
                        .closed(EditionState.valueOf(given[index]), TODAY))
                .toList();
    }
}

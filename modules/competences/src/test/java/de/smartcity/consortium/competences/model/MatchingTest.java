package de.smartcity.consortium.competences.model;

import static de.smartcity.consortium.competences.CompetenceLevel.DELIVERS;
import static de.smartcity.consortium.competences.CompetenceLevel.KNOWS;
import static de.smartcity.consortium.competences.CompetenceLevel.LEADS;
import static de.smartcity.consortium.competences.model.MatchingFixtures.candidate;
import static de.smartcity.consortium.competences.model.MatchingFixtures.code;
import static de.smartcity.consortium.competences.model.MatchingFixtures.concept;
import static de.smartcity.consortium.competences.model.MatchingFixtures.must;
import static de.smartcity.consortium.competences.model.MatchingFixtures.names;
import static de.smartcity.consortium.competences.model.MatchingFixtures.narrower;
import static de.smartcity.consortium.competences.model.MatchingFixtures.skill;
import static de.smartcity.consortium.competences.model.MatchingFixtures.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.Need;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchingTest {

    /** C0 to C11 stand apart; PART is a part of WHOLE. */
    private static final Vocabulary VOCABULARY = new Vocabulary(Stream.concat(
                    IntStream.range(0, 12).mapToObj(number -> concept("C" + number)),
                    Stream.of(concept("WHOLE"), narrower("PART", "WHOLE")))
            .toList());

    private static Matching matching(Need... needs) {
        return new Matching(List.of(needs), VOCABULARY);
    }

    private static List<Need> musts(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> must("C" + number, DELIVERS))
                .toList();
    }

    /** Covers the needs with these numbers with evidence. */
    private static Candidate covering(String name, int... needs) {
        return candidate(
                name,
                Arrays.stream(needs)
                        .mapToObj(need -> skill("C" + need, DELIVERS, DELIVERS))
                        .toArray(Skill[]::new));
    }

    private static List<List<String>> teams(Matching matching, Candidate... candidates) {
        return matching.teams(matching.rank(List.of(candidates))).stream()
                .map(team -> names(team.members()))
                .toList();
    }

    @Test
    void moreThanTwelveNeedsAreRefused() {
        var thirteen = Stream.concat(musts(12).stream(), Stream.of(wish("WHOLE", KNOWS)))
                .toList();
        assertThatThrownBy(() -> new Matching(thirteen, VOCABULARY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are 13 needs.");
    }

    @Test
    void noNeedsMatchNobody() {
        var matching = matching();
        assertThat(matching.rank(List.of(covering("A", 0)))).isEmpty();
        assertThat(matching.teams(List.of())).isEmpty();
        assertThat(matching.uncovered(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "KNOWS, KNOWS, KNOWS, 1, true",
        "KNOWS, LEADS, KNOWS, 1, true",
        "DELIVERS, KNOWS, KNOWS, 0.5, false",
        "DELIVERS, DELIVERS, KNOWS, 0.7, true",
        "DELIVERS, DELIVERS, DELIVERS, 1, true",
        "DELIVERS, LEADS, KNOWS, 0.7, true",
        "DELIVERS, LEADS, LEADS, 1, true",
        "LEADS, KNOWS, KNOWS, 0.3333, false",
        "LEADS, DELIVERS, KNOWS, 0.4667, false",
        "LEADS, DELIVERS, DELIVERS, 0.6667, false",
        "LEADS, LEADS, KNOWS, 0.7, true",
        "LEADS, LEADS, DELIVERS, 0.7, true",
        "LEADS, LEADS, LEADS, 1, true"
    })
    void theScoreIsAShareOfTheAskedLevel(
            CompetenceLevel asked, CompetenceLevel claimed, CompetenceLevel evidenced, double score, boolean covers) {
        var match = matching(must("C0", asked))
                .of(candidate("A", skill("C0", claimed, evidenced)))
                .orElseThrow();
        assertThat(match.score().rounded()).isEqualTo(score);
        assertThat(match.needs().getFirst().score().rounded()).isEqualTo(score);
        assertThat(match.needs().getFirst().isCovered()).isEqualTo(covers);
        assertThat(match.missesMust()).isEqualTo(!covers);
    }

    @Test
    void whoHasNoMatchingClaimIsNotRanked() {
        assertThat(names(matching(must("C0", KNOWS)).rank(List.of(covering("A", 1), covering("B", 0), covering("C")))))
                .containsExactly("B");
    }

    @Test
    void theCompetencesAreThoseOfWhichASkillMatchesANeed() {
        var needs = matching(must("C0", KNOWS), must("C1", KNOWS));
        assertThat(needs.competences()).containsExactlyInAnyOrder(code("C0"), code("C1"));
    }

    @Test
    void aNeedThatNoSkillMatchesScoresNothing() {
        var match = matching(must("C0", KNOWS), must("C1", KNOWS))
                .of(covering("A", 0))
                .orElseThrow()
                .needs()
                .getLast();
        assertThat(match).isEqualTo(new NeedMatch(must("C1", KNOWS), null, null));
        assertThat(match.score()).isEqualTo(new Score(0, 600));
        assertThat(match.isCovered()).isFalse();
    }

    @Test
    void anUncoveredWishIsNotAMissedMust() {
        assertThat(matching(must("C0", DELIVERS), wish("C1", LEADS))
                        .of(covering("A", 0, 1))
                        .orElseThrow()
                        .missesMust())
                .isFalse();
    }

    @Test
    void aMustCountsTwice() {
        var matching = matching(must("C0", DELIVERS), wish("C1", DELIVERS));
        assertThat(matching.of(covering("A", 0)).orElseThrow().score()).isEqualTo(new Score(1200, 1800));
        assertThat(matching.of(covering("B", 1)).orElseThrow().score()).isEqualTo(new Score(600, 1800));
    }

    @Test
    void aBroaderCompetenceCoversNothing() {
        var matching = matching(must("PART", KNOWS));
        var ranked = matching.rank(List.of(candidate("A", skill("WHOLE", LEADS, LEADS))));
        assertThat(ranked.getFirst().score()).isEqualTo(new Score(480, 1200));
        assertThat(matching.uncovered(ranked)).containsExactly(must("PART", KNOWS));
        assertThat(matching.teams(ranked)).isEmpty();
    }

    @Test
    void theClaimThatCoversNeedNotBeTheBest() {
        var exact = skill("WHOLE", DELIVERS, DELIVERS);
        var part = skill("PART", LEADS, KNOWS);
        var match = matching(must("WHOLE", LEADS))
                .of(candidate("A", exact, part))
                .orElseThrow()
                .needs()
                .getFirst();
        assertThat(match.best()).isEqualTo(new SkillMatch(exact, MatchKind.EXACT, new Score(400, 600), false));
        assertThat(match.covering()).isEqualTo(new SkillMatch(part, MatchKind.NARROWER, new Score(336, 600), true));
    }

    @Test
    void whatAllCandidatesLeaveUncoveredIsInTheOrderOfTheNeeds() {
        var matching = matching(must("C0", DELIVERS), wish("C1", LEADS), must("C2", DELIVERS), must("C3", DELIVERS));
        var ranked = matching.rank(List.of(covering("A", 0, 1), covering("B", 3)));
        assertThat(matching.uncovered(ranked)).containsExactly(wish("C1", LEADS), must("C2", DELIVERS));
    }

    // Teams

    @Test
    void withoutAMustThereIsNoTeam() {
        assertThat(teams(matching(wish("C0", DELIVERS)), covering("A", 0))).isEmpty();
    }

    @Test
    void withAMustThatNobodyCoversThereIsNoTeam() {
        assertThat(teams(matching(must("C0", DELIVERS), must("C1", DELIVERS)), covering("A", 0)))
                .isEmpty();
    }

    @Test
    void aTeamNeedNotCoverAWish() {
        assertThat(teams(matching(wish("C0", DELIVERS), must("C1", DELIVERS)), covering("A", 0), covering("B", 1)))
                .containsExactly(List.of("B"));
    }

    @Test
    void whoCoversEveryMustNeedsNobodyElse() {
        assertThat(teams(
                        new Matching(musts(2), VOCABULARY),
                        covering("A", 0),
                        covering("B", 1),
                        covering("C", 0, 1),
                        covering("D", 1, 0)))
                .containsExactly(List.of("C"), List.of("D"));
    }

    @Test
    void ofEqualTeamsTheOneWithTheFirstMembersComesFirst() {
        assertThat(teams(
                        new Matching(musts(2), VOCABULARY),
                        covering("A", 0),
                        covering("B", 1),
                        covering("C", 0),
                        covering("D", 1)))
                .containsExactly(List.of("A", "B"), List.of("A", "D"), List.of("B", "C"), List.of("C", "D"));
    }

    @Test
    void thereAreAtMostFiveTeams() {
        assertThat(teams(
                        new Matching(musts(1), VOCABULARY),
                        IntStream.range(0, 8)
                                .mapToObj(number -> covering("P" + number, 0))
                                .toArray(Candidate[]::new)))
                .containsExactly(List.of("P0"), List.of("P1"), List.of("P2"), List.of("P3"), List.of("P4"));
    }

    @Test
    void aCandidateThatRanksLastCanBeInSeveralOfTheBestTeams() {
        assertThat(teams(
                        matching(must("C0", DELIVERS), must("C1", DELIVERS), wish("C2", DELIVERS)),
                        covering("A", 0, 2),
                        covering("B", 0, 2),
                        covering("C", 0),
                        covering("D", 0),
                        covering("E", 0),
                        candidate("F", skill("C1", DELIVERS, KNOWS)),
                        candidate("G", skill("C1", DELIVERS, KNOWS))))
                .containsExactly(
                        List.of("A", "F"), List.of("A", "G"), List.of("B", "F"), List.of("B", "G"), List.of("C", "F"));
    }

    @Test
    void aTeamCanHaveTwelveMembers() {
        var all = IntStream.range(0, 12)
                .mapToObj(number -> covering("P%02d".formatted(number), number))
                .toArray(Candidate[]::new);
        var matching = new Matching(musts(12), VOCABULARY);
        var team = matching.teams(matching.rank(List.of(all)));
        assertThat(team).hasSize(1);
        assertThat(names(team.getFirst().members()))
                .isEqualTo(Arrays.stream(all).map(Candidate::name).toList());
        assertThat(team.getFirst().score()).isEqualTo(new Score(12 * 1200, 12 * 1200));
    }

    @Test
    void teamsAreLookedForAmongTheFirstTwoHundred() {
        var matching = new Matching(musts(2), VOCABULARY);
        var others = IntStream.range(1, 200)
                .mapToObj(number -> covering("P%03d".formatted(number), 0))
                .toList();
        var last = Stream.concat(others.stream(), Stream.of(covering("P200", 1)));
        assertThat(matching.teams(matching.rank(last.toList())))
                .extracting(team -> names(team.members()).getLast())
                .containsOnly("P200");

        var further = Stream.concat(others.stream(), Stream.of(covering("P200", 0), covering("P201", 1)));
        assertThat(matching.teams(matching.rank(further.toList()))).isEmpty();
    }

    /** Each covers so many MUSTs, all in different ways: what takes the most steps. */
    @ParameterizedTest
    @CsvSource({"1, 12", "2, 6", "3, 4", "4, 3", "6, 2"})
    void teamsOfManyCandidatesThatCoverLittleAreFound(int each, int size) {
        var sets = new ArrayList<>(IntStream.range(0, 1 << 12)
                .filter(set -> Integer.bitCount(set) == each)
                .boxed()
                .toList());
        Collections.shuffle(sets, new Random(each));
        var candidates = IntStream.range(0, 200)
                .mapToObj(number -> covering(
                        "P%03d".formatted(number),
                        IntStream.range(0, 12)
                                .filter(need -> (sets.get(number % sets.size()) >> need & 1) == 1)
                                .toArray()))
                .toArray(Candidate[]::new);
        assertThat(teams(new Matching(musts(12), VOCABULARY), candidates))
                .hasSizeBetween(1, 5)
                .allMatch(team -> team.size() == size);
    }

    // Scores as shown

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 3", "1, 3", "1, 20000", "3, 2"})
    void aScoreIsRoundedToFourDecimals(int units, int whole) {
        assertThat(new Score(units, whole).rounded()).isEqualTo(Math.round(10_000.0 * units / whole) / 10_000.0);
    }
}

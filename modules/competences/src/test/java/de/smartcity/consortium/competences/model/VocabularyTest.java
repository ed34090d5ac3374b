package de.smartcity.consortium.competences.model;

import static de.smartcity.consortium.competences.model.MatchingFixtures.code;
import static de.smartcity.consortium.competences.model.MatchingFixtures.concept;
import static de.smartcity.consortium.competences.model.MatchingFixtures.deprecated;
import static de.smartcity.consortium.competences.model.MatchingFixtures.narrower;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private static final Vocabulary VOCABULARY = new Vocabulary(List.of(
            concept("NETWORKS"),
            narrower("NETWORK_5G", "NETWORKS"),
            narrower("ANTENNAS", "NETWORK_5G"),
            narrower("FIBRE", "NETWORKS"),
            deprecated("TELEGRAPH", null),
            deprecated("CABLES", "NETWORKS"),
            narrower("COPPER", "CABLES"),
            deprecated("WIRELESS", "NETWORK_5G"),
            deprecated("RADIO", "WIRELESS")));

    private static void assertMatch(String needed, String entry, MatchKind kind) {
        assertThat(VOCABULARY.match(code(needed), code(entry))).contains(kind);
    }

    private static void assertNoMatch(String needed, String entry) {
        assertThat(VOCABULARY.match(code(needed), code(entry))).isEmpty();
    }

    @Test
    void aCompetenceMatchesItselfThePartsOfItAndWhatItIsAPartOf() {
        assertMatch("NETWORK_5G", "NETWORK_5G", MatchKind.EXACT);
        assertMatch("NETWORKS", "NETWORK_5G", MatchKind.NARROWER);
        assertMatch("NETWORK_5G", "NETWORKS", MatchKind.BROADER);
    }

    @Test
    void partsOfPartsAndPartsOfTheSameDoNotMatch() {
        assertNoMatch("NETWORKS", "ANTENNAS");
        assertNoMatch("ANTENNAS", "NETWORKS");
        assertNoMatch("FIBRE", "NETWORK_5G");
        assertNoMatch("NETWORKS", "TELEGRAPH");
    }

    @Test
    void aDeprecatedCompetenceIsMatchedAsWhatReplacesIt() {
        assertMatch("NETWORK_5G", "WIRELESS", MatchKind.EXACT);
        assertMatch("RADIO", "WIRELESS", MatchKind.EXACT);
        assertMatch("NETWORKS", "RADIO", MatchKind.NARROWER);
        assertMatch("RADIO", "CABLES", MatchKind.BROADER);
        assertMatch("NETWORKS", "COPPER", MatchKind.NARROWER);
    }

    @Test
    void aDeprecatedCompetenceThatNothingReplacesMatchesItself() {
        assertMatch("TELEGRAPH", "TELEGRAPH", MatchKind.EXACT);
    }

    @Test
    void aCodeOfNoConceptMatchesNothing() {
        assertNoMatch("UNKNOWN", "UNKNOWN");
        assertNoMatch("NETWORKS", "UNKNOWN");
        assertNoMatch("UNKNOWN", "NETWORKS");
        assertThat(VOCABULARY.matches(code("UNKNOWN"))).isEmpty();
    }

    @Test
    void allMatchesIncludeTheDeprecatedCodes() {
        assertThat(VOCABULARY.matches(code("NETWORKS")))
                .isEqualTo(Map.of(
                        code("NETWORKS"), MatchKind.EXACT,
                        code("CABLES"), MatchKind.EXACT,
                        code("NETWORK_5G"), MatchKind.NARROWER,
                        code("WIRELESS"), MatchKind.NARROWER,
                        code("RADIO"), MatchKind.NARROWER,
                        code("FIBRE"), MatchKind.NARROWER,
                        code("COPPER"), MatchKind.NARROWER));
        assertThat(VOCABULARY.matches(code("FIBRE")).keySet())
                .containsExactlyInAnyOrder(code("FIBRE"), code("NETWORKS"), code("CABLES"));
    }

    @Test
    void onlyTheSameAndNarrowerCompetencesCanCover() {
        assertThat(VOCABULARY.covering(code("NETWORK_5G")))
                .containsExactlyInAnyOrder(code("NETWORK_5G"), code("WIRELESS"), code("RADIO"), code("ANTENNAS"));
    }

    @Test
    void whatIsCurrentIsFoundThroughAChain() {
        assertThat(VOCABULARY.current(code("RADIO"))).isEqualTo(code("NETWORK_5G"));
        assertThat(VOCABULARY.current(code("FIBRE"))).isEqualTo(code("FIBRE"));
        assertThat(VOCABULARY.current(code("UNKNOWN"))).isEqualTo(code("UNKNOWN"));
    }

    @Test
    void aCircleOfReplacementsEndsAfterTwenty() {
        var circle = new Vocabulary(IntStream.range(0, 30)
                .mapToObj(number -> deprecated("C" + number, "C" + (number + 1) % 30))
                .toList());
        assertThat(circle.current(code("C0"))).isEqualTo(code("C20"));
    }

    @Test
    void outdatedAreDeprecatedCodesAndThoseOfNoConcept() {
        assertThat(VOCABULARY.outdated(
                        Arrays.asList(code("NETWORKS"), code("RADIO"), code("TELEGRAPH"), code("UNKNOWN"), null)))
                .containsExactlyInAnyOrder(code("RADIO"), code("TELEGRAPH"), code("UNKNOWN"));
    }

    @Test
    void aConceptIsFoundByItsCode() {
        assertThat(VOCABULARY.find(code("FIBRE"))).contains(narrower("FIBRE", "NETWORKS"));
        assertThat(Stream.of("UNKNOWN", "NETWORK").map(MatchingFixtures::code).map(VOCABULARY::find))
                .allMatch(found -> found.isEmpty());
    }
}

package de.smartcity.consortium.competences.model;

import static de.smartcity.consortium.competences.model.ProfileExamples.TODAY;
import static de.smartcity.consortium.competences.model.ProfileExamples.certificate;
import static de.smartcity.consortium.competences.model.ProfileExamples.entry;
import static de.smartcity.consortium.competences.model.ProfileExamples.incompleteEntry;
import static de.smartcity.consortium.competences.model.ProfileExamples.other;
import static de.smartcity.consortium.competences.model.ProfileExamples.publicEntry;
import static de.smartcity.consortium.competences.model.ProfileExamples.publication;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.kernel.Viewpoint;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompetenceEntryTest {

    private static final Map<String, Evidence> EVIDENCE = Map.of(
            "paper", publication(TODAY),
            "project", other(TODAY.minusYears(5)),
            "oldPaper", publication(TODAY.minusYears(5).minusDays(1)),
            "certificate", certificate(TODAY.minusYears(9), TODAY),
            "endlessCertificate", certificate(TODAY.minusYears(5), null),
            "expired", certificate(TODAY.minusYears(1), TODAY.minusDays(1)),
            "announced", certificate(TODAY.plusDays(1), null));

    @ParameterizedTest
    @CsvSource({
        "                        , KNOWS KNOWS    KNOWS",
        "paper                   , KNOWS DELIVERS DELIVERS",
        "project                 , KNOWS DELIVERS DELIVERS",
        "oldPaper                , KNOWS KNOWS    KNOWS",
        "paper project           , KNOWS DELIVERS LEADS",
        "paper project paper     , KNOWS DELIVERS LEADS",
        "paper oldPaper          , KNOWS DELIVERS DELIVERS",
        "certificate             , KNOWS DELIVERS LEADS",
        "endlessCertificate      , KNOWS DELIVERS LEADS",
        "paper certificate       , KNOWS DELIVERS LEADS",
        "expired                 , KNOWS KNOWS    KNOWS",
        "announced               , KNOWS KNOWS    KNOWS",
        "paper expired announced , KNOWS DELIVERS DELIVERS",
        "expired certificate     , KNOWS DELIVERS LEADS"
    })
    void whatCountsTodaySupportsALevel(@Nullable String evidence, String supported) {
        var pieces = evidence == null
                ? new Evidence[0]
                : Arrays.stream(evidence.split(" ")).map(EVIDENCE::get).toArray(Evidence[]::new);
        var expected = supported.split(" +");
        for (var claimed : CompetenceLevel.values()) {
            var entry = entry("DATA", claimed, pieces);
            var level = CompetenceLevel.valueOf(expected[claimed.ordinal()]);
            assertThat(entry.evidencedLevel(TODAY)).isEqualTo(level);
            assertThat(entry.skill(TODAY)).isEqualTo(new Skill(entry.competence(), claimed, level));
        }
    }

    @Test
    void whatExpiresNoLongerCounts() {
        var entry = entry("DATA", CompetenceLevel.LEADS, certificate(TODAY.minusYears(1), TODAY));
        assertThat(entry.evidencedLevel(TODAY)).isEqualTo(CompetenceLevel.LEADS);
        assertThat(entry.evidencedLevel(TODAY.plusDays(1))).isEqualTo(CompetenceLevel.KNOWS);
        assertThat(entry.evidencedLevel(TODAY.minusYears(1).minusDays(1))).isEqualTo(CompetenceLevel.KNOWS);
    }

    @Test
    void anEntryIsForMembersOrForEverybody() {
        assertThat(entry("DATA", CompetenceLevel.KNOWS).seenBy())
                .containsExactlyInAnyOrder(Viewpoint.CONSORTIUM, Viewpoint.OFFICE, CompetenceProfile.OWNER);
        assertThat(publicEntry("DATA", CompetenceLevel.KNOWS).seenBy())
                .containsExactlyInAnyOrder(
                        Viewpoint.PUBLIC, Viewpoint.CONSORTIUM, Viewpoint.OFFICE, CompetenceProfile.OWNER);
    }

    @Test
    void aStoredEntryThatLacksAllClaimsTheLeastAndIsForMembers() {
        var entry = incompleteEntry();
        assertThat(entry.level()).isEqualTo(CompetenceLevel.KNOWS);
        assertThat(entry.evidence()).isEmpty();
        assertThat(entry.visibility()).isEqualTo(EntryVisibility.CONSORTIUM);
        assertThat(entry.evidencedLevel(TODAY)).isEqualTo(CompetenceLevel.KNOWS);
    }
}

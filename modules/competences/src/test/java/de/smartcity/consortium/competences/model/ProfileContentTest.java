package de.smartcity.consortium.competences.model;

import static de.smartcity.consortium.competences.model.MatchingFixtures.code;
import static de.smartcity.consortium.competences.model.ProfileExamples.TODAY;
import static de.smartcity.consortium.competences.model.ProfileExamples.VOCABULARY;
import static de.smartcity.consortium.competences.model.ProfileExamples.certificate;
import static de.smartcity.consortium.competences.model.ProfileExamples.content;
import static de.smartcity.consortium.competences.model.ProfileExamples.entry;
import static de.smartcity.consortium.competences.model.ProfileExamples.incompleteEntry;
import static de.smartcity.consortium.competences.model.ProfileExamples.knows;
import static de.smartcity.consortium.competences.model.ProfileExamples.publication;
import static de.smartcity.consortium.competences.model.ProfileExamples.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.kernel.Violations;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileContentTest {

    private static final Set<String> ALL = Set.of("entries", "availability", "contactFunction");

    @Test
    void entriesAreForCompetencesOfTheVocabulary() {
        assertThat(check(content("NETWORKS", "NETWORK_5G", "DATA"))).isEmpty();
        assertThat(check(content("NETWORKS", "ELSEWHERE"))).containsExactly("entries.1.competence competence.unknown");
        assertThat(message(content("ELSEWHERE"))).isEqualTo("There is no competence ELSEWHERE; see competences.");
    }

    @Test
    void aCompetenceHasOneEntry() {
        assertThat(check(content("DATA", "NETWORKS", "DATA", "DATA")))
                .containsExactly("entries.2.competence competence.twice", "entries.3.competence competence.twice");
    }

    @Test
    void aNewEntryDoesNotUseADeprecatedCompetence() {
        assertThat(check(content("DATA", "TELEX", "OLD_NETWORKS")))
                .containsExactly(
                        "entries.1.competence competence.deprecated", "entries.2.competence competence.deprecated");
    }

    @ParameterizedTest
    @CsvSource({
        "TELEX,          This competence is deprecated.",
        "OLD_NETWORKS,   This competence is deprecated: use NETWORKS.",
        "OLDER_NETWORKS, This competence is deprecated: use NETWORKS."
    })
    void itSaysWhatToUseInsteadOfADeprecatedCompetence(String competence, String message) {
        assertThat(message(content(competence))).isEqualTo(message);
    }

    @Test
    void whatWasThereAlreadyMayBeDeprecatedOrUnknown() {
        var entries = content("OLD_NETWORKS", "ELSEWHERE", "DATA");
        assertThat(check(ALL, entries, "OLD_NETWORKS", "ELSEWHERE")).isEmpty();
        assertThat(check(ALL, entries, "OLD_NETWORKS")).containsExactly("entries.1.competence competence.unknown");
        assertThat(check(ALL, entries, "ELSEWHERE")).containsExactly("entries.0.competence competence.deprecated");
        assertThat(check(ALL, content("TELEX", "TELEX"), "TELEX"))
                .containsExactly("entries.1.competence competence.twice");
    }

    @Test
    void aProfileHasAtMost60EntriesAndEachAtMost5PiecesOfEvidence() {
        assertThat(check(new ProfileContent(Collections.nCopies(60, knows("DATA")), null, null)))
                .doesNotContain("entries entries.many");
        assertThat(check(new ProfileContent(Collections.nCopies(61, knows("DATA")), null, null)))
                .contains("entries entries.many");
        assertThat(check(content(entry("DATA", CompetenceLevel.LEADS, pieces(5)))))
                .isEmpty();
        assertThat(check(content(knows("NETWORKS"), entry("DATA", CompetenceLevel.LEADS, pieces(6)))))
                .containsExactly("entries.1.evidence evidence.many");
    }

    private static Evidence[] pieces(int count) {
        return Collections.nCopies(count, publication(TODAY)).toArray(Evidence[]::new);
    }

    @Test
    void evidenceIsNotOfALaterDay() {
        var entries = content(
                entry("DATA", CompetenceLevel.LEADS, publication(TODAY), publication(TODAY.plusDays(1))),
                entry("NETWORKS", CompetenceLevel.LEADS, publication(TODAY.plusYears(1))),
                entry("NETWORK_5G", CompetenceLevel.LEADS, certificate(TODAY.plusDays(1), null)));
        assertThat(check(entries))
                .containsExactly("entries.0.evidence.1.date date.future", "entries.1.evidence.0.date date.future");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-23, availability.until availability.past", "2026-11-24,", "2026-11-25,"})
    void availabilityHoldsToday(LocalDate until, @Nullable String violation) {
        for (var state : Availability.State.values()) {
            var availability = new Availability(state, until);
            assertThat(availability.holdsOn(TODAY)).isEqualTo(violation == null);
            assertThat(check(new ProfileContent(List.of(), availability, null)))
                    .isEqualTo(violation == null ? List.of() : List.of(violation));
        }
    }

    @Test
    void whatWasNotGivenIsNotValidated() {
        var content = new ProfileContent(
                List.of(
                        knows("ELSEWHERE"),
                        entry("TELEX", CompetenceLevel.DELIVERS, publication(TODAY.plusDays(1))),
                        incompleteEntry()),
                new Availability(Availability.State.NO, TODAY.minusDays(1)),
                null);
        assertThat(check(Set.of("contactFunction"), content)).isEmpty();
        assertThat(check(Set.of("availability"), content)).containsExactly("availability.until availability.past");
        assertThat(check(Set.of("entries"), new ProfileContent(List.of(knows("TELEX")), content.availability(), null)))
                .containsExactly("entries.0.competence competence.deprecated");
    }

    @Test
    void entriesThatCouldNotBeParsedAreNotValidatedFurther() {
        var violations = new Violations();
        violations.at("entries", () -> {
            throw new RuleViolation("entries.many", "Too many.");
        });
        content("ELSEWHERE", "ELSEWHERE").check(ALL, List.of(), VOCABULARY, TODAY, violations);
        assertThat(rules(violations)).containsExactly("entries entries.many");
    }

    @Test
    void allViolationsAreFoundAtOnce() {
        var content = new ProfileContent(
                List.of(
                        knows("TELEX"),
                        entry("ELSEWHERE", CompetenceLevel.DELIVERS, publication(TODAY.plusDays(1))),
                        knows("ELSEWHERE")),
                new Availability(Availability.State.LIMITED, TODAY.minusDays(1)),
                null);
        assertThat(check(content))
                .containsExactly(
                        "entries.0.competence competence.deprecated",
                        "entries.1.competence competence.unknown",
                        "entries.1.evidence.0.date date.future",
                        "entries.2.competence competence.twice",
                        "entries.2.competence competence.unknown",
                        "availability.until availability.past");
    }

    @Test
    void itsFilesAreThoseOfItsEvidence() {
        var first = FileId.next();
        var second = FileId.next();
        var content = content(
                entry("DATA", CompetenceLevel.LEADS, certificate(TODAY, null, first), publication(TODAY)),
                entry("NETWORKS", CompetenceLevel.LEADS, certificate(TODAY, null), certificate(TODAY, null, second)));
        assertThat(content.files()).containsExactly(first, second);
        assertThat(content("DATA").files()).isEmpty();
    }

    @Test
    void itsCompetencesAreThoseOfItsEntries() {
        assertThat(content(knows("DATA"), incompleteEntry(), knows("NETWORKS")).competences())
                .containsExactly(code("DATA"), code("NETWORKS"));
    }

    @Test
    @SuppressWarnings("NullAway")
    void storedContentWithoutEntriesHasNone() {
        assertThat(new ProfileContent(null, null, null)).isEqualTo(ProfileContent.EMPTY);
    }

    @Test
    void itsEntriesAreACopy() {
        var entries = new ArrayList<>(List.of(knows("DATA")));
        var content = new ProfileContent(entries, null, null);
        entries.clear();
        assertThat(content).isEqualTo(content("DATA"));
    }

    @Test
    void whatAClientSendsHasLimits() {
        assertThat(ProfileContent.MAX_ENTRIES).isEqualTo(60);
        assertThat(ProfileContent.MAX_FUNCTION_LENGTH).isEqualTo(100);
        assertThat(CompetenceEntry.MAX_DESCRIPTION_LENGTH).isEqualTo(500);
        assertThat(CompetenceEntry.MAX_EVIDENCE).isEqualTo(5);
        assertThat(Evidence.MAX_TEXT_LENGTH).isEqualTo(200);
    }

    private static List<String> check(ProfileContent content) {
        return check(ALL, content);
    }

    private static List<String> check(Set<String> given, ProfileContent content, String... known) {
        var codes = Arrays.stream(known).map(MatchingFixtures::code).toList();
        return rules(violations(given, content, codes));
    }

    private static Violations violations(Set<String> given, ProfileContent content, List<CompetenceCode> known) {
        var violations = new Violations();
        content.check(given, known, VOCABULARY, TODAY, violations);
        return violations;
    }

    private static String message(ProfileContent content) {
        var messages = new ArrayList<String>();
        assertThatThrownBy(() -> violations(ALL, content, List.of()).throwIfAny())
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> broken.violations().stream()
                                .map(Violation::message)
                                .forEach(messages::add));
        return String.join(" ", messages);
    }
}

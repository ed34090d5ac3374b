package de.smartcity.consortium.competences.model;

import static de.smartcity.consortium.competences.model.ProfileExamples.TODAY;
import static de.smartcity.consortium.competences.model.ProfileExamples.certificate;
import static de.smartcity.consortium.competences.model.ProfileExamples.other;
import static de.smartcity.consortium.competences.model.ProfileExamples.publication;
import static de.smartcity.consortium.competences.model.ProfileExamples.rules;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.kernel.Website;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceTest {

    private static final Doi DOI = new Doi("10.1000/182");
    private static final Website URL = new Website("https://www.example.org/");

    @Test
    void aCertificateNeedsAnIssuerAndAFirstDay() {
        assertThat(check(certificate(TODAY, null))).isEmpty();
        assertThat(check(certificate(TODAY, TODAY.plusYears(3), FileId.next()))).isEmpty();
        assertThat(check(certificate(null, TODAY))).containsExactly("validFrom validFrom.required");
        assertThat(check(evidence(EvidenceKind.CERTIFICATE, null, null, null, null, null)))
                .containsExactly("issuer issuer.required", "validFrom validFrom.required");
    }

    @Test
    void aCertificateDoesNotEndBeforeItBegins() {
        assertThat(check(certificate(TODAY, TODAY))).isEmpty();
        assertThat(check(certificate(TODAY, TODAY.minusDays(1)))).containsExactly("validUntil certificate.dates");
    }

    static Stream<Evidence> whatIsNoCertificates() {
        return Stream.of(
                evidence(EvidenceKind.CERTIFICATE, "An issuer", TODAY, DOI, null, null),
                evidence(EvidenceKind.CERTIFICATE, "An issuer", TODAY, null, URL, null),
                evidence(EvidenceKind.CERTIFICATE, "An issuer", TODAY, null, null, TODAY));
    }

    @ParameterizedTest
    @MethodSource("whatIsNoCertificates")
    void aCertificateHasNeitherDoiNorUrlNorDate(Evidence evidence) {
        assertThat(check(evidence)).containsExactly("evidence.unexpected");
    }

    static Stream<Evidence> whatIsACertificates() {
        return Stream.of(EvidenceKind.PUBLICATION, EvidenceKind.OTHER)
                .flatMap(kind -> Stream.of(
                        new Evidence(kind, "An issuer", null, null, null, null, DOI, null, TODAY),
                        new Evidence(kind, null, "123", null, null, null, DOI, null, TODAY),
                        new Evidence(kind, null, null, TODAY, null, null, DOI, null, TODAY),
                        new Evidence(kind, null, null, null, TODAY, null, DOI, null, TODAY),
                        new Evidence(kind, null, null, null, null, FileId.next(), DOI, null, TODAY)));
    }

    @ParameterizedTest
    @MethodSource("whatIsACertificates")
    void onlyACertificateHasIssuerNumberDaysAndFile(Evidence evidence) {
        assertThat(check(evidence)).containsExactly("evidence.unexpected");
    }

    @ParameterizedTest
    @EnumSource(
            value = EvidenceKind.class,
            names = {"PUBLICATION", "OTHER"})
    void everythingElseNeedsADoiOrAUrlAndADate(EvidenceKind kind) {
        assertThat(check(evidence(kind, null, null, DOI, null, TODAY))).isEmpty();
        assertThat(check(evidence(kind, null, null, null, URL, TODAY))).isEmpty();
        assertThat(check(evidence(kind, null, null, DOI, URL, TODAY))).isEmpty();
        assertThat(check(evidence(kind, null, null, null, null, TODAY))).containsExactly("evidence.source");
        assertThat(check(evidence(kind, null, null, DOI, null, null))).containsExactly("date date.required");
        assertThat(check(evidence(kind, null, null, null, null, null)))
                .containsExactly("evidence.source", "date date.required");
    }

    @ParameterizedTest
    @CsvSource({"doi, PUBLICATION", "url, PUBLICATION", "issuer, CERTIFICATE"})
    void whatCouldNotBeParsedIsNotAlsoMissing(String broken, EvidenceKind kind) {
        var violations = new Violations();
        violations.at(broken, () -> {
            throw new RuleViolation("some.syntax", "Not parsed.");
        });
        evidence(kind, null, TODAY, null, null, TODAY).check(violations);
        // Each has a day of the other kind, too.
        assertThat(rules(violations)).containsExactly(broken + " some.syntax", "evidence.unexpected");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25,           , NOT_YET_VALID",
        "2026-11-24,           , COUNTS",
        "2021-11-24,           , COUNTS",
        "2021-11-23,           , TOO_OLD",
        "2026-11-25, 2026-11-25, NOT_YET_VALID",
        "2026-11-24, 2026-11-24, COUNTS",
        "2016-11-24, 2026-11-24, COUNTS",
        "2016-11-24, 2026-11-23, EXPIRED",
        "2026-11-23, 2026-11-23, EXPIRED",
        "          , 2026-11-24, TOO_OLD"
    })
    void aCertificateCountsUntilItsLastDayOrForFiveYears(
            @Nullable LocalDate from, @Nullable LocalDate until, EvidenceState state) {
        var certificate = certificate(from, until);
        assertThat(certificate.state(TODAY)).isEqualTo(state);
        assertThat(certificate.counts(TODAY)).isEqualTo(state == EvidenceState.COUNTS);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25, NOT_YET_VALID",
        "2026-11-24, COUNTS",
        "2021-11-24, COUNTS",
        "2021-11-23, TOO_OLD",
        "          , TOO_OLD"
    })
    void everythingElseCountsForFiveYears(@Nullable LocalDate date, EvidenceState state) {
        for (var kind : List.of(EvidenceKind.PUBLICATION, EvidenceKind.OTHER)) {
            var evidence = evidence(kind, null, null, DOI, null, date);
            assertThat(evidence.state(TODAY)).isEqualTo(state);
            assertThat(evidence.counts(TODAY)).isEqualTo(state == EvidenceState.COUNTS);
        }
    }

    @Test
    void whatIsOfALeapDayCountsUntilTheLastDayOfFebruary() {
        var leapDay = LocalDate.of(2024, 2, 29);
        assertThat(publication(leapDay).state(LocalDate.of(2029, 2, 28))).isEqualTo(EvidenceState.COUNTS);
        assertThat(publication(leapDay).state(LocalDate.of(2029, 3, 1))).isEqualTo(EvidenceState.TOO_OLD);
    }

    @Test
    void theFirstDayOfACertificateIsNotTheDateOfAnythingElse() {
        var stored = new Evidence(
                EvidenceKind.OTHER, null, null, TODAY.plusDays(1), null, null, null, URL, TODAY.minusYears(6));
        assertThat(stored.state(TODAY)).isEqualTo(EvidenceState.TOO_OLD);
        assertThat(other(TODAY).state(TODAY)).isEqualTo(EvidenceState.COUNTS);
    }

    private static List<String> check(Evidence evidence) {
        var violations = new Violations();
        evidence.check(violations);
        return rules(violations);
    }

    private static Evidence evidence(
            EvidenceKind kind,
            @Nullable String issuer,
            @Nullable LocalDate validFrom,
            @Nullable Doi doi,
            @Nullable Website url,
            @Nullable LocalDate date) {
        return new Evidence(kind, issuer, null, validFrom, null, null, doi, url, date);
    }
}

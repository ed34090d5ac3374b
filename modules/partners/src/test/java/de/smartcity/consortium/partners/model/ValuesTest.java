package de.smartcity.consortium.partners.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.partners.LegalEntity;
import de.smartcity.consortium.partners.model.ExternalIdentifier.GivenIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "ROR, 04mz5ra38, 04mz5ra38",
        "ROR, https://ror.org/04mz5ra38, 04mz5ra38",
        "ROR, ROR.org/04MZ5RA38, 04mz5ra38",
        "VAT, DE136695976, DE136695976",
        "VAT, de 136 695 976, DE136695976",
        "VAT, DE129273398, DE129273398",
        "VAT, ATU13585627, ATU13585627",
        "VAT, BE0428759497, BE0428759497",
        "VAT, BE0200068636, BE0200068636",
        "VAT, NL004495445B01, NL004495445B01",
        "VAT, NL000099998B57, NL000099998B57",
        "VAT, FR40303265045, FR40303265045",
        "VAT, FRK7399859412, FRK7399859412",
        "VAT, SE123456789701, SE123456789701",
        "VAT, PL8567346215, PL8567346215",
        "VAT, LU15027442, LU15027442",
        "LEI, 529900T8BM49AURSDO55, 529900T8BM49AURSDO55",
        "LEI, 5299 00T8 BM49 AURS DO55, 529900T8BM49AURSDO55",
        "GND, 118540238, 118540238",
        "GND, https://d-nb.info/gnd/118540238, 118540238",
        "GND, 11852786X, 11852786X",
        "GND, 4151243-1, 4151243-1",
        "WIKIDATA, Q2100, Q2100",
        "WIKIDATA, https://www.wikidata.org/wiki/Q2100, Q2100",
        "PIC, 999868823, 999868823",
        "PIC, 999 868 823, 999868823",
        "EUID, DEX1517R.HRB395KI, DEX1517R.HRB395KI",
        "EUID, dex1517r . hrb 395 KI, DEX1517R.HRB395KI",
        "EUID, DKCVR.11845118, DKCVR.11845118",
        "EUID, ELGEMI.077700527000, ELGEMI.077700527000",
        "EUID, ROONRC.J40/1/2002, ROONRC.J40/1/2002",
        "EUID, DEX1517R.HRB395KI_7, DEX1517R.HRB395KI_7",
        "AGS, 05112000, 05112000",
        "AGS, 05 1 12 000, 05112000"
    })
    void anIdentifierIsStoredAsItsRegisterWritesIt(IdentifierType type, String written, String stored) {
        assertThat(ExternalIdentifier.parse(type, written, false).value()).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "ROR, 04mz5ra39, identifier.ror.check",
        "ROR, 04mz5rb38, identifier.ror.check",
        "ROR, 14mz5ra38, identifier.ror.syntax",
        "ROR, 04mz5ra3, identifier.ror.syntax",
        "VAT, DE136695977, identifier.vat.check",
        "VAT, DE136965976, identifier.vat.check",
        "VAT, ATU13585628, identifier.vat.check",
        "VAT, PL8567346216, identifier.vat.check",
        "VAT, FR41303265045, identifier.vat.check",
        "VAT, FR40303265046, identifier.vat.check",
        "VAT, BE0428759498, identifier.vat.check",
        "VAT, LU15027443, identifier.vat.check",
        "VAT, NL000099998B58, identifier.vat.check",
        "VAT, US123456789, identifier.vat.syntax",
        "LEI, 529900T8BM49AURSDO56, identifier.lei.check",
        "LEI, 529900T8BM49AURSDO5, identifier.lei.syntax",
        "GND, 118540239, identifier.gnd.check",
        "GND, 118540283, identifier.gnd.check",
        "GND, 4151243-2, identifier.gnd.check",
        "GND, Goethe, identifier.gnd.syntax",
        "WIKIDATA, P31, identifier.wikidata.syntax",
        "WIKIDATA, Q0, identifier.wikidata.syntax",
        "PIC, 99986882, identifier.pic.syntax",
        "PIC, 9998688230, identifier.pic.syntax",
        "PIC, 099868823, identifier.pic.syntax",
        "EUID, DEX1517RHRB395KI, identifier.euid.syntax",
        "EUID, USX1517R.HRB395KI, identifier.euid.syntax",
        "EUID, DE.HRB395KI, identifier.euid.syntax",
        "EUID, DEX1517R.HRB395KI_, identifier.euid.syntax",
        "EUID, DEX1517R.HRB395.KI, identifier.euid.syntax",
        "AGS, 5112000, identifier.ags.syntax",
        "AGS, 17112000, identifier.ags.syntax",
        "AGS, 00112000, identifier.ags.syntax",
        "AGS, 051120000000, identifier.ags.syntax"
    })
    void aTypingErrorIsDetected(IdentifierType type, String written, String rule) {
        assertThatThrownBy(() -> ExternalIdentifier.parse(type, written, false))
                .satisfies(thrown -> isRule(thrown, rule));
    }

    @Test
    void anIdentifierMayBeWrittenWithMuchAroundItButNotWithAnything() {
        var written = "Q2100" + " ".repeat(195);
        assertThat(ExternalIdentifier.parse(IdentifierType.WIKIDATA, written, true))
                .isEqualTo(new ExternalIdentifier(IdentifierType.WIKIDATA, "Q2100", true));
        assertThatThrownBy(() -> ExternalIdentifier.parse(IdentifierType.WIKIDATA, written + " ", true))
                .satisfies(thrown -> isRule(thrown, "identifier.wikidata.syntax", "value"));
    }

    @Test
    void aPartnerHasAtMostTwentyIdentifiersAndMoreAreNotRead() {
        var twenty = IntStream.rangeClosed(1, 20)
                .mapToObj(n -> new GivenIdentifier(IdentifierType.WIKIDATA, "Q" + n, n == 1))
                .toList();
        assertThat(ExternalIdentifier.parse(twenty))
                .hasSize(20)
                .startsWith(new ExternalIdentifier(IdentifierType.WIKIDATA, "Q1", true))
                .endsWith(new ExternalIdentifier(IdentifierType.WIKIDATA, "Q20", false));
        var more = new ArrayList<>(twenty);
        more.add(new GivenIdentifier(IdentifierType.ROR, "nonsense", true));
        assertThatThrownBy(() -> ExternalIdentifier.parse(more))
                .satisfies(thrown -> isRule(thrown, "identifiers.many"));
        assertThatThrownBy(() -> ExternalIdentifier.parse(more.subList(19, 21)))
                .satisfies(thrown -> isRule(thrown, "identifier.ror.syntax", "1", "value"));
    }

    @Test
    void oneIdentifierOfEachTypeIsPreferred() {
        var together = ExternalIdentifier.parse(List.of(
                new GivenIdentifier(IdentifierType.WIKIDATA, "Q1", false),
                new GivenIdentifier(IdentifierType.WIKIDATA, "Q2", true),
                new GivenIdentifier(IdentifierType.ROR, "04mz5ra38", false)));
        assertThat(together.stream().filter(ExternalIdentifier::preferred).map(ExternalIdentifier::key))
                .containsExactly("WIKIDATA:Q2", "ROR:04mz5ra38");
        assertThatThrownBy(() -> ExternalIdentifier.parse(List.of(
                        new GivenIdentifier(IdentifierType.WIKIDATA, "Q1", true),
                        new GivenIdentifier(IdentifierType.WIKIDATA, "Q2", true))))
                .satisfies(thrown -> isRule(thrown, "identifiers.preferred", "1", "preferred"));
        assertThatThrownBy(() -> ExternalIdentifier.parse(List.of(
                        new GivenIdentifier(IdentifierType.ROR, "04mz5ra38", false),
                        new GivenIdentifier(IdentifierType.ROR, "https://ror.org/04mz5ra38", false))))
                .satisfies(thrown -> isRule(thrown, "identifiers.twice", "1", "value"));
    }

    @ParameterizedTest
    @CsvSource({
        "181, 0, point.longitude",
        "NaN, 0, point.longitude",
        "0, -91, point.latitude",
        "0, Infinity, point.latitude"
    })
    void aPointHasValidCoordinates(double longitude, double latitude, String rule) {
        assertThatThrownBy(() -> GeoPoint.parse(longitude, latitude)).satisfies(thrown -> isRule(thrown, rule));
    }

    @ParameterizedTest
    @CsvSource({"180, 90", "-180, -90", "6.76, 51.43"})
    void thePolesAndTheDateLineAreOnEarth(double longitude, double latitude) {
        assertThat(GeoPoint.parse(longitude, latitude)).isEqualTo(new GeoPoint(longitude, latitude));
    }

    @Test
    void anAddressHasACityInACountry() {
        assertThat(Address.parse(List.of(), " 47051 ", "Duisburg", "DE", new Address.GivenPoint(6.76, 51.43)))
                .isEqualTo(new Address(List.of(), "47051", "Duisburg", "DE", new GeoPoint(6.76, 51.43)));
        assertThat(Address.parse(List.of(" Street 1 "), null, " Duisburg ", "de", null))
                .isEqualTo(new Address(List.of("Street 1"), null, "Duisburg", "DE", null));
        assertThatThrownBy(() -> Address.parse(List.of(), null, "Duisburg", "Germany", null))
                .satisfies(thrown -> isRule(thrown, "address.country", "country"));
        assertThat(Address.parse(List.of(), null, "Duisburg", "DE" + " ".repeat(18), null)
                        .country())
                .isEqualTo("DE");
        assertThatThrownBy(() -> Address.parse(List.of(), null, "Duisburg", "DE" + " ".repeat(19), null))
                .satisfies(thrown -> isRule(thrown, "address.country", "country"));
        assertThatThrownBy(() -> Address.parse(List.of("1", "2", "3", "4", "5"), null, "Duisburg", "DE", null))
                .satisfies(thrown -> isRule(thrown, "address.lines", "lines"));
        assertThat(Address.parse(List.of("1", "2", "3", "x".repeat(200)), "1".repeat(20), "x".repeat(100), "DE", null)
                        .lines())
                .hasSize(4);
    }

    @Test
    void allViolationsOfAnAddressAreReportedTogether() {
        assertThatThrownBy(() -> Address.parse(
                        List.of("Street 1", " ", "x".repeat(201)),
                        "1".repeat(21),
                        "x".repeat(101),
                        "??",
                        new Address.GivenPoint(181, -91)))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().stream()
                                        .map(violation -> violation.rule() + " " + violation.path()))
                                .containsExactly(
                                        "address.blank [lines, 1]",
                                        "address.long [lines, 2]",
                                        "address.long [postalCode]",
                                        "address.long [city]",
                                        "address.country [country]",
                                        "point.longitude [point, longitude]",
                                        "point.latitude [point, latitude]"));
    }

    @Test
    void aLegalEntityHasANameAndASeat() {
        assertThat(LegalEntity.parse(" Some GmbH ", " Amtsgericht Duisburg ", " HRB 1 ", " Duisburg "))
                .isEqualTo(new LegalEntity("Some GmbH", "Amtsgericht Duisburg", "HRB 1", "Duisburg"));
        assertThat(LegalEntity.parse("x".repeat(300), null, null, "x".repeat(100)))
                .isEqualTo(new LegalEntity("x".repeat(300), null, null, "x".repeat(100)));
        assertThatThrownBy(() -> LegalEntity.parse("x".repeat(301), "x".repeat(201), "x".repeat(101), "\u2003"))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().stream()
                                        .map(violation -> violation.rule() + " " + violation.path()))
                                .containsExactly(
                                        "legalEntity.long [name]",
                                        "legalEntity.long [register]",
                                        "legalEntity.long [registerNumber]",
                                        "legalEntity.blank [seat]"));
    }

    @Test
    void aLegalEntityIsOneLine() {
        for (var name : List.of("A\nSigned by: B", "A\u202Eb", "A\u0000", "A\u200Bb", "A\u2028b", "A\uD800")) {
            assertThatThrownBy(() -> LegalEntity.parse(name, null, null, "Duisburg"))
                    .satisfies(thrown -> isRule(thrown, "legalEntity.characters", "name"));
        }
    }

    @Test
    void aRegisterIsGivenWithTheNumberThere() {
        assertThatThrownBy(() -> LegalEntity.parse("Some GmbH", "Amtsgericht Duisburg", null, "Duisburg"))
                .satisfies(thrown -> isRule(thrown, "legalEntity.register", "registerNumber"));
        assertThatThrownBy(() -> LegalEntity.parse("Some GmbH", null, "HRB 1", "Duisburg"))
                .satisfies(thrown -> isRule(thrown, "legalEntity.register", "register"));
    }

    private static void isRule(Throwable thrown, String rule, String... path) {
        assertThat(thrown).isInstanceOf(RuleViolation.class);
        var violation = ((RuleViolation) thrown).violations().getFirst();
        assertThat(violation.rule()).isEqualTo(rule);
        if (path.length > 0) {
            assertThat(violation.path()).containsExactly(path);
        }
    }
}

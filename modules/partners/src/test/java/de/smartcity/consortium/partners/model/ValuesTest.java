package de.smartcity.consortium.partners.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "ROR, 04mz5ra38, 04mz5ra38",
        "ROR, https://ror.org/04mz5ra38, 04mz5ra38",
        "ROR, ROR.org/04MZ5RA38, 04mz5ra38",
        "VAT, DE136695976, DE136695976",
        "VAT, de 136 695 976, DE136695976",
        "VAT, ATU13585627, ATU13585627",
        "VAT, BE0428759497, BE0428759497",
        "VAT, NL004495445B01, NL004495445B01",
        "VAT, PL8567346215, PL8567346215",
        "VAT, LU15027442, LU15027442",
        "LEI, 529900T8BM49AURSDO55, 529900T8BM49AURSDO55",
        "LEI, 5299 00T8 BM49 AURS DO55, 529900T8BM49AURSDO55",
        "GND, 118540238, 118540238",
        "GND, https://d-nb.info/gnd/118540238, 118540238",
        "WIKIDATA, Q2100, Q2100",
        "WIKIDATA, https://www.wikidata.org/wiki/Q2100, Q2100"
    })
    void anIdentifierIsStoredAsItsRegisterWritesIt(IdentifierType type, String written, String stored) {
        assertThat(new ExternalIdentifier(type, written, false).value()).isEqualTo(stored);
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
        "VAT, US123456789, identifier.vat.syntax",
        "LEI, 529900T8BM49AURSDO56, identifier.lei.check",
        "LEI, 529900T8BM49AURSDO5, identifier.lei.syntax",
        "GND, 118540239, identifier.gnd.check",
        "GND, Goethe, identifier.gnd.syntax",
        "WIKIDATA, P31, identifier.wikidata.syntax",
        "WIKIDATA, Q0, identifier.wikidata.syntax"
    })
    void aTypingErrorIsFound(IdentifierType type, String written, String rule) {
        assertThatThrownBy(() -> new ExternalIdentifier(type, written, false))
                .satisfies(thrown -> isRule(thrown, rule));
    }

    @Test
    void oneIdentifierOfEachTypeIsPreferred() {
        var together = ExternalIdentifier.together(List.of(
                new ExternalIdentifier(IdentifierType.WIKIDATA, "Q1", false),
                new ExternalIdentifier(IdentifierType.WIKIDATA, "Q2", true),
                new ExternalIdentifier(IdentifierType.ROR, "04mz5ra38", false)));
        assertThat(together.stream().filter(ExternalIdentifier::preferred).map(ExternalIdentifier::key))
                .containsExactly("WIKIDATA:Q2", "ROR:04mz5ra38");
        assertThatThrownBy(() -> ExternalIdentifier.together(List.of(
                        new ExternalIdentifier(IdentifierType.WIKIDATA, "Q1", true),
                        new ExternalIdentifier(IdentifierType.WIKIDATA, "Q2", true))))
                .satisfies(thrown -> isRule(thrown, "identifiers.preferred"));
        assertThatThrownBy(() -> ExternalIdentifier.together(List.of(
                        new ExternalIdentifier(IdentifierType.ROR, "04mz5ra38", false),
                        new ExternalIdentifier(IdentifierType.ROR, "https://ror.org/04mz5ra38", false))))
                .satisfies(thrown -> isRule(thrown, "identifiers.twice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://www.example.org", "http://example.org:8080/a?b=c#d", "HTTPS://xn--mnchen-3ya.de/"})
    void aWebsiteIsAnHttpAddress(String website) {
        assertThat(new Website(" " + website + " ").value()).isEqualTo(website);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "www.example.org",
                "javascript:alert(1)",
                "ftp://example.org",
                "https://",
                "https:///path",
                "https://good.example@evil.example/",
                "https://exa mple.org",
                "data:text/html,x"
            })
    void anythingElseIsNoWebsite(String website) {
        assertThatThrownBy(() -> new Website(website)).satisfies(thrown -> isRule(thrown, "website.syntax"));
    }

    @ParameterizedTest
    @CsvSource({
        "office@Example.ORG, office@example.org",
        "Press.Office+eu@sub.example.org, Press.Office+eu@sub.example.org",
        "büro@müller.example, büro@müller.example"
    })
    void anEmailAddressKeepsItsNameAndLowersItsDomain(String written, String stored) {
        assertThat(new EmailAddress(written).value()).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "office",
                "@example.org",
                "office@",
                "a b@example.org",
                "a@b",
                "a@@example.org",
                "A <a@example.org>"
            })
    void anythingElseIsNoEmailAddress(String address) {
        assertThatThrownBy(() -> new EmailAddress(address)).satisfies(thrown -> isRule(thrown, "email.syntax"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+49 203 0000000", "+49-203-0000000", "+492030000000"})
    void aPhoneNumberHasItsCountryCode(String number) {
        assertThat(new PhoneNumber(number).value()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0203 0000000", "+0 203", "+49", "call us"})
    void anythingElseIsNoPhoneNumber(String number) {
        assertThatThrownBy(() -> new PhoneNumber(number)).satisfies(thrown -> isRule(thrown, "phone.syntax"));
    }

    @ParameterizedTest
    @CsvSource({
        "181, 0, point.longitude",
        "NaN, 0, point.longitude",
        "0, -91, point.latitude",
        "0, Infinity, point.latitude"
    })
    void aPointIsOnEarth(double longitude, double latitude, String rule) {
        assertThatThrownBy(() -> new GeoPoint(longitude, latitude)).satisfies(thrown -> isRule(thrown, rule));
    }

    @Test
    void aContactCanBeReached() {
        var function = LocalizedText.of(Map.of("en", "Press office"));
        assertThatThrownBy(() -> new Contact(ContactId.next(), function, null, null, true))
                .satisfies(thrown -> isRule(thrown, "contact.unreachable"));
        assertThatThrownBy(() -> new Contact(
                        ContactId.next(),
                        LocalizedText.of(Map.of("en", "x".repeat(101))),
                        new EmailAddress("a@example.org"),
                        null,
                        true))
                .satisfies(thrown -> isRule(thrown, "text.long"));
    }

    @Test
    void anAddressHasACityInACountry() {
        assertThat(new Address(List.of(" Street 1 "), null, " Duisburg ", "de", null))
                .isEqualTo(new Address(List.of("Street 1"), null, "Duisburg", "DE", null));
        assertThatThrownBy(() -> new Address(List.of(), null, "Duisburg", "Germany", null))
                .satisfies(thrown -> isRule(thrown, "address.country"));
        assertThatThrownBy(() -> new Address(List.of("1", "2", "3", "4", "5"), null, "Duisburg", "DE", null))
                .satisfies(thrown -> isRule(thrown, "address.lines"));
        assertThatThrownBy(() -> new Address(List.of(), "1".repeat(21), "Duisburg", "DE", null))
                .satisfies(thrown -> isRule(thrown, "address.long"));
    }

    private static void isRule(Throwable thrown, String rule) {
        assertThat(thrown).isInstanceOf(RuleViolation.class);
        assertThat(((RuleViolation) thrown).violations().getFirst().rule()).isEqualTo(rule);
    }
}

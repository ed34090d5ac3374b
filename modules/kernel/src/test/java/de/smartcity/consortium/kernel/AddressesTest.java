package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://www.example.org", "http://example.org:8080/a?b=c#d", "HTTPS://xn--mnchen-3ya.de/"})
    void aWebsiteIsAnHttpAddress(String website) {
        assertThat(Website.parse(" " + website + " ").value()).isEqualTo(website);
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
    void anInvalidWebsiteIsRefused(String website) {
        assertThatThrownBy(() -> Website.parse(website)).satisfies(Broken.rule("website.syntax"));
    }

    @ParameterizedTest
    @CsvSource({
        "office@Example.ORG, office@example.org",
        "Press.Office+eu@sub.example.org, Press.Office+eu@sub.example.org",
        "büro@müller.example, büro@müller.example"
    })
    void theDomainOfAnEmailAddressBecomesLowerCase(String written, String stored) {
        assertThat(EmailAddress.parse(written).value()).isEqualTo(stored);
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
    void anInvalidEmailAddressIsRefused(String address) {
        assertThatThrownBy(() -> EmailAddress.parse(address)).satisfies(Broken.rule("email.syntax"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+49 203 0000000", "+49-203-0000000", "+492030000000"})
    void aPhoneNumberHasItsCountryCode(String number) {
        assertThat(PhoneNumber.parse(number).value()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0203 0000000", "+0 203", "+49", "call us"})
    void anInvalidPhoneNumberIsRefused(String number) {
        assertThatThrownBy(() -> PhoneNumber.parse(number)).satisfies(Broken.rule("phone.syntax"));
    }

    @Test
    void aValueThatIsTooLongIsRefused() {
        assertThat(Website.parse("https://example.org/" + "a".repeat(1980)).value())
                .hasSize(2000);
        assertThatThrownBy(() -> Website.parse("https://example.org/" + "a".repeat(1981)))
                .satisfies(Broken.rule("website.long"));
        assertThat(EmailAddress.parse("a".repeat(64) + "@example.org").value()).hasSize(76);
        assertThatThrownBy(() -> EmailAddress.parse("a".repeat(65) + "@example.org"))
                .satisfies(Broken.rule("email.syntax"));
        var domain = "@" + ("b".repeat(60) + ".").repeat(3) + "c".repeat(6);
        assertThat(EmailAddress.parse("a".repeat(64) + domain).value()).hasSize(254);
        assertThatThrownBy(() -> EmailAddress.parse("a".repeat(64) + domain + "c"))
                .satisfies(Broken.rule("email.syntax"));
        assertThat(PhoneNumber.parse("+4" + " ".repeat(49) + "920300000").value())
                .isEqualTo("+4 920300000");
        assertThatThrownBy(() -> PhoneNumber.parse("+4" + " ".repeat(50) + "920300000"))
                .satisfies(Broken.rule("phone.syntax"));
    }

    @Test
    void whatIsTooLongWithTheSpacesAroundItIsRefused() {
        var site = "https://example.org/";
        assertThat(Website.parse(site + " ".repeat(1980)).value()).isEqualTo(site);
        assertThatThrownBy(() -> Website.parse(site + " ".repeat(1981))).satisfies(Broken.rule("website.long"));
        assertThat(EmailAddress.parse("a@example.org" + " ".repeat(241)).value())
                .isEqualTo("a@example.org");
        assertThatThrownBy(() -> EmailAddress.parse("a@example.org" + " ".repeat(242)))
                .satisfies(Broken.rule("email.syntax"));
    }

    @Test
    void storedValuesThatBreakRulesAreRead() {
        assertThat(new Website("no address").value()).isEqualTo("no address");
        assertThat(new EmailAddress("no address").value()).isEqualTo("no address");
        assertThat(new PhoneNumber("no number").value()).isEqualTo("no number");
    }
}

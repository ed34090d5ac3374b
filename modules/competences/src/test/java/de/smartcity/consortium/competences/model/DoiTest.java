package de.smartcity.consortium.competences.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoiTest {

    @ParameterizedTest
    @CsvSource({
        "10.1000/182, 10.1000/182",
        "' 10.1000/182 ', 10.1000/182",
        "doi:10.1000/182, 10.1000/182",
        "DOI: 10.1000/182, 10.1000/182",
        "https://doi.org/10.1000/182, 10.1000/182",
        "http://dx.doi.org/10.1000/182, 10.1000/182",
        "HTTPS://DOI.ORG/10.1000/182, 10.1000/182",
        "10.1000.10/a(b)<c>;d, 10.1000.10/a(b)<c>;d",
        "10.123456789/https://doi.org/, 10.123456789/https://doi.org/"
    })
    void aDoiIsKeptInItsBareForm(String text, String bare) {
        assertThat(Doi.parse(text)).isEqualTo(new Doi(bare));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "182",
                "10.1000",
                "10.1000/",
                "10.100/182",
                "10.1234567890/182",
                "10.1000./182",
                "11.1000/182",
                "10.1000/1 82",
                "10.1000/ä",
                "x10.1000/182",
                "https://example.org/10.1000/182",
                "https://doi.org/doi:10.1000/182"
            })
    void whatIsNoDoiIsRefused(String text) {
        assertThatThrownBy(() -> Doi.parse(text))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations())
                                .extracting(Violation::rule)
                                .containsExactly("doi.syntax"));
    }

    @Test
    void aDoiHasAtMostTwoHundredCharacters() {
        var longest = "10.1000/" + "1".repeat(192);
        assertThat(Doi.parse(longest).value()).isEqualTo(longest);
        assertThatThrownBy(() -> Doi.parse(longest + "1")).isInstanceOf(RuleViolation.class);
    }
}

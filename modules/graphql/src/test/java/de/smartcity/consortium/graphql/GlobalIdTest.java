package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalIdTest {

    private static final UUID ID = UUID.fromString("018f3c2e-7b1a-7cde-8f01-23456789abcd");

    @ParameterizedTest
    @ValueSource(strings = {"Partner", "LetterOfIntent", "A"})
    void anIdIsReadAsItWasWritten(String type) {
        var id = new GlobalId(type, ID);

        assertThat(GlobalId.parse(id.text())).isEqualTo(id);
        assertThat(GlobalId.parse(id.text(), type)).isEqualTo(ID);
        assertThat(id.text()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void theTextsOfTwoObjectsDiffer() {
        assertThat(new GlobalId("Partner", ID).text())
                .isEqualTo(new GlobalId("Partner", ID).text())
                .isNotEqualTo(new GlobalId("Partner", new UUID(0, 0)).text())
                .isNotEqualTo(new GlobalId("Letter", ID).text());
    }

    @Test
    void theIdOfAnotherTypeIsRefused() {
        var letter = new GlobalId("Letter", ID).text();

        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> GlobalId.parse(letter, "Partner"))
                .withMessageContaining(letter)
                .withMessageContaining("not the id of a Partner");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "=",
                "not base64!",
                "018f3c2e-7b1a-7cde-8f01-23456789abcd",
                // Sixteen bytes and no type.
                "AAAAAAAAAAAAAAAAAAAAAA",
                // No type begins with zeros.
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "UGFydG5lcg"
            })
    void whatIsNoIdIsRefused(String text) {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> GlobalId.parse(text))
                .withMessageContaining("malformed")
                .withNoCause();
    }

    @Test
    void aTypeHasLettersOnly() {
        refusesType("partner");
        refusesType("Partner1");
        refusesType("Pär");
        refusesType("A".repeat(62));
    }

    @Test
    void aLongTextIsNotRepeatedWhole() {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> GlobalId.parse("!".repeat(100_000)))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(200));
    }

    private static void refusesType(String type) {
        var bytes = (type + "0123456789abcdef").getBytes(StandardCharsets.UTF_8);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        assertThatExceptionOfType(BadRequest.class)
                .as(type)
                .isThrownBy(() -> GlobalId.parse(text))
                .withMessageContaining("malformed");
    }
}

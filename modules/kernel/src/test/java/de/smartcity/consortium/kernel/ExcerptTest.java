package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

    @Test
    void aTextOfEightyCharactersIsShownWhole() {
        assertThat(Excerpt.of("")).isEmpty();
        assertThat(Excerpt.of("Öffentliche Straße")).isEqualTo("Öffentliche Straße");
        assertThat(Excerpt.of("x".repeat(80))).isEqualTo("x".repeat(80));
    }

    @Test
    void aLongerTextIsCutBetweenCharacters() {
        assertThat(Excerpt.of("x".repeat(81))).isEqualTo("x".repeat(80) + "…");
        assertThat(Excerpt.of("x" + "🏙".repeat(1_000))).isEqualTo("x" + "🏙".repeat(79) + "…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\nb",
                "a\u001Bb",
                "a\u0085b",
                "a\u202Eb",
                "a\u2028b",
                "a\u2029b",
                "a\uD800b",
                "a\uDC00b",
                "a\uDB40\uDC41b"
            })
    void whatHasNoVisibleFormIsReplaced(String text) {
        assertThat(Excerpt.of(text)).isEqualTo("a\uFFFDb");
    }
}

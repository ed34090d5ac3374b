package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalizedTextTest {

    private static final LocalizedText TEXT = LocalizedText.of(Map.of("de", "Hafen", "en", "Harbour", "zh-Hans", "港"));

    @ParameterizedTest
    @CsvSource({
        "en, Harbour",
        "EN, Harbour",
        "en-GB, Harbour",
        "de-AT-1996, Hafen",
        "zh-Hans-CN, 港",
        "fr, Hafen",
        "zh, Hafen"
    })
    void aReaderGetsTheLanguageOrWhatComesNearest(String wanted, String expected) {
        assertThat(TEXT.in(List.of(wanted))).isEqualTo(expected);
    }

    @Test
    void theFirstWantedLanguageThatThereIsWins() {
        assertThat(TEXT.in(List.of("fr", "en", "de"))).isEqualTo("Harbour");
        assertThat(TEXT.in(List.of())).isEqualTo("Hafen");
    }

    @Test
    void tagsAreKeptInTheirCanonicalForm() {
        assertThat(LocalizedText.of(Map.of("EN-gb", " A text ")).texts()).containsExactly(Map.entry("en-GB", "A text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a tag", "xx", "qqq", "de_DE", "123", "e"})
    void whatIsNoLanguageIsRefused(String tag) {
        assertThatThrownBy(() -> LocalizedText.of(Map.of(tag, "text"))).satisfies(Violations.rule("locale.unknown"));
    }

    @Test
    void aTextHasAtLeastOneLanguageAndNoneTwiceAndNoneBlank() {
        assertThatThrownBy(() -> LocalizedText.of(Map.of())).satisfies(Violations.rule("text.empty"));
        assertThatThrownBy(() -> LocalizedText.of(Map.of("de", " \t"))).satisfies(Violations.rule("text.blank"));
        assertThatThrownBy(() -> LocalizedText.of(Map.of("de", "a", "DE", "b")))
                .satisfies(Violations.rule("locale.twice"));
    }

    @Test
    void lengthIsCountedInCharactersAsPeopleSeeThem() {
        var four = LocalizedText.of(Map.of("en", "🏙🏙🏙🏙"));
        assertThat(four.atMost(4)).isSameAs(four);
        assertThatThrownBy(() -> four.atMost(3)).satisfies(Violations.rule("text.long"));
    }
}

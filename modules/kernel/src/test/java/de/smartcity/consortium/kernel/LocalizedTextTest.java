package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalizedTextTest {

    private static final LocalizedText TEXT =
            LocalizedText.of(Map.of("de", "Hafen", "en", "Harbour", "zh-Hans", "港", "pt-BR", "Porto"));

    @ParameterizedTest
    @CsvSource({
        "en, Harbour",
        "EN, Harbour",
        "en-GB, Harbour",
        "de-AT-1996, Hafen",
        "zh-Hans-CN, 港",
        "zh, 港",
        "zh-Hant, 港",
        "pt, Porto",
        "PT-pt, Porto",
        "p, Hafen",
        "fr, Hafen"
    })
    void aReaderGetsTheLanguageOrItsNearestVariant(String wanted, String expected) {
        assertThat(TEXT.in(List.of(wanted), "de")).isEqualTo(expected);
    }

    @Test
    void theFirstAvailableWantedLanguageIsShown() {
        assertThat(TEXT.in(List.of("fr", "en", "de"), "de")).isEqualTo("Harbour");
        assertThat(TEXT.in(List.of(), "en")).isEqualTo("Harbour");
        assertThat(TEXT.in(List.of(), "fr")).isEqualTo("Hafen");
    }

    @Test
    void onlyTheFirstTenWantedLanguagesCount() {
        var wanted = new ArrayList<>(Collections.nCopies(9, "fr"));
        wanted.add("en");
        assertThat(TEXT.in(wanted, "de")).isEqualTo("Harbour");
        wanted.addFirst("fr");
        assertThat(TEXT.in(wanted, "de")).isEqualTo("Hafen");
    }

    @Test
    void aWantedLanguageOfMoreThanThirtyFiveCharactersDoesNotCount() {
        var wanted = "en-" + "a".repeat(32);
        assertThat(TEXT.in(List.of(wanted), "de")).isEqualTo("Harbour");
        assertThat(TEXT.in(List.of(wanted + "a"), "de")).isEqualTo("Hafen");
    }

    @Test
    void aTextForAnyLanguageComesBeforeTheDefaultOne() {
        var name = LocalizedText.of(Map.of("de", "Firma", "mul", "Huawei", "en", "Company"));
        assertThat(name.in(List.of("fr"), "de")).isEqualTo("Huawei");
        assertThat(name.in(List.of("en"), "de")).isEqualTo("Company");
    }

    @Test
    void tagsAreMadeCanonicalAndTextsStripped() {
        assertThat(parse("EN-gb", " A text ").texts()).containsExactly(Map.entry("en-GB", "A text"));
    }

    @Test
    void aTagHasAtMostThirtyFiveCharacters() {
        var tag = "de" + "-aaaaaaaa".repeat(3) + "-bbbbb";
        assertThat(LocalizedText.canonicalTag(tag)).hasSize(35);
        assertThatThrownBy(() -> LocalizedText.canonicalTag(tag + "b")).satisfies(Broken.rule("locale.unknown"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not a tag",
                "xx",
                "qqq",
                "de_DE",
                "123",
                "e",
                "de-x-duisburg",
                "de-u-co-phonebk",
                "x-duisburg",
                "de-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd-eeeeeeee"
            })
    void anUnknownLanguageIsRefused(String tag) {
        assertThatThrownBy(() -> parse(tag, "text")).satisfies(Broken.rule("locale.unknown", "0", "locale"));
    }

    @Test
    void aMessageShortensALongTag() {
        assertThatThrownBy(() -> parse("x".repeat(100_000), "text"))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().getFirst().message())
                                .hasSizeLessThan(160));
    }

    @Test
    void aTextHasAtLeastOneLanguageAndAtMostAsManyAsAreAllowed() {
        assertThatThrownBy(() -> parse()).satisfies(Broken.rule("text.empty"));
        var three =
                List.of(new Translation("de", "text"), new Translation("en", "text"), new Translation("fr", "text"));
        assertThat(LocalizedText.parse(three, 10, 3).texts()).hasSize(3);
        assertThatThrownBy(() -> LocalizedText.parse(three, 10, 2))
                .satisfies(Broken.rule("text.languages"))
                .hasMessageContaining("at most 2 languages");
    }

    @Test
    void noTextIsBlankAndNoLanguageGivenTwice() {
        assertThatThrownBy(() -> parse("de", " \t")).satisfies(Broken.rule("text.blank", "0", "text"));
        assertThatThrownBy(() -> parse("de", "a", "DE", "b")).satisfies(Broken.rule("locale.twice", "1", "locale"));
    }

    @Test
    void allViolationsAreReportedTogether() {
        assertThatThrownBy(() -> parse("de", "", "??", "", "en", "12345678901"))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().stream()
                                        .map(violation -> violation.rule() + " " + violation.path()))
                                .containsExactly(
                                        "text.blank [0, text]",
                                        "locale.unknown [1, locale]",
                                        "text.blank [1, text]",
                                        "text.long [2, text]"));
    }

    @Test
    void lengthIsCountedInCodePoints() {
        var four = List.of(new Translation("en", "🏙🏙🏙🏙"));
        assertThat(LocalizedText.parse(four, 4, 1).texts()).containsEntry("en", "🏙🏙🏙🏙");
        assertThatThrownBy(() -> LocalizedText.parse(four, 3, 1)).satisfies(Broken.rule("text.long", "0", "text"));
    }

    @Test
    void storedValuesThatBreakRulesAreRead() {
        var stored = new LocalizedText(Map.of("not a tag", " "));
        assertThat(stored.in(List.of("de"), "en")).isEqualTo(" ");
    }

    private static LocalizedText parse(String... tagsAndTexts) {
        var given = IntStream.range(0, tagsAndTexts.length / 2)
                .mapToObj(n -> new Translation(tagsAndTexts[2 * n], tagsAndTexts[2 * n + 1]))
                .toList();
        assertThat(Arrays.asList(tagsAndTexts).size()).isEqualTo(2 * given.size());
        return LocalizedText.parse(given, 10, 5);
    }

    @Test
    void aTextOfAFileIsValidatedLikeOneOfAnInput() {
        assertThat(LocalizedText.parse(Map.of("de", "Stadt", "EN", " City "), 10, 5)
                        .texts())
                .isEqualTo(Map.of("de", "Stadt", "en", "City"));
        assertThatThrownBy(() -> LocalizedText.parse(Map.of("de", "Stadt"), 4, 5))
                .satisfies(Broken.rule("text.long", "0", "text"));
    }

    @Test
    void aStoredTextWithoutLanguageIsEmpty() {
        assertThat(LocalizedText.of(Map.of()).in(List.of("de"), "en")).isEmpty();
    }
}

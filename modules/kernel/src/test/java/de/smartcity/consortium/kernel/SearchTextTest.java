package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Universität Duisburg-Essen | univers            | true
            Universität Duisburg-Essen | UNIVERSITÄT        | true
            Universität Duisburg-Essen | universitaet       | true
            Universität Duisburg-Essen | universitat        | true
            Universität Duisburg-Essen | uni ess            | true
            Universität Duisburg-Essen | essen duisburg     | true
            Universität Duisburg-Essen | sität              | false
            Universität Duisburg-Essen | uni bochum         | false
            Universitaet Duisburg      | Universität        | true
            Öffentliche Straße         | oeff strasse       | true
            Öffentliche Straße         | STRASSE            | true
            Café Łódź                  | cafe lodz          | true
            GEO/GIS & 5G               | gis 5g             | true
            华为技术                     | 华为                | true
            华为技术                     | 技                 | true
            ﬁne ligature               | fine               | true
            İstanbul                   | istanbul           | true
            ΟΔΟΣ ΑΘΗΝΑΣ                | οδος αθηνας        | true
            οδος                       | ΟΔΟΣ               | true
            Müller                     | mull muell         | true
            """)
    void aTextIsFoundByPrefixesOfItsWords(String text, String query, boolean found) {
        assertThat(SearchText.prefixes(text).containsAll(SearchText.queried(query)))
                .isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!?", "…"})
    void aQueryWithoutAWordIsEmpty(String query) {
        assertThat(SearchText.queried(query)).isEmpty();
    }

    @Test
    void aDecomposedUmlautEqualsAComposedOne() {
        assertThat(SearchText.prefixes("Bu\u0308ro")).isEqualTo(SearchText.prefixes("B\u00fcro"));
    }

    @Test
    void orderIgnoresCaseAndAccents() {
        assertThat(SearchText.sortKey("  Élan —  Ärzte ")).isEqualTo("elan aerzte");
        assertThat(SearchText.sortKey("—")).isEmpty();
    }

    @Test
    void aLongWordIsFoundByItsFirstFortyCharacters() {
        var word = "donaudampfschifffahrtsgesellschaftskapitaensmuetze".repeat(2);
        assertThat(SearchText.prefixes(word)).allMatch(prefix -> prefix.length() <= 40);
        assertThat(SearchText.prefixes(word)).containsAll(SearchText.queried(word));
    }

    @Test
    void thirtyCombiningMarksInARowCountAndTheOthersAreIgnored() {
        for (var mark : List.of("\u0902", "\u0903", "\u0488")) {
            assertThat(SearchText.sortKey("क" + mark.repeat(30))).isEqualTo("क" + mark.repeat(30));
            assertThat(SearchText.sortKey("क" + mark.repeat(31) + "x" + mark))
                    .isEqualTo("क" + mark.repeat(30) + "x" + mark);
        }
        for (var halfWidth : List.of("\uFF9E", "\uFF9F")) {
            assertThat(SearchText.sortKey("ん" + halfWidth.repeat(30))).hasSize(31);
            assertThat(SearchText.sortKey("ん" + halfWidth.repeat(31))).hasSize(31);
        }
    }

    /** They took minutes, since normalization orders marks, and lower case depends on what follows a Σ. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0315\u0316", "\uFF9E\u0334", "\u0344\u0316", "Σ"})
    void marksAndSigmasTakeLinearTime(String repeated) {
        var text = repeated.repeat(100_000 / repeated.length());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            SearchText.sortKey(text);
            SearchText.queried(text);
            SearchText.prefixes(List.of(text), List.of(text));
        });
    }

    @Test
    void ofOtherTextsFiveHundredPrefixesAreAdded() {
        var prefixes = SearchText.prefixes(List.of("Duisburg"), List.of("Essen " + words("a", 1_000)));
        assertThat(prefixes).hasSize(508).contains("duisburg", "e", "essen", "a", "a0");
        assertThat(SearchText.prefixes(List.of(), List.of("Essen"))).hasSize(5);
    }

    @Test
    void prefixesThatAreThereAlreadyDoNotCount() {
        var name = words("a", 400);
        assertThat(SearchText.prefixes(List.of(name), List.of(name + " " + words("b", 600))))
                .hasSize(SearchText.prefixes(name).size() + 500);
    }

    @Test
    void otherTextsTakeTurnsWordByWord() {
        var prefixes = SearchText.prefixes(List.of(), List.of(words("a", 2_000), "short", "grüne städte"));
        assertThat(prefixes).hasSize(500).contains("short", "gruene", "grune", "staedte", "stadte");
        assertThat(prefixes.stream().limit(20)).contains("a0", "short", "gruene");
    }

    @Test
    void theCompleteTextsHaveAllPrefixesHoweverManyTheyAre() {
        var names = List.of(words("a", 600), words("b", 600));
        var prefixes = SearchText.prefixes(names, List.of("city"));
        assertThat(prefixes).hasSizeGreaterThan(1_200).contains("city");
        names.forEach(name -> assertThat(prefixes).containsAll(SearchText.queried(name)));
    }

    @Test
    void thePrefixesAreStoredInSixtyFourKilobytes() {
        // Five languages of 200 characters that normalization makes many, each word twice because of its umlaut.
        var hostile = IntStream.range(0, 5)
                .mapToObj(language -> IntStream.range(0, 25)
                        .mapToObj(word -> "ü" + square(25 * language + word) + "㌖㌕㌔㌖㌕")
                        .collect(Collectors.joining(" ")))
                .toList();
        var prefixes = SearchText.prefixes(hostile, List.of("zoo"));
        assertThat(size(prefixes)).isBetween(64 * 1024 - 200, 64 * 1024);
        assertThat(prefixes).contains("u").doesNotContain("z");
    }

    /** Two characters of the block of squared words. */
    private static String square(int number) {
        return Character.toString(0x3300 + number % 80) + Character.toString(0x3300 + number / 80);
    }

    private static int size(Set<String> prefixes) {
        return prefixes.stream()
                .mapToInt(prefix -> prefix.getBytes(StandardCharsets.UTF_8).length + 12)
                .sum();
    }

    /** Different words that begin so. */
    private static String words(String beginning, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> beginning + Integer.toString(n, 36))
                .collect(Collectors.joining(" "));
    }

    @Test
    void anUmlautIsALetterInBothItsForms() {
        var random = new Random(1);
        var letters = "aäöüøæßÄẞ \u0308\u0301\u0902\u3099港-カ\uFF9E1Σıﬁ\uFDFA한";
        for (var time = 0; time < 2_000; time++) {
            var text = random.ints(12, 0, letters.length())
                    .mapToObj(at -> letters.substring(at, at + 1))
                    .collect(Collectors.joining());
            assertThat(SearchText.prefixes(text)).as(text).containsAll(SearchText.queried(text));
        }
    }
}

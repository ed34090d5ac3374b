package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WantedLocalesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de                             | de",
                "de-AT, en                      | de-at, en",
                "en;q=0.5, de                   | de, en",
                "fr;q=0.1, tr;q=0.9, de;q=0.5   | tr, de, fr",
                "de;q=0.5, en;q=0.5, tr;q=0.5   | de, en, tr",
                "de;q=1, en;q=0                 | de",
                "*                              | ''",
                "en, *;q=0.1                    | en",
                "de-*, en                       | en",
                "DE                             | de",
                "de ,en                         | de, en",
                "zh-Hant-TW                     | zh-hant-tw"
            })
    void theMostWantedComesFirst(String header, String tags) {
        assertThat(WantedLocales.of(header).tags()).isEqualTo(tags.isEmpty() ? List.of() : List.of(tags.split(", ")));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", " ", "\t", ",", "not_a_tag", "de;q=2", "de;q=-1", "de;q=", "de;q=many", ";", "de,,;", "en_GB"
            })
    void aMalformedHeaderWantsNoLanguage(@Nullable String header) {
        assertThat(WantedLocales.of(header).tags()).isEmpty();
    }

    @Test
    void aLongHeaderIsIgnored() {
        var header = "de" + " ".repeat(198);

        assertThat(WantedLocales.of(header).tags()).containsExactly("de");
        assertThat(WantedLocales.of(header + " ").tags()).isEmpty();
    }

    @Test
    void noMoreThanTenLanguagesAreWanted() {
        var tags = List.of("de", "en", "tr", "fr", "it", "es", "pl", "nl", "da", "sv", "fi", "pt");

        assertThat(WantedLocales.of(String.join(", ", tags)).tags()).isEqualTo(tags.subList(0, 10));
        assertThat(WantedLocales.of("fi;q=0.1, " + String.join(", ", tags.subList(0, 10)) + ", pt")
                        .tags())
                .as("the least wanted are left out")
                .isEqualTo(tags.subList(0, 10));
    }

    @Test
    void noHeaderMakesARequestFail() {
        var random = new Random(3);
        var alphabet = "dDe*-;,q=0.1 9_%\u0000ü\"/*";
        IntStream.range(0, 20_000).forEach(n -> {
            var header = random.ints(random.nextInt(30), 0, alphabet.length())
                    .mapToObj(at -> alphabet.substring(at, at + 1))
                    .collect(Collectors.joining());

            assertThat(WantedLocales.of(header).tags()).as(header).hasSizeLessThanOrEqualTo(10);
        });
    }
}

package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;

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
}

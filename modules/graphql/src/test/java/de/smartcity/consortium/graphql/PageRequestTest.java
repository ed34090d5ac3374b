package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

    @ParameterizedTest
    @CsvSource({
        ",  ,  ,  , 20, false",
        ",  a, ,  , 20, false",
        ",  ,  , b, 20, false",
        ",  a, , b, 20, false",
        "1, ,  ,  , 1, false",
        "7, a, ,  , 7, false",
        "7, ,  , b, 7, false",
        "100, a, , b, 100, false",
        "0, ,  ,  , 0, false",
        ",  , 0, b, 0, true",
        ",  , 1,  , 1, true",
        ",  a, 7, , 7, true",
        ",  , 7, b, 7, true",
        ",  a, 100, b, 100, true"
    })
    void theArgumentsDefineThePage(
            @Nullable Integer first,
            @Nullable String after,
            @Nullable Integer last,
            @Nullable String before,
            int size,
            boolean backwards) {
        assertThat(PageRequest.of(first, after, last, before))
                .isEqualTo(new PageRequest(size, backwards, after, before));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -5, 101, 1_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aSizeOutsideNoneToAHundredIsRefused(int size) {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> PageRequest.of(size, null, null, null))
                .withMessage("first must be from 0 to 100, not " + size + ".");
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> PageRequest.of(null, "a", size, "b"))
                .withMessage("last must be from 0 to 100, not " + size + ".");
    }

    @Test
    void firstAndLastTogetherAreRefused() {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> PageRequest.of(1, null, 1, null))
                .withMessage("Give either first or last, not both.");
    }
}

package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which body a signature may wait for. */
class ReservationTest {

    @Test
    void aReservationNamesTheBodyAndTheDayByWhichItIsExpectedToDecide() {
        assertThat(Reservation.parse(" City council ", TODAY)).isEqualTo(new Reservation("City council", TODAY));
        assertThat(Reservation.parse("x".repeat(200), TODAY).body()).hasSize(200);
    }

    @ParameterizedTest
    @MethodSource
    void theBodyIsNamedInOneLine(String body, String rule) {
        assertThatThrownBy(() -> Reservation.parse(body, TODAY))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations())
                                .singleElement()
                                .satisfies(violation -> {
                                    assertThat(violation.rule()).isEqualTo(rule);
                                    assertThat(violation.path()).isEqualTo(List.of("body"));
                                }));
    }

    static Stream<Arguments> theBodyIsNamedInOneLine() {
        return Stream.of(
                Arguments.of(" ", "reservation.blank"),
                Arguments.of("x".repeat(201), "reservation.long"),
                Arguments.of("City\ncouncil", "reservation.characters"));
    }
}

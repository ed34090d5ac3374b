package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class ViolationsTest {

    private final Violations violations = new Violations();

    private static List<List<String>> paths(RuleViolation broken) {
        return broken.violations().stream().map(Violation::path).toList();
    }

    private static String word(String text, Violations ofOne) {
        ofOne.demand(!text.contains("x"), "word.x", "No x.", "letters");
        ofOne.demand(text.length() < 3, "word.long", "Too long.", "length");
        return text;
    }

    @Test
    void aListOfValidElementsIsTheirValues() {
        assertThat(violations.list("words", List.of("a", "b"), ViolationsTest::word))
                .containsExactly("a", "b");
        violations.throwIfAny();
    }

    @Test
    void noListIsNoValueAndNoViolation() {
        assertThat(violations.<String, String>list("words", null, ViolationsTest::word))
                .isNull();
        violations.throwIfAny();
    }

    @Test
    void eachRuleThatAnElementBreaksHasItsPlace() {
        assertThat(violations.list("words", List.of("a", "xxx", "b", "x"), ViolationsTest::word))
                .isNull();
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(violations::throwIfAny)
                .satisfies(broken -> assertThat(paths(broken))
                        .containsExactly(
                                List.of("words", "1", "letters"),
                                List.of("words", "1", "length"),
                                List.of("words", "3", "letters")));
    }

    @Test
    void aWholeHasTheViolationsOfAllItsParts() {
        assertThat(Violations.<String>whole(parts -> word("a", parts))).isEqualTo("a");
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> Violations.<String>whole(parts -> word("xxx", parts)))
                .satisfies(broken -> assertThat(paths(broken)).containsExactly(List.of("letters"), List.of("length")));
    }

    @Test
    void aBrokenRuleHasItsPath() {
        assertThat(paths(new RuleViolation("rule", "Message"))).containsExactly(List.of());
        assertThat(paths(new RuleViolation("rule", "Message", "words", "1"))).containsExactly(List.of("words", "1"));
    }
}

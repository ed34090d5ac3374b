package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.graphql.GraphQlApplication.Failures;
import de.smartcity.consortium.kernel.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@GraphQlTest
class IdempotencyKeyTest {

    private static final String RENAME = "rename(input: { how: \"counted\" }) { userErrors { rule } }";

    @Autowired
    private Api api;

    @Autowired
    private Failures failures;

    private final AtomicInteger renamed = new AtomicInteger();

    @BeforeEach
    // No failure is a null.
    @SuppressWarnings("NullAway")
    void countRenames() {
        failures.know("counted", () -> {
            renamed.incrementAndGet();
            return null;
        });
    }

    private Map<String, Object> ask(String document, Map<String, @Nullable Object> variables, List<String> keys) {
        return api.ask(
                document,
                variables,
                Map.of(Actor.class, Actor.system(), IdempotencyKey.class, new IdempotencyKey(keys)));
    }

    private void assertRefused(String document, Map<String, @Nullable Object> variables, List<String> keys) {
        var answer = ask(document, variables, keys);
        assertThat(answer).doesNotContainKey("data");
        assertThat(answer.get("errors"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .asString()
                .contains("code=BAD_REQUEST", "Idempotency-Key");
        assertThat(renamed).as("executed").hasValue(0);
    }

    private void assertExecuted(String document, Map<String, @Nullable Object> variables, List<String> keys) {
        assertThat(ask(document, variables, keys)).doesNotContainKey("errors");
        assertThat(renamed).as("executed").hasValue(1);
    }

    static List<List<String>> malformed() {
        return List.of(
                List.of(""),
                List.of(" "),
                List.of("a key"),
                List.of("k\u00e4y"),
                List.of("k\u007fy"),
                List.of("k\ty"),
                List.of("x".repeat(129)),
                List.of("key", "key"),
                List.of("key", ""));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMutationWithAMalformedKeyIsRefusedAndAQueryIsNot(List<String> keys) {
        assertRefused("mutation { " + RENAME + " }", Map.of(), keys);
        assertThat(ask("{ open }", Map.of(), keys)).isEqualTo(Map.of("data", Map.of("open", "open")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "8e03978e-40d5-43e8-bc93-6894a57f9324", "\"quoted\""})
    void aKeyOfVisibleAsciiIsAccepted(String key) {
        assertExecuted("mutation { " + RENAME + " }", Map.of(), List.of(key));
    }

    @Test
    void aKeyOfTheGreatestLengthIsAccepted() {
        assertExecuted("mutation { " + RENAME + " }", Map.of(), List.of("x".repeat(128)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mutation { a: %1$s b: %1$s }",
                "mutation { %1$s open { userErrors { rule } } }",
                "mutation { %1$s ...more } fragment more on Mutation { b: %1$s }",
                "mutation { %1$s ... on Mutation { b: %1$s } }",
                "mutation { %1$s ... @include(if: true) { b: %1$s } }",
                "mutation ($yes: Boolean = true) { %1$s ... @include(if: $yes) { b: %1$s } }"
            })
    void severalMutationFieldsWithAKeyAreRefused(String document) {
        assertRefused(document.formatted(RENAME), Map.of(), List.of("key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mutation { %1$s %1$s }",
                "mutation { %1$s __typename }",
                "mutation ($no: Boolean!) { %1$s ... @include(if: $no) { b: %1$s } }",
                "mutation ($no: Boolean!) { %1$s ... @skip(if: true) { b: %1$s } c: open @include(if: $no) { userErrors { rule } } }"
            })
    void fieldsThatAreNotExecutedDoNotCount(String document) {
        var variables = new HashMap<String, @Nullable Object>();
        if (document.contains("$no")) {
            variables.put("no", false);
        }
        assertExecuted(document.formatted(RENAME), variables, List.of("key"));
    }

    @Test
    void severalMutationFieldsWithoutAKeyAreExecuted() {
        assertThat(ask("mutation { a: %1$s b: %1$s }".formatted(RENAME), Map.of(), List.of()))
                .doesNotContainKey("errors");
        assertThat(renamed).hasValue(2);
    }

    @Test
    void anyNumberOfQueriesMayComeWithAKey() {
        assertThat(ask("{ open again: open }", Map.of(), List.of("key")))
                .isEqualTo(Map.of("data", Map.of("open", "open", "again", "open")));
    }
}

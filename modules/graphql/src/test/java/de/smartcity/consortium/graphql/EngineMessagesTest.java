package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The engine's messages name no class and repeat a bounded part of the request. */
@GraphQlTest
class EngineMessagesTest {

    @Autowired
    private Api api;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            { nowhere }                                     | Field 'nowhere' in type 'Query' is undefined
            { things(n: 1) { id { x } } }                   | Subselection not allowed on leaf type 'ID!' of field 'id'
            { things(n: "many") { id } }                    | The argument 'n' is not a valid 'Int'
            { things(n: [1, {a: 1}]) { id } }               | The argument 'n' is not a valid 'Int'
            { things { id } }                               | Missing field argument 'n'
            { things(n: null) { id } }                      | Null value for non-null field argument 'n'
            { node(id: ["a", {b: "it's 'x' {"}]) { id } }   | The argument 'id' is not a valid 'ID'
            { nodes(ids: [{a: 1}]) { id } }                 | The argument 'ids[0]' is not a valid 'ID'
            { when(day: "x") }                              | The argument 'day' is not a valid 'Date'
            mutation { rename(input: []) { userErrors { rule } } } | The argument 'input' must be an object type
            mutation { rename(input: {}) { userErrors { rule } } } | The argument 'input' is missing required fields '[how]'
            mutation { rename(input: { how: "a", x: 1 }) { userErrors { rule } } } | The argument 'input' contains a field not in 'RenameInput': 'x'
            mutation { rename(input: { how: "a", kind: UP }) { userErrors { rule } } } | The argument 'input.kind' is not a valid 'OrderDirection'
            query ($n: Int! = {a: [1]}) { things(n: $n) { id } } | Bad default value for type 'Int!'
            query { things(n: 1) {                          | Invalid syntax with offending token '<EOF>' at line 1 column 23
            """)
    void theyAreUnderstoodWithoutTheEngine(String document, String message) {
        assertThat(messages(document)).contains(message);
    }

    @Test
    void theyRepeatLittleOfTheRequest() {
        var name = "x".repeat(9_000);
        for (var document : List.of(
                "{ " + name + " }",
                "{ things(n: 1) { " + name + " { " + name + " } } }",
                "{ things(n: 1, " + name + ": 1) { id } }",
                "{ node(id: [\"" + name + "\"]) { id } }",
                "{ node(id: " + name + ") { id } }",
                "{ ..." + name + " }",
                "{ ... on " + name + " { id } }",
                "{ things(n: $" + name + ") { id } }",
                "query (" + "$" + name + ": Int) { things(n: 1) { id } }",
                "query ($v: " + name + ") { things(n: $v) { id } }",
                "query ($v: Int = \"" + name + "\") { things(n: $v) { id } }",
                "{ things(n: 1) @" + name + " { id } }",
                "query " + name + " { things(n: 1) { id } } query " + name + " { things(n: 1) { id } }",
                "{ \"" + name + "\" }",
                "{ things(n: 1) { id \"\"\"" + name + "\"\"\" } }",
                "mutation { rename(input: { how: \"a\", " + name + ": 1 }) { userErrors { rule } } }",
                "{ " + "'".repeat(50) + name + " }")) {
            assertThat(messages(document))
                    .isNotEmpty()
                    .allSatisfy(message -> assertThat(message)
                            .hasSizeLessThanOrEqualTo(300)
                            .doesNotContain("x".repeat(81), "Value{", "graphql.", "ANTLR"));
        }
    }

    @SuppressWarnings("unchecked")
    private List<String> messages(String document) {
        var errors = (List<Map<String, Object>>)
                Objects.requireNonNull(api.ask(document).get("errors"));
        return errors.stream()
                .map(error -> String.valueOf(error.get("message")))
                .toList();
    }
}

package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.MockedWiringFactory;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What exceeds a bound is refused before it is validated, converted or executed, and what does not is counted. */
class QueryLimitsTest {

    private static final String SCHEMA = """
            directive @atMost(characters: Int, entries: Int, entriesOf: String) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | FIELD_DEFINITION
            scalar Date
            type Query {
              thing(id: ID!): Thing
              nodes(ids: [ID!]!): [Thing] @atMost(entriesOf: "ids")
              things(first: Int, last: Int, after: String @atMost(characters: 300), filter: Filter): ThingConnection
              all: [Thing!]! @atMost(entries: 7)
              when(day: Date): String
            }
            type Mutation { change(input: Change!): Thing }
            type Thing {
              id: ID!
              name(locale: [String!] @atMost(characters: 35, entries: 10)): String
              tags: [String!]! @atMost(entries: 4)
              parts: [Thing!]!
              asMany: [Thing!]! @atMost(entriesOf: "ids")
              some(first: Int = 20): Some
              twelve: Few
              others(first: Int = 3): ThingConnection
            }
            type Few { few: [Thing!]! @atMost(entries: 12, entriesOf: "ids") }
            type Some { few: [Thing!]! @atMost(entries: 50, entriesOf: "first") }
            type ThingConnection { edges: [ThingEdge!]! nodes: [Thing!]! totalCount: Int! }
            type ThingEdge { cursor: String! node: Thing! }
            input Filter { text: String size: Int ratio: Float kinds: [Kind!] @atMost(entries: 2) names: [Name!] }
            input Name { text: String! @atMost(characters: 2000) locale: String = "en" }
            input Change { id: ID! names: [Name!] filter: Filter depth: Int! = 1 }
            enum Kind { LARGE SMALL }
            """;

    private static final GraphQLSchema PARSED = new SchemaGenerator()
            .makeExecutableSchema(
                    new SchemaParser().parse(SCHEMA),
                    RuntimeWiring.newRuntimeWiring()
                            .wiringFactory(new MockedWiringFactory())
                            .scalar(IsoScalar.date())
                            .build());

    private final QueryLimits limits = new QueryLimits(() -> PARSED, new DocumentBounds(10, 200), 1_000);

    private record Answer(List<? extends GraphQLError> errors, Cost.@Nullable Requested cost) {

        @Nullable
        Object code() {
            assertThat(errors).as("one error").hasSize(1);
            var extensions = errors.getFirst().getExtensions();
            assertThat(extensions).as(message()).isNotNull();
            return Objects.requireNonNull(extensions).get("code");
        }

        String message() {
            return String.valueOf(errors.getFirst().getMessage());
        }
    }

    private Answer ask(String document) {
        return ask(document, null, Map.of());
    }

    private Answer ask(String document, @Nullable String operation, Map<String, ?> variables) {
        var input = ExecutionInput.newExecutionInput(document)
                .operationName(operation)
                .variables(new HashMap<>(variables))
                .locale(Locale.ROOT)
                .build();
        var entry = limits.getDocumentAsync(input, same -> {
                    throw new AssertionError("It is parsed with bounds of our own");
                })
                .join();
        return new Answer(
                entry.hasErrors() ? entry.getErrors() : List.of(),
                input.getGraphQLContext().get(Cost.Requested.class));
    }

    private static String repeated(int times, String text) {
        return IntStream.range(0, times)
                .mapToObj(n -> text.replace("#", String.valueOf(n)))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            { thing(id: 1) { id } }                                                         | 2
            { __typename thing(id: 1) { __typename id } }                                   | 4
            { thing(id: 1) { id name tags } }                                               | 7
            { all { id name } }                                                             | 21
            { things { nodes { id } } }                                                     | 41
            { things(first: 5) { nodes { id name } } }                                      | 16
            { things(last: 5) { nodes { id name } } }                                       | 16
            { things(first: 0) { nodes { id name } } }                                      | 1
            { things(first: 5) { edges { cursor node { id } } } }                           | 21
            { things(first: 5) { totalCount } }                                             | 101
            { things(first: 5) { nodes { others(first: 4) { nodes { id } } } } }            | 51
            { things(first: 2) { nodes { ...F } } a: things(first: 2) { nodes { ...F } } } fragment F on Thing { id name } | 14
            { things(first: 2) { ... { nodes { id ... on Thing { name } } } } }             | 7
            { nodes(ids: [1, 2, 3]) { id name } }                                           | 9
            { nodes(ids: 1) { id name } }                                                   | 3
            { nodes(ids: [1, 2, 3]) { asMany { id } } }                                     | 21
            { nodes(ids: [1, 2, 3]) { ...f } } fragment f on Thing { asMany { id } }        | 21
            { thing(id: 1) { some(first: 7) { few { id } } } }                              | 16
            { thing(id: 1) { some(first: -7) { few { id } } } }                             | 2
            { thing(id: 1) { some(first: 1000000000) { few { id } } } }                  | 102
            query ($n: Int = 3) { thing(id: 1) { some(first: $n) { few { id } } } }         | 14
            { thing(id: 1) { some { few { id } } } }                                        | 102
            { thing(id: 1) { asMany { id } } }                                              | 201
            { nodes(ids: [1, 2, 3]) { twelve { few { id } } } }                             | 24
            { thing(id: 1) { twelve { few { id } } } }                                      | 26
            { thing(id: 1) { id @skip(if: true) } }                                         | 2
            { __schema { types { name fields { name } } } }                                 | 5
            query ($n: Int) { things(first: $n) { nodes { id } } }                          | 13
            query ($n: Int = 3) { things(first: $n) { nodes { id } } }                      | 13
            query ($m: Int) { things(first: $m) { nodes { id } } }                          | 41
            query ($ids: [ID!]!) { nodes(ids: $ids) { id } }                                | 8
            query ($n: Int) { things(first: $n) { nodes { others(first: $n) { nodes { id } } } } } | 85
            """)
    void aRequestCostsWhatItsAnswerCanHave(String document, long cost) {
        var variables = new HashMap<String, Object>();
        if (document.contains("$n")) {
            variables.put("n", 6);
        }
        if (document.contains("$ids")) {
            variables.put("ids", List.of("a", "b", "a", "b"));
        }
        var answer = ask(document, null, variables);

        assertThat(answer.errors()).isEmpty();
        assertThat(answer.cost()).isEqualTo(new Cost.Requested(cost, 1_000));
    }

    @Test
    void theDefaultOfAVariableCounts() {
        var document = "query ($n: Int = 3) { things(first: $n) { nodes { id } } }";

        assertThat(ask(document).cost()).isEqualTo(new Cost.Requested(7, 1_000));
        assertThat(ask(document, null, Collections.singletonMap("n", null)).cost())
                .isEqualTo(new Cost.Requested(41, 1_000));
        assertThat(ask(document, null, Map.of("n", 2.0)).cost()).isEqualTo(new Cost.Requested(5, 1_000));

        var ids = "query ($ids: [ID!]! = [1, 2, 3]) { nodes(ids: $ids) { id name } }";
        assertThat(ask(ids).cost()).isEqualTo(new Cost.Requested(9, 1_000));
        assertThat(ask(ids, null, Map.of("ids", List.of("a"))).cost()).isEqualTo(new Cost.Requested(3, 1_000));
        assertThat(ask(ids.replace("[1, 2, 3]", "1")).cost()).isEqualTo(new Cost.Requested(3, 1_000));
    }

    @Test
    void aRequestThatCostsTooMuchIsRefusedByItsVariables() {
        var document = "query ($n: Int) { things(first: $n) { nodes { others(first: $n) { nodes { id } } } } }";

        assertThat(ask(document, null, Map.of("n", 10)).errors()).isEmpty();
        var refused = ask(document, null, Map.of("n", 100));
        assertThat(refused.code()).isEqualTo("COST_EXCEEDED");
        assertThat(refused.message()).contains("20,201", "1,000");
        assertThat(refused.cost()).isEqualTo(new Cost.Requested(20_201, 1_000));
    }

    @Test
    void aCostBeyondAllNumbersIsRefused() {
        var deepest = "{ things(first: 100) { nodes "
                + "{ parts { parts { parts { parts { parts { parts { parts { id } } } } } } } } } }";
        assertThat(ask(deepest).code()).isEqualTo("COST_EXCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first: 101", "first: -1", "last: 1000000", "first: 1, last: 1", "first: 2147483647"})
    void aPageThatNoListHasIsRefusedBeforeAnythingIsExecuted(String page) {
        assertThat(ask("{ things(" + page + ") { totalCount } }").code()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void aPageBelowAChangeIsRefusedBeforeTheChange() {
        var document = "mutation ($n: Int) { change(input: { id: 1 }) { others(first: $n) { nodes { id } } } }";

        assertThat(ask(document, null, Map.of("n", 101)).code()).isEqualTo("BAD_REQUEST");
        assertThat(ask(document, null, Map.of("n", 50)).errors()).isEmpty();
    }

    @Test
    void whatADocumentHasTooMuchOfIsRefusedBeforeItIsValidated() {
        for (var document : List.of(
                "{ " + repeated(51, "a#: unknown") + " }",
                "{ " + repeated(201, "unknown") + " }",
                "{ unknown " + repeated(101, "@no#") + " }",
                "mutation { " + repeated(11, "a#: unknown") + " }",
                "mutation { ...F " + repeated(6, "a#: unknown") + " } fragment F on Mutation { "
                        + repeated(5, "b#: unknown") + " }",
                "{ unknown } " + repeated(100, "fragment F# on Thing { unknown }"),
                "query (" + repeated(101, "$v#: Int") + ") { unknown }",
                "{ " + "unknown { ".repeat(11) + "id" + " }".repeat(11) + " }",
                "{ " + "... { ".repeat(51) + "id" + " }".repeat(51) + " }",
                "{ unknown(list: " + "[".repeat(12) + "]".repeat(12) + ") }",
                "{ unknown(object: " + "{ a: ".repeat(12) + "1" + " }".repeat(12) + ") }",
                "{ unknown(text: \"" + "x".repeat(10_001) + "\") }",
                "{ unknown(text: \"\"\"" + "x".repeat(10_001) + "\"\"\") }",
                "{ unknown(number: " + "9".repeat(101) + ") }",
                "query A { ...F } query B { ...F } fragment F on Query { " + repeated(101, "unknown") + " }",
                "{ " + "x".repeat(101) + " }",
                "{ " + "x".repeat(101) + ": all { id } }",
                "{ unknown(number: 1e1001) }",
                "{ unknown(number: 1e-1001) }",
                "{ unknown @a(list: [\"" + "x".repeat(10_001) + "\"]) }",
                "query ($v: [String] = [\"" + "x".repeat(10_001) + "\"]) { unknown }",
                "{ unknown" + " ".repeat(100_000) + "}",
                "{ unknown #" + "x".repeat(100_000) + "\n}",
                "{ " + "a ".repeat(2_000) + "}",
                "{ unknown(text: \"" + "é".repeat(2_001) + "\") }",
                "{ unknown #" + "é".repeat(2_001) + "\n}",
                "{ unknown(numbers: [" + "1234567890 ".repeat(51) + "]) }",
                "{ a ".repeat(500) + "}".repeat(500))) {
            var refused = ask(document);
            assertThat(refused.code())
                    .as(document.substring(0, Math.min(200, document.length())))
                    .isEqualTo("COST_EXCEEDED");
            assertThat(refused.message()).isNotBlank().hasSizeLessThan(250);
            assertThat(refused.cost()).isNull();
        }
    }

    @Test
    void aNumberOfOneHundredDigitsIsNotTooLong() {
        assertThat(ask("{ things(first: " + "9".repeat(100) + ") { totalCount } }")
                        .message())
                .doesNotContain("digits");
    }

    @Test
    void messagesAreInEnglishWhateverTheLanguageOfTheMachine() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(ask("{ unknown }").message()).contains("Field 'unknown' in type 'Query' is undefined");
            assertThat(ask("{ all { ").message()).contains("Invalid syntax");
            assertThat(ask("{ unknown" + " ".repeat(100_000) + "}").message()).contains("100,000");
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Counting them one by one would take twice as long for each fragment. */
    @ParameterizedTest
    @ValueSource(strings = {"...Unknown", "...F0", "__typename"})
    void fragmentsThatDoubleAreMeasuredOnce(String last) {
        var doubling = repeated(40, "fragment F# on Mutation { ...G# ...G# } fragment G# on Mutation { ...F+# }");
        for (var n = 0; n < 40; n++) {
            doubling = doubling.replace("...F+" + n + " }", "...F" + (n + 1) + " }");
        }
        assertThat(ask("mutation { ...F0 } " + doubling + " fragment F40 on Mutation { " + last + " }")
                        .errors())
                .isNotEmpty();
        var everyOther = IntStream.range(0, 30)
                .mapToObj(n -> "fragment F" + n + " on Mutation { " + repeated(30, "...F#") + " }")
                .collect(Collectors.joining(" "));
        assertThat(ask("mutation { ...F0 } " + everyOther).errors()).isNotEmpty();
    }

    @Test
    void whatTheParserFailsOnIsMalformed() {
        for (var document : List.of(
                "{ thing(id: \"\\u{80000000}\") { id } }",
                "{ thing(id: \"\\u{}\") { id } }",
                "{ thing(id: \"\\u{FFFFFFFFFFFFFFFFFF}\") { id } }")) {
            assertThat(ask(document).errors()).as(document).hasSize(1);
        }
        assertThat(ask("{ thing(id: \"\\u{80000000}\") { id } }").code()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void theDefaultOfAVariableIsNotNullWhereAValueIsNeeded() {
        assertThat(ask("query ($i: ID = null) { thing(id: $i) { id } }").errors())
                .isNotEmpty();
        assertThat(ask("mutation ($d: Int = null) { change(input: { id: 1, depth: $d }) { id } }")
                        .code())
                .isEqualTo("BAD_REQUEST");
        assertThat(ask("mutation ($d: Int = 2) { change(input: { id: 1, depth: $d }) { id } }")
                        .errors())
                .isEmpty();
        assertThat(ask("query ($d: Date = null) { when(day: $d) }").errors()).isEmpty();
    }

    @Test
    void aMutationMayCostAFifthOfAQuery() {
        var fields = "{ parts { id } }";
        assertThat(ask("{ thing(id: 1) " + fields + " }").cost()).isEqualTo(new Cost.Requested(201, 1_000));
        var refused = ask("mutation { change(input: { id: 1 }) " + fields + " }");
        assertThat(refused.cost()).isEqualTo(new Cost.Requested(201, 200));
        assertThat(refused.code()).isEqualTo("COST_EXCEEDED");
    }

    @Test
    void textsNamesAndCommentsAreScannedAsWhatTheyAre() {
        for (var document : List.of(
                "{ thing(id: \"" + "1".repeat(299) + "\") { id } }",
                "{ thing(id: \"\\\"" + "\\\"".repeat(200) + "\") { id } }",
                "{ thing(id: \"\"\"" + "\\\"\"\" 1 ".repeat(40) + "\"\"\") { id } }",
                "{ a" + "1".repeat(99) + ": all { id } }",
                "{ all { id } } # " + "a 1 ".repeat(2_000),
                "{ thing(id: \"" + "é".repeat(300) + "\") { id } }",
                ",,,{ all ,,, { id } }\uFEFF",
                "{ thing(id: \"\") { id } }")) {
            assertThat(ask(document).errors()).as(document).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aChainOfFragmentsIsRefusedInEveryOrder(int order) {
        var fragments = IntStream.range(0, 60)
                .mapToObj(n -> "fragment H%d on Query { ...H%d }".formatted(n, n + 1))
                .collect(Collectors.toList());
        fragments.add("fragment H60 on Query { __typename }");
        if (order == 1) {
            Collections.reverse(fragments);
        }

        assertThat(ask("{ ...H0 } " + String.join(" ", fragments)).code()).isEqualTo("COST_EXCEEDED");
    }

    @Test
    void fragmentsThatSpreadThemselvesAreLeftToValidation() {
        assertThat(ask("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")
                        .errors())
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error.getMessage()).contains("cycles"));
        assertThat(ask("mutation { ...A } fragment A on Mutation { ...A }").errors())
                .isNotEmpty();
        assertThat(ask("{ ...A } fragment A on Query { __typename } fragment A on Query { __typename }")
                        .errors())
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            { thing(id: "#300") { id } }                                   | true
            { thing(id: "#301") { id } }                                   | false
            { things(filter: { text: "#200" }) { totalCount } }            | true
            { things(filter: { text: "#201" }) { totalCount } }            | false
            { things(after: "#300") { totalCount } }                       | true
            { things(after: "#301") { totalCount } }                       | false
            { things(filter: { kinds: [SMALL, LARGE] }) { totalCount } }   | true
            { things(filter: { kinds: [SMALL, LARGE, SMALL] }) { totalCount } } | false
            { things(filter: { names: [{ text: "#2000" }] }) { totalCount } } | true
            { things(filter: { names: [{ text: "#2001" }] }) { totalCount } } | false
            { things(filter: { names: { text: "#2001" } }) { totalCount } } | false
            { things(filter: { names: { text: "a", locale: "#201" } }) { totalCount } } | false
            { thing(id: 1) { name(locale: "#35") } }                       | true
            { thing(id: 1) { name(locale: ["de", "#36"]) } }               | false
            { thing(id: 1) { name(locale: ["a","b","c","d","e","f","g","h","i","j","k"]) } } | false
            { all { ...F } } fragment F on Thing { name(locale: "#36") }   | false
            { when(day: "2018-07-09") }                                    | true
            query ($t: String = "#200") { things(filter: { text: $t }) { totalCount } } | true
            query ($t: String = "#201") { things(filter: { text: $t }) { totalCount } } | false
            query ($f: Filter = { text: "#201" }) { things(filter: $f) { totalCount } } | false
            query ($f: Filter = { names: [{ text: "#2001" }] }) { things(filter: $f) { totalCount } } | false
            query ($f: Filter = { names: [{ text: "#2000" }] }) { things(filter: $f) { totalCount } } | true
            query ($k: [Kind!] = [SMALL, LARGE, SMALL]) { things(filter: { kinds: $k }) { totalCount } } | false
            query ($l: [String!] = ["#36"]) { all { name(locale: $l) } }   | false
            query ($l: String! = "#36") { all { name(locale: [$l]) } }     | false
            """)
    void aLiteralHasWhatItsPlaceTakes(String document, boolean accepted) {
        var written = document;
        for (var length : List.of(2001, 2000, 301, 300, 201, 200, 36, 35)) {
            written = written.replace("#" + length, "x".repeat(length));
        }
        var answer = ask(written);

        if (accepted) {
            assertThat(answer.errors()).isEmpty();
        } else {
            assertThat(answer.code()).isEqualTo("BAD_REQUEST");
            assertThat(answer.message()).matches("[a-z0-9.]+: At most \\d+ (characters|entries) are accepted here\\.");
            assertThat(answer.errors().getFirst().getLocations()).hasSize(1);
        }
    }

    private static final String VARIABLES = "query ($t: String, $f: Filter, $i: ID = 1, $l: [String!], $n: [Name!]) {"
            + " things(filter: $f) { totalCount } b: things(filter: { text: $t, names: $n }) { totalCount }"
            + " thing(id: $i) { name(locale: $l) } }";

    @Test
    void aVariableHasWhatAllItsPlacesTake() {
        accepts(Map.of("t", "x".repeat(200)));
        refuses("t", Map.of("t", "x".repeat(201)));
        accepts(Map.of("l", List.of("x".repeat(35))));
        accepts(Map.of("l", "x".repeat(35)));
        refuses("l", Map.of("l", "x".repeat(36)));
        refuses("l.0", Map.of("l", List.of("x".repeat(36))));
        refuses("l", Map.of("l", Collections.nCopies(11, "de")));
        accepts(Map.of("n", List.of(Map.of("text", "x".repeat(2_000)))));
        refuses("n.0.text", Map.of("n", List.of(Map.of("text", "x".repeat(2_001)))));
        refuses("n.0.locale", Map.of("n", List.of(Map.of("text", "", "locale", "x".repeat(201)))));
        refuses("n", Map.of("n", Collections.nCopies(101, Map.of("text", ""))));
        refuses("f.kinds", Map.of("f", Map.of("kinds", List.of("SMALL", "SMALL", "SMALL"))));
        refuses("f.text", Map.of("f", Map.of("text", "x".repeat(201))));
        refuses("i", Map.of("i", "x".repeat(301)));
        var both = "query ($t: String!) { things(after: $t) { totalCount } thing(id: 1) { name(locale: [$t]) } }";
        assertThat(ask(both, null, Map.of("t", "x".repeat(36))).code()).isEqualTo("BAD_REQUEST");
        assertThat(ask(both, null, Map.of("t", "x".repeat(35))).errors()).isEmpty();
    }

    @Test
    void aVariableHasTheTypeOfItsPlace() {
        refuses("t", Map.of("t", Map.of()));
        refuses("t", Map.of("t", List.of("a")));
        refuses("t", Map.of("t", 5));
        refuses("i", Map.of("i", Map.of("a", "b")));
        refuses("f", Map.of("f", "text"));
        refuses("f", Map.of("f", Map.of("x".repeat(100_000), 1)));
        refuses("f.size", Map.of("f", Map.of("size", BigInteger.TWO.pow(100_000))));
        refuses("f.size", Map.of("f", Map.of("size", 2.5)));
        refuses("f.size", Map.of("f", Map.of("size", 4_000_000_000L)));
        refuses("f.ratio", Map.of("f", Map.of("ratio", Double.NaN)));
        refuses("f.ratio", Map.of("f", Map.of("ratio", "1")));
        refuses("f.kinds", Map.of("f", Map.of("kinds", "x".repeat(200))));
        refuses("f.kinds.0", Map.of("f", Map.of("kinds", List.of(Map.of()))));
        refuses("n.0", Map.of("n", List.of(List.of(List.of()))));
        refuses("n.0.text", Map.of("n", List.of(Map.of())));
        var nulls = new HashMap<String, @Nullable Object>();
        nulls.put("text", null);
        refuses("n.0.text", Map.of("n", List.of(nulls)));
        refuses("i", Collections.singletonMap("i", null));
        accepts(Collections.singletonMap("t", null));
        accepts(Map.of("unknown", "x".repeat(100_000)));
    }

    private void accepts(Map<String, ?> variables) {
        assertThat(ask(VARIABLES, null, variables).errors()).isEmpty();
    }

    private void refuses(String place, Map<String, ?> variables) {
        var refused = ask(VARIABLES, null, variables);
        assertThat(refused.code()).isEqualTo("BAD_REQUEST");
        assertThat(Objects.requireNonNull(refused.errors().getFirst().getExtensions()))
                .containsEntry("variable", place);
        assertThat(refused.message())
                .hasSizeLessThan(150)
                .doesNotContain("java", "Map", "List", "Value{", "Integer", "Double");
    }

    @Test
    void anOperationIsNamedWhereThereAreSeveral() {
        var document = "query A { all { id } } query B($n: Int) { things(first: $n) { nodes { id } } }";

        assertThat(ask(document, "A", Map.of("n", "no number")).errors()).isEmpty();
        assertThat(ask(document, "B", Map.of("n", "no number")).code()).isEqualTo("BAD_REQUEST");
        assertThat(ask(document).message()).contains("operationName");
        assertThat(ask(document, "x".repeat(100_000), Map.of()).message()).hasSizeLessThan(120);
        assertThat(ask("query A { all { id } }", "", Map.of()).errors()).isEmpty();
    }

    @Test
    void aRefusedRequestIsRefusedAgain() {
        for (var time = 0; time < 3; time++) {
            assertThat(ask("{ unknown }").errors()).hasSize(1);
            assertThat(ask("{ things(first: 101) { totalCount } }").code()).isEqualTo("BAD_REQUEST");
        }
    }
}

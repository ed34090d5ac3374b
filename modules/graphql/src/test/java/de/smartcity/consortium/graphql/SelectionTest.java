package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.graphql.Selection.Selected;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

    @Test
    void namesAreTheFieldsSelectedWhateverTheirAliases() {
        var selection = Selections.of("a: leaf b: leaf name owner { leaf }");

        assertThat(selection.names()).containsExactlyInAnyOrder("leaf", "name", "owner");
    }

    @Test
    void namesIncludeFieldsOfFragments() {
        var selection = Selections.of(
                "...Named ... on Place { leaf } ... { owner { ...Named } }",
                "fragment Named on Place { name any { ... on Place { leaf name } } }");

        assertThat(selection.names()).containsExactlyInAnyOrder("leaf", "name", "owner", "any");
        assertThat(selection.below("owner").names()).containsExactlyInAnyOrder("name", "any");
        assertThat(selection.below("owner").below("any").names()).containsExactlyInAnyOrder("leaf", "name");
    }

    @Test
    void skippedFieldsAreNotSelected() {
        assertThat(Selections.of("name leaf @skip(if: true) owner @include(if: false) { name }")
                        .names())
                .containsExactly("name");
    }

    @Test
    void theTypesNameIsNoField() {
        assertThat(Selections.of("__typename").names()).isEmpty();
        assertThat(Selections.of("totalCount __typename").names()).containsExactly("totalCount");
    }

    @Test
    void belowMergesAllSelectionsOfAField() {
        var selection = Selections.of("a: owner { leaf } b: owner { name owner { leaf } } c: owner { owner { name } }");

        assertThat(selection.below("owner").names()).containsExactlyInAnyOrder("leaf", "name", "owner");
        assertThat(selection.below("owner").below("owner").names()).containsExactlyInAnyOrder("leaf", "name");
        assertThat(selection.below("absent")).isEqualTo(Selection.NONE);
        assertThat(selection.below("owner").below("leaf")).isEqualTo(Selection.NONE);
    }

    @Test
    void ofNodesMergesNodesAndEdges() {
        var selection = Selections.of("nodes { name } edges { node { leaf owner { name } } } pageInfo { leaf }");

        assertThat(selection.ofNodes().names()).containsExactlyInAnyOrder("name", "leaf", "owner");
        assertThat(Selections.of("totalCount").ofNodes()).isEqualTo(Selection.NONE);
    }

    @Test
    void andIsTheUnion() {
        var one = Selections.of("name owner { leaf }");
        var other = Selections.of("leaf owner { name }");

        var both = one.and(other);

        assertThat(both.names()).containsExactlyInAnyOrder("name", "leaf", "owner");
        assertThat(both.below("owner").names()).containsExactlyInAnyOrder("name", "leaf");
        assertThat(one.names()).as("what was put together stays as it was").containsExactlyInAnyOrder("name", "owner");
    }

    @Test
    void andWithNothingNewIsTheSame() {
        var selection = Selections.of("name owner { leaf }");

        assertThat(selection.and(Selection.NONE)).isEqualTo(selection);
        assertThat(Selection.NONE.and(selection)).isEqualTo(selection);
        assertThat(selection.and(Selections.of("name owner { leaf }"))).isEqualTo(selection);
        assertThat(selection.and(Selections.of("name"))).isEqualTo(selection);
    }

    @Test
    void argumentsKeepSelectionsOfOneFieldApart() {
        var selection = Selections.of("a: other(first: 1) { leaf } b: other(first: 2) { name }");

        assertThat(arguments(selection))
                .containsExactly(Map.of("first", 1, "order", "ASC"), Map.of("first", 2, "order", "ASC"));
        assertThat(selection.below("other").names()).containsExactlyInAnyOrder("leaf", "name");
    }

    @Test
    void argumentsAreThoseThatTheFieldGets() {
        var selection = Selections.asked(
                        """
                        query ($n: Int, $absent: Int, $byDefault: Int = 7, $none: Int = 8, $filter: Filter, $kind: Order!) {
                          start {
                            byDefault: other { leaf }
                            literal: other(first: 1, filter: {kinds: ASC}, order: DESC) { leaf }
                            variable: other(first: $n, filter: $filter) { leaf }
                            absent: other(first: $absent, filter: {text: "x", kinds: [$kind, ASC]}) { leaf }
                            theirDefault: other(first: $byDefault) { leaf }
                            none: other(first: $none, filter: null) { leaf }
                          }
                        }""", asNull(Map.of("n", 5, "filter", Map.of("kinds", List.of("DESC")), "kind", "DESC"), "none"))
                .getFirst();

        assertThat(arguments(selection))
                .containsExactly(
                        Map.of("first", 20, "order", "ASC"),
                        Map.of("first", 1, "filter", Map.of("text", "all", "kinds", List.of("ASC")), "order", "DESC"),
                        Map.of("first", 5, "filter", Map.of("text", "all", "kinds", List.of("DESC")), "order", "ASC"),
                        Map.of(
                                "first",
                                20,
                                "filter",
                                Map.of("text", "x", "kinds", List.of("DESC", "ASC")),
                                "order",
                                "ASC"),
                        Map.of("first", 7, "order", "ASC"),
                        asNull(Map.of("order", "ASC"), "first", "filter"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query ($v: Boolean!) { start { leaf name @include(if: $v) } }",
                "query ($v: Boolean!) { start { leaf owner { name @skip(if: $v) } } }",
                "query ($v: Boolean!) { start { leaf ...Named @skip(if: $v) } } fragment Named on Place { name }",
                "query ($v: Boolean!) { start { leaf ...Named } } fragment Named on Place { name @include(if: $v) }",
                "query ($v: Boolean!) { start { leaf ... @include(if: $v) { name } } }",
                "query ($v: Boolean!) { start { other(big: $v) { leaf } } }",
                "query ($v: Boolean!) { start { other(filter: {big: $v}) { leaf } } }",
                "query ($v: Boolean!) { start { other(filter: {bigs: [true, $v]}) { leaf } } }"
            })
    void aRepeatedDocumentUsesItsNewVariables(String document) {
        var on = Selections.asked(document, Map.of("v", true));
        var off = Selections.asked(document, Map.of("v", false));

        assertThat(off).isNotEqualTo(on);
        assertThat(Selections.asked(document, Map.of("v", true))).isEqualTo(on);
    }

    @Test
    void selectionsWithoutVariablesAreComputedOnce() {
        var document = "query ($v: Boolean) { start { leaf other(first: 3) { name } } any(big: $v) { leaf } }";

        assertThat(Selections.asked(document, Map.of()).getFirst())
                .isSameAs(Selections.asked(document, Map.of("v", true)).getFirst());
    }

    private static Map<String, @Nullable Object> asNull(Map<String, Object> map, String... absent) {
        var all = new HashMap<String, @Nullable Object>(map);
        for (var name : absent) {
            all.put(name, null);
        }
        return all;
    }

    private static List<Map<String, Object>> arguments(Selection selection) {
        return Objects.requireNonNull(selection.fields().get("other")).stream()
                .map(Selected::arguments)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, 'name, leaf'",
        "true, false, ''",
        "false, true, 'name, leaf, owner'",
        "false, false, 'owner'"
    })
    void variablesDecideWhatIsSkippedAndIncluded(boolean skip, boolean include, String names) {
        var selection = Selections.asked("""
                        query ($skip: Boolean!, $include: Boolean = true) {
                          start {
                            ...Named @include(if: $include)
                            ... @include(if: $include) { leaf @skip(if: false) totalCount @include(if: false) }
                            owner @skip(if: $skip) { leaf }
                            other @skip(if: $skip) @include(if: false) { leaf }
                          }
                        }
                        fragment Named on Named { name }""", include ? Map.of("skip", skip) : Map.of("skip", skip, "include", false))
                .getFirst();

        assertThat(selection.names())
                .containsExactlyInAnyOrderElementsOf(names.isEmpty() ? List.of() : List.of(names.split(", ")));
    }

    @Test
    void oneFieldSelectedSeveralTimesIsMerged() {
        var selections = Selections.asked(
                "{ start { leaf } ...Again ... on Query { start { owner { leaf } } } }"
                        + " fragment Again on Query { start { owner { name } any { leaf } } }",
                Map.of());

        assertThat(selections).hasSize(1);
        assertThat(selections.getFirst().names()).containsExactlyInAnyOrder("leaf", "owner", "any");
        assertThat(selections.getFirst().below("owner").names()).containsExactlyInAnyOrder("name", "leaf");
    }

    @Test
    void aFragmentSelectsOfItsTypeOnly() {
        var any = Selections.of("any { leaf ... on Place { name } ... on Person { other { leaf } } }")
                .below("any");

        assertThat(any.names()).containsExactlyInAnyOrder("leaf", "name", "other");
        assertThat(namesOf("Place", any)).containsExactlyInAnyOrder("leaf", "name");
        assertThat(namesOf("Person", any)).containsExactlyInAnyOrder("leaf", "other");
        assertThat(namesOf("Thing", any)).containsExactly("leaf");
    }

    @Test
    void aFragmentOnAnInterfaceSelectsOfTheTypesThatImplementIt() {
        var any = Selections.of("any { ... on Named { name } ...F }", "fragment F on Any { leaf }")
                .below("any");

        assertThat(namesOf("Place", any)).containsExactlyInAnyOrder("name", "leaf");
        assertThat(namesOf("Person", any)).containsExactlyInAnyOrder("name", "leaf");
        assertThat(namesOf("Thing", any)).as("is no Named").containsExactly("leaf");
    }

    @Test
    void fragmentsInsideEachOtherSelectOfTheTypesThatAllOfThemAllow() {
        var any = Selections.of("any { ... on Place { ... on Any { ... on Person { name } leaf } }"
                        + " ... on Named { ... on Any { owner { leaf } ... on Thing { name } } } }")
                .below("any");

        assertThat(namesOf("Place", any)).containsExactlyInAnyOrder("leaf", "owner");
        assertThat(namesOf("Person", any)).containsExactly("owner");
        assertThat(namesOf("Thing", any)).isEmpty();
        assertThat(any.names()).as("nothing of what no type has").containsExactlyInAnyOrder("leaf", "owner");
    }

    @Test
    void aFragmentOnTheTypeItselfChangesNothing() {
        assertThat(Selections.of("... on Place { name owner { ... on Place { leaf } ... on Any { name: leaf } } }"))
                .isEqualTo(Selections.of("name owner { leaf leaf }"));
    }

    private static Set<String> namesOf(String type, Selection selection) {
        return selection.fields().entrySet().stream()
                .filter(field -> field.getValue().stream().anyMatch(selected -> selected.isOf(type)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Test
    void aSelectionIsBuiltOnceForEachFieldOfARequest() {
        var selections = Selections.asked(
                "{ starts { owner { leaf } ...F } other: starts { owner { leaf } ...F } }"
                        + " fragment F on Place { owner { name } }",
                Map.of());

        assertThat(selections).hasSize(6);
        assertThat(selections.get(2))
                .as("of the second object in the list")
                .isSameAs(selections.get(1))
                .isEqualTo(selections.get(4));
        assertThat(selections.get(5)).isSameAs(selections.get(4));
        assertThat(selections.get(1).names()).containsExactlyInAnyOrder("leaf", "name");
    }

    @Test
    void aFragmentThatIsUsedTwiceIsReadInTheContextOfEachUse() {
        var selections = Selections.asked(
                "{ one: start { ...F } two: start { ...F owner { name } } } fragment F on Place { owner { leaf } }",
                Map.of());

        assertThat(selections.get(0).below("owner").names()).containsExactly("leaf");
        assertThat(selections.get(1).below("owner").names()).containsExactlyInAnyOrder("leaf", "name");
    }

    @Test
    void mentionsLooksAtEveryDepth() {
        var selection = Selections.of("owner { other(first: 1) { any { leaf } } }");

        assertThat(selection.mentions(Set.of("owner"))).isTrue();
        assertThat(selection.mentions(Set.of("leaf"))).isTrue();
        assertThat(selection.mentions(Set.of("name", "nodes"))).isFalse();
        assertThat(Selection.NONE.mentions(Set.of("leaf"))).isFalse();
    }
}

package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {

    @Test
    void namesAreTheFieldsSelectedWhateverTheirAliases() {
        var selection = Selections.of("a: leaf b: leaf name owner { leaf }");

        assertThat(selection.names()).containsExactlyInAnyOrder("leaf", "name", "owner");
    }

    @Test
    void namesSeeThroughFragments() {
        var selection = Selections.of(
                "...Named ... on Place { leaf } ... { owner { ...Named } }",
                "fragment Named on Place { name any { ... on Place { leaf name } } }");

        assertThat(selection.names()).containsExactlyInAnyOrder("leaf", "name", "owner", "any");
        assertThat(selection.below("owner").names()).containsExactlyInAnyOrder("name", "any");
        assertThat(selection.below("owner").below("any").names()).containsExactlyInAnyOrder("leaf", "name");
    }

    @Test
    void whatIsSkippedIsNotSelected() {
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
    void belowIsAllThatTheFieldsSelectionsSelect() {
        var selection = Selections.of("a: owner { leaf } b: owner { name owner { leaf } } c: owner { owner { name } }");

        assertThat(selection.below("owner").names()).containsExactlyInAnyOrder("leaf", "name", "owner");
        assertThat(selection.below("owner").below("owner").names()).containsExactlyInAnyOrder("leaf", "name");
        assertThat(selection.below("absent")).isEqualTo(Selection.NONE);
        assertThat(selection.below("owner").below("leaf")).isEqualTo(Selection.NONE);
    }

    @Test
    void ofNodesIsWhatNodesAndEdgesSelect() {
        var selection = Selections.of("nodes { name } edges { node { leaf owner { name } } } pageInfo { leaf }");

        assertThat(selection.ofNodes().names()).containsExactlyInAnyOrder("name", "leaf", "owner");
        assertThat(Selections.of("totalCount").ofNodes()).isEqualTo(Selection.NONE);
    }

    @Test
    void andIsWhatEitherSelects() {
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

        assertThat(selection.get("other"))
                .extracting(Selection.Selected::arguments)
                .containsExactlyInAnyOrder(Map.of("first", 1), Map.of("first", 2));
        assertThat(selection.below("other").names()).containsExactlyInAnyOrder("leaf", "name");
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

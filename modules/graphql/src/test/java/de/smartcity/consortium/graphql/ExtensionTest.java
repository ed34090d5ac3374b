package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.DerivedFields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fields by which one module extends a type of another. */
class ExtensionTest {

    private static final String SCHEMA = """
            type Query { things: [Thing!]! leaked: Thing }
            type Thing { name: String! sequel: Sequel hiddenFields: [String!]! }
            type Sequel { title: String! }
            """;

    record StoredThing(String name, Audience audience) {
        DerivedFields derived() {
            return new DerivedFields(audience, null, null, null, null);
        }
    }

    record Sequel(String title) {}

    private static final TypeTable<StoredThing> THINGS = TypeTable.of(
                    "Thing", StoredThing.class, StoredThing::derived, List.of())
            .key(StoredThing::name)
            .referred("name", "name", StoredThing::name)
            .build();

    private static final Reference<String, Sequel> SEQUEL = Reference.byKey(
            "Thing",
            "sequel",
            Object::toString,
            (names, arguments, actor, selection) -> names.stream()
                    .collect(Collectors.toMap(Function.identity(), name -> new Sequel(name + " returns"))));

    private static Map<String, Object> ask(String document, List<StoredThing> things) {
        var graphQl = SmallSchema.of(SCHEMA)
                .table(THINGS)
                .table(TypeTable.ofRecord(Sequel.class, "Sequel").build())
                .reference(SEQUEL)
                .handler(
                        "Query.things",
                        environment -> things.stream()
                                .map(THINGS.viewsOf(Actor.anonymous()))
                                .toList())
                .handler("Query.leaked", environment -> things.getFirst())
                .start();
        return SmallSchema.ask(graphQl, document, Actor.anonymous());
    }

    @Test
    void anExtensionIsLoadedByTheKeysOfItsObjects() {
        var things = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> new StoredThing("Thing " + n, Audience.everybody()))
                .toList();

        assertThat(ask("{ things { sequel { title } } }", things))
                .isEqualTo(Map.of(
                        "data",
                        Map.of(
                                "things",
                                things.stream()
                                        .map(thing -> Map.of("sequel", Map.of("title", thing.name() + " returns")))
                                        .toList())));
    }

    @Test
    void anExtensionOfAReferredHiddenObjectIsHidden() {
        var answer = String.valueOf(ask(
                "{ things { name hiddenFields sequel { title } } }",
                List.of(
                        new StoredThing("Visible", Audience.everybody()),
                        new StoredThing("Hidden", Audience.nobody()))));

        assertThat(answer)
                .contains("{name=Visible, hiddenFields=[], sequel={title=Visible returns}}")
                .contains("{name=Hidden, hiddenFields=[sequel], sequel=null}");
    }

    @Test
    void aStoredRecordPastItsTableIsNotShown() {
        var hidden = List.of(new StoredThing("Secret", Audience.nobody()));

        for (var field : Set.of("name", "hiddenFields", "sequel { title }")) {
            assertThat(String.valueOf(ask("{ leaked { " + field + " } }", hidden)))
                    .contains("errors")
                    .doesNotContain("Secret");
        }
        assertThat(new TypeTables(List.of(THINGS)).typeOf(hidden.getFirst())).isNull();
    }

    @Test
    void anExtensionCanBeHiddenAndItsPagesHaveNoTotal() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SmallSchema.of("""
                        type Query { thing: Thing }
                        type Thing { name: String! sequel: Sequel! sequels: SequelConnection! }
                        type Sequel { title: String! }
                        type SequelConnection { nodes: [Sequel!]! totalCount: Int! }
                        """)
                        .table(THINGS)
                        .table(TypeTable.ofRecord(Sequel.class, "Sequel").build())
                        .reference(SEQUEL)
                        .reference(Reference.byKey(
                                "Thing", "sequels", Object::toString, (keys, arguments, actor, selection) -> Map.of()))
                        .handler("Query.thing", environment -> null)
                        .start())
                .withMessage(
                        "Thing.sequel can be hidden, so it must be nullable or a list\n"
                                + "Thing.sequels is a list below an object, so its connection must be of a type without totalCount");
    }

    @Test
    void hiddenObjectsAreReferredToOnlyWhereTheTableHasFieldsForIt() {
        assertThat(THINGS.hasReferredRows()).isTrue();
        assertThat(TypeTable.of("Thing", StoredThing.class, StoredThing::derived, List.of())
                        .everybody("name", "name", StoredThing::name)
                        .computed("viewerCanRename", (thing, actor) -> true)
                        .build()
                        .hasReferredRows())
                .isFalse();
    }
}

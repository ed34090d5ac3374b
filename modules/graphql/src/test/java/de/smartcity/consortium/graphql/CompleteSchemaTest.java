package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Viewpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service does not start if schema, tables, references and handlers do not match, and the message names the mismatches. */
class CompleteSchemaTest {

    private static final String NODE = "interface Node { id: ID! } ";

    record Stored(String name) {
        DerivedFields derived() {
            return new DerivedFields(Audience.everybody(), null, null, null, null);
        }
    }

    record Value(String name, LocalizedText title, int unseen) {}

    private static TypeTable.Builder<Stored> thing() {
        return TypeTable.of("Thing", Stored.class, Stored::derived, List.of());
    }

    private static SmallSchema schema(String fields) {
        return SmallSchema.of("type Query { thing: Thing } type Thing { " + fields + " } " + NODE)
                .handler("Query.thing", environment -> null);
    }

    private static void refuses(SmallSchema schema, String... problems) {
        assertThatIllegalStateException()
                .isThrownBy(schema::start)
                .satisfies(refused -> assertThat(
                                String.valueOf(refused.getMessage()).split("\n"))
                        .containsExactlyInAnyOrder(problems));
    }

    @Test
    void aFieldOfTheSchemaComesFromARowAReferenceOrAHandler() {
        var complete = schema("name: String handled: String friend: Thing")
                .table(thing().everybody("name", "name", Stored::name).build())
                .reference(
                        Reference.byKey("Thing", "friend", key -> key, (keys, arguments, actor, selection) -> Map.of()))
                .handler("Thing.handled", environment -> "");

        assertThatCode(complete::start).doesNotThrowAnyException();
    }

    @Test
    void aFieldWithoutDataFetcherStopsTheStart() {
        refuses(
                schema("name: String age: Int")
                        .table(thing().everybody("name", "name", Stored::name).build()),
                "Thing.age has no row in a table, no reference and no handler");
    }

    @Test
    void aRootFieldWithoutHandlerStopsTheStart() {
        refuses(
                SmallSchema.of("type Query { one: String two: String }").handler("Query.one", environment -> ""),
                "Query.two has no row in a table, no reference and no handler");
    }

    @Test
    void aTypeWithoutTableStopsTheStartWithEachOfItsFields() {
        refuses(
                schema("name: String age: Int"),
                "Thing.age has no row in a table, no reference and no handler",
                "Thing.name has no row in a table, no reference and no handler");
    }

    @Test
    void aRowWithoutFieldStopsTheStart() {
        refuses(
                schema("name: String")
                        .table(thing().everybody("name", "name", Stored::name)
                                .computed("viewerCanRename", (stored, actor) -> true)
                                .everybody("title", "title", Stored::name)
                                .withTranslations()
                                .build()),
                "The row Thing.title has no field in the schema",
                "The row Thing.titleTranslations has no field in the schema",
                "The row Thing.viewerCanRename has no field in the schema");
    }

    @Test
    void aRecordMayHaveMoreComponentsThanItsTypeShows() {
        var complete = schema("name: String")
                .table(TypeTable.ofRecord(Value.class, "Thing").build());

        assertThatCode(complete::start).doesNotThrowAnyException();
    }

    @Test
    void aRowThatIsAddedToARecordHasAField() {
        refuses(
                schema("name: String")
                        .table(TypeTable.ofRecord(Value.class, "Thing")
                                .computed("viewerCanRename", (stored, actor) -> true)
                                .build()),
                "The row Thing.viewerCanRename has no field in the schema");
    }

    @Test
    void aReferenceWithoutFieldStopsTheStart() {
        refuses(
                schema("name: String")
                        .table(thing().everybody("name", "name", Stored::name).build())
                        .reference(nowhere("Thing", "friend"))
                        .reference(nowhere("Absent", "friend")),
                "The reference Absent.friend has no field in the schema",
                "The reference Thing.friend has no field in the schema");
    }

    @Test
    void aReferenceWhoseKeysNoRowYieldsStopsTheStart() {
        refuses(
                schema("name: String friend: Thing")
                        .table(thing().everybody("name", "name", Stored::name).build())
                        .reference(Reference.byRow(
                                Set.of("Thing"), "friend", (keys, arguments, actor, selection) -> Map.of())),
                "Thing.friend is a reference whose keys no row yields");
    }

    @Test
    void twoReferencesForAFieldStopTheStart() {
        assertThatIllegalStateException()
                .isThrownBy(() -> schema("friend: Thing")
                        .reference(nowhere("Thing", "friend"))
                        .reference(nowhere("Thing", "friend"))
                        .start())
                .withMessage("Thing.friend has two references");
    }

    private static Reference<?, ?> nowhere(String type, String field) {
        return Reference.byKey(type, field, key -> key, (keys, arguments, actor, selection) -> Map.of());
    }

    @Test
    void twoTablesForATypeStopTheStart() {
        assertThatIllegalStateException()
                .isThrownBy(() -> schema("name: String")
                        .table(thing().everybody("name", "name", Stored::name).build())
                        .table(TypeTable.ofRecord(Value.class, "Other", "Thing").build())
                        .start())
                .withMessage("Thing has two tables");
    }

    @Test
    void aFieldThatCanBeHiddenIsNullableOrAList() {
        refuses(
                schema("""
                        name: String!
                        byViewpoint: String!
                        byPermission: Int!
                        everybody: String!
                        manyMayBeHidden: [String!]!
                        mayBeNull: String
                        computed: Boolean!
                        """)
                        .table(thing().referred("name", "name", Stored::name)
                                .seenBy(Set.of(Viewpoint.OFFICE), "byViewpoint", "name", Stored::name)
                                .seenIf((stored, actor) -> true, "byPermission", "name", stored -> 1)
                                .everybody("everybody", "name", Stored::name)
                                .seenBy(Set.of(Viewpoint.OFFICE), "manyMayBeHidden", "name", stored -> List.of())
                                .seenBy(Set.of(Viewpoint.OFFICE), "mayBeNull", "name", Stored::name)
                                .computed("computed", (stored, actor) -> true)
                                .build()),
                "Thing.byPermission can be hidden, so it must be nullable or a list",
                "Thing.byViewpoint can be hidden, so it must be nullable or a list",
                // A hidden object that is referred to shows nothing else.
                "Thing.everybody can be hidden, so it must be nullable or a list");
    }

    @Test
    void aReferenceThatCanBeHiddenIsNullableAListOrAPage() {
        refuses(
                SmallSchema.of("""
                                type Query { thing: Thing }
                                type Thing { friend: Thing! friends: [Thing!]! page: ThingConnection! always: Thing! }
                                type ThingConnection { nodes: [Thing!]! }
                                """)
                        .handler("Query.thing", environment -> null)
                        .table(hidden("friend", "friends", "page")
                                .apply(thing())
                                .referred("always", "name", Stored::name)
                                .build())
                        .reference(byRow("friend"))
                        .reference(byRow("friends"))
                        .reference(byRow("page"))
                        .reference(byRow("always")),
                "Thing.friend can be hidden, so it must be nullable or a list");
    }

    private static UnaryOperator<TypeTable.Builder<Stored>> hidden(String... fields) {
        return table -> {
            for (var field : fields) {
                table.seenBy(Set.of(Viewpoint.OFFICE), field, "name", Stored::name);
            }
            return table;
        };
    }

    private static Reference<?, ?> byRow(String field) {
        return Reference.byRow(Set.of("Thing"), field, (keys, arguments, actor, selection) -> Map.of());
    }

    @Test
    void aNodeHasATable() {
        refuses(
                SmallSchema.of("type Query { thing: Thing } type Thing implements Node { id: ID! name: String } "
                                + NODE)
                        .handler("Query.thing", environment -> null)
                        .handler("Thing.name", environment -> null),
                "Thing is a Node and has no table");
    }

    @Test
    void aNodeHasAKey() {
        refuses(
                SmallSchema.of("type Query { thing: Thing } type Thing implements Node { id: ID! name: String } "
                                + NODE)
                        .handler("Query.thing", environment -> null)
                        .table(thing().everybody("name", "name", Stored::name).build()),
                "Thing is a Node and its table declares no key");
    }

    @ParameterizedTest
    @CsvSource({
        "userErrors,        [String!]!",
        "totalCount,        Int!",
        "totalCountIsExact, Boolean!",
        "hiddenFields,      [String!]!",
        "id,                ID!",
        "nodes,             [String]",
        "cursor,            String"
    })
    void sourcesOfSomeTypesDoNotCountForOthers(String field, String type) {
        refuses(
                schema("handled: String " + field + ": " + type).handler("Thing.handled", environment -> ""),
                "Thing." + field + " has no row in a table, no reference and no handler");
    }

    @Test
    void aValueHasNoHiddenFields() {
        refuses(
                schema("name: String hiddenFields: [String!]!")
                        .table(TypeTable.ofRecord(Value.class, "Thing").build()),
                "Thing.hiddenFields has no row in a table, no reference and no handler");
    }

    @Test
    void allProblemsAreReportedTogether() {
        refuses(
                SmallSchema.of("type Query { thing: Thing two: Int } type Thing { name: String! age: Int }")
                        .handler("Query.thing", environment -> null)
                        .table(hidden("name", "more").apply(thing()).build())
                        .reference(nowhere("Thing", "friend")),
                "Query.two has no row in a table, no reference and no handler",
                "Thing.age has no row in a table, no reference and no handler",
                "Thing.name can be hidden, so it must be nullable or a list",
                "The reference Thing.friend has no field in the schema",
                "The row Thing.more has no field in the schema");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thing", "nothing"})
    void anUndeclaredFieldIsNeverReturned(String component) {
        // Getters, components and map entries are not found without a row.
        refuses(
                schema(component + ": String").table(thing().build()),
                "Thing." + component + " has no row in a table, no reference and no handler");
    }

    @Test
    void introspectionNeedsNoSource() {
        var graphQl = schema("name: String")
                .table(TypeTable.ofRecord(Value.class, "Thing").build())
                .start();

        assertThat(SmallSchema.ask(
                        graphQl, "{ __typename __type(name: \"Thing\") { fields { name } } }", Actor.anonymous()))
                .isEqualTo(Map.of(
                        "data",
                        Map.of("__typename", "Query", "__type", Map.of("fields", List.of(Map.of("name", "name"))))));
    }
}

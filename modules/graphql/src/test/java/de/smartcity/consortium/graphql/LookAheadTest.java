package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import de.smartcity.consortium.graphql.GraphQlApplication.Calls;
import de.smartcity.consortium.graphql.GraphQlApplication.Calls.Call;
import de.smartcity.consortium.graphql.GraphQlApplication.Failures;
import de.smartcity.consortium.graphql.GraphQlApplication.OwnerId;
import de.smartcity.consortium.kernel.Actor;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** References of a query are loaded once for each kind and level, however long the list is. */
@GraphQlTest
class LookAheadTest {

    @Autowired
    private Api api;

    @Autowired
    private Calls calls;

    @Autowired
    private Failures failures;

    @BeforeEach
    void clearLoads() {
        calls.forget();
        failures.logFailsAs("nothing");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void theReferencesOfAListAreLoadedTogether(int n) {
        var things = list("{ things(n: %d) { owner { name } } }", n);

        assertThat(things).hasSize(n);
        assertThat(things.getFirst()).isEqualTo(Map.of("owner", Map.of("name", "Owner 1")));
        assertThat(things.get(n - 1)).isEqualTo(Map.of("owner", Map.of("name", "Owner " + n / 2)));
        assertThat(calls.kinds()).containsExactly("owner");
        assertThat(only("owner").keys())
                .as("each once, and none for a thing without")
                .hasSize(n / 2);
        assertThat(only("owner").selected()).containsExactly("name");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void asynchronousResultsAreLookedAheadToo(int n) {
        assertThat(list("{ later(n: %d) { owner { name } } }", n)).hasSize(n);

        assertThat(calls.kinds()).containsExactly("owner");
    }

    @Test
    void unselectedReferencesAreNotLoaded() {
        list("{ things(n: %d) { name } }", 50);

        assertThat(calls.made()).isEmpty();
    }

    @Test
    void hiddenAndMissingObjectsAreNull() {
        var things = list("{ things(n: %d) { owner { name } } }", 10);

        assertThat(things.get(6)).as("its owner is hidden").isEqualTo(nothing("owner"));
        assertThat(things.get(9)).as("it has none").isEqualTo(nothing("owner"));
    }

    @Test
    void aListOfReferencesKeepsItsOrderWithoutHiddenObjects() {
        var things = list("{ things(n: %d) { deputies { name } } }", 3);

        assertThat(things)
                .hasSize(3)
                .allMatch(Map.of("deputies", List.of(Map.of("name", "Owner 5"), Map.of("name", "Owner 1")))::equals);
        assertThat(calls.kinds()).containsExactly("owner");
    }

    @Test
    void aReferenceThatFindsNothingShowsAnEmptyPage() {
        var things = list("{ things(n: %d) { log(first: 1) { nodes { text } } } }", 2);

        assertThat(things)
                .containsExactly(
                        Map.of("log", Map.of("nodes", List.of(Map.of("text", "Entry 1 of 1")))),
                        Map.of("log", Map.of("nodes", List.of())));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void aliasesWithOtherArgumentsAreLoadedOncePerArguments(int n) {
        var things = list("""
                { things(n: %d) {
                  a: log(first: 1) { nodes { text } }
                  b: log(first: 2) { nodes { text } }
                  again: log(first: 1) { nodes { text } }
                  byDefault: log { nodes { text } }
                } }""", n);

        assertThat(calls.made())
                .extracting(Call::arguments)
                .containsExactlyInAnyOrder(Map.of("first", 1), Map.of("first", 2), Map.of("first", 3));
        var first = things.getFirst();
        assertThat(first.get("a")).isEqualTo(first.get("again"));
        assertThat(sizeOf(first, "a")).isOne();
        assertThat(sizeOf(first, "b")).isEqualTo(2);
        assertThat(sizeOf(first, "byDefault")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void fragmentsAndAliasesOfTheSameReferenceAreOneLoad(int n) {
        var things = list("""
                { things(n: %d) { ...Owned ... on Thing { owner { city { name } } } renamed: owner { id } } }
                fragment Owned on Thing { owner { ...Named } }
                fragment Named on Owner { name }""", n);

        assertThat(calls.kinds()).containsExactly("owner", "city");
        assertThat(only("owner").selected()).containsExactlyInAnyOrder("name", "city", "id");
        var owner = (Map<?, ?>) Objects.requireNonNull(things.getFirst().get("owner"));
        assertThat(owner).isEqualTo(Map.of("name", "Owner 1", "city", Map.of("name", "City 1")));
        assertThat(things.getFirst().get("renamed"))
                .isEqualTo(Map.of("id", new GlobalId("Owner", new UUID(8, 1)).text()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void referencesOfReferencesAreLoadedOncePerLevel(int n) {
        var things = list("""
                { things(n: %d) { owner { name city { name } boss { name boss { name city { name } } } } } }""", n);

        assertThat(calls.kinds()).containsExactlyInAnyOrder("owner", "city", "owner", "owner", "city");
        assertThat(things.getFirst())
                .isEqualTo(Map.of(
                        "owner",
                        Map.of(
                                "name",
                                "Owner 1",
                                "city",
                                Map.of("name", "City 1"),
                                "boss",
                                Map.of(
                                        "name",
                                        "Owner 501",
                                        "boss",
                                        Map.of("name", "Owner 1001", "city", Map.of("name", "City 1001"))))));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void nodesOfAConnectionAreLookedAhead(int n) {
        var nodes = nodes("{ thingConnection(n: %d) { nodes { owner { name } } } }", n);

        assertThat(nodes).hasSize(n);
        assertThat(nodes.getFirst()).isEqualTo(Map.of("owner", Map.of("name", "Owner 1")));
        assertThat(calls.kinds()).containsExactly("owner");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void edgesOfAConnectionAreLookedAhead(int n) {
        api.ask("{ thingConnection(n: %d) { edges { cursor node { owner { name } } } pageInfo { endCursor } } }"
                .formatted(n));

        assertThat(calls.kinds()).containsExactly("owner");
        assertThat(only("owner").keys()).hasSize(n / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void nodesAndEdgesTogetherTakeNoMoreForALongerList(int n) {
        var nodes = nodes("""
                { thingConnection(n: %d) {
                  nodes { owner { name } }
                  edges { node { owner { city { name } } } }
                } }""", n);

        assertThat(nodes.getFirst()).isEqualTo(Map.of("owner", Map.of("name", "Owner 1")));
        assertThat(calls.kinds()).containsExactly("owner", "city");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void valuesInsideAnObjectAreLookedAhead(int n) {
        var things = list("{ things(n: %d) { place { owner { name } } } }", n);

        assertThat(things.getFirst()).isEqualTo(Map.of("place", Map.of("owner", Map.of("name", "Owner 1001"))));
        assertThat(calls.kinds()).containsExactly("owner");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void referencesOfPagesBelowAListAreLoadedTogether(int n) {
        var things = list("{ things(n: %d) { log(first: 2) { nodes { owner { name } } } } }", n);

        assertThat(things.getFirst())
                .isEqualTo(Map.of(
                        "log",
                        Map.of(
                                "nodes",
                                List.of(
                                        Map.of("owner", Map.of("name", "Owner 2001")),
                                        Map.of("owner", Map.of("name", "Owner 2002"))))));
        assertThat(calls.kinds()).containsExactly("log", "owner");
        assertThat(only("owner").keys()).isEqualTo(Set.of(new OwnerId(2001), new OwnerId(2002)));
    }

    @Test
    void anotherRootFieldLoadsOnlyMissingObjects() {
        api.ask(
                "{ a: things(n: 4) { owner { name } } b: things(n: 6) { owner { name } } c: things(n: 2) { owner { name } } }");

        assertThat(calls.made())
                .extracting(Call::keys)
                .containsExactly(Set.of(new OwnerId(1), new OwnerId(2)), Set.of(new OwnerId(3)));
    }

    @Test
    void equalRootFieldsAreReadOnceWithWhatAllOfThemSelect() {
        var data = data("{ a: things(n: 2) { owner { name } } b: things(n: 2) { owner { id } } }");

        assertThat(calls.made()).extracting(Call::selected).containsExactly(Set.of("name", "id"));
        assertThat(data.get("a")).isEqualTo(Collections.nCopies(2, Map.of("owner", Map.of("name", "Owner 1"))));
    }

    @Test
    void anotherRootFieldThatSelectsMoreReadsAgain() {
        var data = data("{ a: things(n: 2) { owner { name } } b: things(n: 1) { owner { id } } }");

        assertThat(calls.made()).extracting(Call::selected).containsExactly(Set.of("name"), Set.of("name", "id"));
        assertThat(data.get("a")).isEqualTo(Collections.nCopies(2, Map.of("owner", Map.of("name", "Owner 1"))));
    }

    @Test
    void nodesAndTheirReferencesAreLoadedTogether() {
        var ids = List.of(2, 9, 1).stream()
                .map(number -> "\"" + new GlobalId("Thing", new UUID(7, number)).text() + "\"")
                .collect(Collectors.joining(","));
        var nodes = list("{ nodes(ids: [" + ids + "]) { __typename ... on Thing { owner { name } } } }", 3);

        assertThat(calls.kinds()).containsExactly("node", "owner");
        assertThat(nodes)
                .containsExactly(
                        Map.of("__typename", "Thing", "owner", Map.of("name", "Owner 1")),
                        Map.of("__typename", "Thing", "owner", Map.of("name", "Owner 5")),
                        Map.of("__typename", "Thing", "owner", Map.of("name", "Owner 1")));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void recordsInsideRecordsAreLookedAhead(int n) {
        var things = list("{ things(n: %d) { place { owner { name } places { owner { name } } } } }", n);

        assertThat(things.getFirst())
                .isEqualTo(Map.of(
                        "place",
                        Map.of(
                                "owner",
                                Map.of("name", "Owner 1001"),
                                "places",
                                List.of(Map.of("owner", Map.of("name", "Owner 1501"))))));
        assertThat(calls.kinds()).as("all at once").containsExactly("owner");
        assertThat(only("owner").keys()).hasSize(2 * n);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void listsOfRecordsAreLookedAhead(int n) {
        var things = list("{ things(n: %d) { places { owner { name } places { owner { name } } } } }", n);

        assertThat(things.getLast())
                .isEqualTo(Map.of(
                        "places",
                        List.of(
                                Map.of(
                                        "owner",
                                        Map.of("name", "Owner " + (n + 3000)),
                                        "places",
                                        List.of(Map.of("owner", Map.of("name", "Owner " + (n + 3500))))),
                                Map.of(
                                        "owner",
                                        Map.of("name", "Owner " + (n + 4000)),
                                        "places",
                                        List.of(Map.of("owner", Map.of("name", "Owner " + (n + 4500))))))));
        assertThat(calls.kinds()).containsExactly("owner");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void viewsInListsOfRecordsAreLookedAhead(int n) {
        var shelves = list("{ shelves(n: %d) { things { owner { name } } best { name owner { name } } } }", n);

        assertThat(shelves.getFirst())
                .isEqualTo(Map.of(
                        "things",
                        List.of(Map.of("owner", Map.of("name", "Owner 1"))),
                        "best",
                        Map.of("name", "Ding 1", "owner", Map.of("name", "Owner 1"))));
        assertThat(calls.kinds()).containsExactly("owner");
    }

    @Test
    void objectsOfAControllersClassAreLookedAhead() {
        var summary = data("{ summary { best { owner { name } } shelf { things { owner { name } deputies { name } } }"
                        + " nodes { ... on Thing { owner { name } } ... on Owner { boss { name } } } } }")
                .get("summary");

        var deputies = List.of(Map.of("name", "Owner 5"), Map.of("name", "Owner 1"));
        assertThat(summary)
                .isEqualTo(Map.of(
                        "best",
                        Map.of("owner", Map.of("name", "Owner 1")),
                        "shelf",
                        Map.of(
                                "things",
                                List.of(
                                        Map.of("owner", Map.of("name", "Owner 1"), "deputies", deputies),
                                        Map.of("owner", Map.of("name", "Owner 1"), "deputies", deputies),
                                        Map.of("owner", Map.of("name", "Owner 2"), "deputies", deputies))),
                        "nodes",
                        List.of(
                                Map.of("owner", Map.of("name", "Owner 1")),
                                Map.of("boss", Map.of("name", "Owner 577")))));
        assertThat(calls.made())
                .as("for each of its methods what is not there yet")
                .extracting(Call::kind, Call::keys)
                .containsExactly(
                        tuple("owner", owners(1)), tuple("owner", owners(2, 4, 5)), tuple("owner", owners(577)));
    }

    @Test
    void nodesOfTwoTypesAreLookedAheadByTheirOwnFragments() {
        var ids = Stream.of(id("Thing", 7, 1), id("Owner", 8, 50), id("Thing", 7, 9), id("Owner", 8, 51))
                .map(id -> '"' + id + '"')
                .collect(Collectors.joining(","));
        var nodes = list(
                "{ nodes(ids: [" + ids + "]) { id ...T ... on Owner { boss { name } city { name } } } }"
                        + " fragment T on Thing { owner { name city { name } } log(first: 1) { nodes { owner { name } } } }",
                4);

        assertThat(nodes)
                .extracting(node -> node.get("owner"), node -> node.get("boss"), node -> node.get("city"))
                .containsExactly(
                        tuple(Map.of("name", "Owner 1", "city", Map.of("name", "City 1")), null, null),
                        tuple(null, Map.of("name", "Owner 550"), Map.of("name", "City 50")),
                        tuple(Map.of("name", "Owner 5", "city", Map.of("name", "City 5")), null, null),
                        tuple(null, Map.of("name", "Owner 551"), Map.of("name", "City 51")));
        assertThat(calls.kinds())
                .startsWith("node", "ownerNode")
                .as("what two types refer to is one kind: of the nodes, and of what the nodes refer to")
                .containsExactlyInAnyOrder("node", "ownerNode", "owner", "city", "log", "city", "owner");
        assertThat(calls.made().get(2).keys()).isEqualTo(owners(1, 5, 550, 551));
    }

    @Test
    void aFragmentsReferencesAreLoadedForItsTypeOnly() {
        var ids = '"' + id("Thing", 7, 1) + "\", \"" + id("Owner", 8, 50) + '"';

        list("{ nodes(ids: [" + ids + "]) { ... on Thing { deputies { name } } ... on Owner { name } } }", 2);

        assertThat(calls.kinds()).containsExactly("node", "ownerNode", "owner");
        assertThat(only("owner").keys()).isEqualTo(owners(1, 4, 5));
    }

    @Test
    void aNodeIsLookedAheadByItsActualType() {
        assertThat(data("{ node(id: \"" + id("Owner", 8, 50) + "\") { ... on Thing { owner { name } }"
                        + " ... on Owner { boss { name } } } }"))
                .isEqualTo(Map.of("node", Map.of("boss", Map.of("name", "Owner 550"))));
        assertThat(calls.kinds()).containsExactly("ownerNode", "owner");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void argumentsMayComeFromVariables(int n) {
        var things = api.ask(
                "query ($n: Int!, $first: Int = 2, $absent: Int) { things(n: $n) {"
                        + " a: log(first: $first) { nodes { text } } b: log(first: $absent) { nodes { text } } } }",
                Map.of("n", n),
                Actor.anonymous());

        assertThat(things).doesNotContainKey("errors");
        assertThat(calls.made())
                .extracting(Call::arguments)
                .containsExactlyInAnyOrder(Map.of("first", 2), Map.of("first", 3));
    }

    @Test
    void aLongListTakesTheCommandsOfAShortOne() {
        var document = """
                { thingConnection(n: %d) {
                  totalCount
                  edges { node { owner { ...O } deputies { name city { name } } place { owner { ...O } places { owner { name } } } } }
                  nodes { places { owner { boss { name } } } log(first: 2) { nodes { owner { ...O } } } }
                } }
                fragment O on Owner { name city { name } }""";
        data(document.formatted(2));
        var ofTwo = calls.kinds();
        calls.forget();
        data(document.formatted(50));

        assertThat(calls.kinds())
                .isEqualTo(ofTwo)
                .containsExactlyInAnyOrder("owner", "log", "city", "owner", "city", "count");
    }

    @Test
    void aFailureIsReportedByEachFieldAndNotRetried() {
        failures.know("log is down", () -> new IllegalStateException("down"));
        failures.logFailsAs("log is down");

        var response = askForLogs();

        assertThat((List<?>) response.get("errors"))
                .hasSize(4)
                .allSatisfy(error -> assertThat(error.toString()).contains("code=INTERNAL"));
        assertThat(calls.kinds()).as("once for each of the arguments").containsExactly("log", "log");
    }

    @Test
    void argumentsThatAreRefusedForSomeObjectsAreTriedForOthers() {
        failures.know("log is no page", () -> new BadRequest("There is no such page."));
        failures.logFailsAs("log is no page");

        var response = askForLogs();

        assertThat((List<?>) response.get("errors"))
                .hasSize(4)
                .allSatisfy(
                        error -> assertThat(error.toString()).contains("code=BAD_REQUEST", "There is no such page."));
        assertThat(calls.kinds()).as("once for each thing and the arguments").containsExactly("log", "log", "log");
    }

    private Map<String, Object> askForLogs() {
        var response = api.ask(
                "{ a: things(n: 1) { name log { nodes { text } } } b: things(n: 2) { name log { nodes { text } } }"
                        + " c: things(n: 1) { log(first: 1) { nodes { text } } } }");

        var first = new HashMap<String, @Nullable Object>(Map.of("name", "Ding 1"));
        first.put("log", null);
        var second = new HashMap<String, @Nullable Object>(Map.of("name", "Ding 2"));
        second.put("log", null);
        assertThat(response.get("data"))
                .isEqualTo(Map.of("a", List.of(first), "b", List.of(first, second), "c", List.of(nothing("log"))));
        return response;
    }

    @Test
    void anInternalErrorOfALoaderLeavesTheRestOfTheResponse() {
        failures.know("log is down", () -> new IllegalStateException("down"));
        failures.logFailsAs("log is down");

        var response = api.ask("{ things(n: 1) { name owner { name } log { nodes { owner { name } } } } }");

        assertThat(String.valueOf(response.get("data"))).contains("Ding 1", "Owner 1", "log=null");
        assertThat(String.valueOf(response.get("errors"))).contains("code=INTERNAL", "path=[things, 0, log]");
    }

    private static String id(String type, long most, long least) {
        return new GlobalId(type, new UUID(most, least)).text();
    }

    private static Set<Object> owners(int... numbers) {
        return Arrays.stream(numbers).mapToObj(OwnerId::new).collect(Collectors.toSet());
    }

    private Call only(String kind) {
        var found =
                calls.made().stream().filter(call -> call.kind().equals(kind)).toList();
        assertThat(found).as(kind).hasSize(1);
        return found.getFirst();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> data(String document) {
        var response = api.ask(document);
        assertThat(response).doesNotContainKey("errors");
        return (Map<String, Object>) Objects.requireNonNull(response.get("data"));
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> list(String document, int n) {
        return (List<Map<String, Object>>)
                data(document.formatted(n)).values().iterator().next();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> nodes(String document, int n) {
        var connection = (Map<String, Object>)
                data(document.formatted(n)).values().iterator().next();
        return (List<Map<String, Object>>) Objects.requireNonNull(connection.get("nodes"));
    }

    private static int sizeOf(Map<String, Object> thing, String log) {
        var connection = (Map<?, ?>) Objects.requireNonNull(thing.get(log));
        return ((List<?>) Objects.requireNonNull(connection.get("nodes"))).size();
    }

    private static Map<String, @Nullable Object> nothing(String field) {
        return Collections.singletonMap(field, null);
    }
}

package de.smartcity.consortium.activity;

import static de.smartcity.consortium.activity.ActivityApplication.THINGS;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.activity.ActivityApplication.Commands;
import de.smartcity.consortium.activity.Things.Thing;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.sandbox.TestMongo;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ActivityTest
class ActivityReadingTest {

    private static final String PAGES = """
            query ($of: [String!]!, $first: Int, $after: String, $last: Int, $before: String) {
              activities(of: $of, first: $first, after: $after, last: $last, before: $before) {
                edges { cursor node { id } }
                nodes { id at type account changed reason details { field value } }
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
              }
            }""";

    private static final Actor OFFICE = Actor.system();

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
    }

    @Autowired
    private Things things;

    @Autowired
    private MongoDatabaseFactory databases;

    @Autowired
    private ExecutionGraphQlService service;

    @Autowired
    private Commands commands;

    @BeforeEach
    void deleteAll() {
        things.deleteAll();
    }

    @ParameterizedTest
    @CsvSource({
        "1, false",
        "3, false",
        "7, false",
        "10, false",
        "100, false",
        "1, true",
        "3, true",
        "7, true",
        "100, true"
    })
    void pagingShowsAllEventsOfOneAggregateLatestFirst(int size, boolean backwards) {
        things.thing(4);
        var thing = things.thing(10);
        things.thing(4);
        publish();

        var found = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            var page = page(thing, backwards ? "last" : "first", size, backwards ? "before" : "after", cursor);
            var types = types(page);
            found.addAll(backwards ? 0 : found.size(), types);
            var info = info(page);
            assertThat(info.get(backwards ? "hasNextPage" : "hasPreviousPage")).isEqualTo(cursor != null);
            cursor = Boolean.TRUE.equals(info.get(backwards ? "hasPreviousPage" : "hasNextPage"))
                    ? (String) info.get(backwards ? "startCursor" : "endCursor")
                    : null;
        } while (cursor != null);

        assertThat(found).isEqualTo(latestFirst(10));
    }

    @Test
    void anEventIsShownWithAllItsFields() {
        var thing = things.thing(1);
        publish();

        assertThat(nodes(page(thing, "first", 1, "after", null)))
                .containsExactly(Map.of(
                        "id",
                        new GlobalId("Activity", thing.waiting().getFirst().id()).text(),
                        "at",
                        "2026-11-24T09:30:00.123Z",
                        "type",
                        "CHANGED",
                        "account",
                        "an-account",
                        "changed",
                        List.of("name", "summary"),
                        "reason",
                        "a reason",
                        "details",
                        List.of(Map.of("field", "name", "value", "Change1"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 30})
    void pagesOfSeveralAggregatesAreReadWithOneCommand(int several) {
        var all = Stream.generate(() -> things.thing(5)).limit(several).toList();
        publish();
        commands.clear();

        var pages = pages(ids(all), Map.of("first", 3));

        assertThat(pages).hasSize(several);
        for (var page : pages) {
            assertThat(types(page)).containsExactly("Change5", "Change4", "Change3");
            assertThat(info(page)).containsEntry("hasNextPage", true).containsEntry("hasPreviousPage", false);
        }
        assertThat(commands.count("aggregate")).isOne();
        assertThat(commands.count("find")).isZero();
    }

    @Test
    void theLastPagesOfSeveralAggregatesHoldTheirOldestEvents() {
        var all = List.of(things.thing(5), things.thing(2));
        publish();

        var pages = pages(ids(all), Map.of("last", 3));

        assertThat(types(pages.get(0))).containsExactly("Change3", "Change2", "Change1");
        assertThat(info(pages.get(0))).containsEntry("hasNextPage", false).containsEntry("hasPreviousPage", true);
        assertThat(types(pages.get(1))).containsExactly("Change2", "Change1");
        assertThat(info(pages.get(1))).containsEntry("hasPreviousPage", false);
    }

    @Test
    void aPageOfSeveralAggregatesContinuesAsAPageOfOne() {
        var thing = things.thing(5);
        var other = things.thing(1);
        publish();

        var first = pages(ids(List.of(thing, other)), Map.of("first", 2)).getFirst();
        var next = page(thing, "first", 100, "after", (String) info(first).get("endCursor"));

        assertThat(types(first)).containsExactly("Change5", "Change4");
        assertThat(types(next)).containsExactly("Change3", "Change2", "Change1");
    }

    @Test
    void anAggregateWithoutEventsHasAnEmptyPage() {
        var quiet = things.thing(0);
        var busy = things.thing(1);
        publish();

        assertThat(types(page(quiet, "first", 5, "after", null))).isEmpty();
        var pages = pages(ids(List.of(quiet, busy)), Map.of("first", 5));
        assertThat(types(pages.getFirst())).isEmpty();
        assertThat(info(pages.getFirst())).containsEntry("endCursor", null).containsEntry("hasNextPage", false);
        assertThat(types(pages.getLast())).containsExactly("Change1");
    }

    @Test
    void cursorsRevealNoNumber() {
        var first = things.thing(1);
        publish();
        things.thing(150);
        var last = things.thing(1);
        publish();

        var cursors = Stream.of(first, last)
                .map(thing -> String.valueOf(
                        info(page(thing, "first", 1, "after", null)).get("endCursor")))
                .toList();
        assertThat(cursors).doesNotHaveDuplicates();
        assertThat(cursors.getFirst()).hasSameSizeAs(cursors.getLast());
        for (var cursor : cursors) {
            assertThat(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1))
                    .doesNotContain("152")
                    .doesNotContain("activity");
        }
    }

    @Test
    void aCursorIsRefusedForSeveralAggregates() {
        var all = List.of(things.thing(3), things.thing(3));
        publish();
        var cursor = Objects.requireNonNull(
                info(page(all.getFirst(), "first", 1, "after", null)).get("endCursor"));

        for (var argument : List.of("after", "before")) {
            var response = ask(ids(all), Map.of("first", 1, argument, cursor));
            assertThat(String.valueOf(response.get("errors")))
                    .contains("Page through the activity of one object at a time.", "code=BAD_REQUEST");
        }
    }

    @Test
    void aCursorOfAnotherAggregatesActivityIsRefused() {
        var all = List.of(things.thing(3), things.thing(3));
        publish();
        var cursor = Objects.requireNonNull(
                info(page(all.getFirst(), "first", 1, "after", null)).get("endCursor"));

        var response = ask(ids(all.subList(1, 2)), Map.of("first", 1, "after", cursor));

        assertThat(String.valueOf(response.get("errors")))
                .contains("code=BAD_REQUEST", "The cursor is not one of this list");
    }

    private void publish() {
        new OutboxRelay(databases, new EventSources(List.of(THINGS)), Clock.systemUTC(), () -> {}).sweep(THINGS);
    }

    private static List<String> latestFirst(int events) {
        return IntStream.rangeClosed(1, events)
                .mapToObj(n -> "Change" + n)
                .toList()
                .reversed();
    }

    private static List<String> ids(List<Thing> things) {
        return things.stream().map(Thing::id).map(UUID::toString).toList();
    }

    private Map<String, @Nullable Object> page(
            Thing thing, String direction, int size, String side, @Nullable String cursor) {
        var arguments = new HashMap<String, @Nullable Object>();
        arguments.put(direction, size);
        arguments.put(side, cursor);
        return pages(List.of(thing.id().toString()), arguments).getFirst();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, @Nullable Object>> pages(
            List<String> of, Map<String, ? extends @Nullable Object> arguments) {
        var response = ask(of, arguments);
        assertThat(response).doesNotContainKey("errors");
        var data = (Map<String, Object>) Objects.requireNonNull(response.get("data"));
        return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(data.get("activities"));
    }

    private Map<String, Object> ask(List<String> of, Map<String, ? extends @Nullable Object> arguments) {
        var variables = new HashMap<String, @Nullable Object>(arguments);
        variables.put("of", of);
        return ask(OFFICE, PAGES, variables);
    }

    private Map<String, Object> ask(Actor actor, String document, Map<String, ? extends @Nullable Object> given) {
        var variables = new HashMap<String, @Nullable Object>(given);
        var request = new DefaultExecutionGraphQlRequest(document, null, variables, Map.of(), "request-1", null);
        request.configureExecutionInput((input, builder) ->
                builder.graphQLContext(Map.of(Actor.class, actor)).build());
        return Objects.requireNonNull(service.execute(request).block())
                .getExecutionResult()
                .toSpecification();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> nodes(Map<String, @Nullable Object> page) {
        return (List<Map<String, Object>>) Objects.requireNonNull(page.get("nodes"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> types(Map<String, @Nullable Object> page) {
        return nodes(page).stream()
                .map(node -> ((List<Map<String, String>>) Objects.requireNonNull(node.get("details")))
                        .getFirst()
                        .get("value"))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> info(Map<String, @Nullable Object> page) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(page.get("pageInfo"));
    }
}

package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.smartcity.consortium.graphql.Pages.Listing;
import de.smartcity.consortium.sandbox.TestMongo;
import graphql.GraphQLContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private static final int ALL = 25;
    private static final Selection NODES = Selections.of("nodes { name } pageInfo { leaf }");
    private static final List<String> COMMANDS = new CopyOnWriteArrayList<>();
    private static final List<List<BsonValue>> PIPELINES = new CopyOnWriteArrayList<>();
    private static final CommandListener LISTENER = new CommandListener() {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            COMMANDS.add(event.getCommandName());
            if (event.getCommand().containsKey("pipeline")) {
                PIPELINES.add(List.copyOf(event.getCommand().getArray("pipeline")));
            }
        }
    };

    @SuppressWarnings("NullAway.Init")
    private static MongoClient client;

    @SuppressWarnings("NullAway.Init")
    private static MongoCollection<Row> rows;

    private final GraphQLContext request = GraphQLContext.newContext().build();
    private final Pages pages = new Pages(new Cursors(List.of("secret")));

    @BeforeAll
    static void connect() {
        var uri = new ConnectionString(TestMongo.newDatabase());
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(uri)
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .addCommandListener(LISTENER)
                .build());
        rows = client.getDatabase(Objects.requireNonNull(uri.getDatabase())).getCollection("rows", Row.class);
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @BeforeEach
    void twentyFiveRows() {
        rows.deleteMany(new Document());
        // Unordered; every second number, so that others can be inserted between.
        var numbers = new ArrayList<>(
                IntStream.rangeClosed(1, ALL).map(n -> 2 * n).boxed().toList());
        Collections.shuffle(numbers, new Random(7));
        rows.insertMany(numbers.stream().map(Row::of).toList());
        COMMANDS.clear();
        PIPELINES.clear();
    }

    static Stream<Walk> walks() {
        return Stream.of(1, 2, 3, 7, 100)
                .flatMap(size -> Stream.of(false, true)
                        .flatMap(descending ->
                                Stream.of(false, true).map(backwards -> new Walk(size, descending, backwards))));
    }

    record Walk(int size, boolean descending, boolean backwards) {

        PageRequest page(@Nullable String cursor) {
            return new PageRequest(size, backwards, backwards ? null : cursor, backwards ? cursor : null);
        }
    }

    @ParameterizedTest
    @MethodSource("walks")
    void pagingGivesAllInOrderExactlyOnce(Walk walk) {
        var expected = numbers(n -> true);

        var found = walked(listing(new Document(), walk.descending()), walk, seen -> {});

        assertThat(found).isEqualTo(walk.descending() ? expected.reversed() : expected);
        assertThat(COMMANDS)
                .as("one command a page")
                .containsOnly("find")
                .hasSize((ALL + walk.size() - 1) / walk.size());
    }

    @ParameterizedTest
    @MethodSource("walks")
    void aFilterOfAlternativesHoldsOnEveryPage(Walk walk) {
        // "Visible and after" must not become "visible or after".
        var filter = Filters.or(Filters.eq("kind", 0), Filters.eq("kind", 2));
        var expected = numbers(n -> Row.kind(n) != 1);

        var found = walked(listing(filter, walk.descending()), walk, seen -> {});

        assertThat(found).isEqualTo(walk.descending() ? expected.reversed() : expected);
    }

    @ParameterizedTest
    @MethodSource("walks")
    void aFilterOnTheSortedFieldHoldsOnEveryPage(Walk walk) {
        var filter = Filters.and(Filters.gt("sort.key", Row.key(10)), Filters.lt("sort.key", Row.key(40)));
        var expected = numbers(n -> n > 10 && n < 40);

        var found = walked(listing(filter, walk.descending()), walk, seen -> {});

        assertThat(found).isEqualTo(walk.descending() ? expected.reversed() : expected);
    }

    @ParameterizedTest
    @MethodSource("walks")
    void concurrentChangesNeitherRepeatNorSkipOtherObjects(Walk walk) {
        var between = new ArrayList<Integer>();

        var found = walked(listing(new Document(), walk.descending()), walk, seen -> {
            // The cursor's object is deleted, and objects are inserted on both sides of it.
            var last = seen.getLast();
            rows.deleteOne(Filters.eq("_id", last));
            if (last % 2 == 0) {
                Stream.of(last - 1, last + 1).forEach(number -> {
                    if (rows.countDocuments(Filters.eq("_id", number)) == 0 && !between.contains(number)) {
                        rows.insertOne(Row.of(number));
                        between.add(number);
                    }
                });
            }
        });

        assertThat(found).doesNotHaveDuplicates().containsAll(numbers(n -> true));
        var order = walk.descending() ? Collections.<Integer>reverseOrder() : Comparator.<Integer>naturalOrder();
        assertThat(found).isSortedAccordingTo(order);
    }

    @Test
    void aPageBetweenTwoCursorsStartsAtTheRequestedEnd() {
        var list = listing(new Document(), false);
        var all =
                pages.read(list, new PageRequest(100, false, null, null), NODES).edges();
        var after = all.get(4).cursor();
        var before = all.get(10).cursor();

        var first = pages.read(list, new PageRequest(3, false, after, before), NODES);
        var last = pages.read(list, new PageRequest(3, true, after, before), NODES);
        var whole = pages.read(list, new PageRequest(20, false, after, before), NODES);

        assertThat(first.nodes()).containsExactly(12, 14, 16);
        assertThat(first.pageInfo().hasNextPage()).isTrue();
        assertThat(first.pageInfo().hasPreviousPage()).isTrue();
        assertThat(last.nodes()).containsExactly(16, 18, 20);
        assertThat(last.pageInfo().hasNextPage()).isTrue();
        assertThat(last.pageInfo().hasPreviousPage()).isTrue();
        assertThat(whole.nodes()).containsExactly(12, 14, 16, 18, 20);
    }

    @Test
    void aListWithNothingIsAnEmptyPage() {
        var page = pages.read(
                listing(Filters.eq("kind", 99), false),
                new PageRequest(20, false, null, null),
                Selections.of("nodes { name } totalCount"));

        assertThat(page.nodes()).isEmpty();
        assertThat(page.pageInfo().hasNextPage()).isFalse();
        assertThat(page.pageInfo().hasPreviousPage()).isFalse();
        assertThat(page.total().upToLimit(request)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPageOfSizeZeroShowsWhetherThereAreObjects(boolean backwards) {
        var none = new PageRequest(0, backwards, null, null);
        var some = pages.read(listing(new Document(), false), none, NODES);
        var nothing = pages.read(listing(Filters.eq("kind", 99), false), none, NODES);

        assertThat(some.nodes()).isEmpty();
        assertThat(some.pageInfo().hasNextPage()).isEqualTo(!backwards);
        assertThat(some.pageInfo().hasPreviousPage()).isEqualTo(backwards);
        assertThat(some.pageInfo().startCursor()).isNull();
        assertThat(some.pageInfo().endCursor()).isNull();
        assertThat(nothing.pageInfo().hasNextPage()).isFalse();
        assertThat(nothing.pageInfo().hasPreviousPage()).isFalse();
        assertThat(COMMANDS).containsExactly("find", "find");
    }

    @Test
    void theEndCursorIsTheLastEdgesCursorAndTheSameForEachReader() {
        var one = pages.read(listing(new Document(), false), new PageRequest(3, false, null, null), NODES);
        var other = pages.read(listing(Filters.gt("_id", 4), false), new PageRequest(1, false, null, null), NODES);

        assertThat(one.pageInfo().endCursor())
                .isEqualTo(one.edges().getLast().cursor())
                .as("of the row that both end with")
                .isEqualTo(other.pageInfo().endCursor())
                .as("where the page begins does not matter")
                .isEqualTo(other.pageInfo().startCursor());
    }

    @Test
    void aTotalIsCountedOnceForAliasesOfTheSameList() {
        var total = Selections.of("totalCount");
        var one = pages.read(listing(new Document(), false), new PageRequest(2, false, null, null), total);
        var other = pages.read(listing(new Document(), false), new PageRequest(7, true, null, null), total);

        assertThat(one.total().upToLimit(request)).isEqualTo(ALL);
        assertThat(other.total().upToLimit(request)).isEqualTo(ALL);
        assertThat(other.total().isExact(request)).isTrue();
        assertThat(COMMANDS).containsExactly("aggregate");
    }

    @Test
    void countingStopsAtTheLimitOfTheTotal() {
        var page = pages.read(
                listing(new Document(), false), new PageRequest(1, false, null, null), Selections.of("totalCount"));
        page.total().upToLimit(request);

        assertThat(PIPELINES).hasSize(1);
        assertThat(PIPELINES.getFirst()).contains(new BsonDocument("$limit", new BsonInt64(10_001)));
    }

    @Test
    void aTotalThatIsNotSelectedIsNotCounted() {
        var page = pages.read(
                listing(new Document(), false),
                new PageRequest(2, false, null, null),
                Selections.of("nodes { name } edges { node { name } } totalCount"));

        assertThat(COMMANDS).containsExactly("find");
        assertThat(page.total().upToLimit(request)).isEqualTo(ALL);
        assertThat(COMMANDS).containsExactly("find", "aggregate");
    }

    @Test
    void onlyTheTotalIsReadWhenNothingElseIsSelected() {
        var filter = Filters.eq("kind", 1);
        var cursor = pages.read(listing(filter, false), new PageRequest(1, false, null, null), NODES)
                .pageInfo()
                .endCursor();
        COMMANDS.clear();

        var page = pages.read(
                listing(filter, false),
                new PageRequest(2, false, cursor, null),
                Selections.of("totalCount __typename"));

        assertThat(COMMANDS).isEmpty();
        assertThat(page.total().upToLimit(request))
                .as("of the whole list")
                .isEqualTo(numbers(n -> Row.kind(n) == 1).size());
        assertThat(COMMANDS).containsExactly("aggregate");
    }

    @Test
    void aCursorOfAnotherListIsRefusedBeforeAnythingIsRead() {
        var cursor = Objects.requireNonNull(
                pages.read(listing(new Document(), false), new PageRequest(1, false, null, null), NODES)
                        .pageInfo()
                        .endCursor());
        COMMANDS.clear();

        for (var selection : List.of(NODES, Selections.of("totalCount"))) {
            for (var page : List.of(new PageRequest(1, false, cursor, null), new PageRequest(1, true, null, cursor))) {
                assertThatExceptionOfType(BadRequest.class)
                        .isThrownBy(() -> pages.read(listing(new Document(), true), page, selection));
            }
        }
        assertThat(COMMANDS).isEmpty();
    }

    @Test
    void onlyTheProjectionIsRead() {
        var list = new Listing<Row, Row>(
                rows,
                new Document(),
                "sort.key",
                row -> Row.key(row.id()),
                Function.identity(),
                false,
                new Document("sort", 1),
                "projected",
                Function.identity());

        assertThat(pages.read(list, new PageRequest(100, false, null, null), NODES)
                        .nodes())
                .hasSize(ALL)
                .allSatisfy(row -> assertThat(row.kind()).isNull());
    }

    /** All objects of all pages, in the list's order. @param meanwhile runs after each page except the last */
    private List<Integer> walked(Listing<Row, Integer> list, Walk walk, Consumer<List<Integer>> meanwhile) {
        var found = new ArrayList<Integer>();
        @Nullable String cursor = null;
        while (true) {
            var page = pages.read(list, walk.page(cursor), NODES);
            var info = page.pageInfo();
            assertThat(page.nodes()).hasSizeLessThanOrEqualTo(walk.size());
            assertThat(walk.backwards() ? info.hasNextPage() : info.hasPreviousPage())
                    .as("whether something lies behind")
                    .isEqualTo(cursor != null);
            found.addAll(walk.backwards() ? page.nodes().reversed() : page.nodes());
            if (!(walk.backwards() ? info.hasPreviousPage() : info.hasNextPage())) {
                return walk.backwards() ? found.reversed() : found;
            }
            assertThat(page.nodes()).as("a page before another is full").hasSize(walk.size());
            cursor = walk.backwards() ? info.startCursor() : info.endCursor();
            meanwhile.accept(found);
        }
    }

    private static Listing<Row, Integer> listing(Bson filter, boolean descending) {
        return new Listing<>(
                rows,
                filter,
                "sort.key",
                row -> row.sort().key(),
                Function.identity(),
                descending,
                new Document("sort", 1),
                "rows:" + descending,
                Row::id);
    }

    private static List<Integer> numbers(IntPredicate which) {
        return IntStream.rangeClosed(1, ALL)
                .map(n -> 2 * n)
                .filter(which)
                .boxed()
                .toList();
    }

    public record Row(@BsonId int id, @Nullable Integer kind, Sort sort) {

        public record Sort(String key) {}

        static Row of(int number) {
            return new Row(number, kind(number), new Sort(key(number)));
        }

        static int kind(int number) {
            return number / 2 % 3;
        }

        static String key(int number) {
            return "key %03d".formatted(number);
        }
    }
}

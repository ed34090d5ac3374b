package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.SearchEntry;
import de.smartcity.consortium.kernel.SearchText;
import de.smartcity.consortium.kernel.SortKey;
import de.smartcity.consortium.kernel.Translation;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.sandbox.TestMongo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.UuidRepresentation;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects with an audience of their own inside one that more actors see: letters that everybody sees, with editions that not all do. */
class NestedViewsTest {

    private static final Viewpoint OWN = Viewpoint.relation("own", PartnerStatus.ACTIVE);
    private static final Viewpoint READER = Viewpoint.relation("reader", PartnerStatus.ACTIVE);
    private static final List<Viewpoint> RELATIONS = List.of(OWN, READER);
    private static final Set<Viewpoint> MEMBERS = Set.of(Viewpoint.CONSORTIUM, Viewpoint.OFFICE, OWN, READER);
    private static final PartnerId P = Callers.partner(1);
    private static final PartnerId Q = Callers.partner(2);
    private static final PartnerId R = Callers.partner(3);

    private static final String SCHEMA = """
            type Query { letters: [Letter!]! }
            type Letter {
              title(locale: [String!]): String titleTranslations: [Translation!]!
              editions: [Edition!]! current: Edition hiddenFields: [String!]!
            }
            type Edition { number: Int text: String note: String author: Author hiddenFields: [String!]! }
            type Author { name: String! }
            type Translation { locale: String! text: String! }
            """;

    /** An edition, with the tokens of those who see it. */
    public record Edition(int number, Collection<String> tokens, String text) {

        DerivedFields derived() {
            return new DerivedFields(new Audience(tokens), null, null, null, null);
        }
    }

    public record Letter(
            @BsonId UUID id,
            DerivedFields derived,
            @Nullable List<Edition> editions) {

        /** A letter that everybody sees, and each token of an edition. */
        static Letter of(int number, Edition... editions) {
            var id = new UUID(5, number);
            var audience = Audience.everybody();
            for (var edition : editions) {
                for (var token : edition.tokens()) {
                    audience = audience.with(token);
                }
            }
            return new Letter(
                    id,
                    new DerivedFields(
                            audience,
                            Map.of("title", SortKey.of("" + number, id)),
                            Stream.of(editions)
                                    .flatMap(edition -> new Audience(edition.tokens())
                                            .keys("editions", List.of(edition.text())).stream())
                                    .toList(),
                            Stream.of(editions)
                                    .map(edition ->
                                            new SearchEntry(edition.tokens(), SearchText.prefixes(edition.text())))
                                    .toList(),
                            null),
                    List.of(editions));
        }

        /** The last edition that an actor sees. */
        @Nullable
        Edition current(Actor actor) {
            var held = actor.tokens(RELATIONS).keySet();
            return editions == null
                    ? null
                    : editions.reversed().stream()
                            .filter(edition -> edition.tokens().stream().anyMatch(held::contains))
                            .findFirst()
                            .orElse(null);
        }
    }

    record Author(String name) {}

    private static final TypeTable<Edition> EDITIONS = TypeTable.of(
                    "Edition", Edition.class, Edition::derived, RELATIONS)
            .everybody("number", "editions", Edition::number)
            .everybody("text", "editions", Edition::text)
            .seenBy(Set.of(OWN, Viewpoint.OFFICE), "note", "editions", edition -> "Note " + edition.number())
            .everybody("author", "editions", Edition::number)
            .build();

    private static final TypeTable<Letter> LETTERS = TypeTable.of("Letter", Letter.class, Letter::derived, RELATIONS)
            .computed("title", List.of("editions"), NestedViewsTest::title)
            .withTranslations()
            .views(MEMBERS, "editions", List.of("editions", "signatures"), Letter::editions, EDITIONS)
            .view(MEMBERS, "current", List.of("editions"), Letter::current, EDITIONS)
            .build();

    private static @Nullable LocalizedText title(Letter letter, Actor actor) {
        var current = letter.current(actor);
        return current == null ? null : LocalizedText.of(Map.of("en", "Title of " + current.text()));
    }

    private static String own(PartnerId partner) {
        return OWN.token(partner);
    }

    private static Edition edition(int number, String... tokens) {
        return new Edition(number, List.of(tokens), "Text " + number);
    }

    /** An edition of P's that Q reads, and later drafts. */
    private static final Letter LETTER = Letter.of(
            1,
            edition(1, "public", "consortium", "office", own(P)),
            edition(2, "office", own(P), READER.token(Q)),
            edition(3, own(P)));

    private static Actor actor(String name) {
        return switch (name) {
            case "nobody" -> Actor.anonymous();
            case "P" -> Callers.of(P, PartnerStatus.ACTIVE);
            case "Q" -> Callers.of(Q, PartnerStatus.ACTIVE);
            case "R" -> Callers.of(R, PartnerStatus.ACTIVE);
            case "office" -> Callers.office();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private final List<Collection<Integer>> loaded = new ArrayList<>();

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> letters(String actor, String selected, Letter... letters) {
        var caller = actor(actor);
        Reference.Loader<Integer, Author> authors = (keys, arguments, asking, selection) -> {
            loaded.add(new LinkedHashSet<>(keys));
            return keys.stream().collect(Collectors.toMap(Function.identity(), key -> new Author("Author " + key)));
        };
        var graphQl = SmallSchema.of(SCHEMA)
                .table(LETTERS)
                .table(EDITIONS)
                .table(TypeTable.ofRecord(Author.class, "Author").build())
                .table(TypeTable.ofRecord(Translation.class, "Translation").build())
                .reference(Reference.byRow(Set.of("Edition"), "author", authors))
                .handler(
                        "Query.letters",
                        environment ->
                                Stream.of(letters).map(LETTERS.viewsOf(caller)).toList())
                .start();
        var answer = SmallSchema.ask(graphQl, "{ letters { " + selected + " } }", caller);
        assertThat(answer).doesNotContainKey("errors");
        var data = (Map<String, List<Map<String, Object>>>) Objects.requireNonNull(answer.get("data"));
        return Objects.requireNonNull(data.get("letters"));
    }

    @ParameterizedTest
    @CsvSource({
        "P, 1 2 3, 3",
        "Q, 1 2, 2",
        "R, 1, 1",
        "office, 1 2, 2",
        // The list and the row are for members, whatever an edition says.
        "nobody, '', ''"
    })
    void eachActorSeesItsPartsOnly(String actor, String numbers, String current) {
        assertThat(letters(actor, "editions { number } current { number }", LETTER))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.get("editions"))
                            .isEqualTo(Stream.of(numbers.split(" "))
                                    .filter(number -> !number.isEmpty())
                                    .map(number -> Map.of("number", Integer.valueOf(number)))
                                    .toList());
                    assertThat(letter.get("current"))
                            .isEqualTo(current.isEmpty() ? null : Map.of("number", Integer.valueOf(current)));
                });
    }

    @Test
    void aSinglePartThatTheActorMayNotSeeIsNull() {
        var careless = TypeTable.of("Letter", Letter.class, Letter::derived, RELATIONS)
                .view(
                        MEMBERS,
                        "current",
                        List.of("editions"),
                        (letter, actor) ->
                                Objects.requireNonNull(letter.editions()).getLast(),
                        EDITIONS)
                .build();

        assertThat(careless.row("current").of(careless.viewsOf(actor("Q")).apply(LETTER)))
                .isNull();
        assertThat(careless.row("current").of(careless.viewsOf(actor("P")).apply(LETTER)))
                .isInstanceOf(View.class);
    }

    @ParameterizedTest
    @CsvSource({"P, '', Note 1", "office, '', Note 1", "R, note, ", "Q, note, "})
    void aPartHidesFieldsOfItsOwn(String actor, String hidden, @Nullable String note) {
        var first = letters(actor, "editions { note hiddenFields }", LETTER)
                .getFirst()
                .get("editions");

        assertThat((List<?>) Objects.requireNonNull(first)).first().satisfies(edition -> {
            assertThat(((Map<?, ?>) edition).get("note")).isEqualTo(note);
            assertThat(((Map<?, ?>) edition).get("hiddenFields"))
                    .isEqualTo(hidden.isEmpty() ? List.of() : List.of(hidden));
        });
    }

    @Test
    void partsAreHiddenWithTheirRow() {
        assertThat(letters("nobody", "hiddenFields", LETTER))
                .containsExactly(Map.of("hiddenFields", List.of("current", "editions")));
    }

    @Test
    void theReferencesOfThePartsThatTheActorSeesAreLoadedTogether() {
        var letters = IntStream.range(0, 20)
                .mapToObj(n -> Letter.of(
                        n, edition(10 * n, "consortium"), edition(10 * n + 1, own(P)), edition(10 * n + 2, own(Q))))
                .toArray(Letter[]::new);

        var answer = letters("Q", "editions { author { name } } current { author { name } }", letters);

        assertThat(answer.get(1))
                .isEqualTo(Map.of(
                        "editions",
                        List.of(
                                Map.of("author", Map.of("name", "Author 10")),
                                Map.of("author", Map.of("name", "Author 12"))),
                        "current",
                        Map.of("author", Map.of("name", "Author 12"))));
        assertThat(loaded)
                .singleElement()
                .satisfies(keys ->
                        assertThat(keys).as("none of a hidden part").hasSize(40).noneMatch(key -> key % 10 == 1));
    }

    @ParameterizedTest
    @CsvSource({"P, Text 3", "Q, Text 2", "R, Text 1", "nobody, Text 1"})
    void aFieldThatIsComputedFromStoredPathsIsShownToEverybodyAsItSeesIt(String actor, String text) {
        assertThat(letters(actor, "title titleTranslations { locale text } hiddenFields", LETTER)
                        .getFirst())
                .containsEntry("title", "Title of " + text)
                .containsEntry("titleTranslations", List.of(Map.of("locale", "en", "text", "Title of " + text)));
    }

    @Test
    void aFieldThatIsComputedFromStoredPathsIsHiddenInAHiddenObject() {
        var hidden = new Letter(
                new UUID(5, 9),
                new DerivedFields(Audience.nobody(), null, null, null, null),
                List.of(edition(1, "consortium")));

        assertThat(letters("R", "title titleTranslations { text } editions { text } hiddenFields", hidden)
                        .getFirst())
                .containsEntry("title", null)
                .containsEntry("titleTranslations", List.of())
                .containsEntry("editions", List.of())
                .containsEntry("hiddenFields", List.of("current", "editions", "title", "titleTranslations"));
        assertThat(LETTERS.hasReferredRows()).isFalse();
    }

    @Test
    void onlyThePathsOfTheRowsAreRead() {
        assertThat(projection("hiddenFields")).containsExactly("derived.audience.tokens");
        assertThat(projection("title")).containsExactlyInAnyOrder("derived.audience.tokens", "editions");
        assertThat(projection("titleTranslations { text }"))
                .containsExactlyInAnyOrder("derived.audience.tokens", "editions");
        assertThat(projection("current { note }")).containsExactlyInAnyOrder("derived.audience.tokens", "editions");
        assertThat(projection("editions { number author { name } }"))
                .containsExactlyInAnyOrder("derived.audience.tokens", "editions", "signatures");
    }

    private static Set<String> projection(String selected) {
        var selection = Selections.asked(
                        SCHEMA.replace("letters: [Letter!]!", "start: Letter starts: [Place!]! any: Any")
                                + " type Place { owner: Int } interface Any { id: Int } interface Named { id: Int }"
                                + " interface Either { id: Int }",
                        "{ start { " + selected + " } }",
                        Map.of(),
                        Selection::of)
                .getFirst();
        return LETTERS.projection(selection, List.of()).toBsonDocument().keySet();
    }

    @Test
    void partsThatWereNotReadAreNone() {
        var unread = new Letter(new UUID(5, 9), LETTER.derived(), null);
        var view = LETTERS.viewsOf(actor("P")).apply(unread);

        assertThat(LETTERS.row("editions").of(view)).isNull();
        assertThat(LETTERS.row("current").of(view)).isNull();
    }

    @Test
    void bothTheObjectAndItsPartsHaveAnAudience() {
        var letters = TypeTable.of("Letter", Letter.class, Letter::derived, RELATIONS);
        var authors = TypeTable.ofRecord(Author.class, "Author");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> letters.views(MEMBERS, "authors", List.of(), letter -> List.of(), authors.build()))
                .withMessageStartingWith("[Letter].authors shows objects with an audience");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> authors.view(Set.of(), "edition", List.of(), (author, actor) -> null, EDITIONS))
                .withMessageStartingWith("[Author].edition shows objects with an audience");
    }

    // Lists.

    @SuppressWarnings("NullAway.Init")
    private static MongoClient client;

    @SuppressWarnings("NullAway.Init")
    private static MongoCollection<Letter> stored;

    @BeforeAll
    static void connect() {
        var uri = new ConnectionString(TestMongo.newDatabase());
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(uri)
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
        stored = client.getDatabase(Objects.requireNonNull(uri.getDatabase()))
                .getCollection("letters" + new ObjectId(), Letter.class);
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @BeforeEach
    void storeLetters() {
        stored.drop();
        stored.insertMany(List.of(LETTER, Letter.of(2, edition(1, "consortium", own(Q)), edition(4, own(Q)))));
    }

    @ParameterizedTest
    @CsvSource({
        "P, 1, 1 2",
        "P, 3, 1",
        "P, 4, ''",
        "Q, 2, 1",
        "Q, 3, ''",
        "Q, 4, 2",
        "R, 1, 1 2",
        "R, 2, ''",
        "R, 3, ''"
    })
    void nothingIsFoundByAHiddenPart(String actor, int edition, String found) {
        var text = "Text " + edition;
        var letters = new Pages(new Cursors(List.of("secret"))).of(LETTERS, stored);
        var byFacet = letters.list("letters", actor(actor)).facet("editions", List.of(text), value -> value);
        var byText = letters.list("letters", actor(actor)).text(Set.of("editions"), text);

        assertThat(numbers(byFacet)).isEqualTo(found);
        assertThat(numbers(byText)).isEqualTo(found);
    }

    private static String numbers(TypeReading.Question<Letter> question) {
        return question
                .page(
                        "title",
                        false,
                        new PageRequest(100, false, null, null),
                        Selections.of("nodes { name } pageInfo { leaf }"))
                .nodes()
                .stream()
                .map(view -> String.valueOf(view.stored().id().getLeastSignificantBits()))
                .collect(Collectors.joining(" "));
    }
}

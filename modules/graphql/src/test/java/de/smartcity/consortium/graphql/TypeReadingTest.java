package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.SearchEntry;
import de.smartcity.consortium.kernel.SearchText;
import de.smartcity.consortium.kernel.SortKey;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.sandbox.TestMongo;
import graphql.GraphQLContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For every question, an actor finds only what it may see, by fields that it sees. */
class TypeReadingTest {

    private static final Viewpoint OWN =
            Viewpoint.relation("own", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE, PartnerStatus.SUSPENDED);
    private static final Viewpoint PARTY = Viewpoint.relation("party", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);
    private static final Set<Viewpoint> ALL =
            Set.of(Viewpoint.PUBLIC, Viewpoint.CONSORTIUM, Viewpoint.OFFICE, OWN, PARTY);
    private static final Set<Viewpoint> MEMBERS = Set.of(Viewpoint.CONSORTIUM, OWN, Viewpoint.OFFICE);
    private static final Set<Viewpoint> OWN_AND_OFFICE = Set.of(OWN, Viewpoint.OFFICE);
    /** The table's visibility, implemented again. */
    private static final Map<String, Set<Viewpoint>> SEEN_FROM =
            Map.of("name", ALL, "kind", ALL, "status", MEMBERS, "reason", OWN_AND_OFFICE, "draft", Set.of(PARTY));

    private static final TypeTable<Stored> TABLE = TypeTable.of(
                    "Thing", Stored.class, Stored::derived, List.of(OWN, PARTY))
            .key(Stored::id)
            .referred("name", "name", Stored::name)
            .everybody("kind", "kind", Stored::kind)
            .seenBy(MEMBERS, "status", "status", Stored::status)
            .seenBy(OWN_AND_OFFICE, "reason", "reason", Stored::reason)
            .seenBy(Set.of(PARTY), "draft", "draft", Stored::draft)
            .seenIf((stored, actor) -> actor.isOffice(), "version", "version", stored -> 1)
            .parts(MEMBERS, "contacts", "contacts", Stored::contacts, Contact::seenBy)
            .build();

    private static final PartnerId P = Callers.partner(1);
    private static final PartnerId Q = Callers.partner(2);
    private static final Selection EVERYTHING =
            Selections.of("nodes { name } edges { node { leaf } } pageInfo { leaf }");
    private static final PageRequest FIRST = new PageRequest(100, false, null, null);
    private static final List<String> COMMANDS = new CopyOnWriteArrayList<>();
    private static final List<BsonDocument> FINDS = new CopyOnWriteArrayList<>();
    private static final List<BsonDocument> AGGREGATES = new CopyOnWriteArrayList<>();
    private static final CommandListener LISTENER = new CommandListener() {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            COMMANDS.add(event.getCommandName());
            if (event.getCommandName().equals("find")) {
                FINDS.add(event.getCommand().clone());
            }
            if (event.getCommandName().equals("aggregate")) {
                AGGREGATES.add(event.getCommand().clone());
            }
        }
    };

    @SuppressWarnings("NullAway.Init")
    private static MongoClient client;

    @SuppressWarnings("NullAway.Init")
    private static MongoCollection<Stored> things;

    private final GraphQLContext request = GraphQLContext.newContext().build();
    private final TypeReading<Stored> reading = new Pages(new Cursors(List.of("secret"))).of(TABLE, things);
    private final TypeReading<Stored> sharing = reading.withSharedFacets();

    public record Contact(UUID id, boolean forMembers) {
        Set<Viewpoint> seenBy() {
            return forMembers ? MEMBERS : OWN_AND_OFFICE;
        }
    }

    public record Stored(
            @BsonId UUID id,
            DerivedFields derived,
            @Nullable String name,
            @Nullable String kind,
            @Nullable String status,
            @Nullable String reason,
            @Nullable String draft,
            @Nullable List<Contact> contacts) {

        static Stored of(int number, Audience audience, String name, String kind, String status, String reason) {
            var id = new UUID(9, number);
            var draft = "draft " + number % 3;
            var facets = new ArrayList<String>();
            facets.addAll(audience.keys("kind", List.of(kind)));
            facets.addAll(audience.keys("status", List.of(status)));
            facets.addAll(audience.keys("reason", List.of(reason)));
            facets.addAll(audience.keys("draft", List.of(draft)));
            return new Stored(
                    id,
                    new DerivedFields(
                            audience,
                            Map.of(
                                    "name", SortKey.of(SearchText.sortKey(name), id),
                                    "status", SortKey.of(status, id),
                                    "draft", SortKey.of(draft, id)),
                            facets,
                            List.of(new SearchEntry(audience.tokens(), SearchText.prefixes(name))),
                            null),
                    name,
                    kind,
                    status,
                    reason,
                    draft,
                    List.of(new Contact(new UUID(number, 1), true), new Contact(new UUID(number, 2), false)));
        }

        /** With a text that only holders of these tokens see. */
        Stored with(String text, String... tokens) {
            var entries = new ArrayList<>(Objects.requireNonNull(derived.search()));
            entries.add(new SearchEntry(List.of(tokens), SearchText.prefixes(text)));
            return new Stored(
                    id,
                    new DerivedFields(derived.audience(), derived.sort(), derived.facets(), entries, null),
                    name,
                    kind,
                    status,
                    reason,
                    draft,
                    contacts);
        }

        /** With shared keys in the place of those of tokens, but for the draft. */
        Stored sharing() {
            var facets = new ArrayList<>(Objects.requireNonNull(derived.facets()));
            facets.removeIf(key -> !key.contains(" draft="));
            facets.addAll(Audience.sharedKeys("kind", List.of(Objects.requireNonNull(kind))));
            facets.addAll(Audience.sharedKeys("status", List.of(Objects.requireNonNull(status))));
            facets.addAll(Audience.sharedKeys("reason", List.of(Objects.requireNonNull(reason))));
            return new Stored(
                    id,
                    new DerivedFields(derived.audience(), derived.sort(), facets, derived.search(), null),
                    name,
                    kind,
                    status,
                    reason,
                    draft,
                    contacts);
        }

        static Stored of(int number, Audience audience) {
            return of(number, audience, "Thing " + number, "A", "ACTIVE", "because");
        }
    }

    @BeforeAll
    static void connect() {
        var uri = new ConnectionString(TestMongo.newDatabase());
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(uri)
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .addCommandListener(LISTENER)
                .build());
        things = client.getDatabase(Objects.requireNonNull(uri.getDatabase())).getCollection("things", Stored.class);
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @BeforeEach
    void deleteAll() {
        things.deleteMany(new Document());
        forget();
    }

    private static void store(Stored... stored) {
        things.insertMany(List.of(stored));
        forget();
    }

    private static void forget() {
        COMMANDS.clear();
        FINDS.clear();
        AGGREGATES.clear();
    }

    private static Actor active(PartnerId partner) {
        return Callers.of(partner, PartnerStatus.ACTIVE);
    }

    private TypeReading.Question<Stored> list(Actor actor) {
        return reading.list("things", actor);
    }

    private static List<Integer> numbers(Connection<View<Stored>> page) {
        return page.nodes().stream()
                .map(view -> (int) ((UUID) view.key()).getLeastSignificantBits())
                .toList();
    }

    private static List<Integer> found(TypeReading.Question<Stored> question) {
        return numbers(question.page("name", false, FIRST, EVERYTHING));
    }

    // All questions, on all kinds of data, as every actor.

    private static final List<String> NAMES = List.of("Alpha", "Alpha Beta", "Beta", "Gamma Alpha", "Delta", "Zeta 9");
    private static final List<String> TEXTS = List.of("alpha", "al be", "z", "beta alpha", "9", "nowhere");

    static Stream<Actor> actors() {
        return Stream.of(
                Actor.anonymous(),
                active(P),
                active(Q),
                Callers.of(P, PartnerStatus.SUSPENDED),
                Callers.of(P, PartnerStatus.ONBOARDING),
                active(Callers.partner(3)),
                Callers.office(),
                Callers.officeOf(P),
                Actor.system());
    }

    private static List<Stored> random(Random random) {
        return IntStream.range(0, 60)
                .mapToObj(number -> {
                    var audience = switch (random.nextInt(5)) {
                        case 0 -> Audience.everybody();
                        case 1 -> Audience.consortium();
                        case 2 -> Audience.office();
                        case 3 -> Audience.nobody();
                        // What a capability may declare.
                        default -> new Audience(List.of("public"));
                    };
                    for (var partner : List.of(P, Q)) {
                        for (var relation : List.of(OWN, PARTY)) {
                            if (random.nextInt(3) == 0) {
                                audience = audience.with(relation.token(partner));
                            }
                        }
                    }
                    return Stored.of(
                            number,
                            audience,
                            pick(NAMES, random),
                            pick(List.of("A", "B", "C"), random),
                            pick(List.of("NEW", "OLD"), random),
                            pick(List.of("one", "two"), random));
                })
                .toList();
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** A question: its conditions, its order and its page size. */
    private record Asked(
            Map<String, List<String>> facets,
            @Nullable String text,
            String order,
            boolean descending,
            int size,
            boolean backwards) {

        static Asked random(Random random) {
            var facets = new LinkedHashMap<String, List<String>>();
            if (random.nextInt(2) == 0) {
                facets.put("kind", random.nextBoolean() ? List.of("A") : List.of("C", "A"));
            }
            if (random.nextInt(3) == 0) {
                facets.put("status", random.nextBoolean() ? List.of("NEW") : List.of("NEW", "OLD"));
            }
            if (random.nextInt(4) == 0) {
                facets.put("reason", List.of("one"));
            }
            if (random.nextInt(6) == 0) {
                facets.put("draft", List.of("draft 0", "draft 2"));
            }
            return new Asked(
                    facets,
                    random.nextInt(3) == 0 ? pick(TEXTS, random) : null,
                    pick(List.of("name", "name", "status", "draft"), random),
                    random.nextBoolean(),
                    pick(List.of(1, 4, 100), random),
                    random.nextBoolean());
        }

        Set<String> fields() {
            var fields = new HashSet<>(facets.keySet());
            if (text != null) {
                fields.add("name");
            }
            return fields;
        }

        boolean fits(Stored stored) {
            var values = Map.of(
                    "kind",
                    stored.kind(),
                    "status",
                    stored.status(),
                    "reason",
                    stored.reason(),
                    "draft",
                    stored.draft());
            return facets.entrySet().stream().allMatch(facet -> facet.getValue().contains(values.get(facet.getKey())))
                    && (text == null
                            || SearchText.prefixes(Objects.requireNonNull(stored.name()))
                                    .containsAll(SearchText.queried(text)));
        }

        Comparator<Stored> comparator() {
            Comparator<Stored> byKey = Comparator.comparing(
                    stored -> Objects.requireNonNull(stored.derived().sort()).get(order));
            return descending ? byKey.reversed() : byKey;
        }

        TypeReading.Question<Stored> of(TypeReading<Stored> reading, Actor actor) {
            var question = reading.list("things", actor).text(Set.of("name"), text);
            facets.forEach((field, values) -> question.facet(field, values, value -> value));
            return question;
        }
    }

    /** The viewpoints, among these, from which the actor sees all of these fields. */
    private static Set<Viewpoint> seeing(Set<String> fields, Collection<Viewpoint> viewpoints) {
        return viewpoints.stream()
                .filter(viewpoint -> fields.stream()
                        .allMatch(field ->
                                Objects.requireNonNull(SEEN_FROM.get(field)).contains(viewpoint)))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("actors")
    void pagesInBothDirectionsAreWhatThePredicateAllows(Actor actor) {
        areWhatThePredicateAllows(random(new Random(17)), reading, actor);
    }

    @ParameterizedTest
    @MethodSource("actors")
    void pagesBySharedKeysAreWhatThePredicateAllows(Actor actor) {
        areWhatThePredicateAllows(
                random(new Random(18)).stream().map(Stored::sharing).toList(), sharing, actor);
    }

    private static void areWhatThePredicateAllows(List<Stored> stored, TypeReading<Stored> reading, Actor actor) {
        var random = new Random(19);
        store(stored.toArray(Stored[]::new));
        var held = actor.tokens(List.of(OWN, PARTY));
        var answered = 0;

        for (var n = 0; n < 60; n++) {
            var asked = Asked.random(random);
            var from = seeing(asked.fields(), held.values());
            if (from.isEmpty() || seeing(Set.of(asked.order()), from).size() < from.size()) {
                assertThatExceptionOfType(Forbidden.class)
                        .as(asked.toString())
                        .isThrownBy(() -> walked(asked, reading, actor));
                continue;
            }
            answered++;
            var expected = stored.stream()
                    .filter(thing -> !seeing(
                                    asked.fields(), thing.derived().audience().viewpoints(held))
                            .isEmpty())
                    .filter(asked::fits)
                    .sorted(asked.comparator())
                    .map(Stored::id)
                    .toList();

            forget();
            assertThat(walked(asked, reading, actor)).as(asked.toString()).isEqualTo(expected);
            assertThat(COMMANDS)
                    .as("one command a page")
                    .containsOnly("find")
                    .hasSize(Math.max(1, (expected.size() + asked.size() - 1) / asked.size()));
            assertThat(asked.of(reading, actor)
                            .page(asked.order(), asked.descending(), FIRST, Selections.of("totalCount"))
                            .total()
                            .upToLimit(GraphQLContext.newContext().build()))
                    .as("the total of %s", asked)
                    .isEqualTo(expected.size());
        }
        assertThat(answered).isPositive();
    }

    private static List<UUID> walked(Asked asked, TypeReading<Stored> reading, Actor actor) {
        var found = new ArrayList<UUID>();
        @Nullable String cursor = null;
        while (true) {
            var page = asked.of(reading, actor)
                    .page(
                            asked.order(),
                            asked.descending(),
                            new PageRequest(
                                    asked.size(),
                                    asked.backwards(),
                                    asked.backwards() ? null : cursor,
                                    asked.backwards() ? cursor : null),
                            EVERYTHING);
            var ids = new ArrayList<>(
                    page.nodes().stream().map(view -> (UUID) view.key()).toList());
            if (asked.backwards()) {
                Collections.reverse(ids);
            }
            found.addAll(ids);
            var info = page.pageInfo();
            if (!(asked.backwards() ? info.hasPreviousPage() : info.hasNextPage())) {
                return asked.backwards() ? found.reversed() : found;
            }
            cursor = asked.backwards() ? info.startCursor() : info.endCursor();
        }
    }

    @ParameterizedTest
    @MethodSource("actors")
    void whatTheCriterionFindsIsWhatTheAudienceAllows(Actor actor) {
        var stored = random(new Random(23));
        store(stored.toArray(Stored[]::new));
        var held = actor.tokens(List.of(OWN, PARTY));

        assertThat(things.find(reading.visibleTo(actor)).map(Stored::id).into(new ArrayList<>()))
                .containsExactlyInAnyOrderElementsOf(stored.stream()
                        .filter(thing ->
                                !thing.derived().audience().viewpoints(held).isEmpty())
                        .map(Stored::id)
                        .toList());
    }

    // Filters.

    @Test
    void aFacetFindsOnlyObjectsWhoseFieldIsVisible() {
        store(
                Stored.of(1, Audience.consortium().with(OWN.token(P))),
                Stored.of(2, Audience.consortium().with(OWN.token(Q))),
                Stored.of(3, Audience.everybody()));

        assertThat(found(list(active(P)).facet("reason", List.of("because"), value -> value)))
                .containsExactly(1);
        assertThat(found(list(active(Q)).facet("reason", List.of("because"), value -> value)))
                .containsExactly(2);
        assertThat(found(list(Callers.office()).facet("reason", List.of("because"), value -> value)))
                .containsExactly(1, 2, 3);
        assertThat(found(list(Actor.anonymous()).facet("kind", List.of("A"), value -> value)))
                .containsExactly(3);
    }

    @Test
    void aFacetThatNoViewpointOfTheActorShowsIsRefused() {
        refuses("status", Callers.of(P, PartnerStatus.SUSPENDED), false);
        assertThat(found(list(Callers.of(P, PartnerStatus.SUSPENDED))
                        .facet("status", List.of("ACTIVE"), value -> value)))
                .as("its own partner shows it")
                .isEmpty();
        refuses("draft", Callers.of(P, PartnerStatus.SUSPENDED), true);
        refuses("draft", Callers.office(), true);
        refuses("reason", active(P), false);
    }

    private void refuses(String field, Actor actor, boolean refused) {
        Consumer<Runnable> check = asking -> {
            if (refused) {
                assertThatExceptionOfType(Forbidden.class)
                        .isThrownBy(asking::run)
                        .satisfies(forbidden -> {
                            assertThat(forbidden.refusal().reason()).isEqualTo(Refusal.Reason.HIDDEN_FIELD);
                            assertThat(forbidden.refusal().message()).contains(field);
                        });
            } else {
                asking.run();
            }
        };
        check.accept(() -> list(actor).facet(field, List.of("any"), value -> value));
        check.accept(() -> list(actor).text(Set.of(field), "any"));
        check.accept(() -> reading.findBy(field, field, () -> "any", actor, Selection.NONE));
    }

    @Test
    void anonymousCallersMustSignInToUseAHiddenField() {
        for (var asking : List.<Runnable>of(
                () -> list(Actor.anonymous()).facet("status", List.of("any"), value -> value),
                () -> list(Actor.anonymous()).text(Set.of("name", "status"), "any"),
                () -> list(Actor.anonymous()).page("status", false, FIRST, EVERYTHING),
                () -> reading.findBy("status", "status", () -> "any", Actor.anonymous(), Selection.NONE))) {
            assertThatExceptionOfType(Forbidden.class)
                    .isThrownBy(asking::run)
                    .satisfies(forbidden ->
                            assertThat(forbidden.refusal().reason()).isEqualTo(Refusal.Reason.NOT_SIGNED_IN));
        }
        assertThat(COMMANDS).isEmpty();
    }

    @Test
    void aValueIsNotReadWhereItsFieldIsHidden() {
        for (var asking : List.<Runnable>of(
                () -> list(Actor.anonymous()).facet("status", List.of("any"), TypeReadingTest::unread),
                () -> reading.findBy("status", "status", () -> unread("any"), Actor.anonymous(), Selection.NONE),
                () -> list(Actor.anonymous())
                        .facet("kind", List.of("any"), TypeReadingTest::unread)
                        .text(Set.of("name"), "")
                        .page("status", false, FIRST, EVERYTHING))) {
            assertThatExceptionOfType(Forbidden.class).isThrownBy(asking::run);
        }
    }

    private static String unread(String value) {
        throw new AssertionError(value + " was read");
    }

    @Test
    void severalFiltersFindOnlyObjectsWithAllFieldsVisible() {
        // P sees both fields of each, but of the second not from the same viewpoint.
        store(
                Stored.of(1, Audience.nobody().with(OWN.token(P))),
                Stored.of(2, Audience.consortium().with(PARTY.token(P))));

        assertThat(found(list(active(P))
                        .facet("status", List.of("ACTIVE"), value -> value)
                        .facet("reason", List.of("because"), value -> value)))
                .containsExactly(1);
        assertThatExceptionOfType(Forbidden.class)
                .isThrownBy(() -> list(active(P))
                        .facet("status", List.of("ACTIVE"), value -> value)
                        .facet("draft", List.of("any"), value -> value));
    }

    @Test
    void aSharedKeyFindsOnlyObjectsWhoseFieldIsVisible() {
        store(
                Stored.of(1, Audience.consortium().with(OWN.token(P))).sharing(),
                Stored.of(2, Audience.consortium().with(OWN.token(Q))).sharing(),
                Stored.of(3, Audience.everybody()));

        assertThat(found(sharing.list("things", active(P)).facet("reason", List.of("because"), value -> value)))
                .containsExactly(1);
        assertThat(found(sharing.list("things", Callers.office()).facet("reason", List.of("because"), value -> value)))
                .as("by keys of both kinds")
                .containsExactly(1, 2, 3);
        assertThat(found(list(Callers.office()).facet("reason", List.of("because"), value -> value)))
                .as("a reading without shared facets")
                .containsExactly(3);
    }

    @Test
    void anObjectIsListedOnlyWhereTheActorSeesTheField() {
        store(
                Stored.of(1, Audience.consortium().with(OWN.token(P))),
                Stored.of(2, Audience.consortium()),
                Stored.of(3, Audience.nobody().with(PARTY.token(P))));

        assertThat(found(list(active(P)).showing("reason"))).containsExactly(1);
        assertThat(found(list(active(P)).showing("status"))).containsExactly(1, 2);
        assertThat(found(list(active(P)).showing(Set.of(PARTY, Viewpoint.OFFICE), "contacts.id")))
                .containsExactly(3);
        assertThat(found(list(Callers.office()).showing(Set.of(PARTY, Viewpoint.OFFICE), "contacts.id")))
                .containsExactly(1, 2);
        assertThat(list(active(P))
                        .showing("status")
                        .showing(Set.of(OWN), "contacts.id")
                        .nameOf("name", false))
                .isEqualTo(list(active(P)).nameOf("name", false));
    }

    @Test
    void aListOfWhatNoViewpointOfTheActorShowsIsRefused() {
        assertThatExceptionOfType(Forbidden.class)
                .isThrownBy(() -> list(Callers.office()).showing("draft"))
                .satisfies(forbidden -> assertThat(forbidden.refusal()).isEqualTo(Refusal.hiddenField("draft")));
        assertThatExceptionOfType(Forbidden.class)
                .isThrownBy(() -> list(Callers.office()).showing(Set.of(OWN, PARTY), "contacts.id"))
                .satisfies(forbidden -> assertThat(forbidden.refusal()).isEqualTo(Refusal.hiddenField("contacts.id")));
        assertThatExceptionOfType(Forbidden.class)
                .as("what is left by the one is not shown by the other")
                .isThrownBy(() -> list(active(P)).showing("reason").showing(Set.of(PARTY), "contacts.id"));
        assertThatExceptionOfType(Forbidden.class)
                .isThrownBy(() -> list(Actor.anonymous()).showing(MEMBERS, "contacts.id"))
                .satisfies(
                        forbidden -> assertThat(forbidden.refusal().reason()).isEqualTo(Refusal.Reason.NOT_SIGNED_IN));
    }

    @Test
    void objectsAmongIdsAreFoundWhereTheActorMaySeeThem() {
        store(
                Stored.of(1, Audience.everybody()),
                Stored.of(2, Audience.everybody()),
                Stored.of(3, Audience.office()),
                Stored.of(4, Audience.everybody()));
        var ids = List.of(new UUID(9, 4), new UUID(9, 3), new UUID(9, 2), new UUID(9, 77));

        assertThat(found(list(active(P)).among("reference", ids))).containsExactly(2, 4);
        assertThat(found(list(active(P)).among("reference", List.of()))).isEmpty();
        assertThat(found(list(active(P)).among("reference", null))).containsExactly(1, 2, 4);
        assertThat(COMMANDS).containsExactly("find", "find", "find");
        assertThat(FINDS.getFirst().getDocument("filter").getArray("$and"))
                .extracting(condition -> condition.asDocument().getFirstKey())
                .containsExactly("derived.audience.tokens", "_id");
        assertThat(list(active(P))
                        .among("reference", ids)
                        .page("name", false, FIRST, Selections.of("totalCount"))
                        .total()
                        .upToLimit(request))
                .isEqualTo(2);
    }

    // Pages for several values.

    private static final PageRequest TWO = new PageRequest(2, false, null, null);

    private static Map<String, List<Integer>> pagesOf(
            TypeReading<Stored> reading, String field, List<String> values, Actor actor) {
        var pages = new HashMap<String, List<Integer>>();
        reading.pagesOf(field, values, value -> value, "name", false, TWO, actor, EVERYTHING)
                .forEach((value, page) -> pages.put(value, numbers(page)));
        return pages;
    }

    private static Stored[] reasons(Audience hidden, Audience shown) {
        // The hidden ones come first.
        return IntStream.range(0, 8)
                .mapToObj(number -> Stored.of(
                        number, number < 4 ? hidden : shown, "Thing " + number, "A", "", number % 2 == 0 ? "a" : "b"))
                .toArray(Stored[]::new);
    }

    @Test
    void pagesForSeveralValuesHaveOnlyObjectsWhoseFieldIsVisible() {
        var stored = reasons(Audience.consortium(), Audience.consortium().with(OWN.token(P)));
        var expected = Map.of("a", List.of(4, 6), "b", List.of(5, 7));
        store(stored);
        assertThat(pagesOf(reading, "reason", List.of("a", "b", "c"), active(P)))
                .isEqualTo(expected);
        assertThat(COMMANDS).containsExactly("aggregate", "find");

        deleteAll();
        store(Stream.of(stored).map(Stored::sharing).toArray(Stored[]::new));
        assertThat(pagesOf(sharing, "reason", List.of("a", "b", "c"), active(P)))
                .isEqualTo(expected);
        assertThat(pagesOf(sharing, "reason", List.of("b"), active(P))).isEqualTo(Map.of("b", List.of(5, 7)));
        assertThat(pagesOf(sharing, "reason", List.of("a", "b"), Callers.office()))
                .isEqualTo(Map.of("a", List.of(0, 2), "b", List.of(1, 3)));
        assertThat(pagesOf(sharing, "reason", List.of("a", "b"), active(Q))).isEmpty();
    }

    @Test
    void theAudienceIsAConditionOfItsOwnWhereKeysAreShared() {
        pagesOf(reading, "reason", List.of("a", "b"), active(P));
        pagesOf(sharing, "reason", List.of("a", "b"), active(P));

        var own = OWN.token(P);
        assertThat(AGGREGATES)
                .extracting(aggregate ->
                        aggregate.getArray("pipeline").getFirst().asDocument().getDocument("$match"))
                .allSatisfy(match -> assertThat(match.toJson()).contains(own + " reason=a", own + " reason=b"))
                .satisfiesExactly(
                        match -> assertThat(match.keySet()).containsExactly("derived.facets"),
                        match -> assertThat(match.getArray("$and"))
                                .hasSize(2)
                                .contains(in("derived.audience.tokens", own))
                                .satisfies(conditions ->
                                        assertThat(conditions.toString()).contains("all reason=a", "all reason=b")));
    }

    @Test
    void anOmittedFilterNarrowsNothing() {
        store(Stored.of(1, Audience.everybody()));

        assertThat(found(list(Actor.anonymous())
                        .facet("status", (List<String>) null, value -> value)
                        .text(Set.of("reason"), null)))
                .containsExactly(1);
    }

    @Test
    void aFacetOfNoValuesFindsNothing() {
        store(Stored.of(1, Audience.everybody()));

        assertThat(found(list(active(P)).facet("kind", List.<String>of(), value -> value)))
                .isEmpty();
    }

    @Test
    void twoConditionsOnAFacetMustBothHold() {
        store(
                Stored.of(1, Audience.everybody(), "One", "A", "ACTIVE", ""),
                Stored.of(2, Audience.everybody(), "Two", "B", "ACTIVE", ""));

        assertThat(found(list(active(P))
                        .facet("kind", List.of("A", "B"), value -> value)
                        .facet("kind", List.of("B", "C"), value -> value)))
                .containsExactly(2);
    }

    @Test
    void aTextFindsWordsThatBeginWithEachWordOfIt() {
        store(
                Stored.of(1, Audience.everybody(), "Stadtwerke Duisburg", "A", "", ""),
                Stored.of(2, Audience.everybody(), "Universität Duisburg-Essen", "A", "", ""),
                Stored.of(3, Audience.office(), "Stadt Duisburg", "A", "", ""));

        assertThat(found(list(active(P)).text(Set.of("name"), "duis"))).containsExactly(1, 2);
        assertThat(found(list(active(P)).text(Set.of("name"), "DUISBURG  stadt")))
                .containsExactly(1);
        assertThat(found(list(active(P)).text(Set.of("name"), "universitaet"))).containsExactly(2);
        assertThat(found(list(active(P)).text(Set.of("name"), "isburg"))).isEmpty();
        assertThat(found(list(Callers.office()).text(Set.of("name"), "stadt"))).containsExactly(3, 1);
    }

    @Test
    void aTextFindsObjectsOnlyByWhatTheActorSees() {
        var own = OWN.token(P);
        store(
                Stored.of(1, Audience.everybody().with(own), "Letter", "A", "", "")
                        .with("Secret draft", own, "office")
                        .with("Shared plan", "consortium", "office"),
                Stored.of(2, Audience.everybody().with(OWN.token(Q)), "Letter", "A", "", "")
                        .with("Secret draft", OWN.token(Q), "office"));

        assertThat(found(list(active(P)).text(Set.of("name"), "secret"))).containsExactly(1);
        assertThat(found(list(active(Q)).text(Set.of("name"), "draft SECR"))).containsExactly(2);
        assertThat(found(list(active(Callers.partner(3))).text(Set.of("name"), "secret")))
                .isEmpty();
        assertThat(found(list(Actor.anonymous()).text(Set.of("name"), "secret")))
                .isEmpty();
        assertThat(found(list(Callers.office()).text(Set.of("name"), "secret"))).containsExactly(1, 2);
        assertThat(found(list(active(Q)).text(Set.of("name"), "shared"))).containsExactly(1);
        assertThat(found(list(Actor.anonymous()).text(Set.of("name"), "shared")))
                .isEmpty();
    }

    @Test
    void allWordsOfATextAreInTextsThatTheSameActorsSee() {
        store(Stored.of(1, Audience.everybody().with(OWN.token(P)), "Letter", "A", "", "")
                .with("Secret draft", OWN.token(P)));

        assertThat(found(list(active(P)).text(Set.of("name"), "letter"))).containsExactly(1);
        assertThat(found(list(active(P)).text(Set.of("name"), "letter secret"))).isEmpty();
    }

    @Test
    void aTextIsSearchedWithTheTokensThatTheOtherConditionsLeave() {
        var own = OWN.token(P);
        store(
                Stored.of(1, Audience.consortium().with(own), "Letter", "A", "", "one"),
                Stored.of(2, Audience.consortium().with(own), "Other", "A", "", "one")
                        .with("Letter", "consortium"));

        assertThat(found(list(active(P)).text(Set.of("name"), "letter"))).containsExactly(1, 2);
        // Also a condition that comes later: the reason is seen by the own partner, who does not see the second text.
        assertThat(found(
                        list(active(P)).text(Set.of("name"), "letter").facet("reason", List.of("one"), value -> value)))
                .containsExactly(1);
    }

    @Test
    void aTextFindsOnlyObjectsWithAllOfItsFieldsVisible() {
        store(Stored.of(1, Audience.consortium().with(OWN.token(P))), Stored.of(2, Audience.consortium()));

        assertThat(found(list(active(P)).text(Set.of("name", "reason"), "thing")))
                .containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!!! -- ?", "a b c d e f g h i j k"})
    void aTextHasOneToTenWords(String text) {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> found(list(active(P)).text(Set.of("name"), text)));
    }

    @Test
    void aTextHasAtMostTwoHundredCharacters() {
        store(Stored.of(1, Audience.everybody(), "a".repeat(300), "A", "", ""));

        assertThat(found(list(active(P)).text(Set.of("name"), "a".repeat(200)))).containsExactly(1);
        assertThat(found(list(active(P)).text(Set.of("name"), "a b c d e f g h i j")))
                .isEmpty();
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> found(list(active(P)).text(Set.of("name"), "a".repeat(201))))
                .withMessage("Search for at most 10 words and 200 characters.");
    }

    // Orders.

    @Test
    void anOrderIsRefusedWhereOneViewpointOfTheListDoesNotShowIt() {
        store(
                Stored.of(1, Audience.consortium(), "One", "A", "b", ""),
                Stored.of(2, Audience.consortium(), "Two", "A", "a", ""));

        assertThatExceptionOfType(Forbidden.class)
                .as("a party does not see the status")
                .isThrownBy(() -> list(active(P)).page("status", false, FIRST, EVERYTHING))
                .satisfies(
                        forbidden -> assertThat(forbidden.refusal().reason()).isEqualTo(Refusal.Reason.HIDDEN_FIELD));
        assertThat(COMMANDS).isEmpty();

        assertThat(numbers(list(Callers.office()).page("status", false, FIRST, EVERYTHING)))
                .containsExactly(2, 1);
        assertThat(numbers(list(active(P))
                        .facet("status", List.of("a", "b"), value -> value)
                        .page("status", true, FIRST, EVERYTHING)))
                .as("where only those are asked for that show it")
                .containsExactly(1, 2);
    }

    @Test
    void aFieldByPermissionCannotBeUsedForFilterOrOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> list(Callers.office()).page("version", false, FIRST, EVERYTHING));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> list(Callers.office()).facet("version", List.of("1"), value -> value));
    }

    // Cursors.

    @Test
    void aCursorIsValidForTheSameFilterAndOrderOnly() {
        store(Stored.of(1, Audience.everybody()), Stored.of(2, Audience.everybody()));
        var actor = active(P);
        var questions = List.of(
                list(actor),
                reading.list("others", actor),
                list(actor).facet("kind", List.<String>of(), value -> value),
                list(actor).facet("kind", List.of("A"), value -> value),
                list(actor).facet("kind", List.of("A", "B"), value -> value),
                list(actor).facet("kind", List.of("A,B"), value -> value),
                list(actor).facet("kind", List.of("A|text=[thing]"), value -> value),
                list(actor).facet("kind", List.of("1:A"), value -> value),
                list(actor).facet("kind", List.of("A"), value -> value).text(Set.of("name"), "thing"),
                list(actor).facet("status", List.of("A"), value -> value),
                list(actor).facet("kind", List.of("A"), value -> value).facet("status", List.of("A"), value -> value),
                list(actor).text(Set.of("name"), "thing"),
                list(actor).text(Set.of("name"), "thing b"),
                list(actor).text(Set.of("name"), "thingb"),
                list(actor).among("kind", List.of("B")),
                list(actor).among("reference", List.of()),
                list(actor).among("reference", List.of("A")),
                list(actor).among("reference", List.of("A", "B")),
                list(actor).among("reference", List.of("A,1:B")));

        var names = new ArrayList<String>();
        for (var question : questions) {
            names.add(question.nameOf("name", false));
            names.add(question.nameOf("name", true));
            names.add(question.nameOf("status", false));
        }

        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void aCursorOfAnotherFilterOrOrderIsRefusedBeforeAnythingIsRead() {
        store(Stored.of(1, Audience.everybody()), Stored.of(2, Audience.everybody()));
        var cursor = cursor(list(active(P)).facet("kind", List.of("A", "B"), value -> value));

        for (var other : List.of(
                list(active(P)),
                list(active(P)).facet("kind", List.of("A"), value -> value),
                list(active(P)).facet("kind", List.of("A,B"), value -> value),
                list(active(P)).facet("kind", List.of("A", "B"), value -> value).text(Set.of("name"), "thing"),
                reading.list("others", active(P)).facet("kind", List.of("A", "B"), value -> value))) {
            assertThatExceptionOfType(BadRequest.class)
                    .isThrownBy(() -> other.page("name", false, after(cursor), EVERYTHING));
        }
        assertThatExceptionOfType(BadRequest.class)
                .as("the other direction")
                .isThrownBy(() -> list(active(P))
                        .facet("kind", List.of("A", "B"), value -> value)
                        .page("name", true, after(cursor), EVERYTHING));
        assertThat(COMMANDS).isEmpty();
    }

    @Test
    void aCursorIsValidForTheSameListAsAnyActor() {
        store(Stored.of(1, Audience.everybody()), Stored.of(2, Audience.everybody()));
        var cursor = cursor(
                list(active(P)).facet("kind", List.of("A", "B"), value -> value).text(Set.of("name"), "thing"));

        assertThat(numbers(list(active(P))
                        .facet("kind", List.of("B", "A"), value -> value)
                        .text(Set.of("name"), " THING! ")
                        .page("name", false, after(cursor), EVERYTHING)))
                .containsExactly(2);
        assertThat(numbers(list(Callers.office())
                        .facet("kind", List.of("A", "B"), value -> value)
                        .text(Set.of("name"), "thing")
                        .page("name", false, after(cursor), EVERYTHING)))
                .containsExactly(2);
    }

    private static String cursor(TypeReading.Question<Stored> question) {
        var cursor = question.page("name", false, new PageRequest(1, false, null, null), EVERYTHING)
                .pageInfo()
                .endCursor();
        forget();
        return Objects.requireNonNull(cursor);
    }

    private static PageRequest after(String cursor) {
        return new PageRequest(10, false, cursor, null);
    }

    // Totals.

    @Test
    void aTotalCountsTheFilteredList() {
        store(
                Stored.of(1, Audience.everybody(), "One", "A", "", ""),
                Stored.of(2, Audience.everybody(), "Two", "B", "", ""),
                Stored.of(3, Audience.office(), "Three", "A", "", ""));
        var total = Selections.of("totalCount");

        assertThat(list(active(P)).page("name", false, FIRST, total).total().upToLimit(request))
                .isEqualTo(2);
        assertThat(list(active(P))
                        .facet("kind", List.of("A"), value -> value)
                        .page("name", false, FIRST, total)
                        .total()
                        .upToLimit(request))
                .isEqualTo(1);
    }

    // Single objects.

    @Test
    void objectsAreFoundByKeyWhereTheActorMaySeeThem() {
        store(Stored.of(1, Audience.everybody()), Stored.of(2, Audience.office()), Stored.of(3, Audience.nobody()));
        var ids = IntStream.rangeClosed(1, 4)
                .mapToObj(number -> new UUID(9, number))
                .toList();

        assertThat(reading.find("_id", ids, Stored::id, Actor.anonymous(), Selection.NONE))
                .containsOnlyKeys(new UUID(9, 1));
        assertThat(reading.find("_id", ids, Stored::id, Callers.office(), Selection.NONE))
                .containsOnlyKeys(new UUID(9, 1), new UUID(9, 2));
        assertThat(COMMANDS).containsExactly("find", "find");
    }

    @Test
    void objectsAreFoundByAnyUniqueField() {
        store(Stored.of(1, Audience.everybody()), Stored.of(2, Audience.everybody()));

        var found = reading.find(
                "name",
                List.of("Thing 2", "Thing 7"),
                stored -> Objects.requireNonNull(stored.name()),
                Actor.anonymous(),
                Selection.NONE);

        assertThat(found).containsOnlyKeys("Thing 2");
        assertThat(Objects.requireNonNull(found.get("Thing 2")).key()).isEqualTo(new UUID(9, 2));
    }

    @Test
    void hiddenObjectsAreFoundWhereVisibleOnesReferToThem() {
        store(Stored.of(1, Audience.everybody()), Stored.of(2, Audience.nobody()));

        var found = reading.findReferred(
                List.of(new UUID(9, 1), new UUID(9, 2), new UUID(9, 3)),
                Stored::id,
                Actor.anonymous(),
                Selections.of("name"));

        assertThat(found).containsOnlyKeys(new UUID(9, 1), new UUID(9, 2));
        var hidden = Objects.requireNonNull(found.get(new UUID(9, 2)));
        assertThat(TABLE.row("name").of(hidden)).isEqualTo("Thing 2");
        assertThat(hidden.hiddenFields(List.of()))
                .containsExactly("contacts", "draft", "kind", "reason", "status", "version");
        assertThat(COMMANDS).containsExactly("find");
    }

    @Test
    void anObjectIsFoundByAFieldWhereTheActorSeesIt() {
        store(
                Stored.of(1, Audience.consortium().with(OWN.token(P)), "One", "A", "", "first"),
                Stored.of(2, Audience.consortium(), "Two", "A", "", "second"));

        assertThat(reading.findBy("reason", "reason", () -> "first", active(P), Selection.NONE))
                .isPresent();
        assertThat(reading.findBy("reason", "reason", () -> "second", active(P), Selection.NONE))
                .as("visible, but not its reason")
                .isEmpty();
        assertThat(reading.findBy("reason", "reason", () -> "first", active(Q), Selection.NONE))
                .isEmpty();
        assertThat(reading.findBy("reason", "reason", () -> "second", Callers.office(), Selection.NONE))
                .hasValueSatisfying(view -> assertThat(view.key()).isEqualTo(new UUID(9, 2)));
        assertThat(reading.findBy("name", "name", () -> "Nowhere", Callers.office(), Selection.NONE))
                .isEmpty();
    }

    @Test
    void partsAreFoundAsTheActorSeesThem() {
        store(
                Stored.of(1, Audience.everybody().with(OWN.token(P))),
                Stored.of(2, Audience.everybody()),
                Stored.of(3, Audience.office()));
        var asked = List.of(new UUID(1, 1), new UUID(2, 2), new UUID(3, 1), new UUID(77, 1));

        assertThat(parts(asked, Actor.anonymous())).isEmpty();
        assertThat(parts(asked, active(P)))
                .as("the parts of the objects that have one of these")
                .containsExactlyInAnyOrder(new UUID(1, 1), new UUID(1, 2), new UUID(2, 1));
        assertThat(parts(asked, active(Q))).containsExactlyInAnyOrder(new UUID(1, 1), new UUID(2, 1));
        assertThat(parts(asked, Callers.office()))
                .containsExactlyInAnyOrder(
                        new UUID(1, 1), new UUID(1, 2), new UUID(2, 1), new UUID(2, 2), new UUID(3, 1), new UUID(3, 2));
        assertThat(COMMANDS).as("one for each question").hasSize(4).containsOnly("find");
        assertThat(FINDS)
                .as("nothing is read that the actor may not see")
                .allSatisfy(find -> assertThat(find.toJson()).contains("\"derived.audience.tokens\": {\"$in\""));
    }

    private List<UUID> parts(List<UUID> asked, Actor actor) {
        return reading.<Contact>parts("contacts", "contacts.id", asked, actor).stream()
                .map(Contact::id)
                .toList();
    }

    // Projections.

    @Test
    void onlyWhatIsSelectedIsRead() {
        store(Stored.of(1, Audience.everybody()));

        list(active(P)).page("name", false, FIRST, selected("nodes { kind } edges { node { status } cursor }"));
        list(active(P)).page("name", false, FIRST, selected("pageInfo { endCursor }"));
        reading.find("_id", List.of(new UUID(9, 1)), Stored::id, active(P), Selections.of("name"));
        reading.findBy("name", "name", () -> "Thing 1", active(P), Selection.NONE);

        assertThat(FINDS)
                .extracting(find -> find.getDocument("projection").keySet())
                .containsExactly(
                        Set.of("derived.audience.tokens", "derived.sort.name", "kind", "status"),
                        Set.of("derived.audience.tokens", "derived.sort.name"),
                        Set.of("derived.audience.tokens", "_id", "name"),
                        Set.of("derived.audience.tokens"));
    }

    @Test
    void everyConditionIsInOneConjunctionWithTheAudience() {
        store(Stored.of(1, Audience.everybody()));

        list(active(P))
                .facet("kind", List.of("A"), value -> value)
                .text(Set.of("name"), "thing one")
                .page("name", false, FIRST, EVERYTHING);

        var conditions = FINDS.getFirst().getDocument("filter").getArray("$and");
        assertThat(conditions)
                .extracting(condition -> condition.asDocument().getFirstKey())
                .containsExactly("derived.audience.tokens", "derived.facets", "derived.search");
        assertThat(conditions.getLast())
                .isEqualTo(
                        BsonDocument.parse("{'derived.search': {$elemMatch: {tokens: {$in: ['consortium', '%s', '%s']},"
                                        .formatted(OWN.token(P), PARTY.token(P))
                                + " prefixes: {$all: ['thing', 'one']}}}}"));
        assertThat(FINDS.getFirst().toJson()).doesNotContain("$or");
    }

    @Test
    void aFacetIsQueriedWithTheTokensThatShowIt() {
        list(active(P)).facet("reason", List.of("one", "two"), value -> value).page("name", false, FIRST, EVERYTHING);

        var own = OWN.token(P);
        var conditions = FINDS.getFirst().getDocument("filter").getArray("$and");
        assertThat(conditions)
                .containsExactly(
                        in("derived.audience.tokens", own),
                        in("derived.facets", own + " reason=one", own + " reason=two"));
    }

    @Test
    void aSharedFacetIsQueriedWithTheSharedKeysToo() {
        sharing.list("things", active(P))
                .facet("reason", List.of("one", "two"), value -> value)
                .page("name", false, FIRST, EVERYTHING);

        var own = OWN.token(P);
        var conditions = FINDS.getFirst().getDocument("filter").getArray("$and");
        assertThat(conditions)
                .containsExactly(
                        in("derived.audience.tokens", own),
                        in(
                                "derived.facets",
                                own + " reason=one",
                                own + " reason=two",
                                "all reason=one",
                                "all reason=two"));
    }

    private static BsonDocument in(String path, String... values) {
        return Filters.in(path, values).toBsonDocument();
    }

    private static Selection selected(String selected) {
        return Selections.asked(
                        "type Query { start: Page, starts: Page, any: Any } type Page { nodes: Thing edges: Edge pageInfo: Info }"
                                + " type Edge { node: Thing cursor: Int } type Info { endCursor: Int } type Thing { kind: Int status: Int }"
                                + " type Place { owner: Int } interface Any { id: Int } interface Named { id: Int } interface Either { id: Int }",
                        "{ start { " + selected + " } }",
                        Map.of(),
                        Selection::of)
                .getFirst();
    }

    @Test
    void onlyFieldsThatWereReadAreShown() {
        store(Stored.of(1, Audience.everybody()));

        var view = list(Callers.office())
                .page("name", false, FIRST, selected("nodes { kind }"))
                .nodes()
                .getFirst();

        assertThat(TABLE.row("kind").of(view)).isEqualTo("A");
        assertThat(TABLE.row("name").of(view)).isNull();
        assertThat(things.countDocuments(Filters.eq("name", "Thing 1"))).isOne();
    }
}

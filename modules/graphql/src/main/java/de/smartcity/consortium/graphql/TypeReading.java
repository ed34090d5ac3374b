package de.smartcity.consortium.graphql;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.SearchText;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.mongo.DerivedPaths;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of one type as an actor sees them. The audience is part of each query; a condition finds only objects in which the actor
 * sees the field of the condition.
 */
public final class TypeReading<S extends Record> {

    /** So many objects of all values together are looked at; whoever needs the rest asks for one value. */
    private static final int MAX_OF_ALL = 2_000;

    private static final int MAX_TEXT_LENGTH = 200;
    private static final int MAX_WORDS = 10;

    private final TypeTable<S> table;
    private final MongoCollection<S> collection;
    private final Pages pages;
    private final boolean sharedFacets;

    TypeReading(TypeTable<S> table, MongoCollection<S> collection, Pages pages) {
        this(table, collection, pages, false);
    }

    private TypeReading(TypeTable<S> table, MongoCollection<S> collection, Pages pages, boolean sharedFacets) {
        this.table = table;
        this.collection = collection;
        this.pages = pages;
        this.sharedFacets = sharedFacets;
    }

    /**
     * Finds objects also by the shared keys of a facet ({@link Audience#sharedKeys}), for a type whose objects have many tokens. What differs
     * between those who see a facet's field is still in the keys of tokens.
     */
    public TypeReading<S> withSharedFacets() {
        return new TypeReading<>(table, collection, pages, true);
    }

    /** The condition on the audience: what the actor may see. */
    public Bson visibleTo(Actor actor) {
        return admitting(table.tokens(actor).keySet());
    }

    private static Bson admitting(Collection<String> tokens) {
        return Filters.in(DerivedPaths.AUDIENCE, tokens);
    }

    /**
     * The objects with these keys that the actor may see, by key, with one Mongo command.
     *
     * @param path the path of the key: {@code _id} or a unique field
     * @param key reads the key of an object
     */
    public <K> Map<K, View<S>> find(
            String path, Collection<K> keys, Function<S, K> key, Actor actor, Selection selection) {
        return find(Filters.and(Filters.in(path, keys), visibleTo(actor)), path, keys.size(), key, actor, selection);
    }

    /**
     * The objects with these ids, as visible ones refer to them: with the table's referred fields even if an object is hidden
     * otherwise.
     */
    public <K> Map<K, View<S>> findReferred(Collection<K> ids, Function<S, K> key, Actor actor, Selection selection) {
        if (!table.hasReferredRows()) {
            throw new IllegalStateException(table.types() + " has no field for references to hidden objects");
        }
        return find(Filters.in("_id", ids), "_id", ids.size(), key, actor, selection);
    }

    private <K> Map<K, View<S>> find(
            Bson filter, String path, int expected, Function<S, K> key, Actor actor, Selection selection) {
        var views = table.viewsOf(actor);
        var found = new HashMap<K, View<S>>();
        collection
                .find(filter)
                .projection(table.projection(selection, List.of(path)))
                .batchSize(expected + 1)
                .forEach(stored -> found.put(key.apply(stored), views.apply(stored)));
        return found;
    }

    /**
     * The object with this value of a unique field, if the actor may see both.
     *
     * @param value asked for after the permission
     * @throws Forbidden if the actor sees the field of no object
     */
    public Optional<View<S>> findBy(String field, String path, Supplier<?> value, Actor actor, Selection selection) {
        var tokens = tokens(field, actor).keySet();
        var filter = Filters.and(Filters.eq(path, value.get()), admitting(tokens));
        return Optional.ofNullable(collection
                        .find(filter)
                        .projection(table.projection(selection, List.of()))
                        .limit(1)
                        .first())
                .map(table.viewsOf(actor));
    }

    /**
     * The parts with these keys that a field shows to the actor.
     *
     * @param path the path of a part's key
     */
    @SuppressWarnings("unchecked")
    public <P> List<P> parts(String field, String path, Collection<?> keys, Actor actor) {
        var row = table.row(field);
        return collection
                .find(Filters.and(Filters.in(path, keys), visibleTo(actor)))
                .projection(table.projection(Selection.NONE, row.paths()))
                .batchSize(keys.size() + 1)
                .map(table.viewsOf(actor)::apply)
                .into(new ArrayList<>())
                .stream()
                .map(row::of)
                .flatMap(parts -> parts == null ? Stream.of() : ((List<P>) parts).stream())
                .toList();
    }

    private Map<String, Viewpoint> tokens(String field, Actor actor) {
        var tokens = new LinkedHashMap<>(table.tokens(actor));
        narrow(tokens, field, actor);
        return tokens;
    }

    /** The tokens with which an actor sees a field. @throws Forbidden if there is none */
    private void narrow(Map<String, Viewpoint> tokens, String field, Actor actor) {
        narrow(tokens, table.seenFrom(field), field, actor);
    }

    private static void narrow(Map<String, Viewpoint> tokens, Set<Viewpoint> seenFrom, String field, Actor actor) {
        tokens.values().retainAll(seenFrom);
        if (tokens.isEmpty()) {
            throw hidden(field, actor);
        }
    }

    private static Forbidden hidden(String field, Actor actor) {
        return new Forbidden(
                actor.kind() == Actor.Kind.ANONYMOUS
                        ? actor.refusalToActAsOffice().orElseThrow()
                        : Refusal.hiddenField(field));
    }

    /** The keys by which the holders of these tokens find objects; the audience is a condition of its own. */
    private List<String> keys(Collection<String> tokens, String facet, Collection<String> values) {
        var keys = Audience.keys(tokens, facet, values);
        return sharedFacets
                ? Stream.concat(keys.stream(), Audience.sharedKeys(facet, values).stream())
                        .toList()
                : keys;
    }

    /**
     * For each of these values of a facet a page of the objects that have it; at most two Mongo commands. Of several values, the first 2,000 objects of
     * all together are looked at.
     *
     * @param field the facet, and the field that shows it
     * @param text gives a value as it is in the facet's keys
     * @param order the field that shows what they are ordered by, which is also the sort key's name
     * @throws BadRequest for a cursor with several values, since a cursor belongs to the list of one
     */
    public <K> Map<K, Connection<View<S>>> pagesOf(
            String field,
            Collection<K> values,
            Function<K, String> text,
            String order,
            boolean descending,
            PageRequest page,
            Actor actor,
            Selection selection) {
        if (values.size() == 1) {
            var only = values.iterator().next();
            return Map.of(only, list(field, actor).facet(field, values, text).page(order, descending, page, selection));
        }
        if (page.after() != null || page.before() != null) {
            throw new BadRequest("Page through the lists of several objects one at a time.");
        }
        var first = first(field, values, text, order, descending != page.backwards(), page.size() + 1, actor);
        var found = new HashMap<String, S>();
        if (!first.isEmpty()) {
            var ids = first.values().stream()
                    .flatMap(keys -> keys.values().stream())
                    .collect(Collectors.toSet());
            collection
                    .find(Filters.and(Filters.in("_id", ids), visibleTo(actor)))
                    .projection(table.projection(selection.ofNodes(), List.of(DerivedPaths.sort(order))))
                    .batchSize(ids.size() + 1)
                    .forEach(stored -> found.put(sortKey(stored, order), stored));
        }
        var views = table.viewsOf(actor);
        var lists = new HashMap<K, Connection<View<S>>>();
        first.forEach((value, keys) -> lists.put(
                value,
                pages.page(
                        keys.keySet().stream()
                                .map(found::get)
                                .filter(Objects::nonNull)
                                .toList(),
                        page,
                        // No cursor of such a page is valid for a list of one value, whose name has the value.
                        field,
                        stored -> sortKey(stored, order),
                        views)));
        return lists;
    }

    /** The sort keys and ids of the first objects that have each value. */
    private <K> Map<K, Map<String, Object>> first(
            String field,
            Collection<K> values,
            Function<K, String> text,
            String order,
            boolean descending,
            int limit,
            Actor actor) {
        var tokens = tokens(field, actor).keySet();
        var wanted = new HashMap<String, K>();
        values.forEach(value -> keys(tokens, field, List.of(text.apply(value))).forEach(key -> wanted.put(key, value)));
        var having = Filters.in(DerivedPaths.FACETS, wanted.keySet());
        var first = new HashMap<K, Map<String, Object>>();
        collection
                .aggregate(
                        List.of(
                                // A key of a token is the audience, too.
                                Aggregates.match(sharedFacets ? Filters.and(admitting(tokens), having) : having),
                                Aggregates.sort(
                                        descending
                                                ? Sorts.descending(DerivedPaths.sort(order))
                                                : Sorts.ascending(DerivedPaths.sort(order))),
                                Aggregates.limit(MAX_OF_ALL),
                                Aggregates.project(Projections.fields(
                                        Projections.computed("facet", "$" + DerivedPaths.FACETS),
                                        Projections.computed("sortKey", "$" + DerivedPaths.sort(order)))),
                                Aggregates.unwind("$facet"),
                                Aggregates.match(Filters.in("facet", wanted.keySet())),
                                Aggregates.sort(descending ? Sorts.descending("sortKey") : Sorts.ascending("sortKey"))),
                        Document.class)
                .forEach(entry -> {
                    var keys = first.computeIfAbsent(
                            Objects.requireNonNull(wanted.get(entry.getString("facet"))),
                            absent -> new LinkedHashMap<>());
                    // An object is found by each of the actor's tokens.
                    if (keys.size() < limit) {
                        keys.put(entry.getString("sortKey"), entry.get("_id"));
                    }
                });
        return first;
    }

    private String sortKey(S stored, String order) {
        var keys = Objects.requireNonNull(table.derived(stored).sort());
        return Objects.requireNonNull(keys.get(order));
    }

    /** A list of the objects that the actor may see. */
    public Question<S> list(String field, Actor actor) {
        return new Question<>(this, field, actor);
    }

    /** A list's objects and order; each call narrows it. */
    public static final class Question<S extends Record> {

        private final TypeReading<S> reading;
        private final Actor actor;
        private final Map<String, Viewpoint> tokens;
        private final String field;
        private final List<Supplier<Condition>> conditions = new ArrayList<>();

        /** @param name identifies the condition, in the list's name */
        private record Condition(String name, List<Bson> filters) {}

        private Question(TypeReading<S> reading, String field, Actor actor) {
            this.reading = reading;
            this.field = field;
            this.actor = actor;
            this.tokens = new LinkedHashMap<>(reading.table.tokens(actor));
        }

        /**
         * Keeps objects with one of these values of a facet: none if empty, all if null.
         *
         * @param field the field that shows the facet, which is also the facet's name
         * @param text gives a value as it is in the facet's keys; called after the permission
         * @throws Forbidden if the actor sees the field of no object
         */
        public <V> Question<S> facet(String field, @Nullable Collection<V> wanted, Function<V, String> text) {
            if (wanted != null) {
                reading.narrow(tokens, field, actor);
                conditions.add(() -> facetOf(field, wanted.stream().map(text).toList()));
            }
            return this;
        }

        private Condition facetOf(String field, List<String> values) {
            return new Condition(
                    named(field, values),
                    List.of(Filters.in(DerivedPaths.FACETS, reading.keys(tokens.keySet(), field, values))));
        }

        private static String named(String condition, List<String> values) {
            // The lengths separate the values.
            return values.stream()
                    .sorted()
                    .map(value -> value.length() + ":" + value)
                    .collect(Collectors.joining(",", condition + "=", ""));
        }

        /**
         * Keeps objects of which texts that the actor sees, together in one {@link SearchEntry}, have words that begin with each word of the
         * query; all if null.
         *
         * @param fields the fields that show the texts; who sees parts of a field is said by the entries
         * @throws Forbidden if the actor sees one of the fields of no object
         */
        public Question<S> text(Set<String> fields, @Nullable String text) {
            if (text != null) {
                fields.forEach(field -> reading.narrow(tokens, field, actor));
                conditions.add(() -> textOf(words(text)));
            }
            return this;
        }

        /** One condition, so that no word is found in a text that another actor sees. */
        private Condition textOf(List<String> words) {
            var entry = new Document("tokens", new Document("$in", List.copyOf(tokens.keySet())))
                    .append("prefixes", new Document("$all", words));
            return new Condition("text=" + words, List.of(Filters.elemMatch(DerivedPaths.SEARCH_ENTRIES, entry)));
        }

        private static List<String> words(String text) {
            var words = text.length() > MAX_TEXT_LENGTH ? List.<String>of() : SearchText.queried(text);
            if (text.length() > MAX_TEXT_LENGTH || words.size() > MAX_WORDS) {
                throw new BadRequest(
                        "Search for at most " + MAX_WORDS + " words and " + MAX_TEXT_LENGTH + " characters.");
            }
            if (words.isEmpty()) {
                throw new BadRequest("Search for at least one letter or digit.");
            }
            return words;
        }

        /**
         * Keeps objects in which the actor sees this field.
         *
         * @throws Forbidden if the actor sees it of no object
         */
        public Question<S> showing(String field) {
            reading.narrow(tokens, field, actor);
            return this;
        }

        /**
         * Keeps objects that the actor sees from one of these viewpoints: for a condition on what parts of an object show only to these.
         *
         * @param field what the condition is about, as a refusal names it
         * @throws Forbidden if the actor has none of the viewpoints
         */
        public Question<S> showing(Set<Viewpoint> viewpoints, String field) {
            narrow(tokens, viewpoints, field, actor);
            return this;
        }

        /**
         * Keeps objects with one of these ids: none if empty, all if null.
         *
         * @param name what the ids stand for, such as an argument that they were found by
         */
        public Question<S> among(String name, @Nullable Collection<?> ids) {
            if (ids != null) {
                conditions.add(() -> new Condition(
                        named(name, ids.stream().map(String::valueOf).toList()), List.of(Filters.in("_id", ids))));
            }
            return this;
        }

        /** Keeps objects of which a sort key that begins with a day is of an earlier one. @param order the sort key's name */
        public Question<S> before(String order, LocalDate day) {
            conditions.add(() ->
                    new Condition(order + "<" + day, List.of(Filters.lt(DerivedPaths.sort(order), day.toString()))));
            return this;
        }

        /**
         * A page of the list. What was given is parsed here, after all permissions.
         *
         * @param order the field that shows what they are ordered by, which is also the sort key's name
         * @throws Forbidden if the actor does not see the field of all objects
         * @throws BadRequest for a text that is too long or without a word, and for a cursor of another list
         */
        public Connection<View<S>> page(String order, boolean descending, PageRequest page, Selection selection) {
            if (!reading.table.seenFrom(order).containsAll(tokens.values())) {
                throw hidden(order, actor);
            }
            var parsed = parsed();
            var all = new ArrayList<Bson>();
            all.add(admitting(tokens.keySet()));
            parsed.forEach(condition -> all.addAll(condition.filters()));
            var sortPath = DerivedPaths.sort(order);
            return reading.pages.read(
                    new Pages.Listing<>(
                            reading.collection,
                            Filters.and(all),
                            sortPath,
                            stored -> reading.sortKey(stored, order),
                            Function.identity(),
                            descending,
                            reading.table.projection(selection.ofNodes(), List.of(sortPath)),
                            nameOf(parsed, order, descending),
                            reading.table.viewsOf(actor)),
                    page,
                    selection);
        }

        private List<Condition> parsed() {
            return conditions.stream().map(Supplier::get).toList();
        }

        /** Identifies the list among those of the type, equally for all actors. */
        String nameOf(String order, boolean descending) {
            return nameOf(parsed(), order, descending);
        }

        private String nameOf(List<Condition> parsed, String order, boolean descending) {
            var name = new ArrayList<>(List.of(field));
            parsed.forEach(condition -> name.add(condition.name()));
            name.add(order + (descending ? " descending" : ""));
            return String.join("|", name);
        }
    }
}

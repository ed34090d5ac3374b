package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Viewpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoRepositoriesAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** This module with a small capability about things, which are created on request. */
@SpringBootApplication(
        exclude = {
            MongoAutoConfiguration.class,
            DataMongoAutoConfiguration.class,
            DataMongoRepositoriesAutoConfiguration.class
        })
class GraphQlApplication {

    /** The loaders' arguments, in order. */
    static final class Calls {

        record Call(String kind, Set<Object> keys, Map<String, Object> arguments, Set<String> selected) {}

        private final List<Call> calls = new ArrayList<>();

        List<Call> made() {
            return List.copyOf(calls);
        }

        List<String> kinds() {
            return calls.stream().map(Call::kind).toList();
        }

        void forget() {
            calls.clear();
        }

        <K, T> Map<K, T> call(
                String kind,
                Collection<K> keys,
                Map<String, Object> arguments,
                Selection selection,
                Function<K, @Nullable T> found) {
            calls.add(new Call(kind, Set.copyOf(keys), arguments, Set.copyOf(selection.names())));
            var values = new HashMap<K, T>();
            keys.forEach(key -> {
                T value = found.apply(key);
                if (value != null) {
                    values.put(key, value);
                }
            });
            return values;
        }

        long count(String list, long counted) {
            calls.add(new Call("count", Set.of(list), Map.of(), Set.of()));
            return counted;
        }
    }

    /** Failures of the capability, by name. */
    static final class Failures {

        private final Map<String, Supplier<Throwable>> known = new HashMap<>();

        private String ofTheLog = "nothing";

        /** Makes the loading of logs fail with this exception. */
        void logFailsAs(String name) {
            ofTheLog = name;
        }

        void know(String name, Supplier<Throwable> failure) {
            known.put(name, failure);
        }

        @Nullable
        Throwable of(String name) {
            var failure = known.get(name);
            return failure == null ? null : failure.get();
        }

        void failAs(String name) {
            var failure = of(name);
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }

    @Bean
    Calls calls() {
        return new Calls();
    }

    @Bean
    Failures failures() {
        return new Failures();
    }

    @Bean
    DefaultLocale defaultLocale() {
        return () -> "de";
    }

    record ThingId(int value) {}

    record OwnerId(int value) {}

    record Label(String value) {}

    static final int HIDDEN_OWNER = 4;

    /** A list with so many things has more than the total counts. */
    static final int MANY = 50;

    /** Things 1, 2, 3, …; two neighbours share an owner, the tenth has none, and the owner of the seventh is hidden. */
    record StoredThing(int number) {

        static final int OWNERLESS = 10;

        DerivedFields derived() {
            return new DerivedFields(Audience.everybody(), null, null, null, null);
        }

        LocalizedText name() {
            return LocalizedText.of(Map.of("de", "Ding " + number, "en", "Thing " + number, "tr", "Nesne " + number));
        }

        List<Label> labels() {
            return List.of(new Label("label " + number), new Label("other"));
        }

        @Nullable
        OwnerId owner() {
            return number == OWNERLESS ? null : new OwnerId((number + 1) / 2);
        }

        Place place() {
            return place(1000);
        }

        private Place place(int first) {
            return new Place(
                    new OwnerId(number + first), List.of(new Place(new OwnerId(number + first + 500), List.of())));
        }

        List<Place> places() {
            return List.of(place(3000), place(4000));
        }
    }

    record Place(OwnerId owner, List<Place> places) {}

    record Owner(int number, String name, OwnerId boss, int city, List<OwnerId> deputies) {
        static Owner of(int number) {
            return new Owner(
                    number, "Owner " + number, new OwnerId(number + 500), number, List.of(new OwnerId(number + 700)));
        }
    }

    record City(String name) {}

    record Entry(String text, OwnerId owner) {}

    record Shelf(List<View<StoredThing>> things, View<StoredThing> best) {}

    record RenamePayload(
            ThingId thing,
            OwnerId owner,
            Place place,
            Shelf shelf,
            LocalizedText title,
            Connection<View<StoredThing>> all) {}

    /** A class without a table, returned by a controller. */
    static final class Summary {}

    @Bean
    TypeTable<StoredThing> thingTable() {
        return TypeTable.of("Thing", StoredThing.class, StoredThing::derived, List.of())
                .key(thing -> new UUID(7, thing.number()))
                .referred("name", "name", StoredThing::name)
                .withTranslations()
                .seenBy(Set.of(Viewpoint.OFFICE), "note", "note", thing -> "Note " + thing.number())
                .everybody("label", "labels", thing -> thing.labels().getFirst())
                .everybody("labels", "labels", StoredThing::labels)
                .everybody("owner", "owner", StoredThing::owner)
                .everybody("place", "place", StoredThing::place)
                .everybody("places", "places", StoredThing::places)
                .everybody(
                        "deputies",
                        "_id",
                        thing -> List.of(new OwnerId(HIDDEN_OWNER + 1), new OwnerId(HIDDEN_OWNER), new OwnerId(1)))
                .everybody("log", "_id", StoredThing::number)
                .build();
    }

    @Bean
    TypeTable<Owner> ownerTable() {
        return TypeTable.ofRecord(Owner.class, "Owner")
                .key(owner -> new UUID(8, owner.number()))
                .build();
    }

    @Bean
    RecordTypes records() {
        return RecordTypes.of(Place.class, City.class, Entry.class, Shelf.class)
                .and(RenamePayload.class, "RenamePayload");
    }

    @Bean
    Reference.Loader<OwnerId, Owner> owners(Calls calls) {
        return (keys, arguments, actor, selection) -> calls.call(
                "owner", keys, arguments, selection, key -> key.value() == HIDDEN_OWNER ? null : Owner.of(key.value()));
    }

    @Bean
    Reference<OwnerId, Owner> ownerOfOthers(Reference.Loader<OwnerId, Owner> owners) {
        return Reference.byRow(Set.of("Thing", "Place", "Entry", "RenamePayload"), "owner", owners);
    }

    @Bean
    Reference<OwnerId, Owner> deputies(Reference.Loader<OwnerId, Owner> owners) {
        return Reference.byRow(Set.of("Thing", "Owner"), "deputies", owners);
    }

    @Bean
    Reference<OwnerId, Owner> bossOfOwner(Reference.Loader<OwnerId, Owner> owners) {
        return Reference.byRow(Set.of("Owner"), "boss", owners);
    }

    @Bean
    Reference<Integer, City> cityOfOwner(Calls calls) {
        return Reference.byRow(
                Set.of("Owner"),
                "city",
                (keys, arguments, actor, selection) ->
                        calls.call("city", keys, arguments, selection, key -> new City("City " + key)));
    }

    @Bean
    Reference<ThingId, View<StoredThing>> thingOfPayload(Calls calls, TypeTable<StoredThing> table) {
        return Reference.byRow(
                Set.of("RenamePayload"),
                "thing",
                (keys, arguments, actor, selection) -> calls.call(
                        "thing",
                        keys,
                        arguments,
                        selection,
                        key -> table.viewsOf(actor).apply(new StoredThing(key.value()))));
    }

    @Bean
    Reference<Integer, Connection<Entry>> logOfThing(Calls calls, Failures failures) {
        return Reference.byRow(Set.of("Thing"), "log", (keys, arguments, actor, selection) -> {
            var entries = calls.call("log", keys, arguments, selection, key -> entries(key, arguments));
            failures.failAs(failures.ofTheLog);
            return entries;
        });
    }

    /** Odd things have a log. */
    private static @Nullable Connection<Entry> entries(int thing, Map<String, Object> arguments) {
        var first = (Integer) arguments.get("first");
        return thing % 2 == 0 || first == null
                ? null
                : connection(
                        IntStream.rangeClosed(1, first)
                                .mapToObj(n -> new Entry("Entry " + n + " of " + thing, new OwnerId(n + 2000)))
                                .toList(),
                        Connection.Total.NONE);
    }

    private static <V> Connection<V> connection(List<V> views, Connection.Total total) {
        return Connection.of(
                views.stream()
                        .map(view -> new Connection.Edge<>(view, () -> "sealed"))
                        .toList(),
                false,
                false,
                total);
    }

    @Bean
    NodeSource<UUID> thingNodes(Calls calls, TypeTable<StoredThing> table) {
        return NodeSource.byUuid(
                "Thing",
                id -> id,
                (ids, actor, selection) -> calls.call(
                        "node",
                        ids,
                        Map.of(),
                        selection,
                        id -> id.getMostSignificantBits() == 7
                                ? table.viewsOf(actor).apply(new StoredThing((int) id.getLeastSignificantBits()))
                                : null));
    }

    @Bean
    NodeSource<UUID> ownerNodes(Calls calls) {
        return NodeSource.byUuid(
                "Owner",
                id -> id,
                (ids, actor, selection) -> calls.call(
                        "ownerNode", ids, Map.of(), selection, id -> Owner.of((int) id.getLeastSignificantBits())));
    }

    @Controller
    static class Things {

        private final TypeTable<StoredThing> table;
        private final Calls calls;
        private final Failures failures;

        Things(TypeTable<StoredThing> table, Calls calls, Failures failures) {
            this.table = table;
            this.calls = calls;
            this.failures = failures;
        }

        private List<View<StoredThing>> views(int n, Actor actor) {
            return IntStream.rangeClosed(1, n)
                    .mapToObj(StoredThing::new)
                    .map(table.viewsOf(actor))
                    .toList();
        }

        @QueryMapping
        List<View<StoredThing>> things(@Argument int n, Actor actor) {
            return views(n, actor);
        }

        @QueryMapping
        Mono<List<View<StoredThing>>> later(@Argument int n, Actor actor) {
            return Mono.fromSupplier(() -> views(n, actor));
        }

        @QueryMapping
        Connection<View<StoredThing>> thingConnection(@Argument int n, Actor actor) {
            return connection(views(n, actor), total("things " + n, n == MANY ? Connection.Total.LIMIT + 1 : n));
        }

        private Connection.Total total(String list, long counted) {
            return new Connection.Total(() -> list, () -> calls.count(list, counted));
        }

        @QueryMapping
        List<Shelf> shelves(@Argument int n, Actor actor) {
            return IntStream.rangeClosed(1, n)
                    .mapToObj(size -> shelf(size, actor))
                    .toList();
        }

        private Shelf shelf(int size, Actor actor) {
            var things = views(size, actor);
            return new Shelf(things, things.getLast());
        }

        @QueryMapping
        Summary summary() {
            return new Summary();
        }

        @SchemaMapping(typeName = "Summary")
        View<StoredThing> best(Actor actor) {
            return views(1, actor).getFirst();
        }

        @SchemaMapping(typeName = "Summary")
        Shelf shelf(Actor actor) {
            return shelf(3, actor);
        }

        @SchemaMapping(typeName = "Summary")
        List<Object> nodes(Actor actor) {
            return List.of(views(1, actor).getFirst(), Owner.of(77));
        }

        @QueryMapping
        @Nullable
        String fails(@Argument String how) {
            failures.failAs(how);
            return null;
        }

        @QueryMapping
        Mono<String> failsLater(@Argument String how) {
            var failure = failures.of(how);
            return failure == null ? Mono.empty() : Mono.error(failure);
        }

        @QueryMapping
        @Nullable
        String nothing() {
            return null;
        }

        @QueryMapping
        Object noList() {
            return "not a list";
        }

        @QueryMapping
        Object noNumber() {
            return "not a number";
        }

        @QueryMapping
        Object ofAType() {
            return "of no type";
        }

        @QueryMapping
        String when(@Argument @Nullable Object at, @Argument @Nullable Object day) {
            return at + " " + day;
        }

        @QueryMapping
        String page(PageRequest page) {
            return page.size() + " " + page.backwards() + " " + page.after() + " " + page.before();
        }

        @QueryMapping
        String account(Actor actor) {
            return actor.kind().name();
        }

        @QueryMapping
        String open() {
            return "open";
        }

        @MutationMapping
        RenamePayload rename(@Argument Map<String, Object> input, Actor actor) {
            failures.failAs(String.valueOf(input.get("how")));
            return renamed(actor);
        }

        @MutationMapping
        Mono<RenamePayload> renameLater(@Argument Map<String, Object> input, Actor actor) {
            var failure = failures.of(String.valueOf(input.get("how")));
            return failure == null ? Mono.just(renamed(actor)) : Mono.error(failure);
        }

        @MutationMapping("open")
        RenamePayload opened(Actor actor) {
            return renamed(actor);
        }

        private RenamePayload renamed(Actor actor) {
            var thing = new StoredThing(1);
            return new RenamePayload(
                    new ThingId(1),
                    new OwnerId(1),
                    thing.place(),
                    shelf(1, actor),
                    thing.name(),
                    thingConnection(3, actor));
        }
    }
}

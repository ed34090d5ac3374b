package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.LocalizedText;
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
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** A service that has this module and a capability about things, which are made up as they are asked for. */
@SpringBootApplication(
        exclude = {
            MongoAutoConfiguration.class,
            DataMongoAutoConfiguration.class,
            DataMongoRepositoriesAutoConfiguration.class
        })
class GraphQlApplication {

    /** What the loaders were called with, in order. */
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
    }

    /** What goes wrong in the capability, by name. */
    static final class Failures {

        private final Map<String, Supplier<Throwable>> known = new HashMap<>();

        private String ofTheLog = "nothing";

        /** Loading logs fails so from now on. */
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

    /** Things 1, 2, 3, …; two neighbours share an owner, the tenth has none, and the owner of the seventh is hidden. */
    record ThingView(int number, PlaceView place) implements NodeView {

        static final int OWNERLESS = 10;

        static ThingView of(int number) {
            return new ThingView(number, new PlaceView(number + 1000));
        }

        @Override
        public UUID nodeId() {
            return new UUID(7, number);
        }

        public LocalizedText name() {
            return LocalizedText.of(Map.of("de", "Ding " + number, "en", "Thing " + number, "tr", "Nesne " + number));
        }

        @Nullable
        Integer ownerKey() {
            return number == OWNERLESS ? null : (number + 1) / 2;
        }
    }

    record PlaceView(int ownerKey) {}

    record OwnerView(int key) implements NodeView {
        @Override
        public UUID nodeId() {
            return new UUID(8, key);
        }

        public String name() {
            return "Owner " + key;
        }
    }

    record CityView(String name) {}

    record EntryView(String text, int ownerKey) {}

    record RenamePayload(@Nullable ThingView thing, int ownerKey) {}

    static final int HIDDEN_OWNER = 4;

    @Bean
    Reference.Loader<Integer, OwnerView> owners(Calls calls) {
        return (keys, arguments, actor, selection) ->
                calls.call("owner", keys, arguments, selection, key -> key == HIDDEN_OWNER ? null : new OwnerView(key));
    }

    @Bean
    Reference<ThingView, Integer, OwnerView> ownerOfThing(Reference.Loader<Integer, OwnerView> owners) {
        return Reference.toOne(Set.of("Thing"), "owner", ThingView.class, ThingView::ownerKey, owners);
    }

    @Bean
    Reference<PlaceView, Integer, OwnerView> ownerOfPlace(Reference.Loader<Integer, OwnerView> owners) {
        return Reference.toOne(Set.of("Place"), "owner", PlaceView.class, PlaceView::ownerKey, owners);
    }

    @Bean
    Reference<EntryView, Integer, OwnerView> ownerOfEntry(Reference.Loader<Integer, OwnerView> owners) {
        return Reference.toOne(Set.of("Entry"), "owner", EntryView.class, EntryView::ownerKey, owners);
    }

    @Bean
    Reference<RenamePayload, Integer, OwnerView> ownerOfPayload(Reference.Loader<Integer, OwnerView> owners) {
        return Reference.toOne(Set.of("RenamePayload"), "owner", RenamePayload.class, RenamePayload::ownerKey, owners);
    }

    @Bean
    Reference<ThingView, Integer, OwnerView> deputiesOfThing(Reference.Loader<Integer, OwnerView> owners) {
        return Reference.toMany(
                "Thing", "deputies", ThingView.class, thing -> List.of(HIDDEN_OWNER + 1, HIDDEN_OWNER, 1), owners);
    }

    @Bean
    Reference<OwnerView, Integer, OwnerView> bossOfOwner(Reference.Loader<Integer, OwnerView> owners) {
        return Reference.toOne(Set.of("Owner"), "boss", OwnerView.class, owner -> owner.key() + 500, owners);
    }

    @Bean
    Reference<OwnerView, Integer, CityView> cityOfOwner(Calls calls) {
        return Reference.toOne(
                Set.of("Owner"),
                "city",
                OwnerView.class,
                OwnerView::key,
                (keys, arguments, actor, selection) ->
                        calls.call("city", keys, arguments, selection, key -> new CityView("City " + key)));
    }

    @Bean
    Reference<ThingView, Integer, Connection<EntryView>> logOfThing(Calls calls, Failures failures) {
        return new Reference<>(
                Set.of("Thing"),
                "log",
                ThingView.class,
                thing -> List.of(thing.number()),
                false,
                Connection.empty(),
                (keys, arguments, actor, selection) -> {
                    var entries = calls.call("log", keys, arguments, selection, key -> entries(key, arguments));
                    failures.failAs(failures.ofTheLog);
                    return entries;
                });
    }

    /** Odd things have a log. */
    private static @Nullable Connection<EntryView> entries(int thing, Map<String, Object> arguments) {
        var first = (Integer) arguments.get("first");
        return thing % 2 == 0 || first == null
                ? null
                : connection(IntStream.rangeClosed(1, first)
                        .mapToObj(n -> new EntryView("Entry " + n + " of " + thing, n + 2000))
                        .toList());
    }

    private static <V> Connection<V> connection(List<V> views) {
        return Connection.of(
                views.stream()
                        .map(view -> new Connection.Edge<>(view, view.toString(), position -> "sealed"))
                        .toList(),
                false,
                false,
                views::size);
    }

    @Bean
    NodeSource things(Calls calls) {
        return new NodeSource() {
            @Override
            public String type() {
                return "Thing";
            }

            @Override
            public Map<UUID, ? extends NodeView> find(Collection<UUID> ids, Actor actor, Selection selection) {
                return calls.call(
                        "node",
                        ids,
                        Map.of(),
                        selection,
                        id -> id.getMostSignificantBits() == 7
                                ? ThingView.of((int) id.getLeastSignificantBits())
                                : null);
            }
        };
    }

    @Controller
    static class Things {

        private final Failures failures;

        Things(Failures failures) {
            this.failures = failures;
        }

        @QueryMapping
        List<ThingView> things(@Argument int n) {
            return IntStream.rangeClosed(1, n).mapToObj(ThingView::of).toList();
        }

        @QueryMapping
        Mono<List<ThingView>> later(@Argument int n) {
            return Mono.fromSupplier(() -> things(n));
        }

        @QueryMapping
        Connection<ThingView> thingConnection(@Argument int n) {
            return connection(things(n));
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

        @MutationMapping
        RenamePayload rename(@Argument Map<String, Object> input) {
            failures.failAs(String.valueOf(input.get("how")));
            return new RenamePayload(ThingView.of(1), 1);
        }

        @MutationMapping
        Mono<RenamePayload> renameLater(@Argument Map<String, Object> input) {
            var failure = failures.of(String.valueOf(input.get("how")));
            return failure == null ? Mono.just(new RenamePayload(ThingView.of(1), 1)) : Mono.error(failure);
        }
    }
}

package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import graphql.GraphQLContext;
import graphql.TrivialDataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Loads what a query's references point to, level by level, before the fields that show it are read. */
final class References {

    private final Map<String, List<Reference<?, ?, ?>>> byField;
    private final ClassValue<Map<String, RecordComponent>> components = new ClassValue<>() {
        @Override
        protected Map<String, RecordComponent> computeValue(Class<?> type) {
            return type.isRecord()
                    ? Arrays.stream(type.getRecordComponents())
                            .collect(Collectors.toMap(RecordComponent::getName, component -> component))
                    : Map.of();
        }
    };

    References(List<Reference<?, ?, ?>> references) {
        this.byField = references.stream().collect(Collectors.groupingBy(Reference::field));
    }

    Optional<Reference<?, ?, ?>> find(String type, String field) {
        return byField.getOrDefault(field, List.of()).stream()
                .filter(reference -> reference.types().contains(type))
                .findFirst();
    }

    /** Loads whatever is referred to below a field's value. */
    void lookAhead(DataFetchingEnvironment environment, @Nullable Object value) {
        if (value == null || byField.isEmpty() || environment.getField().getSelectionSet() == null) {
            return;
        }
        var selection = Selection.of(environment.getSelectionSet());
        if (selection.mentions(byField.keySet())) {
            walk(
                    value instanceof Collection<?> many ? many : List.of(value),
                    selection,
                    environment.getGraphQlContext());
        }
    }

    /** Everything is loaded anew from now on. */
    static void forget(GraphQLContext context) {
        context.delete(Loaded.class);
    }

    private void walk(Collection<?> objects, Selection selection, GraphQLContext context) {
        var pending = new LinkedHashMap<Load, Pending>();
        for (var name : selection.names()) {
            for (var selected : selection.get(name)) {
                var embedded = new ArrayList<Object>();
                for (var object : objects) {
                    var reference = object == null ? null : referenceOf(object, name);
                    if (reference != null) {
                        pending.computeIfAbsent(
                                        new Load(reference.loader(), selected.arguments()), load -> new Pending())
                                .add(keys(reference, object), selected.below());
                    } else if (object != null && selected.below().mentions(byField.keySet())) {
                        embedded.addAll(embedded(object, name));
                    }
                }
                if (!embedded.isEmpty()) {
                    walk(embedded, selected.below(), context);
                }
            }
        }
        var loaded = Loaded.in(context);
        pending.forEach((load, asked) -> {
            var values = loaded.load(load, asked.keys, asked.selection, context);
            if (asked.selection.mentions(byField.keySet())) {
                walk(values, asked.selection, context);
            }
        });
    }

    private @Nullable Reference<?, ?, ?> referenceOf(Object object, String field) {
        for (var reference : byField.getOrDefault(field, List.of())) {
            if (reference.source().isInstance(object)) {
                return reference;
            }
        }
        return null;
    }

    /** What stands inside an object rather than being referred to. */
    private Collection<?> embedded(Object object, String field) {
        if (object instanceof Connection<?> connection) {
            return switch (field) {
                case "nodes" -> connection.nodes();
                case "edges" -> connection.edges();
                default -> List.of();
            };
        }
        if (object instanceof Connection.Edge<?> edge) {
            return field.equals("node") ? List.of(edge.node()) : List.of();
        }
        var component = components.get(object.getClass()).get(field);
        if (component == null) {
            return List.of();
        }
        try {
            var value = component.getAccessor().invoke(object);
            return value instanceof Collection<?> many ? many : value == null ? List.of() : List.of(value);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static <S, K> Collection<K> keys(Reference<S, K, ?> reference, Object source) {
        return reference.keys().apply(reference.source().cast(source));
    }

    private record Load(Reference.Loader<?, ?> loader, Map<String, Object> arguments) {}

    private static final class Pending {
        private final Set<Object> keys = new LinkedHashSet<>();
        private Selection selection = Selection.NONE;

        void add(Collection<?> more, Selection also) {
            keys.addAll(more);
            selection = selection.and(also);
        }
    }

    /** What was loaded in one request. */
    private static final class Loaded {

        private final Map<Load, Kind> kinds = new HashMap<>();

        private static final class Kind {
            private Selection selection = Selection.NONE;
            private final Set<Object> asked = new LinkedHashSet<>();
            private final Map<Object, Object> values = new HashMap<>();
            private @Nullable RuntimeException failure;
        }

        static Loaded in(GraphQLContext context) {
            return context.computeIfAbsent(Loaded.class, absent -> new Loaded());
        }

        /**
         * Loads what is not there yet, or was read with fewer fields. Answers all that was found. A failure is kept for the fields that show
         * what was asked for: whatever stands around them is answered, a change that was made above all.
         */
        @SuppressWarnings("unchecked")
        synchronized Collection<?> load(Load load, Collection<?> keys, Selection selection, GraphQLContext context) {
            var kind = kinds.computeIfAbsent(load, absent -> new Kind());
            var wider = kind.selection.and(selection);
            var missing = new LinkedHashSet<Object>(keys);
            if (wider.equals(kind.selection)) {
                missing.removeAll(kind.asked);
            } else {
                missing.addAll(kind.asked);
            }
            kind.selection = wider;
            if (!missing.isEmpty() && kind.failure == null) {
                var loader = (Reference.Loader<Object, Object>) load.loader();
                kind.asked.addAll(missing);
                try {
                    kind.values.putAll(loader.load(missing, load.arguments(), context.get(Actor.class), wider));
                } catch (RuntimeException failed) {
                    kind.failure = failed;
                }
            }
            return keys.stream().map(kind.values::get).filter(Objects::nonNull).toList();
        }

        synchronized @Nullable Kind find(Load load) {
            return kinds.get(load);
        }
    }

    /** Shows what was loaded; a place that was not looked ahead to, such as below a subscription's event, is loaded now. */
    record Fetcher(Reference<?, ?, ?> reference) implements TrivialDataFetcher<Object> {

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) {
            Object source = Objects.requireNonNull(environment.getSource());
            if (source instanceof Wiring.Refused) {
                return null;
            }
            var keys = keys(reference, source);
            var load = new Load(reference.loader(), environment.getArguments());
            var loaded = Loaded.in(environment.getGraphQlContext());
            var kind = loaded.find(load);
            if (kind == null || !kind.asked.containsAll(keys)) {
                loaded.load(load, keys, Selection.of(environment.getSelectionSet()), environment.getGraphQlContext());
                kind = Objects.requireNonNull(loaded.find(load));
            }
            if (kind.failure != null) {
                throw kind.failure;
            }
            var values = kind.values;
            return reference.many()
                    ? keys.stream().map(values::get).filter(Objects::nonNull).toList()
                    : one(keys, values);
        }

        private @Nullable Object one(Collection<?> keys, Map<Object, Object> values) {
            for (var key : keys) {
                var value = values.get(key);
                if (value != null) {
                    return value;
                }
            }
            return reference.none();
        }
    }
}

package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import graphql.GraphQLContext;
import graphql.TrivialDataFetcher;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads what a query refers to, level by level, before the fields are read. It follows the schema's types through the values of their rows. */
final class LookAhead {

    private static final Logger LOG = LoggerFactory.getLogger(LookAhead.class);

    private final Map<String, Map<String, Step>> steps = new HashMap<>();
    private final Set<String> referenceFields = new LinkedHashSet<>();
    private final Function<Object, @Nullable String> typeOf;
    private final boolean strict;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /**
     * @param typeOf gives the schema's type of an object whose field has an interface type
     * @param strict whether a reference that was not loaded before is an error; otherwise it is loaded when its field is read, and each field is logged once
     */
    LookAhead(Function<Object, @Nullable String> typeOf, boolean strict) {
        this.typeOf = typeOf;
        this.strict = strict;
    }

    /**
     * A field that look-ahead follows.
     *
     * @param keys reads the keys of a reference
     * @param reference loads the objects of the keys; null for a field that shows a value inside the object
     * @param value reads the value inside the object
     * @param below the type of the field's objects
     */
    private record Step(
            Function<Object, Collection<?>> keys,
            @Nullable Reference<?, ?> reference,
            Function<Object, @Nullable Object> value,
            String below) {}

    /** Registers a reference and returns its fetcher. Called while the schema is built. */
    Fetcher reference(
            String type,
            String field,
            String below,
            Reference<?, ?> reference,
            Function<Object, Collection<?>> keys,
            @Nullable Object none,
            boolean many) {
        referenceFields.add(field);
        steps.computeIfAbsent(type, absent -> new HashMap<>())
                .put(field, new Step(keys, reference, source -> null, below));
        return new Fetcher(this, type + "." + field, reference, keys, none, many);
    }

    /** Registers a field whose value is inside the object. Called while the schema is built. */
    void value(String type, String field, String below, Function<Object, @Nullable Object> value) {
        steps.computeIfAbsent(type, absent -> new HashMap<>())
                .put(field, new Step(source -> List.of(), null, value, below));
    }

    /** Loads all objects that are referred to below a field's value. */
    void below(DataFetchingEnvironment environment, @Nullable Object value) {
        var found = value instanceof DataFetcherResult<?> result ? result.getData() : value;
        if (found == null || referenceFields.isEmpty() || environment.getField().getSelectionSet() == null) {
            return;
        }
        var selection = Selection.ofEqualFields(environment);
        if (selection.mentions(referenceFields)) {
            var type = (GraphQLNamedType) GraphQLTypeUtil.unwrapAll(environment.getFieldType());
            load(
                    type.getName(),
                    found instanceof Collection<?> many ? many : List.of(found),
                    selection,
                    environment.getGraphQlContext());
        }
    }

    /** Clears loaded objects. */
    static void forget(GraphQLContext context) {
        context.delete(Loaded.class);
    }

    private void load(String type, Collection<?> objects, Selection selection, GraphQLContext context) {
        var loaded = Loaded.in(context);
        var level = new LinkedHashMap<Load, Pending>();
        collect(type, objects, selection, level);
        while (!level.isEmpty()) {
            var next = new LinkedHashMap<Load, Pending>();
            level.forEach((load, asked) -> {
                var values = loaded.load(load, asked.keys, asked.selection, context);
                if (asked.selection.mentions(referenceFields)) {
                    collect(asked.type, values, asked.selection, next);
                }
            });
            level = next;
        }
    }

    /** Collects the references of the objects and of the values inside them. */
    private void collect(String type, Collection<?> objects, Selection selection, Map<Load, Pending> pending) {
        var known = steps.get(type);
        if (known == null) {
            byType(objects).forEach((own, some) -> collect(own, some, selection, pending));
            return;
        }
        selection.fields().forEach((name, selections) -> {
            var step = known.get(name);
            if (step == null) {
                return;
            }
            for (var selected : selections) {
                if (!selected.isOf(type)) {
                    continue;
                }
                if (step.reference() != null) {
                    var load = new Load(step.reference().loader(), selected.arguments());
                    var asked = pending.computeIfAbsent(load, absent -> new Pending(step.below()));
                    objects.stream()
                            .filter(Objects::nonNull)
                            .forEach(object -> asked.keys.addAll(step.keys().apply(object)));
                    asked.selection = asked.selection.and(selected.below());
                } else if (selected.below().mentions(referenceFields)) {
                    collect(step.below(), embedded(objects, step), selected.below(), pending);
                }
            }
        });
    }

    private Map<String, List<Object>> byType(Collection<?> objects) {
        var byType = new LinkedHashMap<String, List<Object>>();
        for (var object : objects) {
            var type = object == null ? null : typeOf.apply(object);
            if (type != null && steps.containsKey(type)) {
                byType.computeIfAbsent(type, absent -> new ArrayList<>()).add(object);
            }
        }
        return byType;
    }

    private static Collection<?> embedded(Collection<?> objects, Step step) {
        var embedded = new ArrayList<Object>();
        for (var object : objects) {
            var value = object == null ? null : step.value().apply(object);
            if (value instanceof Collection<?> many) {
                embedded.addAll(many);
            } else if (value != null) {
                embedded.add(value);
            }
        }
        return embedded;
    }

    private record Load(Reference.Loader<?, ?> loader, Map<String, Object> arguments) {}

    private static final class Pending {
        private final String type;
        private final Set<Object> keys = new LinkedHashSet<>();
        private Selection selection = Selection.NONE;

        Pending(String type) {
            this.type = type;
        }
    }

    /** The objects loaded in one request. */
    private static final class Loaded {

        private final Map<Load, Kind> kinds = new HashMap<>();

        private static final class Kind {
            private Selection selection = Selection.NONE;
            private final Set<Object> asked = new LinkedHashSet<>();
            private final Map<Object, Object> values = new HashMap<>();
            private final Map<Object, BadRequest> refusals = new HashMap<>();
            private @Nullable RuntimeException failure;
        }

        static Loaded in(GraphQLContext context) {
            return context.computeIfAbsent(Loaded.class, absent -> new Loaded());
        }

        /**
         * Loads what is missing or was read with fewer fields, and returns all that was found. A failure is kept for the fields that show
         * these objects, so that all other fields are answered, above all the payload of a change. Arguments that do not fit some objects, such
         * as a cursor, may fit others; after any other failure the loader is not called again.
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
            kind.asked.addAll(missing);
            if (!missing.isEmpty() && kind.failure == null) {
                var loader = (Reference.Loader<Object, Object>) load.loader();
                try {
                    kind.values.putAll(loader.load(missing, load.arguments(), context.get(Actor.class), wider));
                    kind.refusals.keySet().removeAll(missing);
                } catch (BadRequest refused) {
                    missing.forEach(key -> kind.refusals.put(key, refused));
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

    /** Reads loaded objects. */
    record Fetcher(
            LookAhead ahead,
            String at,
            Reference<?, ?> reference,
            Function<Object, Collection<?>> keys,
            @Nullable Object none,
            boolean many)
            implements TrivialDataFetcher<Object> {

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) {
            var asked = keys.apply(Objects.requireNonNull(environment.<Object>getSource()));
            if (asked.isEmpty()) {
                return none;
            }
            var load = new Load(reference.loader(), environment.getArguments());
            var loaded = Loaded.in(environment.getGraphQlContext());
            var kind = loaded.find(load);
            if (kind == null || !kind.asked.containsAll(asked)) {
                ahead.wasNotLookedAhead(at);
                loaded.load(load, asked, Selection.of(environment), environment.getGraphQlContext());
                kind = Objects.requireNonNull(loaded.find(load));
            }
            if (kind.failure != null) {
                throw kind.failure;
            }
            var values = new ArrayList<Object>(asked.size());
            for (var key : asked) {
                var refusal = kind.refusals.get(key);
                if (refusal != null) {
                    throw refusal;
                }
                var value = kind.values.get(key);
                if (value != null) {
                    values.add(value);
                }
            }
            if (many) {
                return values;
            }
            return values.isEmpty() ? none : values.getFirst();
        }
    }

    private void wasNotLookedAhead(String field) {
        complain(field + " was not looked ahead: each object costs a command");
    }

    /** A handler below the root is called for each object, which is too slow in lists. */
    void demandOnce(DataFetchingEnvironment environment) {
        var step = environment.getExecutionStepInfo();
        var place = step.getPath().toList().stream()
                .filter(String.class::isInstance)
                .toList();
        if (!environment
                .getGraphQlContext()
                .<Handled>computeIfAbsent(Handled.class, absent -> new Handled())
                .places()
                .add(place)) {
            complain(step.getObjectType().getName() + "."
                    + environment.getField().getName()
                    + " is handled for each object of a list: make it a row or a reference");
        }
    }

    /** The paths in a request, without list indexes, whose handlers were called. */
    private record Handled(Set<List<Object>> places) {
        Handled() {
            this(ConcurrentHashMap.newKeySet());
        }
    }

    private void complain(String problem) {
        if (strict) {
            throw new IllegalStateException(problem);
        }
        if (logged.add(problem)) {
            LOG.warn(problem);
        }
    }
}

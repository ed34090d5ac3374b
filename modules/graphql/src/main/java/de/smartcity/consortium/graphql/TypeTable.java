package de.smartcity.consortium.graphql;

import com.mongodb.client.model.Projections;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.mongo.DerivedPaths;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What a type of the schema shows: for each field its stored path, its reader and who sees it. Projection, data fetchers,
 * look-ahead, {@code hiddenFields} and the refusal to filter or order by hidden fields follow from it. A capability declares one as a bean for
 * each of its types; the service does not start while a field of the schema has no row, no {@link Reference} and no handler.
 *
 * <p>A row yields the field's value, or, if the field is a {@link Reference}, the key or keys of the objects that it refers to.
 */
public final class TypeTable<S> {

    private static final List<Viewpoint> GENERAL = List.of(Viewpoint.PUBLIC, Viewpoint.CONSORTIUM, Viewpoint.OFFICE);

    private final List<String> types;
    private final Class<S> source;
    private final @Nullable Function<S, DerivedFields> derived;
    private final List<Viewpoint> viewpoints;
    private final Map<String, Row<S>> rows;
    private final Map<String, Function<?, Set<Viewpoint>>> partsSeenBy;
    private final Set<String> components;
    private final List<String> alwaysRead;
    private final @Nullable Function<S, ?> key;

    private TypeTable(Builder<S> builder) {
        this.types = builder.types;
        this.source = builder.source;
        this.derived = builder.derived;
        this.viewpoints = builder.viewpoints;
        this.rows = Map.copyOf(builder.rows);
        this.partsSeenBy = Map.copyOf(builder.partsSeenBy);
        this.components = builder.components;
        this.alwaysRead = List.copyOf(builder.alwaysRead);
        this.key = builder.key;
    }

    /**
     * The table of a type whose objects have an audience.
     *
     * @param type the type's name in the schema
     * @param stored the stored record; components that the projection leaves out are null
     * @param derived the object's derived fields, its audience among them
     * @param relations the type's relations
     */
    public static <S> Builder<S> of(
            String type, Class<S> stored, Function<S, DerivedFields> derived, List<Viewpoint> relations) {
        var viewpoints = new ArrayList<>(GENERAL);
        viewpoints.addAll(relations);
        var builder = new Builder<>(List.of(type), stored, derived, viewpoints);
        builder.alwaysRead.add(DerivedPaths.AUDIENCE);
        return builder;
    }

    /**
     * The table of types whose objects are values inside others, or visible to everybody: its rows are the components of a record that the schema
     * has fields for, and everybody sees them.
     */
    public static <S extends Record> Builder<S> ofRecord(Class<S> record, String... types) {
        var builder = new Builder<>(List.of(types), record, null, GENERAL);
        for (var component : record.getRecordComponents()) {
            component.getAccessor().setAccessible(true);
            builder.row(
                    component.getName(),
                    List.of(component.getName()),
                    component.getType(),
                    Visible.REFERRED,
                    (stored, view) -> read(component, stored));
            if (component.getType() == LocalizedText.class) {
                builder.withTranslations();
            }
        }
        builder.components = Set.copyOf(builder.rows.keySet());
        return builder;
    }

    private static @Nullable Object read(RecordComponent component, Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** Declares the rows of a table, in any order. */
    public static final class Builder<S> {

        private final List<String> types;
        private final Class<S> source;
        private final @Nullable Function<S, DerivedFields> derived;
        private final List<Viewpoint> viewpoints;
        private final Map<String, Row<S>> rows = new LinkedHashMap<>();
        private final Set<String> alwaysRead = new LinkedHashSet<>();
        private final Map<String, Function<?, Set<Viewpoint>>> partsSeenBy = new HashMap<>();
        private Set<String> components = Set.of();
        private @Nullable Function<S, ?> key;
        private @Nullable Row<S> last;

        private Builder(
                List<String> types,
                Class<S> source,
                @Nullable Function<S, DerivedFields> derived,
                List<Viewpoint> viewpoints) {
            this.types = types;
            this.source = source;
            this.derived = derived;
            this.viewpoints = List.copyOf(viewpoints);
        }

        /** The object's key for its global id: a UUID or a text. */
        public Builder<S> key(Function<S, ?> key) {
            this.key = key;
            return this;
        }

        /** Paths that permissions need, read whatever is selected. */
        public Builder<S> alwaysRead(String... paths) {
            alwaysRead.addAll(List.of(paths));
            return this;
        }

        /** A field that is shown wherever a visible object refers to this one, even if the object is hidden. */
        public Builder<S> referred(String field, String path, Function<S, ? extends @Nullable Object> read) {
            return row(field, List.of(path), Object.class, Visible.REFERRED, (stored, view) -> read.apply(stored));
        }

        /** A field that everybody sees who may see the object; hidden if the object is only referred to. */
        public Builder<S> everybody(String field, String path, Function<S, ? extends @Nullable Object> read) {
            return seenBy(Set.copyOf(viewpoints), field, path, read);
        }

        /** A field that actors with one of these viewpoints see. */
        public Builder<S> seenBy(
                Set<Viewpoint> seenBy, String field, String path, Function<S, ? extends @Nullable Object> read) {
            return row(field, List.of(path), Object.class, from(seenBy), (stored, view) -> read.apply(stored));
        }

        /** A field that actors see to whom a permission applies; it may use only what is always read. */
        public Builder<S> seenIf(
                BiPredicate<S, Actor> permission,
                String field,
                String path,
                Function<S, ? extends @Nullable Object> read) {
            return row(
                    field,
                    List.of(path),
                    Object.class,
                    new Visible<>(false, 0, permission),
                    (stored, view) -> read.apply(stored));
        }

        /** A list of which each part has its own viewpoints, among those of the list. */
        public <P> Builder<S> parts(
                Set<Viewpoint> seenBy,
                String field,
                String path,
                Function<S, ? extends @Nullable List<P>> read,
                Function<P, Set<Viewpoint>> partSeenBy) {
            row(field, List.of(path), Object.class, from(seenBy), (stored, view) -> {
                var parts = read.apply(stored);
                return parts == null
                        ? null
                        : parts.stream()
                                .filter(part -> view != null && (mask(partSeenBy.apply(part)) & view.viewpoints()) != 0)
                                .toList();
            });
            partsSeenBy.put(field, partSeenBy);
            return this;
        }

        /**
         * A list of objects that are stored inside this one and have an audience and a table of their own. It shows those that the actor may see, as
         * it sees them; the others are left out.
         *
         * @param seenBy who sees anything of the list
         * @param paths what the objects are read from, with all that their table shows: the paths of its rows are not read by themselves
         * @param table the objects' table, declared as a bean too
         */
        public <P> Builder<S> views(
                Set<Viewpoint> seenBy,
                String field,
                List<String> paths,
                Function<S, ? extends @Nullable List<P>> read,
                TypeTable<P> table) {
            demandAudiences(field, table);
            return row(field, paths, Object.class, from(seenBy), (stored, view) -> {
                var objects = read.apply(stored);
                return objects == null
                        ? null
                        : table.shownTo(Objects.requireNonNull(view).actor(), objects);
            });
        }

        /**
         * One object that is stored inside this one and has an audience and a table of its own, such as the one of several that concerns the actor;
         * null if the actor may not see it.
         *
         * @param paths what the object is read from, as for {@link #views}
         */
        public <P> Builder<S> view(
                Set<Viewpoint> seenBy,
                String field,
                List<String> paths,
                BiFunction<S, Actor, ? extends @Nullable P> read,
                TypeTable<P> table) {
            demandAudiences(field, table);
            return row(field, paths, Object.class, from(seenBy), (stored, view) -> {
                var actor = Objects.requireNonNull(view).actor();
                P object = read.apply(stored, actor);
                return object == null
                        ? null
                        : table.shownTo(actor, List.of(object)).stream()
                                .findFirst()
                                .orElse(null);
            });
        }

        private void demandAudiences(String field, TypeTable<?> inside) {
            if (derived == null || !inside.hasAudience()) {
                throw new IllegalArgumentException(
                        types + "." + field
                                + " shows objects with an audience inside one with an audience; without them it is a plain row");
            }
        }

        /**
         * A field for everybody who may see the object, computed from stored paths and the actor: what of it the actor sees is decided by the function.
         * Hidden if the object is only referred to.
         */
        public Builder<S> computed(
                String field, List<String> paths, BiFunction<S, Actor, ? extends @Nullable Object> compute) {
            return row(
                    field,
                    paths,
                    Object.class,
                    from(Set.copyOf(viewpoints)),
                    (stored, view) -> view == null ? null : compute.apply(stored, view.actor()));
        }

        /** A field that everybody sees, computed from what is always read and the actor. */
        public Builder<S> computed(String field, BiFunction<S, Actor, ?> compute) {
            return row(
                    field,
                    List.of(),
                    Object.class,
                    Visible.REFERRED,
                    (stored, view) -> view == null ? null : compute.apply(stored, view.actor()));
        }

        /** Adds a row for the previous row's text with the suffix {@code Translations}. */
        public Builder<S> withTranslations() {
            var row = last;
            if (row == null) {
                throw new IllegalStateException("There is no row before");
            }
            return row(row.field() + "Translations", row.paths(), row.type(), row.visible(), row.reader());
        }

        /** Builds the table. */
        public TypeTable<S> build() {
            return new TypeTable<>(this);
        }

        private Visible<S> from(Set<Viewpoint> seenBy) {
            return new Visible<>(false, mask(seenBy), null);
        }

        private int mask(Set<Viewpoint> seenBy) {
            var mask = 0;
            for (var viewpoint : seenBy) {
                var index = viewpoints.indexOf(viewpoint);
                if (index < 0) {
                    throw new IllegalArgumentException(types + " does not declare the relation " + viewpoint.name());
                }
                mask |= 1 << index;
            }
            return mask;
        }

        private Builder<S> row(
                String field, List<String> paths, Class<?> type, Visible<? super S> visible, Reader<S> reader) {
            var row = new Row<>(field, paths, type, visible, reader, derived != null);
            last = row;
            if (rows.put(field, row) != null) {
                throw new IllegalArgumentException(types + " declares " + field + " twice");
            }
            return this;
        }
    }

    private interface Reader<S> {
        /** @param view null for a record inside another object */
        @Nullable
        Object read(S stored, @Nullable View<S> view);
    }

    /** Who sees a field: everybody, actors with one of some viewpoints, or actors to whom a permission applies. */
    private record Visible<S>(
            boolean referred, int viewpoints, @Nullable BiPredicate<S, Actor> permission) {

        static final Visible<Object> REFERRED = new Visible<>(true, 0, null);

        boolean to(View<? extends S> view) {
            return referred
                    || (permission == null
                            ? (viewpoints & view.viewpoints()) != 0
                            : view.viewpoints() != 0 && permission.test(view.stored(), view.actor()));
        }
    }

    /**
     * One field of the type.
     *
     * @param field its name in the schema
     * @param paths its stored paths
     * @param type the type of its values, if known
     * @param onlyOfViews whether objects have an audience
     */
    record Row<S>(
            String field,
            List<String> paths,
            Class<?> type,
            Visible<? super S> visible,
            Reader<S> reader,
            boolean onlyOfViews) {

        /** The field's value for an actor; null if hidden. */
        @SuppressWarnings("unchecked")
        @Nullable
        Object of(Object object) {
            if (object instanceof View<?> any) {
                var view = (View<S>) any;
                return visible.to(view) ? reader.read(view.stored(), view) : null;
            }
            if (onlyOfViews) {
                throw noView(object);
            }
            return reader.read((S) object, null);
        }

        boolean canBeHidden() {
            return !visible.referred();
        }
    }

    /** The types that it is the table of, by their names in the schema. */
    public List<String> types() {
        return types;
    }

    Class<S> source() {
        return source;
    }

    Map<String, Row<S>> rows() {
        return rows;
    }

    /** The rows that must have a field in the schema; a record may have more components than its type shows. */
    Set<String> declaredRows() {
        var declared = new LinkedHashSet<>(rows.keySet());
        declared.removeAll(components);
        return declared;
    }

    /** A stored record must not get past its table. */
    private static IllegalStateException noView(Object object) {
        return new IllegalStateException(object.getClass().getSimpleName() + " has an audience, but is not a view");
    }

    /** Whether objects have an audience, so that fields can be hidden. */
    boolean hasAudience() {
        return derived != null;
    }

    /** Whether it has stored fields for references to hidden objects. */
    boolean hasReferredRows() {
        return rows.values().stream()
                .anyMatch(row -> !row.canBeHidden() && !row.paths().isEmpty());
    }

    boolean hasKey() {
        return key != null;
    }

    Object keyOf(S stored) {
        if (key == null) {
            throw new IllegalStateException(types + " declares no key");
        }
        return key.apply(stored);
    }

    /** The key of a source of this type's fields. */
    Object keyOfSource(Object source) {
        if (source instanceof View<?> view) {
            return view.key();
        }
        if (hasAudience()) {
            throw noView(source);
        }
        return keyOf(this.source.cast(source));
    }

    /** The actor's tokens for objects of this type. */
    public Map<String, Viewpoint> tokens(Actor actor) {
        return actor.tokens(viewpoints.subList(GENERAL.size(), viewpoints.size()));
    }

    /** @throws IllegalArgumentException for a field without a row */
    Row<S> row(String field) {
        var row = rows.get(field);
        if (row == null) {
            throw new IllegalArgumentException(types + "." + field + " has no row");
        }
        return row;
    }

    /** The viewpoint of a token of an audience. @throws IllegalArgumentException for a relation that the table does not declare */
    public Viewpoint viewpointOf(String token) {
        return viewpoints.stream()
                .filter(viewpoint -> viewpoint.isOf(token))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(types + " declares no viewpoint of " + token));
    }

    /** Whether there is a row for the field, and viewpoints decide who sees it. */
    public boolean isSeenByViewpoints(String field) {
        var row = rows.get(field);
        return row != null && row.visible().permission() == null;
    }

    /** Whether the field is a list of which each part has viewpoints of its own. */
    public boolean hasParts(String field) {
        return partsSeenBy.containsKey(field);
    }

    /** The viewpoints that see one of these parts of a field. */
    @SuppressWarnings("unchecked")
    public Set<Viewpoint> seenFrom(String field, Collection<?> parts) {
        var seen = new LinkedHashSet<Viewpoint>();
        var partSeenBy = (Function<Object, Set<Viewpoint>>) partsSeenBy.get(field);
        if (partSeenBy != null) {
            parts.forEach(part -> seen.addAll(partSeenBy.apply(part)));
            seen.retainAll(seenFrom(field));
        }
        return seen;
    }

    /** The viewpoints that see a field. @throws IllegalArgumentException for a field whose visibility a permission decides */
    public Set<Viewpoint> seenFrom(String field) {
        var row = row(field);
        if (row.visible().permission() != null) {
            throw new IllegalArgumentException(types + "." + field + " is not decided by viewpoints");
        }
        var seen = new LinkedHashSet<Viewpoint>();
        for (var index = 0; index < viewpoints.size(); index++) {
            if (row.visible().referred() || (row.visible().viewpoints() & 1 << index) != 0) {
                seen.add(viewpoints.get(index));
            }
        }
        return seen;
    }

    DerivedFields derived(S stored) {
        return Optional.ofNullable(derived).orElseThrow().apply(stored);
    }

    /** Those of these objects that the actor may see, as it sees them; for a reference to objects that are stored inside others. */
    public List<View<S>> shownTo(Actor actor, List<S> objects) {
        return objects.stream()
                .map(viewsOf(actor))
                .filter(view -> !view.isOnlyReferred())
                .toList();
    }

    /** Makes views for an actor. */
    Function<S, View<S>> viewsOf(Actor actor) {
        var tokens = tokens(actor);
        var bits = new LinkedHashMap<String, Integer>();
        tokens.forEach((token, viewpoint) -> bits.put(token, 1 << viewpoints.indexOf(viewpoint)));
        return stored -> {
            var seen = 0;
            for (var token : derived(stored).audience().tokens()) {
                seen |= bits.getOrDefault(token, 0);
            }
            return new View<>(this, stored, actor, seen);
        };
    }

    /**
     * The projection for a selection.
     *
     * @param also additional paths
     */
    public Bson projection(Selection selection, Collection<String> also) {
        var paths = new LinkedHashSet<>(alwaysRead);
        paths.addAll(also);
        for (var name : selection.names()) {
            var row = rows.get(name);
            if (row != null) {
                paths.addAll(row.paths());
            }
        }
        // MongoDB refuses to project a path together with one inside it.
        return Projections.include(
                paths.stream().filter(path -> !isInside(path, paths)).toList());
    }

    private static boolean isInside(String path, Set<String> others) {
        for (var end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1)) {
            if (others.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** @param extensions fields that other modules add; hidden if the object is */
    List<String> hiddenFields(View<S> view, Collection<String> extensions) {
        return Stream.concat(
                        rows.values().stream()
                                .filter(row -> !row.visible().to(view))
                                .map(Row::field),
                        view.isOnlyReferred() ? extensions.stream() : Stream.of())
                .sorted()
                .toList();
    }
}

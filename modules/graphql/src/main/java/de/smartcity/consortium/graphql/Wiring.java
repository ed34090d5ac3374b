package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.Answer.Refused;
import graphql.TrivialDataFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLImplementingType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives each field its data fetcher when the schema is built: the row of its type's table, a reference, or the method of a
 * controller, wrapped in what all capabilities share.
 */
final class Wiring extends GraphQLTypeVisitorStub {

    /** Marks root fields that are answered even if no organisation acts. */
    static final String WITHOUT_ORGANISATION = "answeredWithoutOrganisation";

    private static final Set<String> ROOTS = Set.of("Query", "Mutation", "Subscription");

    private final TypeTables tables;
    private final Map<String, Map<String, Reference<?, ?>>> references = new HashMap<>();
    private final LookAhead ahead;
    private final Texts texts;
    private final Set<String> met = new TreeSet<>();
    private final Set<String> problems = new TreeSet<>();

    Wiring(TypeTables tables, List<Reference<?, ?>> references, Texts texts, boolean strict) {
        this.tables = tables;
        this.texts = texts;
        this.ahead = new LookAhead(tables::typeOf, strict);
        for (var reference : references) {
            for (var type : reference.types()) {
                if (this.references
                                .computeIfAbsent(type, absent -> new HashMap<>())
                                .put(reference.field(), reference)
                        != null) {
                    throw new IllegalStateException(type + "." + reference.field() + " has two references");
                }
            }
        }
    }

    @Override
    public TraversalControl visitGraphQLFieldDefinition(
            GraphQLFieldDefinition field, TraverserContext<GraphQLSchemaElement> context) {
        GraphQLCodeRegistry.Builder registry = context.getVarFromParents(GraphQLCodeRegistry.Builder.class);
        if (context.getParentNode() instanceof GraphQLObjectType parent
                && !parent.getName().startsWith("__")) {
            met.add(parent.getName() + "." + field.getName());
            var at = FieldCoordinates.coordinates(parent, field);
            DataFetcher<?> present = registry.getDataFetcher(at, field);
            var fetcher = fetcher(parent, field, present);
            if (fetcher != present) {
                registry.dataFetcher(at, fetcher);
            }
        }
        return TraversalControl.CONTINUE;
    }

    /** @throws IllegalStateException if a field of the schema has no data fetcher, or a row or reference has no field */
    void demandComplete() {
        tables.byType().forEach((type, table) -> table.declaredRows().forEach(row -> demandMet(type, row, "The row")));
        references.forEach((type, some) -> some.keySet().forEach(field -> demandMet(type, field, "The reference")));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems));
        }
    }

    private void demandMet(String type, String field, String what) {
        if (!met.contains(type + "." + field)) {
            problems.add(what + " " + type + "." + field + " has no field in the schema");
        }
    }

    private DataFetcher<?> fetcher(GraphQLObjectType parent, GraphQLFieldDefinition field, DataFetcher<?> present) {
        var type = parent.getName();
        var name = field.getName();
        var reader = tables.reader(type, name);
        var reference = references.getOrDefault(type, Map.of()).get(name);
        if (reference != null) {
            if (nameOf(field.getType()).endsWith("Connection")) {
                demandNoTotal(type, field);
            } else {
                demandNullableIfHidden(type, field);
            }
            return reference(type, field, reference, reader);
        }
        if (!isDefault(present)) {
            return ROOTS.contains(type)
                    ? new Answer(
                            present,
                            ahead,
                            type.equals("Mutation"),
                            !field.hasAppliedDirective(WITHOUT_ORGANISATION),
                            false)
                    : new Answer(present, ahead, false, false, true);
        }
        if (name.equals("id") && isNode(parent)) {
            return nodeId(type);
        }
        if (reader != null) {
            demandNullableIfHidden(type, field);
            ahead.value(
                    type,
                    name,
                    nameOf(field.getType()),
                    source -> source instanceof Refused ? null : reader.apply(source));
            return parent.getFieldDefinition("userErrors") == null
                    ? shown(field, reader)
                    : new OfPayload(shown(field, reader));
        }
        var shared = shared(parent, field);
        if (shared != null) {
            return shared;
        }
        problems.add(type + "." + name + " has no row in a table, no reference and no handler");
        return present;
    }

    private static boolean isDefault(DataFetcher<?> fetcher) {
        return fetcher instanceof TrivialDataFetcher
                || fetcher.getClass().getPackageName().startsWith("graphql.");
    }

    /** Several pages are loaded at once, without counting what is behind each. */
    private void demandNoTotal(String type, GraphQLFieldDefinition field) {
        if (((GraphQLObjectType) GraphQLTypeUtil.unwrapAll(field.getType())).getFieldDefinition("totalCount") != null) {
            problems.add(type + "." + field.getName()
                    + " is a list below an object, so its connection must be of a type without totalCount");
        }
    }

    private void demandNullableIfHidden(String type, GraphQLFieldDefinition field) {
        var table = tables.find(type);
        var row = tables.row(type, field.getName());
        var canBeHidden = row == null ? table != null && table.hasAudience() : row.canBeHidden();
        if (canBeHidden && GraphQLTypeUtil.isNonNull(field.getType()) && !isList(field)) {
            problems.add(type + "." + field.getName() + " can be hidden, so it must be nullable or a list");
        }
    }

    private DataFetcher<?> reference(
            String type,
            GraphQLFieldDefinition field,
            Reference<?, ?> reference,
            @Nullable Function<Object, @Nullable Object> row) {
        var keys = keys(type, reference, row);
        if (keys == null) {
            problems.add(type + "." + field.getName() + " is a reference whose keys no row yields");
            return source -> null;
        }
        var below = nameOf(field.getType());
        return ahead.reference(
                type,
                field.getName(),
                below,
                reference,
                source -> source instanceof Refused refused
                        ? refused.keys(keyType(type, field.getName()))
                        : keys.apply(source),
                isList(field) ? List.of() : below.endsWith("Connection") ? Connection.empty() : null,
                isList(field));
    }

    private @Nullable Function<Object, Collection<?>> keys(
            String type, Reference<?, ?> reference, @Nullable Function<Object, @Nullable Object> row) {
        var table = tables.find(type);
        var typed = reference.typed();
        if (typed != null && table != null) {
            return source -> source instanceof View<?> view && view.isOnlyReferred()
                    ? List.of()
                    : List.of(typed.apply(table.keyOfSource(source)));
        }
        return row == null ? null : source -> many(row.apply(source));
    }

    private Class<?> keyType(String type, String field) {
        var row = tables.row(type, field);
        return row == null ? Void.class : row.type();
    }

    private static Collection<?> many(@Nullable Object value) {
        return value instanceof Collection<?> some ? some : value == null ? List.of() : List.of(value);
    }

    private DataFetcher<?> shown(GraphQLFieldDefinition field, Function<Object, @Nullable Object> reader) {
        if (field.getArgument("locale") != null) {
            return texts.inOneLanguage(reader);
        }
        if (nameOf(field.getType()).equals("Translation")) {
            return texts.inAllLanguages(reader);
        }
        var isScalar = GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLScalarType;
        return isList(field) ? new ListValue(reader, isScalar) : new Value(reader, isScalar);
    }

    private @Nullable DataFetcher<?> shared(GraphQLFieldsContainer parent, GraphQLFieldDefinition field) {
        var table = tables.find(parent.getName());
        var isConnection = parent.getName().endsWith("Connection");
        return switch (field.getName()) {
            case "userErrors" -> nameOf(field.getType()).equals("UserError") ? new UserErrors() : null;
            case "hiddenFields" ->
                table == null || !table.hasAudience() ? null : new HiddenFields(extensions(parent.getName()));
            case "totalCount" ->
                isConnection
                        ? (TrivialDataFetcher<?>) environment ->
                                ((Connection<?>) source(environment)).total().upToLimit(environment.getGraphQlContext())
                        : null;
            case "totalCountIsExact" ->
                isConnection
                        ? (TrivialDataFetcher<?>) environment ->
                                ((Connection<?>) source(environment)).total().isExact(environment.getGraphQlContext())
                        : null;
            default -> null;
        };
    }

    private DataFetcher<?> nodeId(String type) {
        var table = tables.find(type);
        if (table == null) {
            problems.add(type + " is a Node and has no table");
            return source -> null;
        }
        if (!table.hasKey()) {
            problems.add(type + " is a Node and its table declares no key");
        }
        return new NodeId(type, table);
    }

    private static boolean isNode(GraphQLFieldsContainer type) {
        return type instanceof GraphQLImplementingType implementing
                && implementing.getInterfaces().stream()
                        .anyMatch(face -> face.getName().equals("Node"));
    }

    private static boolean isList(GraphQLFieldDefinition field) {
        return GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(field.getType()));
    }

    private static String nameOf(GraphQLType type) {
        return ((GraphQLNamedType) GraphQLTypeUtil.unwrapAll(type)).getName();
    }

    private static Object source(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.<Object>getSource());
    }

    private List<String> extensions(String type) {
        return references.getOrDefault(type, Map.of()).values().stream()
                .filter(reference -> reference.typed() != null)
                .map(Reference::field)
                .toList();
    }

    private record HiddenFields(List<String> extensions) implements SourceFetcher {
        @Override
        public Object of(Object source) {
            return ((View<?>) source).hiddenFields(extensions);
        }
    }

    private record UserErrors() implements SourceFetcher {
        @Override
        public Object of(Object source) {
            return source instanceof Refused refused ? refused.userErrors() : List.of();
        }
    }

    private record NodeId(String type, TypeTable<?> table) implements SourceFetcher {
        @Override
        public Object of(Object source) {
            return new GlobalId(type, table.keyOfSource(source)).text();
        }
    }

    /** A field of a payload; null if the change was refused. */
    private record OfPayload(DataFetcher<?> shown) implements TrivialDataFetcher<Object> {
        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            return environment.getSource() instanceof Refused ? null : shown.get(environment);
        }
    }

    private record ListValue(Function<Object, @Nullable Object> reader, boolean scalar) implements SourceFetcher {
        @Override
        public Object of(Object source) {
            var value = reader.apply(source);
            if (scalar && value instanceof Collection<?> many) {
                return many.stream().map(Value::unwrapped).toList();
            }
            return value == null ? List.of() : value;
        }
    }

    private record Value(Function<Object, @Nullable Object> reader, boolean scalar) implements SourceFetcher {
        @Override
        public @Nullable Object of(Object source) {
            var value = reader.apply(source);
            return scalar ? unwrapped(value) : value;
        }

        static @Nullable Object unwrapped(@Nullable Object value) {
            return value instanceof Record wrapper ? SingleComponent.of(wrapper) : value;
        }
    }
}

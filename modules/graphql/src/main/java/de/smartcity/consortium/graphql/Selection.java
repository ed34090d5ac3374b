package de.smartcity.consortium.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.execution.CoercedVariables;
import graphql.execution.ValuesResolver;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.DirectivesContainer;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Node;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition.Operation;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import graphql.schema.GraphQLUnmodifiedType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields that a client selects below some place of its query, as a tree. */
public final class Selection {

    /** Nothing is selected. */
    public static final Selection NONE = new Selection(Map.of());

    private final Map<String, List<Selected>> fields;

    private Selection(Map<String, List<Selected>> fields) {
        this.fields = fields;
    }

    /**
     * One selected field; the same field may be selected several times, with other arguments under other aliases.
     *
     * @param onTypes the object types to which fragments restrict it; null for all
     */
    record Selected(@Nullable Set<String> onTypes, Map<String, Object> arguments, Selection below) {

        boolean isOf(String type) {
            return onTypes == null || onTypes.contains(type);
        }
    }

    /** The selection below the field that is being fetched; computed once for each field of a request. */
    static Selection of(DataFetchingEnvironment environment) {
        return OfRequest.in(environment).of(environment);
    }

    /**
     * The selection below the field that is being fetched; for a field of the query the union with those of all that have the same name and
     * arguments, which are answered from one reading.
     */
    static Selection ofEqualFields(DataFetchingEnvironment environment) {
        return OfRequest.in(environment).ofEqualFields(environment);
    }

    /** Selections without variables, by the field of the parsed document, as long as that is cached. */
    private static final Cache<Field, Constant> CONSTANT =
            Caffeine.newBuilder().weakKeys().maximumSize(10_000).build();

    private record Constant(GraphQLOutputType type, Selection selection) {}

    private static final class OfRequest {

        private final Map<Place, Selection> known = new HashMap<>();
        private @Nullable Selection roots;

        static OfRequest in(DataFetchingEnvironment environment) {
            return environment.getGraphQlContext().computeIfAbsent(OfRequest.class, absent -> new OfRequest());
        }

        synchronized Selection of(DataFetchingEnvironment environment) {
            // The engine merges the fields again for each object of a list.
            return known.computeIfAbsent(
                    new Place(environment.getMergedField().getFields(), environment.getFieldType()),
                    place -> below(place, environment));
        }

        synchronized Selection ofEqualFields(DataFetchingEnvironment environment) {
            var operation = environment.getOperationDefinition();
            if (environment.getExecutionStepInfo().getPath().getLevel() > 1
                    || operation.getOperation() != Operation.QUERY
                    || operation.getSelectionSet().getSelections().size() == 1) {
                return of(environment);
            }
            if (roots == null) {
                roots = new Collector(environment).ofQuery();
            }
            var all = NONE;
            for (var selected : roots.fields.getOrDefault(environment.getField().getName(), List.of())) {
                if (selected.arguments().equals(environment.getArguments())) {
                    all = all.and(selected.below());
                }
            }
            return all;
        }

        private static Selection below(Place place, DataFetchingEnvironment environment) {
            var field = place.fields().getFirst();
            var constant = CONSTANT.getIfPresent(field);
            if (place.fields().size() == 1
                    && constant != null
                    && constant.type().equals(place.type())) {
                return constant.selection();
            }
            var collector = new Collector(environment);
            var selection = collector.below(place.fields());
            if (place.fields().size() == 1 && !collector.metVariables) {
                CONSTANT.put(field, new Constant(place.type(), selection));
            }
            return selection;
        }

        private record Place(List<Field> fields, GraphQLOutputType type) {}
    }

    /** The names of the selected fields. */
    public Set<String> names() {
        return fields.keySet();
    }

    /** The merged selections below a field. */
    public Selection below(String field) {
        var selected = fields.getOrDefault(field, List.of());
        var all = NONE;
        for (var one : selected) {
            all = all.and(one.below());
        }
        return all;
    }

    /** The selection of a connection's objects, through {@code nodes} and {@code edges}. */
    public Selection ofNodes() {
        return below("nodes").and(below("edges").below("node"));
    }

    Map<String, List<Selected>> fields() {
        return fields;
    }

    /** The union of both. */
    Selection and(Selection other) {
        if (fields.isEmpty()) {
            return other;
        }
        if (other.fields.isEmpty() || other.equals(this)) {
            return this;
        }
        var both = new HashMap<>(fields);
        other.fields.forEach((name, selected) -> both.merge(name, selected, (ours, theirs) -> {
            var merged = new ArrayList<>(ours);
            theirs.stream().filter(one -> !ours.contains(one)).forEach(merged::add);
            return merged;
        }));
        return new Selection(both);
    }

    /** Whether any of these fields is selected at any depth. */
    boolean mentions(Set<String> names) {
        for (var field : fields.entrySet()) {
            if (names.contains(field.getKey())) {
                return true;
            }
            for (var selected : field.getValue()) {
                if (selected.below().mentions(names)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selection selection && fields.equals(selection.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /**
     * Walks the document. The engine's own selection set first normalises the whole operation, which takes longer than executing a small
     * query.
     */
    private static final class Collector {

        private final DataFetchingEnvironment environment;
        private boolean metVariables;

        Collector(DataFetchingEnvironment environment) {
            this.environment = environment;
        }

        Selection below(List<Field> same) {
            var type = GraphQLTypeUtil.unwrapAll(environment.getFieldType());
            var fields = new LinkedHashMap<String, List<Selected>>();
            same.forEach(field -> collect(type, null, field.getSelectionSet(), fields));
            return fields.isEmpty() ? NONE : new Selection(fields);
        }

        Selection ofQuery() {
            var fields = new LinkedHashMap<String, List<Selected>>();
            collect(
                    environment.getGraphQLSchema().getQueryType(),
                    null,
                    environment.getOperationDefinition().getSelectionSet(),
                    fields);
            return new Selection(fields);
        }

        private void collect(
                GraphQLUnmodifiedType type,
                @Nullable Set<String> onTypes,
                @Nullable SelectionSet selections,
                Map<String, List<Selected>> into) {
            if (selections == null) {
                return;
            }
            for (Node<?> selection : selections.getChildren()) {
                if (!(selection instanceof DirectivesContainer<?> conditional) || !isIncluded(conditional)) {
                    continue;
                }
                switch (selection) {
                    case Field field -> add(type, onTypes, field, into);
                    case InlineFragment fragment ->
                        fragment(type, onTypes, fragment.getTypeCondition(), fragment.getSelectionSet(), into);
                    case FragmentSpread spread -> {
                        // Validation has checked that it exists.
                        FragmentDefinition fragment = Objects.requireNonNull(
                                environment.getFragmentsByName().get(spread.getName()));
                        fragment(type, onTypes, fragment.getTypeCondition(), fragment.getSelectionSet(), into);
                    }
                    default -> {
                        // There is no other type of selection.
                    }
                }
            }
        }

        private void fragment(
                GraphQLUnmodifiedType type,
                @Nullable Set<String> onTypes,
                @Nullable TypeName condition,
                SelectionSet selections,
                Map<String, List<Selected>> into) {
            var narrowed = condition == null
                    ? type
                    : (GraphQLUnmodifiedType) Objects.requireNonNull(
                            environment.getGraphQLSchema().getType(condition.getName()));
            var possible = new LinkedHashSet<>(onTypes == null ? objects(type) : onTypes);
            if (possible.retainAll(objects(narrowed))) {
                if (!possible.isEmpty()) {
                    collect(narrowed, possible, selections, into);
                }
            } else {
                collect(narrowed, onTypes, selections, into);
            }
        }

        private Set<String> objects(GraphQLUnmodifiedType type) {
            return switch (type) {
                case GraphQLInterfaceType face ->
                    names(environment.getGraphQLSchema().getImplementations(face));
                case GraphQLUnionType union -> names(union.getTypes());
                default -> Set.of(type.getName());
            };
        }

        private static Set<String> names(List<? extends GraphQLNamedType> types) {
            return types.stream().map(GraphQLNamedType::getName).collect(Collectors.toSet());
        }

        private void add(
                GraphQLUnmodifiedType type,
                @Nullable Set<String> onTypes,
                Field field,
                Map<String, List<Selected>> into) {
            // Many clients select the type's name of every object, which needs no data.
            if (field.getName().startsWith("__") || !(type instanceof GraphQLFieldsContainer container)) {
                return;
            }
            var definition = container.getFieldDefinition(field.getName());
            metVariables |= field.getArguments().stream().anyMatch(argument -> hasVariable(argument.getValue()));
            Map<String, Object> arguments = definition.getArguments().isEmpty()
                    ? Map.of()
                    : ValuesResolver.getArgumentValues(
                            environment.getGraphQLSchema().getCodeRegistry(),
                            definition.getArguments(),
                            field.getArguments(),
                            CoercedVariables.of(environment.getVariables()),
                            environment.getGraphQlContext(),
                            environment.getLocale());
            var below = new LinkedHashMap<String, List<Selected>>();
            collect(GraphQLTypeUtil.unwrapAll(definition.getType()), null, field.getSelectionSet(), below);
            into.computeIfAbsent(field.getName(), name -> new ArrayList<>(1))
                    .add(new Selected(onTypes, arguments, below.isEmpty() ? NONE : new Selection(below)));
        }

        private boolean isIncluded(DirectivesContainer<?> selection) {
            return condition(selection, "include", true) && !condition(selection, "skip", false);
        }

        private boolean condition(DirectivesContainer<?> selection, String directive, boolean otherwise) {
            var directives = selection.getDirectives(directive);
            if (directives.isEmpty()) {
                return otherwise;
            }
            return switch (directives.getFirst().getArgument("if").getValue()) {
                case BooleanValue literal -> literal.isValue();
                case VariableReference variable -> {
                    metVariables = true;
                    yield Boolean.TRUE.equals(environment.getVariables().get(variable.getName()));
                }
                default -> otherwise;
            };
        }

        private static boolean hasVariable(Value<?> value) {
            return switch (value) {
                case VariableReference variable -> true;
                case ArrayValue array -> array.getValues().stream().anyMatch(Collector::hasVariable);
                case ObjectValue object ->
                    object.getObjectFields().stream().anyMatch(field -> hasVariable(field.getValue()));
                default -> false;
            };
        }
    }
}

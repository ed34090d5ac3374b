package de.smartcity.consortium.graphql;

import graphql.introspection.Introspection;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cost of an operation: how many results its answer can have, by its variables. Each field counts 1 for each object that it is answered
 * for. A page has as many objects as it asks for, another list its bound, {@code nodes} its ids; a total counts {@value #TOTAL}, since up to
 * 10,000 objects are counted for it. What {@code @skip} and {@code @include} leave out counts, too. Introspection counts without its lists, of which
 * the engine allows each only once.
 *
 * @param fixed what does not depend on variables
 * @param repeated what does, or is below it
 */
record Cost(long fixed, List<Repeated> repeated) {

    private static final int TOTAL = 100;
    /** The directive of fields that cost more than others. */
    private static final String WEIGHT = "weight";

    private static final Set<String> TOTALS = Set.of("totalCount", "totalCountIsExact", "taskCount");
    private static final Cost NOTHING = new Cost(0, List.of());
    private static final Cost ONE = new Cost(1, List.of());

    /** A cost for each object of a list. */
    record Repeated(Times times, Cost each) {}

    /** How many objects a list has at most. */
    @FunctionalInterface
    interface Times {

        Times ONCE = of(1);

        static Times of(long constant) {
            return new Constant(constant);
        }

        /** @throws BadRequest for an impossible page */
        long of(Map<String, ?> variables);

        /** A bound that does not depend on variables. */
        record Constant(long value) implements Times {
            @Override
            public long of(Map<String, ?> variables) {
                return value;
            }
        }
    }

    /** The cost with these variables. @throws BadRequest for a page that no list has */
    long of(Map<String, ?> variables) {
        var total = fixed;
        for (var one : repeated) {
            total = sum(total, product(one.times().of(variables), one.each().of(variables)));
        }
        return total;
    }

    private Cost and(Cost other) {
        if (other.repeated.isEmpty()) {
            return new Cost(sum(fixed, other.fixed), repeated);
        }
        var both = new ArrayList<>(repeated);
        both.addAll(other.repeated);
        return new Cost(sum(fixed, other.fixed), both);
    }

    private Cost times(Times times) {
        if (times.equals(Times.ONCE) || this.equals(NOTHING)) {
            return this;
        }
        if (times instanceof Times.Constant && repeated.isEmpty()) {
            return new Cost(product(times.of(Map.of()), fixed), List.of());
        }
        return new Cost(0, List.of(new Repeated(times, this)));
    }

    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static long product(long one, long other) {
        return other != 0 && one > Long.MAX_VALUE / other ? Long.MAX_VALUE : one * other;
    }

    /** The cost of an operation of a valid document. @throws BadRequest for a page that no list has */
    static Cost of(GraphQLSchema schema, Document document, OperationDefinition operation) {
        return new Counting(schema, document, operation)
                .of(
                        operation.getSelectionSet(),
                        Objects.requireNonNull(ArgumentValues.root(schema, operation)),
                        new Place(Times.ONCE, null, null));
    }

    /**
     * Where a selection is.
     *
     * @param page how many objects there are, where the selection is of a page of a list
     * @param field whose selection it is
     * @param outer where that field is
     */
    private record Place(
            Times page, @Nullable Field field, @Nullable Place outer) {}

    private static final class Counting {

        private final GraphQLSchema schema;
        private final Map<String, FragmentDefinition> fragments;
        /** Of the variables. */
        private final Map<String, Value<?>> defaults;

        Counting(GraphQLSchema schema, Document document, OperationDefinition operation) {
            this.schema = schema;
            this.fragments = document.getDefinitionsOfType(FragmentDefinition.class).stream()
                    .collect(Collectors.toMap(FragmentDefinition::getName, fragment -> fragment));
            this.defaults = operation.getVariableDefinitions().stream()
                    .filter(variable -> variable.getDefaultValue() != null)
                    .collect(Collectors.toMap(variable -> variable.getName(), variable -> variable.getDefaultValue()));
        }

        Cost of(@Nullable SelectionSet selections, GraphQLNamedType parent, Place place) {
            var cost = NOTHING;
            if (selections == null) {
                return cost;
            }
            for (Selection<?> selection : selections.getSelections()) {
                cost = cost.and(
                        switch (selection) {
                            case Field field -> of(field, parent, place);
                            case InlineFragment inline -> {
                                var condition = inline.getTypeCondition();
                                yield of(
                                        inline.getSelectionSet(),
                                        condition == null ? parent : type(condition.getName()),
                                        place);
                            }
                            case FragmentSpread spread -> {
                                var fragment = Objects.requireNonNull(fragments.get(spread.getName()));
                                yield of(
                                        fragment.getSelectionSet(),
                                        type(fragment.getTypeCondition().getName()),
                                        place);
                            }
                            default -> throw new IllegalStateException("Selections are fields and fragments");
                        });
            }
            return cost;
        }

        private GraphQLNamedType type(String name) {
            return (GraphQLNamedType) Objects.requireNonNull(schema.getType(name));
        }

        private Cost of(Field field, GraphQLNamedType parent, Place place) {
            if (!(parent instanceof GraphQLFieldsContainer container)
                    || field.getName().equals("__typename")) {
                return ONE;
            }
            var definition = Introspection.getFieldDefinition(schema, container, field.getName());
            var below = (GraphQLNamedType) GraphQLTypeUtil.unwrapAll(definition.getType());
            var selected = below instanceof GraphQLCompositeType
                    ? of(
                            field.getSelectionSet(),
                            below,
                            new Place(isPage(below) ? page(field) : Times.ONCE, field, place))
                    : NOTHING;
            return own(definition).and(selected).times(times(field, definition, parent, place));
        }

        private static Cost own(GraphQLFieldDefinition definition) {
            if (TOTALS.contains(definition.getName())) {
                return new Cost(TOTAL, List.of());
            }
            var weight = definition.getAppliedDirective(WEIGHT);
            return weight == null ? ONE : new Cost(weight.getArgument("of").<Integer>getValue(), List.of());
        }

        private Times times(Field field, GraphQLFieldDefinition definition, GraphQLNamedType parent, Place place) {
            if (!GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()))
                    || parent.getName().startsWith("__")) {
                return Times.ONCE;
            }
            if (isPage(parent)) {
                return place.page();
            }
            var most = AtMost.of(definition);
            return most.entriesOf() == null
                    ? Times.of(most.entries())
                    : entries(value(field, place, most.entriesOf()), most.entries());
        }

        /** The argument of the field or of the nearest one around it that has it. */
        private static @Nullable Value<?> value(Field field, @Nullable Place place, String argument) {
            var value = value(field, argument);
            for (var around = place;
                    value == null && around != null && around.field() != null;
                    around = around.outer()) {
                value = value(around.field(), argument);
            }
            return value;
        }

        /** Relay reserves such names for pages. */
        private static boolean isPage(GraphQLNamedType type) {
            return type.getName().endsWith("Connection");
        }

        /** @param most how many there are at most, and without the argument */
        private Times entries(@Nullable Value<?> value, int most) {
            if (value == null) {
                return Times.of(most);
            }
            return switch (value) {
                case ArrayValue array -> Times.of(array.getValues().size());
                case IntValue number -> Times.of(bounded(number.getValue(), most));
                case VariableReference variable -> entries(variable.getName(), most);
                case NullValue none -> Times.of(most);
                // A single value is a list of it.
                default -> Times.ONCE;
            };
        }

        private Times entries(String variable, int most) {
            var otherwise = entries(defaults.get(variable), most);
            return variables -> {
                var given = variables.get(variable);
                if (given == null) {
                    return variables.containsKey(variable) ? most : otherwise.of(variables);
                }
                return switch (given) {
                    case Collection<?> many -> many.size();
                    case java.lang.Number number -> bounded(BigInteger.valueOf(number.longValue()), most);
                    default -> 1;
                };
            };
        }

        /** What is not from 0 to the most is refused later. */
        private static int bounded(BigInteger number, int most) {
            return number.max(BigInteger.ZERO).min(BigInteger.valueOf(most)).intValue();
        }

        private Times page(Field field) {
            var first = number(value(field, "first"));
            var last = number(value(field, "last"));
            Times size = variables -> PageRequest.of(first.of(variables), null, last.of(variables), null)
                    .size();
            return first.isConstant() && last.isConstant() ? Times.of(size.of(Map.of())) : size;
        }

        private static @Nullable Value<?> value(Field field, String argument) {
            return field.getArguments().stream()
                    .filter(given -> given.getName().equals(argument))
                    .map(Argument::getValue)
                    .findFirst()
                    .orElse(null);
        }

        /** A number that an argument has, maybe by a variable. */
        private record Number(
                @Nullable Integer constant,
                @Nullable String variable,
                @Nullable Integer otherwise) {

            boolean isConstant() {
                return variable == null;
            }

            @Nullable
            Integer of(Map<String, ?> variables) {
                if (variable == null) {
                    return constant;
                }
                return variables.containsKey(variable)
                        ? variables.get(variable) instanceof java.lang.Number number
                                ? (Integer) number.intValue()
                                : null
                        : otherwise;
            }
        }

        private Number number(@Nullable Value<?> value) {
            if (value == null) {
                return new Number(null, null, null);
            }
            return switch (value) {
                case IntValue literal -> new Number(literal.getValue().intValue(), null, null);
                case VariableReference variable ->
                    new Number(
                            null,
                            variable.getName(),
                            defaults.get(variable.getName()) instanceof IntValue literal
                                    ? (Integer) literal.getValue().intValue()
                                    : null);
                default -> new Number(null, null, null);
            };
        }
    }

    /** The cost of a request, and the most that it may cost; in the GraphQL context under this class. */
    record Requested(long requested, long limit) {

        /** For {@code extensions.cost}. */
        Map<String, Object> toMap() {
            var cost = new LinkedHashMap<String, Object>();
            cost.put("requested", requested);
            cost.put("limit", limit);
            return cost;
        }
    }
}

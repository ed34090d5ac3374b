package de.smartcity.consortium.graphql;

import graphql.introspection.Introspection;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Visits all values that an operation of a valid document gives to arguments, each with its place in the schema. */
final class ArgumentValues {

    @FunctionalInterface
    interface Visitor {

        /**
         * @param type the type at this place
         * @param most the most that the place takes
         * @param path the argument's name and the steps below it, such as {@code filter.text}
         */
        void visit(Value<?> value, GraphQLType type, AtMost most, String path);
    }

    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Visitor visitor;

    private ArgumentValues(GraphQLSchema schema, Document document, Visitor visitor) {
        this.schema = schema;
        this.visitor = visitor;
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    }

    static void visit(GraphQLSchema schema, Document document, OperationDefinition operation, Visitor visitor) {
        var values = new ArgumentValues(schema, document, visitor);
        values.inDirectives(operation.getDirectives());
        values.in(operation.getSelectionSet(), root(schema, operation));
    }

    /** The type whose fields an operation selects. */
    static @Nullable GraphQLCompositeType root(GraphQLSchema schema, OperationDefinition operation) {
        return switch (operation.getOperation()) {
            case QUERY -> schema.getQueryType();
            case MUTATION -> schema.getMutationType();
            case SUBSCRIPTION -> schema.getSubscriptionType();
        };
    }

    private void in(@Nullable SelectionSet selections, @Nullable GraphQLType type) {
        if (selections == null || !(type instanceof GraphQLCompositeType parent)) {
            return;
        }
        for (Selection<?> selection : selections.getSelections()) {
            switch (selection) {
                case Field field -> {
                    inDirectives(field.getDirectives());
                    // A union has no fields but __typename.
                    if (parent instanceof GraphQLFieldsContainer container) {
                        var definition = Introspection.getFieldDefinition(schema, container, field.getName());
                        inArguments(field.getArguments(), definition::getArgument);
                        in(field.getSelectionSet(), GraphQLTypeUtil.unwrapAll(definition.getType()));
                    }
                }
                case InlineFragment inline -> {
                    var condition = inline.getTypeCondition();
                    inDirectives(inline.getDirectives());
                    in(inline.getSelectionSet(), condition == null ? parent : schema.getType(condition.getName()));
                }
                case FragmentSpread spread -> {
                    inDirectives(spread.getDirectives());
                    // Each is visited once.
                    var fragment = fragments.remove(spread.getName());
                    if (fragment != null) {
                        inDirectives(fragment.getDirectives());
                        in(
                                fragment.getSelectionSet(),
                                schema.getType(fragment.getTypeCondition().getName()));
                    }
                }
                default -> throw new IllegalStateException("Selections are fields and fragments");
            }
        }
    }

    private void inDirectives(List<Directive> directives) {
        for (var directive : directives) {
            var definition = schema.getDirective(directive.getName());
            if (definition != null) {
                inArguments(directive.getArguments(), definition::getArgument);
            }
        }
    }

    private void inArguments(List<Argument> arguments, Function<String, @Nullable GraphQLArgument> definitions) {
        for (var argument : arguments) {
            var definition = definitions.apply(argument.getName());
            if (definition != null) {
                visitValue(
                        argument.getValue(), definition.getType(), AtMost.of(definition), argument.getName(), visitor);
            }
        }
    }

    /** Visits a value and those within it. */
    static void visitValue(Value<?> value, GraphQLType type, AtMost most, String path, Visitor visitor) {
        visitor.visit(value, type, most, path);
        var nullable = GraphQLTypeUtil.unwrapNonNull(type);
        if (value instanceof ArrayValue array && nullable instanceof GraphQLList list) {
            var index = 0;
            for (Value<?> element : array.getValues()) {
                visitValue(element, list.getWrappedType(), most, path + "." + index++, visitor);
            }
        } else if (value instanceof ObjectValue object
                && elementType(nullable) instanceof GraphQLInputObjectType input) {
            for (var field : object.getObjectFields()) {
                var definition = input.getFieldDefinition(field.getName());
                visitValue(
                        field.getValue(),
                        definition.getType(),
                        AtMost.of(definition),
                        path + "." + field.getName(),
                        visitor);
            }
        }
    }

    /** The specification coerces a single value to a list of it. */
    private static GraphQLType elementType(GraphQLType type) {
        return type instanceof GraphQLList ? GraphQLTypeUtil.unwrapAll(type) : type;
    }
}

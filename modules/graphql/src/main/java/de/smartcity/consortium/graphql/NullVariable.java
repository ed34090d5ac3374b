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
import graphql.language.VariableReference;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds a variable that is null where a value is needed. A document may use a nullable variable there if the variable or the place has a
 * default; the engine notices the null only while it executes, maybe after a change was made.
 */
final class NullVariable {

    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Set<String> nulls;
    private final Set<String> misplaced = new TreeSet<>();

    private NullVariable(GraphQLSchema schema, Document document, Set<String> nulls) {
        this.schema = schema;
        this.nulls = nulls;
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    }

    /** A variable that is null where it must not be, in any of a valid document's operations. */
    static Optional<InvalidVariable> find(
            Supplier<GraphQLSchema> schema, Document document, Map<String, ? extends @Nullable Object> variables) {
        var nulls = variables.entrySet().stream()
                .filter(variable -> variable.getValue() == null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (nulls.isEmpty()) {
            return Optional.empty();
        }
        var search = new NullVariable(schema.get(), document, nulls);
        for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            search.inDirectives(operation.getDirectives());
            search.in(operation.getSelectionSet(), search.root(operation));
        }
        return search.misplaced.stream().findFirst().map(InvalidVariable::needed);
    }

    private @Nullable GraphQLType root(OperationDefinition operation) {
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
                    // Each is searched once.
                    var fragment = fragments.remove(spread.getName());
                    if (fragment != null) {
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
                inValue(argument.getValue(), definition.getType());
            }
        }
    }

    private void inValue(Value<?> value, GraphQLType type) {
        var nullable = GraphQLTypeUtil.unwrapNonNull(type);
        switch (value) {
            case VariableReference variable -> {
                if (GraphQLTypeUtil.isNonNull(type) && nulls.contains(variable.getName())) {
                    misplaced.add(variable.getName());
                }
            }
            case ArrayValue array -> {
                if (nullable instanceof GraphQLList list) {
                    array.getValues().forEach(element -> inValue(element, list.getWrappedType()));
                }
            }
            case ObjectValue object -> {
                if (nullable instanceof GraphQLInputObjectType input) {
                    object.getObjectFields()
                            .forEach(field -> inValue(
                                    field.getValue(),
                                    input.getFieldDefinition(field.getName()).getType()));
                }
            }
            default -> {}
        }
    }
}

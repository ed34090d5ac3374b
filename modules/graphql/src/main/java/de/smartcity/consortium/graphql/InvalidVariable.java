package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.TypeFromAST;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first place in the variables that does not match the schema, which the engine's own error does not contain.
 *
 * @param path the variable's name and the steps below it, such as {@code input.name.1.text}
 * @param problem what is wrong there, for people
 */
record InvalidVariable(String path, String problem) {

    static InvalidVariable needed(String path) {
        return new InvalidVariable(path, "A value is needed here.");
    }

    GraphQLError error(GraphqlErrorBuilder<?> place) {
        return Code.BAD_REQUEST.error(place, path + ": " + problem, Map.of("variable", path));
    }

    static Optional<InvalidVariable> find(
            GraphQLSchema schema,
            Document document,
            @Nullable String operationName,
            Map<String, Object> variables,
            GraphQLContext context,
            Locale locale) {
        var search = new Search(context, locale);
        return document.getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(operation ->
                        operationName == null || operationName.isEmpty() || operationName.equals(operation.getName()))
                .flatMap(operation -> operation.getVariableDefinitions().stream())
                .filter(variable -> variables.containsKey(variable.getName()) || variable.getDefaultValue() == null)
                .map(variable -> search.in(
                        TypeFromAST.getTypeFromAST(schema, variable.getType()),
                        variables.get(variable.getName()),
                        variable.getName()))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private record Search(GraphQLContext context, Locale locale) {

        @Nullable
        InvalidVariable in(GraphQLType type, @Nullable Object value, String path) {
            if (value == null) {
                return GraphQLTypeUtil.isNonNull(type) ? needed(path) : null;
            }
            return switch (GraphQLTypeUtil.unwrapNonNull(type)) {
                case GraphQLList list -> inList(list.getWrappedType(), value, path);
                case GraphQLInputObjectType object -> inObject(object, value, path);
                case GraphQLScalarType scalar ->
                    parsing(path, () -> scalar.getCoercing().parseValue(value, context, locale));
                case GraphQLEnumType values -> parsing(path, () -> values.parseValue(value, context, locale));
                default -> null;
            };
        }

        private @Nullable InvalidVariable inList(GraphQLType type, Object value, String path) {
            // The specification coerces a single value to a list.
            if (!(value instanceof Collection<?> elements)) {
                return in(type, value, path);
            }
            var index = 0;
            for (var element : elements) {
                var invalid = in(type, element, path + "." + index);
                if (invalid != null) {
                    return invalid;
                }
                index++;
            }
            return null;
        }

        private @Nullable InvalidVariable inObject(GraphQLInputObjectType type, Object value, String path) {
            if (!(value instanceof Map<?, ?> fields)) {
                return new InvalidVariable(path, "An object is needed here.");
            }
            for (var name : fields.keySet()) {
                if (type.getFieldDefinition(String.valueOf(name)) == null) {
                    return new InvalidVariable(path, "There is no field of this name: " + name + ".");
                }
            }
            for (var field : type.getFieldDefinitions()) {
                if (fields.containsKey(field.getName()) || !field.hasSetDefaultValue()) {
                    var invalid = in(field.getType(), fields.get(field.getName()), path + "." + field.getName());
                    if (invalid != null) {
                        return invalid;
                    }
                }
            }
            return null;
        }

        private static @Nullable InvalidVariable parsing(String path, Runnable parse) {
            try {
                parse.run();
                return null;
            } catch (CoercingParseValueException refused) {
                return new InvalidVariable(path, String.valueOf(refused.getMessage()));
            }
        }
    }
}

package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import de.smartcity.consortium.kernel.Excerpt;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.language.SourceLocation;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in the variables that does not match the schema, or has more than the place takes. It is found before the engine, whose errors do
 * not contain the place, converts any value.
 *
 * @param path the variable's name and the steps below it, such as {@code input.name.1.text}
 * @param problem what is wrong there, for people
 */
record InvalidVariable(String path, String problem) {

    private static final int MAX_BITS = 128;
    private static final int MAX_DIGITS = 40;

    static InvalidVariable needed(String path) {
        return new InvalidVariable(path, "A value is needed here.");
    }

    GraphQLError error(@Nullable SourceLocation at) {
        var place = GraphqlErrorBuilder.newError();
        if (at != null) {
            place.location(at);
        }
        return Code.BAD_REQUEST.error(place, path + ": " + problem, Map.of("variable", path));
    }

    /** The first invalid place in a variable's value; null if there is none. */
    static @Nullable InvalidVariable find(
            String variable, GraphQLType type, AtMost most, @Nullable Object value, GraphQLContext context) {
        return new Search(context).in(type, most, value, variable);
    }

    private record Search(GraphQLContext context) {

        @Nullable
        InvalidVariable in(GraphQLType type, AtMost most, @Nullable Object value, String path) {
            if (value == null) {
                return GraphQLTypeUtil.isNonNull(type) ? needed(path) : null;
            }
            return switch (GraphQLTypeUtil.unwrapNonNull(type)) {
                case GraphQLList list -> inList(list.getWrappedType(), most, value, path);
                case GraphQLInputObjectType object -> inObject(object, value, path);
                case GraphQLNamedType leaf -> inLeaf(leaf, most, value, path);
                default -> throw new IllegalStateException("Variables have input types");
            };
        }

        private @Nullable InvalidVariable inList(GraphQLType type, AtMost most, Object value, String path) {
            // The specification coerces a single value to a list.
            if (!(value instanceof Collection<?> elements)) {
                return in(type, most, value, path);
            }
            var tooMany = most.problemOfList(elements.size());
            if (tooMany != null) {
                return new InvalidVariable(path, tooMany);
            }
            var index = 0;
            for (var element : elements) {
                var invalid = in(type, most, element, path + "." + index);
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
                    return new InvalidVariable(
                            path, "There is no field of this name: " + Excerpt.of(String.valueOf(name)) + ".");
                }
            }
            for (var field : type.getFieldDefinitions()) {
                if (fields.containsKey(field.getName()) || !field.hasSetDefaultValue()) {
                    var invalid = in(
                            field.getType(),
                            AtMost.of(field),
                            fields.get(field.getName()),
                            path + "." + field.getName());
                    if (invalid != null) {
                        return invalid;
                    }
                }
            }
            return null;
        }

        private @Nullable InvalidVariable inLeaf(GraphQLNamedType type, AtMost most, Object value, String path) {
            var problem = isOneShortValue(value)
                    ? value instanceof String text ? most.problemOfText(text.length()) : null
                    : mismatch(type);
            if (problem == null) {
                problem = problemOfLeaf(type, value);
            }
            return problem == null ? null : new InvalidVariable(path, problem);
        }

        private static boolean isOneShortValue(Object value) {
            return !(value instanceof Collection<?> || value instanceof Map<?, ?>)
                    && !(value instanceof BigInteger whole && whole.bitLength() > MAX_BITS)
                    && !(value instanceof BigDecimal number && number.precision() > MAX_DIGITS);
        }

        private @Nullable String problemOfLeaf(GraphQLNamedType type, Object value) {
            try {
                switch (type) {
                    case GraphQLScalarType scalar -> scalar.getCoercing().parseValue(value, context, Locale.ENGLISH);
                    case GraphQLEnumType values -> values.parseValue(value, context, Locale.ENGLISH);
                    default -> throw new IllegalStateException("Leaves are scalars and enums");
                }
                return null;
            } catch (CoercingParseValueException refused) {
                return EngineMessages.isOurs(type) ? String.valueOf(refused.getMessage()) : mismatch(type);
            }
        }

        private static String mismatch(GraphQLNamedType type) {
            return "This is no " + type.getName() + ".";
        }
    }
}

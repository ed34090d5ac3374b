package de.smartcity.consortium.graphql;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.function.Function;

/** A scalar whose values are ISO 8601 texts. The common library of scalars has none for instants. */
record IsoScalar<T>(String name, String example, Function<String, T> parse) implements Coercing<T, String> {

    private static final int MAX_YEAR = 9999;

    static GraphQLScalarType dateTime() {
        return new IsoScalar<Instant>(
                        "DateTime",
                        "2026-11-24T09:30:00Z",
                        text -> OffsetDateTime.parse(text).toInstant())
                .type();
    }

    static GraphQLScalarType date() {
        return new IsoScalar<>("Date", "2018-07-09", IsoScalar::day).type();
    }

    /** Of the years 0001 to 9999, whose texts sort like the days. */
    private static LocalDate day(String text) {
        var day = LocalDate.parse(text);
        if (day.getYear() < 1 || day.getYear() > MAX_YEAR) {
            throw new DateTimeException("No year of four digits");
        }
        return day;
    }

    private GraphQLScalarType type() {
        return GraphQLScalarType.newScalar().name(name).coercing(this).build();
    }

    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
        return value.toString();
    }

    @Override
    public T parseValue(Object input, GraphQLContext context, Locale locale) {
        try {
            if (input instanceof String text) {
                return parse.apply(text);
            }
        } catch (DateTimeException malformed) {
            throw new CoercingParseValueException(problem());
        }
        throw new CoercingParseValueException(problem());
    }

    @Override
    public T parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        try {
            if (input instanceof StringValue literal) {
                var text = literal.getValue();
                if (text != null) {
                    return parse.apply(text);
                }
            }
        } catch (DateTimeException malformed) {
            throw new CoercingParseLiteralException(problem());
        }
        throw new CoercingParseLiteralException(problem());
    }

    private String problem() {
        return "A " + name + " is a text such as \"" + example + "\".";
    }
}

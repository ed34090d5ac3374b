package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.BooleanValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoScalarTest {

    private static final GraphQLScalarType DATE_TIME = IsoScalar.dateTime();
    private static final GraphQLScalarType DATE = IsoScalar.date();
    private static final GraphQLContext CONTEXT = GraphQLContext.getDefault();

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T09:30:00Z,           2026-11-24T09:30:00Z",
        "2026-11-24T10:30:00+01:00,      2026-11-24T09:30:00Z",
        "2026-11-24T09:30:00.123Z,       2026-11-24T09:30:00.123Z",
        "2026-11-24T09:30Z,              2026-11-24T09:30:00Z"
    })
    void aPointInTimeIsReadFromValueAndLiteralAndShownInUtc(String text, Instant expected) {
        assertThat(value(DATE_TIME, text)).isEqualTo(expected);
        assertThat(literal(DATE_TIME, text)).isEqualTo(expected);
        assertThat(DATE_TIME.getCoercing().serialize(expected, CONTEXT, Locale.ENGLISH))
                .isEqualTo(expected.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2018-07-09", "2024-02-29", "0001-01-01"})
    void aDayIsReadFromValueAndLiteralAndShownAsItIs(String text) {
        assertThat(value(DATE, text)).isEqualTo(LocalDate.parse(text));
        assertThat(literal(DATE, text)).isEqualTo(LocalDate.parse(text));
        assertThat(DATE.getCoercing().serialize(LocalDate.parse(text), CONTEXT, Locale.GERMAN))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "now", "2026-11-24", "2026-11-24T09:30:00", "24.11.2026", "2026-13-01T00:00:00Z", "0"})
    void anInvalidInstantIsRefusedWithAnExample(String text) {
        refuses(DATE_TIME, text, "A DateTime is a text such as \"2026-11-24T09:30:00Z\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2018-02-29", "2018-7-9", "09.07.2018", "2018-07-09T00:00:00Z", "today"})
    void anInvalidDateIsRefusedWithAnExample(String text) {
        refuses(DATE, text, "A Date is a text such as \"2018-07-09\".");
    }

    @Test
    void aValueThatIsNotAStringIsRefused() {
        for (var scalar : List.of(DATE_TIME, DATE)) {
            for (var value : List.of(20180709, 1.5, true, List.of("2018-07-09"), Map.of())) {
                assertThatExceptionOfType(CoercingParseValueException.class).isThrownBy(() -> value(scalar, value));
            }
            for (Value<?> literal : List.<Value<?>>of(IntValue.of(20180709), BooleanValue.of(true))) {
                assertThatExceptionOfType(CoercingParseLiteralException.class)
                        .isThrownBy(() -> scalar.getCoercing()
                                .parseLiteral(literal, CoercedVariables.emptyVariables(), CONTEXT, Locale.ENGLISH));
            }
        }
    }

    private static void refuses(GraphQLScalarType scalar, String text, String problem) {
        assertThatExceptionOfType(CoercingParseValueException.class)
                .isThrownBy(() -> value(scalar, text))
                .withMessage(problem);
        assertThatExceptionOfType(CoercingParseLiteralException.class)
                .isThrownBy(() -> literal(scalar, text))
                .withMessage(problem);
    }

    private static @Nullable Object value(GraphQLScalarType scalar, Object value) {
        return scalar.getCoercing().parseValue(value, CONTEXT, Locale.ENGLISH);
    }

    private static @Nullable Object literal(GraphQLScalarType scalar, String text) {
        return scalar.getCoercing()
                .parseLiteral(StringValue.of(text), CoercedVariables.emptyVariables(), CONTEXT, Locale.ENGLISH);
    }
}

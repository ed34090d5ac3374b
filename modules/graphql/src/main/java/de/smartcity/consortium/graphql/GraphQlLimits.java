package de.smartcity.consortium.graphql;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings under {@code consortium.limits} for GraphQL requests; all are positive.
 *
 * @param depth how many fields may be nested
 * @param fields how many fields a document may have, counting each repetition by fragments
 * @param cost the highest cost of a request, as {@link Cost} counts it
 * @param answerSize the largest answer to a query
 */
@ConfigurationProperties("consortium.limits")
record GraphQlLimits(
        @DefaultValue("15") int depth,
        @DefaultValue("1000") int fields,
        @DefaultValue("50000") long cost,
        @DefaultValue("8MB") DataSize answerSize) {

    GraphQlLimits {
        demandPositive("depth", depth);
        demandPositive("fields", fields);
        demandPositive("cost", cost);
        demandPositive("answer-size", answerSize.toBytes());
    }

    private static void demandPositive(String setting, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "consortium.limits.%s is %d, and must be positive".formatted(setting, value));
        }
    }
}

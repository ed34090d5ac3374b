package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import de.smartcity.consortium.kernel.DeadlineExceeded;
import de.smartcity.consortium.mongo.DatabaseOutage;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what failed because the deadline of its request has passed or the database is away. During an outage all requests do, so each is logged with
 * one line.
 */
final class Unavailable {

    private static final Logger LOG = LoggerFactory.getLogger(Unavailable.class);

    private Unavailable() {}

    static boolean isBehind(Throwable thrown) {
        return thrown instanceof DeadlineExceeded || DatabaseOutage.isBehind(thrown);
    }

    /** @param place has the error's locations and path, if there are any */
    static GraphQLError error(Throwable thrown, GraphqlErrorBuilder<?> place, GraphQLContext request, Object id) {
        request.computeIfAbsent(Unavailable.class, absent -> {
            LOG.warn("Request {} is answered with UNAVAILABLE: {}", id, thrown.toString());
            return true;
        });
        var message = thrown instanceof DeadlineExceeded
                ? thrown.getMessage()
                : "The database does not answer; try again later.";
        return Code.UNAVAILABLE.error(place, message, Map.of());
    }
}

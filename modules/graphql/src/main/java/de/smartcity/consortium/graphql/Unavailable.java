package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.DeadlineExceeded;
import de.smartcity.consortium.kernel.IdentityProviderUnavailable;
import de.smartcity.consortium.mongo.DatabaseOutage;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what failed because the deadline of its request has passed, or the database or the identity provider is unavailable. During an outage all requests do, so each is logged with
 * one line.
 */
final class Unavailable {

    private static final Logger LOG = LoggerFactory.getLogger(Unavailable.class);

    private Unavailable() {}

    static boolean isBehind(Throwable thrown) {
        return isForTheCaller(thrown) || DatabaseOutage.isBehind(thrown);
    }

    private static boolean isForTheCaller(Throwable thrown) {
        return thrown instanceof DeadlineExceeded || thrown instanceof IdentityProviderUnavailable;
    }

    /** The database has as much time as the request, so one that is slow fails by its own timeout, too. */
    private static String message(Throwable thrown) {
        return isForTheCaller(thrown)
                ? String.valueOf(thrown.getMessage())
                : Deadline.bound()
                        .filter(deadline -> deadline.left().isZero())
                        .map(deadline -> String.valueOf(deadline.exceeded().getMessage()))
                        .orElse("The database does not answer; try again later.");
    }

    /** @param place has the error's locations and path, if there are any */
    static GraphQLError error(Throwable thrown, GraphqlErrorBuilder<?> place, GraphQLContext request, Object id) {
        request.computeIfAbsent(Unavailable.class, absent -> {
            LOG.warn("Request {} is answered with UNAVAILABLE: {}", id, thrown.toString());
            return true;
        });
        return Code.UNAVAILABLE.error(place, message(thrown), Map.of());
    }
}

package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import graphql.GraphQLContext;
import java.util.Optional;

/**
 * Determines the actor of a request as it is now; in the GraphQL context under this class, beside the actor. A request may last for seconds, and what
 * it changes at its end is changed by those who may do that then.
 */
@FunctionalInterface
public interface ActorOfRequest {

    /** The actor with the present status of its partner. */
    Actor now();

    /** Replaces the actor of a request before a change. */
    static void renew(GraphQLContext request) {
        Optional.ofNullable(request.<ActorOfRequest>get(ActorOfRequest.class))
                .ifPresent(actor -> request.put(Actor.class, actor.now()));
    }
}

package de.smartcity.consortium.kernel;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who may see an object. An actor sees it when the two share a token; as a criterion of a query that is one {@code $in}
 * of the actor's tokens over the stored audience.
 *
 * @param tokens whom it lets in; may be empty: nobody
 */
public record Audience(Set<AudienceToken> tokens) {

    public Audience {
        tokens = Set.copyOf(tokens);
    }

    /** The audience of these tokens. */
    public static Audience of(AudienceToken... tokens) {
        return new Audience(Set.of(tokens));
    }

    /** Whether the actor may see the object at all. */
    public boolean admits(Actor actor) {
        return actor.tokens().stream().anyMatch(tokens::contains);
    }

    /** From where the actor may look at the object; empty for one that may not see it. */
    public Set<Viewpoint> viewpoints(Actor actor) {
        var viewpoints = EnumSet.noneOf(Viewpoint.class);
        for (var token : actor.tokens()) {
            if (tokens.contains(token)) {
                viewpoints.add(token.viewpoint());
            }
        }
        return viewpoints;
    }
}

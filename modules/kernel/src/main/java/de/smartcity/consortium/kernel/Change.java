package de.smartcity.consortium.kernel;

import java.time.Instant;

/**
 * Who asks for a change, and when.
 *
 * @param actor who asks
 * @param at when, which becomes the time of the change's event
 */
public record Change(Actor actor, Instant at) {

    /** A change that the actor asks for now. */
    public static Change by(Actor actor, Instant now) {
        return new Change(actor, now);
    }
}

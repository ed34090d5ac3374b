package de.smartcity.consortium.kernel;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a change, and when.
 *
 * @param actor who asks
 * @param at when, which becomes the time of the change's event
 * @param key identifies the change when it is repeated; null if the client gave none
 */
public record Change(Actor actor, Instant at, @Nullable ChangeKey key) {

    /** A change that the actor asks for now, without a key. */
    public static Change by(Actor actor, Instant now) {
        return new Change(actor, now, null);
    }

    /** The id of an aggregate that this change creates: derived from the key, or else a new one of version 7. */
    public UUID newId() {
        return key == null ? TimeOrderedIds.next() : key.newId();
    }
}

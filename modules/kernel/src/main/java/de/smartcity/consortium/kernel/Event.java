package de.smartcity.consortium.kernel;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an aggregate; it waits in the aggregate's {@link Outbox} until the relay has published it.
 *
 * @param id unique; identifies a repeated event
 * @param type what happened, such as {@code PartnerSuspended}
 * @param at when
 * @param partner the partner whose organisation caused it; null for the office without an organisation and for the service
 * @param account the account that caused it
 * @param changed the fields that changed, by their names in the schema; may be empty
 * @param reason the reason, if one was given
 */
public record Event(
        UUID id,
        String type,
        Instant at,
        @Nullable PartnerId partner,
        AccountId account,
        List<String> changed,
        @Nullable String reason) {

    public Event {
        // Stored events may lack it.
        changed = changed == null ? List.of() : List.copyOf(changed);
    }

    /** A new event that the actor caused. */
    public static Event by(Actor actor, String type, Instant at, List<String> changed, @Nullable String reason) {
        return new Event(
                TimeOrderedIds.next(),
                type,
                at,
                actor.organisation().map(Organisation::partner).orElse(null),
                actor.account().orElseThrow(),
                changed,
                reason);
    }
}

package de.smartcity.consortium.kernel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an aggregate. It waits in the aggregate's {@link Outbox} until the relay has published it, with the kind and id of
 * the aggregate.
 *
 * @param id unique; identifies a repeated event
 * @param type what happened: the name of a constant of the capability's event types, such as {@code PARTNER_SUSPENDED}
 * @param shape the version of this record's stored form, {@value #SHAPE} for new events; null for older ones
 * @param at when
 * @param partner the partner whose organisation caused it; null for the office without an organisation and for the service
 * @param account the account that caused it
 * @param changed the fields that changed, by their names in the schema; may be empty
 * @param reason the reason, if one was given; free text
 * @param details the new values of some fields, by their names in the schema; no free text
 * @param audience whom the event concerns; null until the aggregate is saved
 */
public record Event(
        UUID id,
        String type,
        @Nullable Integer shape,
        Instant at,
        @Nullable PartnerId partner,
        AccountId account,
        List<String> changed,
        @Nullable String reason,
        Map<String, String> details,
        @Nullable EventAudience audience) {

    /** The stored form of new events. */
    public static final int SHAPE = 1;

    /** Keeps the events that wait in a document small. */
    private static final int MAX_DETAIL_LENGTH = 100;

    public Event {
        // Stored events may lack them.
        changed = changed == null ? List.of() : List.copyOf(changed);
        details = details == null ? Map.of() : Map.copyOf(details);
    }

    /** A new event of this change. */
    public static Event of(Change change, Enum<?> type, List<String> changed) {
        var actor = change.actor();
        return new Event(
                TimeOrderedIds.next(),
                type.name(),
                SHAPE,
                change.at(),
                actor.organisation().map(Organisation::partner).orElse(null),
                actor.account().orElseThrow(),
                changed,
                null,
                Map.of(),
                null);
    }

    /** This event with a reason. */
    public Event because(@Nullable Reason given) {
        return new Event(
                id,
                type,
                shape,
                at,
                partner,
                account,
                changed,
                given == null ? null : given.value(),
                details,
                audience);
    }

    /**
     * This event with the new values of some fields.
     *
     * @throws IllegalArgumentException for a value of more than 100 characters: that would be free text
     */
    public Event with(Map<String, String> values) {
        values.forEach((field, value) -> {
            if (value.length() > MAX_DETAIL_LENGTH) {
                throw new IllegalArgumentException("The new value of " + field + " is too long for a detail");
            }
        });
        return new Event(id, type, shape, at, partner, account, changed, reason, values, audience);
    }

    /** This event with those whom it concerns. */
    public Event concerning(EventAudience concerned) {
        return new Event(id, type, shape, at, partner, account, changed, reason, details, concerned);
    }
}

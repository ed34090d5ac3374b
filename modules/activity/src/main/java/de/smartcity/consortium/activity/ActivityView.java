package de.smartcity.consortium.activity;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Viewpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The type {@code Activity}: an event as one actor sees it. What was not read is null or empty.
 *
 * @param position its position in the log, for cursors; not in the schema
 * @param event its id
 * @param partner the partner whose organisation did it; null for the office without an organisation and for the service
 * @param changed the names of the changed fields that the actor sees
 * @param reason null also where the actor sees no reasons
 */
public record ActivityView(
        long position,
        UUID event,
        Instant at,
        String type,
        @Nullable PartnerId partner,
        AccountId account,
        List<String> changed,
        @Nullable String reason,
        List<ActivityDetail> details) {

    static final String UNKNOWN_TYPE = "OTHER";

    /** The new value of a field. */
    public record ActivityDetail(String field, String value) {}

    /** Makes views of the events of a kind of aggregate for an actor. */
    static Function<PublishedEvent, ActivityView> viewsOf(EventSource source, Actor actor) {
        var held = source.table().tokens(actor);
        return stored -> of(stored, source, new Audience(stored.audience().tokens()).viewpoints(held));
    }

    private static ActivityView of(PublishedEvent stored, EventSource source, Set<Viewpoint> viewpoints) {
        var partViewpoints = stored.audience().partViewpoints();
        return new ActivityView(
                stored.number(),
                stored.event(),
                stored.at(),
                // A newer version may store types that this one does not know.
                stored.type() == null || source.types().contains(stored.type()) ? stored.type() : UNKNOWN_TYPE,
                stored.partner(),
                stored.account(),
                stored.changed() == null
                        ? List.of()
                        : stored.changed().stream()
                                .filter(field -> sees(viewpoints, source, field, partViewpoints))
                                .toList(),
                source.reasons() == null || !sees(viewpoints, source, source.reasons(), Map.of())
                        ? null
                        : stored.reason(),
                stored.details() == null
                        ? List.of()
                        : new TreeMap<>(stored.details())
                                .entrySet().stream()
                                        .filter(detail -> sees(viewpoints, source, detail.getKey(), partViewpoints))
                                        .map(detail -> new ActivityDetail(detail.getKey(), detail.getValue()))
                                        .toList());
    }

    private static boolean sees(
            Set<Viewpoint> viewpoints, EventSource source, String field, Map<String, List<String>> partViewpoints) {
        // A newer version may store fields that this one does not know.
        if (!source.table().isSeenByViewpoints(field)) {
            return false;
        }
        var only = partViewpoints.get(field);
        return source.table().seenFrom(field).stream()
                .filter(viewpoints::contains)
                .anyMatch(viewpoint -> only == null || only.contains(viewpoint.name()));
    }
}

package de.smartcity.consortium.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The events of an aggregate's verbs since it was loaded; not stored. A save computes whom they concern and moves them to the outbox.
 */
public final class NewEvents {

    private final List<NewEvent> events = new ArrayList<>();

    /**
     * A new event.
     *
     * @param parts for changed lists whose parts have viewpoints of their own: the changed parts, as they were and as they are
     */
    public record NewEvent(Event event, Map<String, List<?>> parts) {}

    /**
     * Adds an event, unless too many events wait.
     *
     * @param parts the changed parts, as in {@link NewEvent}
     * @throws Outbox.OutboxFull if too many wait
     */
    public void add(Event event, Map<String, List<?>> parts, Outbox outbox) {
        outbox.demandRoomFor(events.size() + 1);
        events.add(new NewEvent(event, parts));
    }

    /** Whether no verb has changed anything. */
    public boolean isEmpty() {
        return events.isEmpty();
    }

    /** Moves the events to the outbox. @param audience computes whom one concerns */
    public void moveTo(Outbox outbox, Function<NewEvent, EventAudience> audience) {
        events.forEach(added -> outbox.add(added.event().concerning(audience.apply(added))));
        events.clear();
    }
}

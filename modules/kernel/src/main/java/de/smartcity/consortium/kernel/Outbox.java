package de.smartcity.consortium.kernel;

import java.util.ArrayList;
import java.util.List;

/** The events of an aggregate that the relay has not published yet; stored in the aggregate's document and read only by the relay. */
public final class Outbox {

    /** More waiting events mean that the relay does not run. */
    public static final int CAPACITY = 200;

    private final List<Event> events;

    /** An outbox with these events waiting, the oldest first. */
    public Outbox(List<Event> events) {
        this.events = new ArrayList<>(events);
    }

    /** @throws OutboxFull if too many events are waiting */
    public void add(Event event) {
        demandRoomFor(1);
        events.add(event);
    }

    /** @throws OutboxFull if there is no room for so many events */
    void demandRoomFor(int more) {
        if (events.size() + more > CAPACITY) {
            throw new OutboxFull();
        }
    }

    /** The waiting events, the oldest first. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** Too many events are waiting, and nothing was changed: try again later. */
    public static final class OutboxFull extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutboxFull() {
            super("Too many events wait to be published; try again later.");
        }
    }
}

package de.smartcity.consortium.kernel;

import java.util.ArrayList;
import java.util.List;

/** The events of an aggregate that the relay has not published yet; stored in the aggregate's document and read only by the relay. */
public final class Outbox {

    /** More waiting events mean that the relay does not run. */
    public static final int CAPACITY = 200;

    /**
     * So many more events may wait if they are essential: an account that makes many changes must not keep the office from suspending its partner, nor
     * by removing what there is to remove, such as 20 contacts.
     */
    public static final int RESERVE = 50;

    private final List<Event> events;

    /** An outbox with these events waiting, the oldest first. */
    public Outbox(List<Event> events) {
        this.events = new ArrayList<>(events);
    }

    /** @throws OutboxFull if too many events are waiting, with the reserve */
    public void add(Event event) {
        demandRoomFor(1, true);
        events.add(event);
    }

    /** @throws OutboxFull if there is no room for so many events, with the reserve for an essential one */
    void demandRoomFor(int more, boolean essential) {
        if (events.size() + more > (essential ? CAPACITY + RESERVE : CAPACITY)) {
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

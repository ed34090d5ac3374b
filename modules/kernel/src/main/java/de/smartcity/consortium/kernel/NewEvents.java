package de.smartcity.consortium.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The events of an aggregate's verbs since it was loaded; not stored. A save computes whom they concern and moves them to the outbox.
 */
public final class NewEvents {

    private final List<NewEvent> events = new ArrayList<>();
    private boolean budgeted;

    /**
     * A new event.
     *
     * @param parts for changed lists whose parts have viewpoints of their own: the changed parts, as they were and as they are
     * @param among the tokens of all whom it can concern; null if the changed fields and the audience decide alone
     * @param essential whether the change may use the outbox's reserve
     * @param budgeted whether the document must keep to its budget
     */
    public record NewEvent(
            Event event,
            Map<String, List<?>> parts,
            @Nullable Collection<String> among,
            boolean essential,
            boolean budgeted) {

        /** Of a change that is refused if the outbox has no room or the document becomes too large. */
        public static NewEvent of(Event event) {
            return new NewEvent(event, Map.of(), null, false, true);
        }

        /** This event with the changed parts. */
        public NewEvent with(Map<String, List<?>> changed) {
            return new NewEvent(event, changed, among, essential, budgeted);
        }

        /**
         * This event of a change inside a part that not everybody sees who sees the field: it concerns only holders of these tokens, also
         * of those who gain or lose sight of the aggregate.
         */
        public NewEvent among(Collection<String> tokens) {
            return new NewEvent(event, parts, List.copyOf(tokens), essential, budgeted);
        }

        /** This event of a change that nobody may prevent by filling the document: one of status, or one that removes something. */
        public NewEvent asEssential() {
            return new NewEvent(event, parts, among, true, false);
        }

        /**
         * This event of a change that a full document must not prevent, because it makes it hardly larger. Unlike an essential one it can be repeated for
         * ever, such as to pause and to resume, and so waits for room in the outbox like others.
         */
        public NewEvent asSmall() {
            return new NewEvent(event, parts, among, essential, false);
        }
    }

    /**
     * Adds an event, unless too many events wait.
     *
     * @throws Outbox.OutboxFull if too many wait
     */
    public void add(NewEvent added, Outbox outbox) {
        outbox.demandRoomFor(events.size() + 1, added.essential());
        events.add(added);
    }

    /** Whether no verb has changed anything. */
    public boolean isEmpty() {
        return events.isEmpty();
    }

    /** Moves the events to the outbox. @param audience computes whom one concerns */
    public void moveTo(Outbox outbox, Function<NewEvent, EventAudience> audience) {
        budgeted = events.stream().anyMatch(NewEvent::budgeted);
        events.forEach(added -> outbox.add(added.event().concerning(audience.apply(added))));
        events.clear();
    }

    /**
     * Whether the save that moved the events must keep to the document's budget: it has an event that is neither essential nor small. A save without new events
     * need not.
     */
    public boolean isBudgeted() {
        return budgeted;
    }
}

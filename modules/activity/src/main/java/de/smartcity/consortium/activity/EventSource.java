package de.smartcity.consortium.activity;

import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Aggregate;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A kind of aggregate whose events are published. A capability declares one as a bean for each of its aggregates, indexes of its collection on
 * {@link #WAITING_SINCE} and {@link #SET_ASIDE_SINCE}, and its event types in the schema's enum {@code EventType}.
 *
 * @param collection the collection of the aggregates, whose documents hold an outbox in the field {@code outbox}
 * @param aggregate the aggregates' class
 * @param types the names of its event types
 * @param table the type's table, with a row {@code activity}; it decides who sees which changed field, and with it whom an event concerns
 * @param reasons the field whose viewers see the reasons of events; null if nobody sees them
 */
public record EventSource(
        String collection,
        Class<? extends Aggregate> aggregate,
        Set<String> types,
        TypeTable<?> table,
        @Nullable String reasons) {

    /** The path whose index gives the relay the documents with waiting events. */
    public static final String WAITING_SINCE = "outbox.events.at";

    /** The path whose index gives the documents that the relay has set aside. */
    public static final String SET_ASIDE_SINCE = "setAside.since";

    /** The field of each type with events that shows them. */
    static final String FIELD = "activity";

    /** A source whose events have reasons that nobody sees. */
    public static EventSource of(
            String collection,
            Class<? extends Aggregate> aggregate,
            Class<? extends Enum<?>> types,
            TypeTable<?> table) {
        var names = Arrays.stream(types.getEnumConstants()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
        return new EventSource(collection, aggregate, names, table, null);
    }

    /** This source, with reasons that are visible to those who see this field. */
    public EventSource reasonsVisibleAs(String field) {
        return new EventSource(collection, aggregate, types, table, field);
    }

    /** The kind of the aggregates: the name of their type in the schema. */
    public String kind() {
        return table.types().getFirst();
    }

    /** The tokens with which an actor sees events: those of viewpoints that see the table's field {@value #FIELD}. */
    Set<String> tokens(Actor actor) {
        var seenFrom = table.seenFrom(FIELD);
        return table.tokens(actor).entrySet().stream()
                .filter(held -> seenFrom.contains(held.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}

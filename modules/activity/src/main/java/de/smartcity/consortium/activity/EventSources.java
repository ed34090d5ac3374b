package de.smartcity.consortium.activity;

import de.smartcity.consortium.kernel.Aggregate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All sources of events. */
final class EventSources {

    private final List<EventSource> all;
    private final Map<String, EventSource> byKind;
    private final Map<Class<?>, EventSource> byAggregate;

    EventSources(List<EventSource> all) {
        this.all = List.copyOf(all);
        byKind = all.stream().collect(Collectors.toMap(EventSource::kind, Function.identity()));
        byAggregate = all.stream().collect(Collectors.toMap(EventSource::aggregate, Function.identity()));
    }

    List<EventSource> all() {
        return all;
    }

    Optional<EventSource> findByKind(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    EventSource of(Aggregate aggregate) {
        var source = byAggregate.get(aggregate.getClass());
        if (source == null) {
            throw new IllegalStateException("No EventSource is declared for " + aggregate.getClass());
        }
        return source;
    }
}

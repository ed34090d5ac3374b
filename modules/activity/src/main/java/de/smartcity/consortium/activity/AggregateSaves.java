package de.smartcity.consortium.activity;

import de.smartcity.consortium.graphql.DefaultLocale;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Aggregate;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.Viewpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.springframework.data.mongodb.core.mapping.event.BeforeConvertCallback;

/**
 * At every save, derives an aggregate's fields anew, and moves its new events to the outbox with those whom they concern. No save begins after the
 * deadline of its request.
 */
final class AggregateSaves implements BeforeConvertCallback<Aggregate> {

    private final EventSources sources;
    private final Supplier<DefaultLocale> defaultLocale;

    AggregateSaves(EventSources sources, Supplier<DefaultLocale> defaultLocale) {
        this.sources = sources;
        this.defaultLocale = defaultLocale;
    }

    @Override
    public Aggregate onBeforeConvert(Aggregate aggregate, String collection) {
        // Spring Data asks for the database after this, so the save has the grace.
        Deadline.beginSave();
        var before = audience(aggregate);
        aggregate.derive(defaultLocale.get().tag());
        var after = audience(aggregate);
        var table = sources.of(aggregate).table();
        aggregate.newEvents().moveTo(aggregate.outbox(), added -> concerned(table, before, after, added));
        return aggregate;
    }

    private static Collection<String> audience(Aggregate aggregate) {
        var derived = aggregate.derived();
        return (derived == null ? Audience.nobody() : derived.audience()).tokens();
    }

    /** @throws IllegalArgumentException for a changed field without a row in the table */
    static EventAudience concerned(
            TypeTable<?> table, Collection<String> before, Collection<String> after, NewEvent added) {
        var event = added.event();
        event.details().keySet().forEach(table::seenFrom);
        var seeing = new ArrayList<Set<Viewpoint>>();
        var partViewpoints = new HashMap<String, List<String>>();
        for (var field : event.changed()) {
            if (table.hasParts(field)) {
                var seenFrom = table.seenFrom(field, added.parts().getOrDefault(field, List.of()));
                partViewpoints.put(field, seenFrom.stream().map(Viewpoint::name).toList());
                seeing.add(seenFrom);
            } else {
                seeing.add(table.seenFrom(field));
            }
        }
        var gained = among(added, without(after, before));
        var lost = among(added, without(before, after));
        var tokens = new TreeSet<>(gained);
        tokens.addAll(lost);
        for (var token : among(added, without(after, gained))) {
            var viewpoint = table.viewpointOf(token);
            if (seeing.stream().anyMatch(viewpoints -> viewpoints.contains(viewpoint))) {
                tokens.add(token);
            }
        }
        return new EventAudience(List.copyOf(tokens), gained, lost, Map.copyOf(partViewpoints));
    }

    /** Nobody else learns of it, not even by gaining or losing sight with the same save, such as a party that becomes a former one. */
    private static List<String> among(NewEvent added, List<String> tokens) {
        var among = added.among();
        return among == null ? tokens : tokens.stream().filter(among::contains).toList();
    }

    private static List<String> without(Collection<String> tokens, Collection<String> others) {
        return tokens.stream().filter(token -> !others.contains(token)).sorted().toList();
    }
}

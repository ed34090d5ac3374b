package de.smartcity.consortium.activity;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Variable;
import de.smartcity.consortium.graphql.BadRequest;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;

/** Reads the log as an actor sees it: the events whose audience it belongs to, and of them what the kind's table shows to it. */
public final class ActivityReading {

    /** The collection of published events. */
    public static final String LOG = "activity";

    static final String NUMBER = "_id";
    static final String EVENT = "event";
    static final String KIND = "kind";
    static final String SUBJECT = "subject";
    static final String REASON = "reason";

    private static final String AUDIENCE = "audience";
    private static final String TOKENS = "audience.tokens";
    private static final List<String> ALWAYS_READ = List.of(NUMBER, EVENT, KIND, AUDIENCE);

    private final TypeTable<ActivityView> table;
    private final EventSources sources;
    private final RecordCollections collections;
    private final Pages pages;

    ActivityReading(TypeTable<ActivityView> table, EventSources sources, RecordCollections collections, Pages pages) {
        this.table = table;
        this.sources = sources;
        this.collections = collections;
        this.pages = pages;
    }

    /**
     * The activity of each of these aggregates, the latest first, with one Mongo command.
     *
     * @param kind the kind of the aggregates
     * @param key the id of an aggregate as it is stored
     * @throws BadRequest for a cursor with several aggregates, since a cursor belongs to the activity of one
     */
    public <I> Map<I, Connection<ActivityView>> of(
            String kind,
            Collection<I> aggregates,
            Function<I, UUID> key,
            PageRequest page,
            Actor actor,
            Selection selection) {
        var source = sources.findByKind(kind).orElseThrow();
        // Aggregates of two kinds may have one id.
        var visible = Filters.and(Filters.eq(KIND, kind), Filters.in(TOKENS, source.tokens(actor)));
        var view = ActivityView.viewsOf(source, actor);
        if (aggregates.size() == 1) {
            var only = aggregates.iterator().next();
            return Map.of(only, pages.read(listing(kind, key.apply(only), visible, view, selection), page, selection));
        }
        if (page.after() != null || page.before() != null) {
            throw new BadRequest("Page through the activity of one object at a time.");
        }
        var newestFirst = page.backwards() ? 1 : -1;
        var ids = aggregates.stream().collect(Collectors.toMap(key, Function.identity()));
        var found = new HashMap<I, Connection<ActivityView>>();
        collections
                .of(source.collection(), Activities.class)
                .aggregate(List.of(
                        Aggregates.match(Filters.in("_id", ids.keySet())),
                        Aggregates.project(Projections.include("_id")),
                        Aggregates.lookup(
                                LOG,
                                List.of(new Variable<>("of", "$_id")),
                                List.of(
                                        Aggregates.match(Filters.and(
                                                Filters.expr(new Document("$eq", List.of("$" + SUBJECT, "$$of"))),
                                                visible)),
                                        Aggregates.sort(new Document(NUMBER, newestFirst)),
                                        Aggregates.limit(page.size() + 1),
                                        Aggregates.project(projection(selection.ofNodes()))),
                                LOG)))
                .forEach(activities -> found.put(
                        Objects.requireNonNull(ids.get(activities.subject())),
                        pages.page(
                                activities.activity(),
                                page,
                                name(kind, activities.subject()),
                                PublishedEvent::number,
                                view)));
        return found;
    }

    /** The events with these ids that the actor may see. */
    Map<UUID, ActivityView> find(Collection<UUID> events, Actor actor, Selection selection) {
        var tokens = new HashMap<String, Set<String>>();
        var views = new HashMap<String, Function<PublishedEvent, ActivityView>>();
        for (var source : sources.all()) {
            tokens.put(source.kind(), source.tokens(actor));
            views.put(source.kind(), ActivityView.viewsOf(source, actor));
        }
        var ofAnyKind = tokens.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        var found = new HashMap<UUID, ActivityView>();
        collections
                .of(LOG, PublishedEvent.class)
                .find(Filters.and(Filters.in(EVENT, events), Filters.in(TOKENS, ofAnyKind)))
                .projection(projection(selection))
                .batchSize(events.size() + 1)
                .forEach(stored -> {
                    var view = views.get(stored.kind());
                    // A token may see the events of another kind only.
                    var ofKind = tokens.getOrDefault(stored.kind(), Set.of());
                    if (view != null && stored.audience().tokens().stream().anyMatch(ofKind::contains)) {
                        found.put(stored.event(), view.apply(stored));
                    }
                });
        return found;
    }

    private Pages.Listing<PublishedEvent, ActivityView> listing(
            String kind, UUID subject, Bson visible, Function<PublishedEvent, ActivityView> view, Selection selection) {
        return new Pages.Listing<>(
                collections.of(LOG, PublishedEvent.class),
                Filters.and(Filters.eq(SUBJECT, subject), visible),
                NUMBER,
                PublishedEvent::number,
                Long::valueOf,
                true,
                projection(selection.ofNodes()),
                name(kind, subject),
                view);
    }

    private Bson projection(Selection selection) {
        return table.projection(selection, ALWAYS_READ);
    }

    private static String name(String kind, UUID subject) {
        return "activity:" + kind + ":" + subject;
    }

    public record Activities(@BsonId UUID subject, List<PublishedEvent> activity) {}
}

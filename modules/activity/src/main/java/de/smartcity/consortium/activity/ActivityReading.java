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
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;

/** Reads the log. Who may see an aggregate's activity is for the aggregate's own capability to decide. */
public final class ActivityReading {

    static final String LOG = "activity";
    static final String SUBJECT = "subject";
    private static final String SEQUENCE = "_id";

    private final TypeTable<ActivityView> table;
    private final RecordCollections collections;
    private final Pages pages;

    ActivityReading(TypeTable<ActivityView> table, RecordCollections collections, Pages pages) {
        this.table = table;
        this.collections = collections;
        this.pages = pages;
    }

    /**
     * The activity of each of these aggregates, the latest first, with one Mongo command.
     *
     * @param collection the collection that the aggregates are in
     * @param key the id of an aggregate as it is stored
     * @throws BadRequest for a cursor with several aggregates, since a cursor belongs to the activity of one
     */
    public <I> Map<I, Connection<ActivityView>> of(
            String collection, Collection<I> aggregates, Function<I, UUID> key, PageRequest page, Selection selection) {
        if (aggregates.size() == 1) {
            var only = aggregates.iterator().next();
            return Map.of(only, pages.read(listing(key.apply(only), selection), page, selection));
        }
        if (page.after() != null || page.before() != null) {
            throw new BadRequest("Page through the activity of one object at a time.");
        }
        var newestFirst = page.backwards() ? 1 : -1;
        var ids = aggregates.stream().collect(Collectors.toMap(key, Function.identity()));
        var found = new HashMap<I, Connection<ActivityView>>();
        collections
                .of(collection, Activities.class)
                .aggregate(List.of(
                        Aggregates.match(Filters.in("_id", ids.keySet())),
                        Aggregates.project(Projections.include("_id")),
                        Aggregates.lookup(
                                LOG,
                                List.of(new Variable<>("of", "$_id")),
                                List.of(
                                        Aggregates.match(
                                                Filters.expr(new Document("$eq", List.of("$" + SUBJECT, "$$of")))),
                                        Aggregates.sort(new Document(SEQUENCE, newestFirst)),
                                        Aggregates.limit(page.size() + 1),
                                        Aggregates.project(projection(selection))),
                                LOG)))
                .forEach(activities -> found.put(
                        Objects.requireNonNull(ids.get(activities.subject())),
                        pages.page(
                                activities.activity(),
                                page,
                                name(activities.subject()),
                                ActivityView::sequence,
                                Function.identity())));
        return found;
    }

    private Pages.Listing<ActivityView, ActivityView> listing(UUID subject, Selection selection) {
        return new Pages.Listing<>(
                collections.of(LOG, ActivityView.class),
                Filters.eq(SUBJECT, subject),
                SEQUENCE,
                ActivityView::sequence,
                Long::valueOf,
                true,
                projection(selection),
                name(subject),
                Function.identity());
    }

    private Bson projection(Selection selection) {
        return table.projection(selection.ofNodes(), List.of(SEQUENCE));
    }

    private static String name(UUID subject) {
        return "activity:" + subject;
    }

    public record Activities(@BsonId UUID subject, List<ActivityView> activity) {}
}

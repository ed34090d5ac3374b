package de.smartcity.consortium.graphql;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bson.conversions.Bson;

/** Reads one page of a list with one Mongo command, whatever the page's size. */
public final class Pages {

    private static final Set<String> TOTALS = Set.of("totalCount", "totalCountIsExact");

    private final Cursors cursors;

    Pages(Cursors cursors) {
        this.cursors = cursors;
    }

    /** Reads the objects of the table's type in this collection. */
    public <S extends Record> TypeReading<S> of(TypeTable<S> table, MongoCollection<S> collection) {
        return new TypeReading<>(table, collection, this);
    }

    /**
     * A list to read pages of.
     *
     * @param collection where it is
     * @param filter what belongs to it for this actor: the audience and whatever the arguments say
     * @param sortPath a stored field that is never null and differs in every document
     * @param sortKey the same field of what was read; at most {@link Cursors#MAX_POSITION} bytes
     * @param position makes the stored field's value of its text
     * @param descending whether the greatest comes first
     * @param projection the fields to read, the sort field among them
     * @param name what binds a cursor to this list: the list's field, filter and order, without what differs between actors
     * @param view makes what is shown of what was read
     */
    public record Listing<S extends Record, V>(
            MongoCollection<S> collection,
            Bson filter,
            String sortPath,
            Function<S, ?> sortKey,
            Function<String, ?> position,
            boolean descending,
            Bson projection,
            String name,
            Function<S, V> view) {

        private Bson order(PageRequest page) {
            return descending != page.backwards() ? Sorts.descending(sortPath) : Sorts.ascending(sortPath);
        }
    }

    /** The page; where nothing but its total is selected, its objects are not read. @throws BadRequest for a cursor of another list */
    public <S extends Record, V> Connection<V> read(Listing<S, V> list, PageRequest page, Selection selection) {
        var range = new ArrayList<Bson>();
        range.add(list.filter());
        if (page.after() != null) {
            range.add(beyond(list, cursors.open(page.after(), list.name()), true));
        }
        if (page.before() != null) {
            range.add(beyond(list, cursors.open(page.before(), list.name()), false));
        }
        var total = new Connection.Total(
                () -> List.of(list.collection().getNamespace(), list.filter().toBsonDocument()),
                () -> list.collection()
                        .countDocuments(list.filter(), new CountOptions().limit(Connection.Total.LIMIT + 1)));
        if (TOTALS.containsAll(selection.names())) {
            return Connection.of(List.of(), false, false, total);
        }
        var found = list.collection()
                .find(range.size() == 1 ? range.getFirst() : Filters.and(range))
                .sort(list.order(page))
                .projection(list.projection())
                // One more than asked for tells whether the list goes on; all of it fits one batch.
                .limit(page.size() + 1)
                .batchSize(page.size() + 2)
                .into(new ArrayList<>(page.size() + 1));
        return page(found, page, list.name(), list.sortKey(), list.view(), total);
    }

    /**
     * The page that these objects are, of a list that shows no total.
     *
     * @param found the objects in the order read (for a backwards page the last one first), and one more where there is one
     */
    public <S, V> Connection<V> page(
            List<S> found, PageRequest page, String name, Function<S, ?> sortKey, Function<S, V> view) {
        return page(found, page, name, sortKey, view, Connection.Total.NONE);
    }

    private <S, V> Connection<V> page(
            List<S> found,
            PageRequest page,
            String name,
            Function<S, ?> sortKey,
            Function<S, V> view,
            Connection.Total total) {
        var shown = new ArrayList<>(found);
        var goesOn = shown.size() > page.size();
        if (goesOn) {
            shown.removeLast();
        }
        if (page.backwards()) {
            Collections.reverse(shown);
        }
        var edges = new ArrayList<Connection.Edge<V>>(shown.size());
        for (var stored : shown) {
            edges.add(new Connection.Edge<>(
                    view.apply(stored), () -> cursors.seal(sortKey.apply(stored).toString(), name)));
        }
        return Connection.of(
                edges,
                page.backwards() ? page.before() != null : goesOn,
                page.backwards() ? goesOn : page.after() != null,
                total);
    }

    private static Bson beyond(Listing<?, ?> list, String position, boolean after) {
        return after != list.descending()
                ? Filters.gt(list.sortPath(), list.position().apply(position))
                : Filters.lt(list.sortPath(), list.position().apply(position));
    }
}

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
import org.bson.BsonDocument;
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
     * @param collection the collection of its objects
     * @param filter its objects for this actor: the audience and the conditions of the arguments
     * @param sortPath a stored field that is never null and differs in every document
     * @param sortKey reads that field from a record; at most {@link Cursors#MAX_POSITION} bytes
     * @param position converts a cursor's text to the stored field's value
     * @param descending whether the greatest comes first
     * @param projection the fields to read, the sort field among them
     * @param name binds cursors to this list: the list's field, filter and order, without what differs between actors
     * @param view converts a record to what is shown
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

    /** The page; if only its total is selected, no objects are read. @throws BadRequest for a cursor of another list */
    public <S extends Record, V> Connection<V> read(Listing<S, V> list, PageRequest page, Selection selection) {
        var range = new ArrayList<Bson>();
        range.add(list.filter());
        if (page.after() != null) {
            range.add(beyond(list, position(page.after(), list.name()), true));
        }
        if (page.before() != null) {
            range.add(beyond(list, position(page.before(), list.name()), false));
        }
        var total = new Connection.Total(
                // With the collection's codecs, since the filter may hold typed ids.
                () -> List.of(
                        list.collection().getNamespace(),
                        list.filter()
                                .toBsonDocument(
                                        BsonDocument.class, list.collection().getCodecRegistry())),
                () -> list.collection()
                        .countDocuments(list.filter(), new CountOptions().limit(Connection.Total.LIMIT + 1)));
        if (TOTALS.containsAll(selection.names())) {
            return Connection.of(List.of(), false, false, total);
        }
        var found = list.collection()
                .find(range.size() == 1 ? range.getFirst() : Filters.and(range))
                .sort(list.order(page))
                .projection(list.projection())
                // One more than requested shows whether there is a next page; all of it fits one batch.
                .limit(page.size() + 1)
                .batchSize(page.size() + 2)
                .into(new ArrayList<>(page.size() + 1));
        return page(found, page, list.name(), list.sortKey(), list.view(), total);
    }

    /** The position of a cursor. @throws BadRequest for a cursor of another list than that of this name */
    String position(String cursor, String name) {
        return cursors.open(cursor, name);
    }

    /**
     * The page with these objects, of a list without a total.
     *
     * @param found the objects in the order read (last first for a backwards page), and one more if there is one
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

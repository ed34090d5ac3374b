package de.smartcity.consortium.graphql;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.bson.conversions.Bson;

/** Reads one page of a list with one Mongo command, whatever the page's size. */
public final class Pages {

    private final Cursors cursors;

    Pages(Cursors cursors) {
        this.cursors = cursors;
    }

    /**
     * A list to read pages of.
     *
     * @param collection where it is
     * @param filter what belongs to it for this actor: the audience and whatever the arguments say
     * @param sortPath a stored field that is never null and differs in every document
     * @param sortKey the same field of what was read
     * @param position makes the stored field's value of its text
     * @param descending whether the greatest comes first
     * @param projection the fields to read, the sort field among them
     * @param name what binds a cursor to this list: the list's field, filter and order, without what differs between actors
     * @param narrow makes a view of what was read, without what the actor may not see
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
            Function<S, V> narrow) {

        private Bson order(PageRequest page) {
            return descending != page.backwards() ? Sorts.descending(sortPath) : Sorts.ascending(sortPath);
        }
    }

    /** The page; where nothing but {@code totalCount} is selected, its objects are not read. @throws BadRequest for a cursor of another list */
    public <S extends Record, V> Connection<V> read(Listing<S, V> list, PageRequest page, Selection selection) {
        var range = new ArrayList<Bson>();
        range.add(list.filter());
        if (page.after() != null) {
            range.add(beyond(list, cursors.open(page.after(), list.name()), true));
        }
        if (page.before() != null) {
            range.add(beyond(list, cursors.open(page.before(), list.name()), false));
        }
        if (selection.names().stream().allMatch("totalCount"::equals)) {
            return Connection.of(List.of(), false, false, () -> count(list));
        }
        var found = list.collection()
                .find(range.size() == 1 ? range.getFirst() : Filters.and(range))
                .sort(list.order(page))
                .projection(list.projection())
                // One more than asked for tells whether the list goes on; all of it fits one batch.
                .limit(page.size() + 1)
                .batchSize(page.size() + 2)
                .into(new ArrayList<>(page.size() + 1));
        return page(found, page, list.name(), list.sortKey(), list.narrow(), () -> count(list));
    }

    /**
     * The page that these objects are.
     *
     * @param found the objects in the order read (for a backwards page the last one first), and one more where there is one
     */
    public <S, V> Connection<V> page(
            List<S> found,
            PageRequest page,
            String name,
            Function<S, ?> sortKey,
            Function<S, V> narrow,
            LongSupplier totalCount) {
        var shown = new ArrayList<>(found);
        var goesOn = shown.size() > page.size();
        if (goesOn) {
            shown.removeLast();
        }
        if (page.backwards()) {
            Collections.reverse(shown);
        }
        UnaryOperator<String> seal = position -> cursors.seal(position, name);
        var edges = shown.stream()
                .map(view -> new Connection.Edge<>(
                        narrow.apply(view), sortKey.apply(view).toString(), seal))
                .toList();
        return Connection.of(
                edges,
                page.backwards() ? page.before() != null : goesOn,
                page.backwards() ? goesOn : page.after() != null,
                totalCount);
    }

    private static long count(Listing<?, ?> list) {
        return list.collection().countDocuments(list.filter());
    }

    private static Bson beyond(Listing<?, ?> list, String position, boolean after) {
        return after != list.descending()
                ? Filters.gt(list.sortPath(), list.position().apply(position))
                : Filters.lt(list.sortPath(), list.position().apply(position));
    }
}

package de.smartcity.consortium.graphql;

import graphql.GraphQLContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One page of a list, the source of the schema's connection types. Cursors and the total are computed only when selected. */
public final class Connection<V> {

    private final List<Edge<V>> edges;
    private final List<V> nodes;
    private final PageInfo pageInfo;
    private final Total total;

    private Connection(List<Edge<V>> edges, boolean more, boolean less, Total total) {
        this.edges = edges;
        this.nodes = new ArrayList<>(edges.size());
        edges.forEach(edge -> nodes.add(edge.node()));
        this.pageInfo = new PageInfo(edges, more, less);
        this.total = total;
    }

    /** An empty list, or one that the actor may not see. */
    public static <V> Connection<V> empty() {
        return new Connection<>(List.of(), false, false, Total.NONE);
    }

    static <V> Connection<V> of(List<Edge<V>> edges, boolean hasNext, boolean hasPrevious, Total total) {
        return new Connection<>(edges, hasNext, hasPrevious, total);
    }

    /** The objects with their cursors. */
    List<Edge<V>> edges() {
        return edges;
    }

    /** The objects. */
    public List<V> nodes() {
        return nodes;
    }

    /** The page's place in the list. */
    PageInfo pageInfo() {
        return pageInfo;
    }

    Total total() {
        return total;
    }

    /**
     * The number of objects in the whole list, counted up to {@link #LIMIT}, once for each list of a request.
     *
     * @param list identifies the list in the request
     * @param count counts up to one more than the limit, with one Mongo command
     */
    record Total(Supplier<?> list, LongSupplier count) {

        static final int LIMIT = 10_000;

        static final Total NONE = new Total(() -> "", () -> 0);

        long upToLimit(GraphQLContext request) {
            return Math.min(counted(request), LIMIT);
        }

        boolean isExact(GraphQLContext request) {
            return counted(request) <= LIMIT;
        }

        private long counted(GraphQLContext request) {
            return request.<Counts>computeIfAbsent(Counts.class, absent -> new Counts())
                    .of(this);
        }
    }

    /** Clears cached totals. */
    static void forgetTotals(GraphQLContext request) {
        request.delete(Counts.class);
    }

    private static final class Counts {

        private final Map<Object, Long> known = new HashMap<>();

        synchronized long of(Total total) {
            return known.computeIfAbsent(
                    total.list().get(), list -> total.count().getAsLong());
        }
    }

    /** An object and its cursor. */
    static final class Edge<V> {

        private final V node;
        private final Supplier<String> cursor;

        Edge(V node, Supplier<String> cursor) {
            this.node = node;
            this.cursor = cursor;
        }

        V node() {
            return node;
        }

        String cursor() {
            return cursor.get();
        }
    }

    /** A page's place in its list. */
    static final class PageInfo {

        private final List<? extends Edge<?>> edges;
        private final boolean hasNextPage;
        private final boolean hasPreviousPage;

        PageInfo(List<? extends Edge<?>> edges, boolean hasNextPage, boolean hasPreviousPage) {
            this.edges = edges;
            this.hasNextPage = hasNextPage;
            this.hasPreviousPage = hasPreviousPage;
        }

        boolean hasNextPage() {
            return hasNextPage;
        }

        boolean hasPreviousPage() {
            return hasPreviousPage;
        }

        @Nullable
        String startCursor() {
            return edges.isEmpty() ? null : edges.getFirst().cursor();
        }

        @Nullable
        String endCursor() {
            return edges.isEmpty() ? null : edges.getLast().cursor();
        }
    }
}

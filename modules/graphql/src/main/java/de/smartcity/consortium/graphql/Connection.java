package de.smartcity.consortium.graphql;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One page of a list, as the schema's connection types show it. Cursors and the total are worked out only when asked for. */
public final class Connection<V> {

    private final List<Edge<V>> edges;
    private final List<V> nodes;
    private final PageInfo pageInfo;
    private final LongSupplier totalCount;

    private Connection(List<Edge<V>> edges, boolean more, boolean less, LongSupplier totalCount) {
        this.edges = edges;
        this.nodes = edges.stream().map(Edge::node).toList();
        this.pageInfo = new PageInfo(edges, more, less);
        this.totalCount = totalCount;
    }

    /** A list that the actor may not see, or that has nothing. */
    public static <V> Connection<V> empty() {
        return new Connection<>(List.of(), false, false, () -> 0);
    }

    static <V> Connection<V> of(List<Edge<V>> edges, boolean hasNext, boolean hasPrevious, LongSupplier totalCount) {
        return new Connection<>(edges, hasNext, hasPrevious, totalCount);
    }

    /** The objects with their cursors. */
    public List<Edge<V>> edges() {
        return edges;
    }

    /** The objects. */
    public List<V> nodes() {
        return nodes;
    }

    /** Where the page stands in the list. */
    public PageInfo pageInfo() {
        return pageInfo;
    }

    /** How many objects the whole list has; one Mongo command. */
    public long totalCount() {
        return totalCount.getAsLong();
    }

    /** An object and where it stands. */
    public static final class Edge<V> {

        private final V node;
        private final String position;
        private final UnaryOperator<String> seal;

        Edge(V node, String position, UnaryOperator<String> seal) {
            this.node = node;
            this.position = position;
            this.seal = seal;
        }

        /** The object. */
        public V node() {
            return node;
        }

        /** Where it stands. */
        public String cursor() {
            return seal.apply(position);
        }
    }

    /** Where a page stands in its list. */
    public static final class PageInfo {

        private final List<? extends Edge<?>> edges;
        private final boolean hasNextPage;
        private final boolean hasPreviousPage;

        PageInfo(List<? extends Edge<?>> edges, boolean hasNextPage, boolean hasPreviousPage) {
            this.edges = edges;
            this.hasNextPage = hasNextPage;
            this.hasPreviousPage = hasPreviousPage;
        }

        /** Whether objects follow. */
        public boolean hasNextPage() {
            return hasNextPage;
        }

        /** Whether objects come before. */
        public boolean hasPreviousPage() {
            return hasPreviousPage;
        }

        /** The first object's cursor; absent on an empty page. */
        public @Nullable String startCursor() {
            return edges.isEmpty() ? null : edges.getFirst().cursor();
        }

        /** The last object's cursor; absent on an empty page. */
        public @Nullable String endCursor() {
            return edges.isEmpty() ? null : edges.getLast().cursor();
        }
    }
}

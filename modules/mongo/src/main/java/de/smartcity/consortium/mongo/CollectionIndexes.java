package de.smartcity.consortium.mongo;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The indexes of one collection, declared as a bean and made when the service starts. Several beans for one collection add up. Keys are paths, in
 * order, and ascending, since every index is read from both ends. Immutable: each method returns another specification, or throws an
 * {@link IllegalStateException} where it contradicts itself.
 *
 * <p>They are made before migrations run. So a unique index on a field that stored documents get by a migration is one {@link #uniqueWherePresent}.
 */
public final class CollectionIndexes {

    private final String collection;
    private final List<Index> indexes;
    private final List<String> obsolete;

    private CollectionIndexes(String collection, List<Index> indexes, List<String> obsolete) {
        this.collection = collection;
        this.indexes = indexes.stream().distinct().toList();
        this.obsolete = obsolete;
        var names = new HashSet<String>(obsolete);
        this.indexes.forEach(index -> {
            if (!names.add(index.name())) {
                throw new IllegalStateException("The index " + index.name() + " of " + collection
                        + " is declared in two ways that exclude each other: unique, sparse, neither or obsolete");
            }
        });
    }

    /** No index yet, in the collection of this name. */
    public static CollectionIndexes of(String collection) {
        return new CollectionIndexes(collection, List.of(), List.of());
    }

    /** Adds one that only makes queries fast. */
    public CollectionIndexes on(String... keys) {
        return and(new Index(List.of(keys), false, false));
    }

    /** Adds one that also keeps documents from sharing the keys; lacking them counts as sharing them. */
    public CollectionIndexes unique(String... keys) {
        return and(new Index(List.of(keys), true, false));
    }

    /** Adds one that keeps those documents that have the keys from sharing them. */
    public CollectionIndexes uniqueWherePresent(String... keys) {
        return and(new Index(List.of(keys), true, true));
    }

    /**
     * Drops one that an earlier version made, where it still exists.
     *
     * @param name as MongoDB names it, such as {@code identifierKeys_1_sort.name_1}
     */
    public CollectionIndexes obsolete(String name) {
        return new CollectionIndexes(collection, indexes, joined(obsolete, List.of(name)));
    }

    String collection() {
        return collection;
    }

    List<Index> indexes() {
        return indexes;
    }

    List<String> obsolete() {
        return obsolete;
    }

    /** With those of another specification of the collection. */
    CollectionIndexes plus(CollectionIndexes other) {
        return new CollectionIndexes(collection, joined(indexes, other.indexes), joined(obsolete, other.obsolete));
    }

    private CollectionIndexes and(Index index) {
        return new CollectionIndexes(collection, joined(indexes, List.of(index)), obsolete);
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /**
     * @param unique whether two documents may not share the keys
     * @param sparse whether documents without the keys are left out
     */
    record Index(List<String> keys, boolean unique, boolean sparse) {

        /** As MongoDB names it by itself. */
        String name() {
            return keys.stream().map(key -> key + "_1").collect(Collectors.joining("_"));
        }

        /** As the driver takes it. */
        IndexModel model() {
            return new IndexModel(
                    Indexes.ascending(keys),
                    new IndexOptions().name(name()).unique(unique).sparse(sparse));
        }
    }
}

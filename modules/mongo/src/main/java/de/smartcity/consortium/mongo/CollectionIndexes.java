package de.smartcity.consortium.mongo;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The indexes of one collection, declared as a bean and created when the service starts. Several beans for one collection are merged. Keys are paths, in
 * order, and ascending, since every index is read in both directions. Immutable: each method returns another specification, or throws an
 * {@link IllegalStateException} where indexes contradict each other.
 *
 * <p>Indexes are created before migrations run, so a unique index on a field that a migration adds must be {@link #uniqueWherePresent}.
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

    /** A specification without indexes for the collection of this name. */
    public static CollectionIndexes of(String collection) {
        return new CollectionIndexes(collection, List.of(), List.of());
    }

    /** Adds an index that is not unique. */
    public CollectionIndexes on(String... keys) {
        return and(new Index(List.of(keys), false, false));
    }

    /** Adds a unique index; two documents without the keys violate it, too. */
    public CollectionIndexes unique(String... keys) {
        return and(new Index(List.of(keys), true, false));
    }

    /** Adds a unique sparse index; any number of documents may lack the keys. */
    public CollectionIndexes uniqueWherePresent(String... keys) {
        return and(new Index(List.of(keys), true, true));
    }

    /**
     * Drops an index that an earlier version created, where it still exists.
     *
     * @param name its name in MongoDB, such as {@code identifierKeys_1_sort.name_1}
     */
    public CollectionIndexes obsolete(String name) {
        return new CollectionIndexes(collection, indexes, concat(obsolete, List.of(name)));
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

    /** Merges two specifications of one collection. */
    CollectionIndexes plus(CollectionIndexes other) {
        return new CollectionIndexes(collection, concat(indexes, other.indexes), concat(obsolete, other.obsolete));
    }

    private CollectionIndexes and(Index index) {
        return new CollectionIndexes(collection, concat(indexes, List.of(index)), obsolete);
    }

    private static <T> List<T> concat(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /**
     * @param sparse whether documents without the keys are not indexed
     */
    record Index(List<String> keys, boolean unique, boolean sparse) {

        /** The name that MongoDB gives it by default. */
        String name() {
            return keys.stream().map(key -> key + "_1").collect(Collectors.joining("_"));
        }

        IndexModel model() {
            return new IndexModel(
                    Indexes.ascending(keys),
                    new IndexOptions().name(name()).unique(unique).sparse(sparse));
        }
    }
}

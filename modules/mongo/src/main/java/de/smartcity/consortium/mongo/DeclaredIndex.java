package de.smartcity.consortium.mongo;

import java.util.List;

/**
 * An index that a capability declares as a bean, made when the service starts. New ones are declared as {@link CollectionIndexes}.
 *
 * @param collection the collection's name
 * @param keys the paths, in order; ascending, since every index is read from both ends
 * @param unique whether two documents may not share the keys
 * @param sparse whether documents without the keys are left out
 */
public record DeclaredIndex(String collection, List<String> keys, boolean unique, boolean sparse) {

    public DeclaredIndex {
        keys = List.copyOf(keys);
    }

    /** An index that only makes queries fast. */
    public static DeclaredIndex on(String collection, String... keys) {
        return new DeclaredIndex(collection, List.of(keys), false, false);
    }

    /** An index that also keeps keys apart. */
    public static DeclaredIndex unique(String collection, String... keys) {
        return new DeclaredIndex(collection, List.of(keys), true, false);
    }

    /** An index that keeps keys apart among the documents that have them. */
    public static DeclaredIndex uniqueWherePresent(String collection, String... keys) {
        return new DeclaredIndex(collection, List.of(keys), true, true);
    }

    CollectionIndexes asCollectionIndexes() {
        var indexes = CollectionIndexes.of(collection);
        var paths = keys.toArray(String[]::new);
        if (sparse) {
            return indexes.uniqueWherePresent(paths);
        }
        return unique ? indexes.unique(paths) : indexes.on(paths);
    }
}

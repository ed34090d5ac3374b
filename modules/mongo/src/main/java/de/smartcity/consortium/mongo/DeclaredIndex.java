package de.smartcity.consortium.mongo;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * An index that a capability declares as a bean, made when the service starts.
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

    /** As the driver takes it. */
    IndexModel model() {
        var document = new BsonDocument();
        keys.forEach(key -> document.append(key, new BsonInt32(1)));
        return new IndexModel(document, new IndexOptions().unique(unique).sparse(sparse));
    }
}

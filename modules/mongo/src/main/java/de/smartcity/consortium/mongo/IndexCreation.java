package de.smartcity.consortium.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** Creates the declared indexes and drops obsolete ones before anything reads or writes; if this fails, the service does not start. */
final class IndexCreation implements InitializingBean {

    private static final int INDEX_NOT_FOUND = 27;

    private final MongoDatabaseFactory databases;
    private final List<CollectionIndexes> declared;

    IndexCreation(MongoDatabaseFactory databases, List<CollectionIndexes> declared) {
        this.databases = databases;
        this.declared = declared;
    }

    @Override
    public void afterPropertiesSet() {
        var database = CommandTimeouts.unlimited(databases.getMongoDatabase());
        var merged = declared.stream()
                .collect(Collectors.toMap(
                        CollectionIndexes::collection, Function.identity(), CollectionIndexes::plus, TreeMap::new))
                .values();
        // All before any is created: the embedded server also drops indexes of the same name in other collections.
        merged.forEach(indexes -> dropObsolete(indexes, database.getCollection(indexes.collection())));
        merged.forEach(indexes -> create(indexes, database.getCollection(indexes.collection())));
    }

    private static void dropObsolete(CollectionIndexes declared, MongoCollection<Document> collection) {
        if (!declared.obsolete().isEmpty()) {
            collection.listIndexes().map(index -> index.getString("name")).into(new ArrayList<>()).stream()
                    .filter(declared.obsolete()::contains)
                    .forEach(name -> drop(name, collection));
        }
    }

    private static void create(CollectionIndexes declared, MongoCollection<Document> collection) {
        if (!declared.indexes().isEmpty()) {
            collection.createIndexes(declared.indexes().stream()
                    .map(CollectionIndexes.Index::model)
                    .toList());
        }
    }

    private static void drop(String name, MongoCollection<Document> collection) {
        try {
            collection.dropIndex(name);
        } catch (MongoCommandException failed) {
            // Another starting node may have dropped it.
            if (failed.getErrorCode() != INDEX_NOT_FOUND) {
                throw failed;
            }
        }
    }
}

package de.smartcity.consortium.mongo;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;

/**
 * What a migration does to one document. It must be idempotent: it is applied again to some documents after an interruption, and to a document
 * that was changed concurrently.
 */
@FunctionalInterface
public interface DocumentStep {

    /**
     * The document to store, with the same {@code _id}; if it equals the stored one, nothing is written.
     *
     * @param stored the stored document; may be changed and returned
     * @param database to read other documents
     */
    Document apply(Document stored, MongoDatabase database);
}

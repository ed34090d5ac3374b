package de.smartcity.consortium.mongo;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;

/**
 * What a migration does to one document. It must be idempotent: after an interruption it sees some documents again, and a document that somebody else
 * changed meanwhile, too.
 */
@FunctionalInterface
public interface DocumentStep {

    /**
     * The document as it is to be stored, with the same {@code _id}; where it equals what is stored, nothing is written.
     *
     * @param stored as it is stored; may be changed and returned
     * @param database to read other documents
     */
    Document apply(Document stored, MongoDatabase database);
}

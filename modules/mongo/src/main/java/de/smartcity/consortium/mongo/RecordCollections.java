package de.smartcity.consortium.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.codecs.configuration.CodecRegistry;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Collections whose documents are decoded directly into records, without an aggregate. A component is read from the field of its name or its
 * {@code @BsonProperty}; it is null if document or projection lack the field. The driver can instantiate public records only. A collection may be
 * kept: each command that a request sends through it ends by the request's deadline.
 */
public final class RecordCollections {

    private final MongoDatabase database;
    /** Cached, since a collection derives its codecs by reflection. */
    private final Map<RecordCollection, MongoCollection<?>> known = new ConcurrentHashMap<>();

    RecordCollections(MongoDatabaseFactory databases, CodecRegistry codecs) {
        // Here and not at the first use, which is part of a request and has its deadline.
        this.database = databases.getMongoDatabase().withCodecRegistry(codecs);
    }

    /** The collection of this name, decoded as records of this type. */
    @SuppressWarnings("unchecked")
    public <R extends Record> MongoCollection<R> of(String collection, Class<R> record) {
        return (MongoCollection<R>) known.computeIfAbsent(
                new RecordCollection(collection, record),
                absent -> CommandTimeouts.boundAtEachCommand(database.getCollection(collection, record)));
    }

    private record RecordCollection(String collection, Class<? extends Record> type) {}
}

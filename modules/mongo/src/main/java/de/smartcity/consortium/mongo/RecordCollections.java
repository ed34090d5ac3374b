package de.smartcity.consortium.mongo;

import com.mongodb.client.MongoCollection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.codecs.configuration.CodecRegistry;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Collections whose documents are decoded directly into records, without an aggregate. A component is read from the field of its name or its
 * {@code @BsonProperty}; it is null if document or projection lack the field. The driver can instantiate public records only.
 */
public final class RecordCollections {

    private final MongoDatabaseFactory databases;
    private final CodecRegistry codecs;
    /** Cached, since a collection derives its codecs by reflection. */
    private final Map<RecordCollection, MongoCollection<?>> known = new ConcurrentHashMap<>();

    RecordCollections(MongoDatabaseFactory databases, CodecRegistry codecs) {
        this.databases = databases;
        this.codecs = codecs;
    }

    /** The collection of this name, decoded as records of this type. */
    @SuppressWarnings("unchecked")
    public <R extends Record> MongoCollection<R> of(String collection, Class<R> record) {
        return (MongoCollection<R>) known.computeIfAbsent(
                new RecordCollection(collection, record),
                absent -> databases.getMongoDatabase().withCodecRegistry(codecs).getCollection(collection, record));
    }

    private record RecordCollection(String collection, Class<? extends Record> type) {}
}

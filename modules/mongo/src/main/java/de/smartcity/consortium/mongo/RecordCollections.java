package de.smartcity.consortium.mongo;

import com.mongodb.client.MongoCollection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.codecs.configuration.CodecRegistry;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Collections whose documents are decoded straight into records, without an aggregate between. A component is read from
 * the field of its name or its {@code @BsonProperty}; what the document or the projection lacks is null. The driver reaches public records only.
 */
public final class RecordCollections {

    private final MongoDatabaseFactory databases;
    private final CodecRegistry codecs;
    /** Kept, since a collection works its codecs out by reflection. */
    private final Map<RecordCollection, MongoCollection<?>> known = new ConcurrentHashMap<>();

    RecordCollections(MongoDatabaseFactory databases, CodecRegistry codecs) {
        this.databases = databases;
        this.codecs = codecs;
    }

    /** The collection of this name as records of this type. */
    @SuppressWarnings("unchecked")
    public <R extends Record> MongoCollection<R> of(String collection, Class<R> record) {
        return (MongoCollection<R>) known.computeIfAbsent(
                new RecordCollection(collection, record),
                absent -> databases.getMongoDatabase().withCodecRegistry(codecs).getCollection(collection, record));
    }

    private record RecordCollection(String collection, Class<? extends Record> type) {}
}

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
public final class Views {

    private final MongoDatabaseFactory databases;
    private final CodecRegistry codecs;
    /** Kept, since a collection works its codecs out by reflection. */
    private final Map<View, MongoCollection<?>> known = new ConcurrentHashMap<>();

    Views(MongoDatabaseFactory databases, CodecRegistry codecs) {
        this.databases = databases;
        this.codecs = codecs;
    }

    /** The collection of this name as records of this type. */
    @SuppressWarnings("unchecked")
    public <V extends Record> MongoCollection<V> of(String collection, Class<V> view) {
        return (MongoCollection<V>) known.computeIfAbsent(
                new View(collection, view),
                absent -> databases.getMongoDatabase().withCodecRegistry(codecs).getCollection(collection, view));
    }

    private record View(String collection, Class<? extends Record> type) {}
}

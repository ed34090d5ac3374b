package de.smartcity.consortium.mongo;

import com.mongodb.client.MongoCollection;
import org.bson.codecs.configuration.CodecRegistry;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Collections whose documents are decoded straight into records, without an aggregate between. A component is read from
 * the field of its name or its {@code @BsonProperty}; what the document or the projection lacks is null. The driver reaches public records only.
 */
public final class Views {

    private final MongoDatabaseFactory databases;
    private final CodecRegistry codecs;

    Views(MongoDatabaseFactory databases, CodecRegistry codecs) {
        this.databases = databases;
        this.codecs = codecs;
    }

    /** The collection of this name as records of this type. */
    public <V extends Record> MongoCollection<V> of(String collection, Class<V> view) {
        return databases.getMongoDatabase().withCodecRegistry(codecs).getCollection(collection, view);
    }

    /** How values are written in filters. */
    public CodecRegistry codecs() {
        return codecs;
    }
}

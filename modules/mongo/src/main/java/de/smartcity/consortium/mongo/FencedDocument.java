package de.smartcity.consortium.mongo;

import com.mongodb.MongoServerException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.util.Objects;
import org.bson.Document;
import org.bson.conversions.Bson;

/** A document, such as a checkpoint, that only the latest holder of a lease can write: updates with a smaller {@code fence} than the stored one match nothing. */
public final class FencedDocument {

    private final MongoCollection<Document> documents;
    private final Object id;
    private final Lease lease;
    private final Document content;

    private FencedDocument(MongoCollection<Document> documents, Object id, Lease lease, Document content) {
        this.documents = documents;
        this.id = id;
        this.lease = lease;
        this.content = content;
    }

    static FencedDocument claim(MongoCollection<Document> documents, Object id, Document initial, Lease lease) {
        var safe = documents.withWriteConcern(WriteConcern.MAJORITY);
        try {
            return claimOnce(safe, id, initial, lease);
        } catch (MongoServerException refused) {
            if (!Leases.isDuplicateKey(refused)) {
                throw refused;
            }
        }
        try {
            // An earlier holder may have inserted it concurrently.
            return claimOnce(safe, id, initial, lease);
        } catch (MongoServerException refused) {
            throw Leases.isDuplicateKey(refused) ? lease.lost() : refused;
        }
    }

    private static FencedDocument claimOnce(
            MongoCollection<Document> documents, Object id, Document initial, Lease lease) {
        var content = documents.findOneAndUpdate(
                Filters.and(Filters.eq("_id", id), Filters.lte(Leases.FENCE, lease.fence())),
                Updates.combine(Updates.set(Leases.FENCE, lease.fence()), new Document("$setOnInsert", initial)),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        return new FencedDocument(documents, id, lease, Objects.requireNonNull(content));
    }

    /** The document as it was when claimed. */
    public Document content() {
        return content;
    }

    /**
     * @throws LeaseLost if a later holder has claimed it
     */
    public void update(Bson update) {
        var updated = documents.updateOne(
                Filters.and(Filters.eq("_id", id), Filters.eq(Leases.FENCE, lease.fence())), update);
        if (updated.getMatchedCount() == 0) {
            throw lease.lost();
        }
    }
}

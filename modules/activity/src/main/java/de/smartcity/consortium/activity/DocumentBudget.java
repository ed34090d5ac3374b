package de.smartcity.consortium.activity;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.kernel.Aggregate;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.mapping.event.BeforeSaveCallback;

/**
 * Refuses a save after which an aggregate's document would be larger than {@link Aggregate#maxSize}, before it is written. Saves without new events and those whose events are all
 * essential are not refused, nor are those that make a document smaller that is too large already.
 */
final class DocumentBudget implements BeforeSaveCallback<Aggregate> {

    /** Bounded by their own numbers, and nothing that a client could shorten. */
    private static final List<String> NOT_COUNTED = List.of("outbox", "keyedChanges");

    private final MongoDatabaseFactory databases;

    DocumentBudget(MongoDatabaseFactory databases) {
        this.databases = databases;
    }

    /** @throws RuleViolation {@code document.large} */
    @Override
    public Aggregate onBeforeSave(Aggregate aggregate, Document document, String collection) {
        if (aggregate.newEvents().isBudgeted()) {
            var size = size(document);
            if (size > aggregate.maxSize() && size >= storedSize(document, collection)) {
                throw new RuleViolation(
                        "document.large",
                        "This object would be too large: shorten its texts, give them in fewer languages, or remove something.");
            }
        }
        return aggregate;
    }

    /** 0 if it is not stored yet. */
    private int storedSize(Document document, String collection) {
        return Optional.ofNullable(databases
                        .getMongoDatabase()
                        .getCollection(collection)
                        .find(Filters.eq("_id", document.get("_id")))
                        .projection(Projections.exclude(NOT_COUNTED))
                        .limit(1)
                        .first())
                .map(this::size)
                .orElse(0);
    }

    private int size(Document document) {
        var counted = new Document(document);
        NOT_COUNTED.forEach(counted::remove);
        return new RawBsonDocument(counted, databases.getCodecRegistry().get(Document.class))
                .getByteBuffer()
                .remaining();
    }
}

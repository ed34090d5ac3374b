package de.smartcity.consortium.mongo;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.bson.Document;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.data.mongodb.core.mapping.MongoPersistentEntity;
import org.springframework.data.mongodb.core.mapping.event.BeforeConvertCallback;

/** Loads aggregates and gives the documents that Spring Data would save, with what entity callbacks derive before. */
final class Resaving {

    private final MongoConverter converter;
    private final EntityCallbacks callbacks;

    Resaving(MongoConverter converter, EntityCallbacks callbacks) {
        this.converter = converter;
        this.callbacks = callbacks;
    }

    DocumentStep of(Class<?> aggregate, String collection) {
        return (stored, database) -> {
            Object loaded = converter.read(aggregate, stored);
            var derived = callbacks.callback(BeforeConvertCallback.class, loaded, collection);
            var saved = new Document();
            converter.write(derived, saved);
            var entity = converter.getMappingContext().getRequiredPersistentEntity(derived.getClass());
            keepOrderOfSets(entity, stored, saved);
            // A save leaves out what is null. A field that no property stores is not the aggregate's to remove.
            entity.forEach(property -> {
                if (property.isWritable()) {
                    stored.remove(property.getFieldName());
                }
            });
            stored.putAll(saved);
            return stored;
        };
    }

    /** A set comes out in another order in each process, and would be written each time. */
    private void keepOrderOfSets(MongoPersistentEntity<?> entity, Document stored, Document saved) {
        entity.forEach(property -> {
            var name = property.getFieldName();
            var before = stored.get(name);
            var after = saved.get(name);
            if (before instanceof Document inner && after instanceof Document savedInner) {
                var innerEntity = converter.getMappingContext().getPersistentEntity(property);
                if (innerEntity != null) {
                    keepOrderOfSets(innerEntity, inner, savedInner);
                }
            } else if (Set.class.isAssignableFrom(property.getType())
                    && before instanceof Collection<?> some
                    && after instanceof Collection<?> others
                    && some.size() == others.size()
                    && new HashSet<Object>(some).equals(new HashSet<Object>(others))) {
                saved.put(name, before);
            }
        });
    }
}

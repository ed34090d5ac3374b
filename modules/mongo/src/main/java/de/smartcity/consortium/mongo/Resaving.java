package de.smartcity.consortium.mongo;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.bson.Document;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.data.mongodb.core.mapping.MongoPersistentEntity;
import org.springframework.data.mongodb.core.mapping.event.BeforeConvertCallback;

/** Loads aggregates and returns the documents that Spring Data would save, after entity callbacks have derived fields. */
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
            // Spring Data omits null properties, so they are removed here; fields that no property maps are kept.
            entity.forEach(property -> {
                if (property.isWritable()) {
                    stored.remove(property.getFieldName());
                }
            });
            stored.putAll(saved);
            return stored;
        };
    }

    /** The order of a set differs between processes; without this, each run would write it again. */
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

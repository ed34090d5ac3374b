package de.smartcity.consortium.activity;

import de.smartcity.consortium.mongo.DeclaredIndex;

/**
 * A collection whose documents hold an outbox in the field {@code outbox}; a capability declares one as a bean for each of its aggregates,
 * and its {@link #index()} with it.
 *
 * @param collection the collection's name
 */
public record OutboxSource(String collection) {

    /** By it the relay finds the documents with waiting events without looking at the others. */
    public DeclaredIndex index() {
        return DeclaredIndex.on(collection, OutboxRelay.WAITING_SINCE);
    }
}

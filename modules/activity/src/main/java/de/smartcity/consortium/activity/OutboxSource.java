package de.smartcity.consortium.activity;

/**
 * A collection whose documents hold an outbox in the field {@code outbox}; a capability declares one as a bean for each of its aggregates, and an
 * index on {@link #WAITING_SINCE}.
 *
 * @param collection the collection's name
 */
public record OutboxSource(String collection) {

    /** The path whose index gives the relay the documents with waiting events. */
    public static final String WAITING_SINCE = "outbox.events.at";
}

package de.smartcity.consortium.activity;

import java.util.function.Consumer;

/**
 * What a capability does about published events, its own and others'; declared as a bean. It gets all events of the log in the order of their
 * numbers, at least once, on one node at a time: a node that dies or loses its lease may have handled events that the next node gets again, so
 * what it does must be idempotent. It ignores types that it does not know. A new handler begins with the first event of the log.
 *
 * <p>If it throws, the same event is tried again after a while, and later events wait for it; other handlers go on.
 *
 * @param name identifies its checkpoint, and must not change; lower-case words with hyphens
 * @param handle handles one event, within seconds: where it takes longer than the lease is valid, another node takes over
 */
public record EventHandler(String name, Consumer<PublishedEvent> handle) {}

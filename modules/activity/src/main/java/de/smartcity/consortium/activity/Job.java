package de.smartcity.consortium.activity;

import de.smartcity.consortium.kernel.Moment;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A change that is due at some time, declared as a bean. Every minute one node asks what is due and calls the verb for each. Whatever was missed
 * while no node ran is still due, so a job asks for what is due by now and not for what falls due today.
 *
 * @param <I> the ids of the aggregates
 * @param name identifies it, and must not change; lower-case words with hyphens
 * @param due finds what is due, served by an index
 * @param verb makes the change, which must not be due afterwards; it may be called again, also concurrently, after a node lost its lease
 */
public record Job<I>(String name, Due<I> due, BiConsumer<I, Moment> verb) {

    /** Finds what is due. */
    @FunctionalInterface
    public interface Due<I> {

        /** At most this many of the ids of what is due, the longest due first. */
        List<I> find(Moment now, int limit);
    }
}

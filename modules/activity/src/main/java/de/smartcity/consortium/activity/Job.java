package de.smartcity.consortium.activity;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.kernel.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

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

    /** The stored day on which something becomes due in an aggregate; null or absent if nothing will. It needs an index. */
    public static final String DUE_ON = "dueOn";

    /**
     * A job for the aggregates of which {@value #DUE_ON} has come.
     *
     * @param keys reads nothing but their ids, so that one that cannot be read keeps no other from its verb
     */
    public static <K, I> Job<I> ofDays(
            String name, MongoCollection<K> keys, Function<K, I> id, BiConsumer<I, Moment> verb) {
        return new Job<>(
                name,
                (now, limit) -> keys.find(Filters.lte(DUE_ON, now.today().toString()))
                        .sort(Sorts.ascending(DUE_ON))
                        .projection(Projections.include("_id"))
                        .limit(limit)
                        .map(id::apply)
                        .into(new ArrayList<>()),
                verb);
    }
}

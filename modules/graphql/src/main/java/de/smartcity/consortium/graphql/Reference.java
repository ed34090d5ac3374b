package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field whose value is kept elsewhere and found by key, such as a project's partners. A capability declares it as a bean; what a query
 * selects of it, anywhere in a list, is loaded with one call of the loader before the list's fields are read.
 *
 * @param types the types that have the field, by their names in the schema
 * @param field the field's name
 * @param source the view of those types
 * @param keys the keys of the objects that a view refers to, in the order in which the field shows them
 * @param many whether the field is a list
 * @param none what the field shows where a view refers to nothing; absent for null
 * @param loader finds the objects; references to the same kind share one
 */
public record Reference<S, K, T>(
        Set<String> types,
        String field,
        Class<S> source,
        Function<S, ? extends Collection<K>> keys,
        boolean many,
        @Nullable T none,
        Loader<K, T> loader) {

    /** A field that shows one object or none. */
    public static <S, K, T> Reference<S, K, T> toOne(
            Set<String> types, String field, Class<S> source, Function<S, @Nullable K> key, Loader<K, T> loader) {
        return new Reference<>(
                types,
                field,
                source,
                view -> {
                    K found = key.apply(view);
                    return found == null ? List.of() : List.of(found);
                },
                false,
                null,
                loader);
    }

    /** A field that shows a list of objects. */
    public static <S, K, T> Reference<S, K, T> toMany(
            String type,
            String field,
            Class<S> source,
            Function<S, ? extends Collection<K>> keys,
            Loader<K, T> loader) {
        return new Reference<>(Set.of(type), field, source, keys, true, null, loader);
    }

    /** Finds objects by key with a number of Mongo commands that does not depend on how many keys there are. */
    @FunctionalInterface
    public interface Loader<K, T> {

        /**
         * The objects that the actor may see, narrowed to what it may see of them.
         *
         * @param arguments the field's arguments
         * @param selection what is selected of the objects
         */
        Map<K, T> load(Collection<K> keys, Map<String, Object> arguments, Actor actor, Selection selection);
    }
}

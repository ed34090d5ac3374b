package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field that shows objects that are stored elsewhere and found by key, such as a project's partners. A capability declares it as a bean; what
 * a query selects of it, anywhere in a list, is loaded with one call of the loader before the list's fields are read.
 *
 * @param types the types that have the field, by their names in the schema
 * @param field the field's name; whether it shows one object, a list or a page follows from the schema
 * @param typed converts the key of the object that has the field to the loader's key; null if the types' tables have a row that yields the keys,
 *     in the order in which the field shows them
 * @param loader finds the objects; references to the same kind share one
 */
public record Reference<K, T>(
        Set<String> types, String field, @Nullable Function<Object, K> typed, Loader<K, T> loader) {

    /** A field whose keys come from the row of the same name in the type's table. */
    public static <K, T> Reference<K, T> byRow(Set<String> types, String field, Loader<K, T> loader) {
        return new Reference<>(types, field, null, loader);
    }

    /**
     * A field by which a module extends another's type: its objects are found by the key of the object that has the field.
     *
     * @param typed converts the object's key, a UUID or a text, to the loader's key
     */
    public static <K, T> Reference<K, T> byKey(
            String type, String field, Function<Object, K> typed, Loader<K, T> loader) {
        return new Reference<>(Set.of(type), field, typed, loader);
    }

    /** Finds objects by key with a number of Mongo commands that does not depend on how many keys there are. */
    @FunctionalInterface
    public interface Loader<K, T> {

        /**
         * The objects that the actor may see, as it sees them.
         *
         * @param arguments the field's arguments
         * @param selection what is selected of the objects
         */
        Map<K, T> load(Collection<K> keys, Map<String, Object> arguments, Actor actor, Selection selection);
    }

    /** Finds a page of objects for each key with a number of Mongo commands that does not depend on how many keys there are. */
    @FunctionalInterface
    public interface PageLoader<K, V> {

        /** The pages; a key without one has an empty page. */
        Map<K, Connection<V>> load(Collection<K> keys, PageRequest page, Actor actor, Selection selection);
    }

    /** A loader for a field with the arguments of a page. */
    public static <K, V> Loader<K, Connection<V>> pages(PageLoader<K, V> loader) {
        return (keys, arguments, actor, selection) -> loader.load(keys, PageRequest.of(arguments), actor, selection);
    }
}

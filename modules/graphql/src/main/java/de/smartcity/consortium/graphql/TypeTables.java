package de.smartcity.consortium.graphql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All type tables, including those of the types that all capabilities share. */
final class TypeTables {

    /** The suffixes of the types of lists. */
    private static final Map<String, Map<String, Function<Object, @Nullable Object>>> BY_SUFFIX = Map.of(
            "Connection",
            Map.of(
                    "edges", source -> ((Connection<?>) source).edges(),
                    "nodes", source -> ((Connection<?>) source).nodes(),
                    "pageInfo", source -> ((Connection<?>) source).pageInfo()),
            "Edge",
            Map.of(
                    "node", source -> ((Connection.Edge<?>) source).node(),
                    "cursor", source -> ((Connection.Edge<?>) source).cursor()),
            "PageInfo",
            Map.of(
                    "hasNextPage", source -> ((Connection.PageInfo) source).hasNextPage(),
                    "hasPreviousPage", source -> ((Connection.PageInfo) source).hasPreviousPage(),
                    "startCursor", source -> ((Connection.PageInfo) source).startCursor(),
                    "endCursor", source -> ((Connection.PageInfo) source).endCursor()));

    private final Map<String, TypeTable<?>> byType = new HashMap<>();
    private final Map<Class<?>, String> byRecord = new HashMap<>();

    TypeTables(List<TypeTable<?>> tables) {
        for (var table : tables) {
            for (var type : table.types()) {
                if (byType.put(type, table) != null) {
                    throw new IllegalStateException(type + " has two tables");
                }
            }
            if (!table.hasAudience()) {
                byRecord.put(table.source(), table.types().getFirst());
            }
        }
    }

    Map<String, TypeTable<?>> byType() {
        return byType;
    }

    @Nullable
    TypeTable<?> find(String type) {
        return byType.get(type);
    }

    TypeTable.@Nullable Row<?> row(String type, String field) {
        var table = byType.get(type);
        return table == null ? null : table.rows().get(field);
    }

    /** The schema's type of an object. */
    @Nullable
    String typeOf(Object object) {
        return object instanceof View<?> view ? view.table().types().getFirst() : byRecord.get(object.getClass());
    }

    /** Reads a field's value, or the keys that it refers to; null if no table has a row. */
    @Nullable
    Function<Object, @Nullable Object> reader(String type, String field) {
        if (byType.containsKey(type)) {
            var row = row(type, field);
            return row == null ? null : row::of;
        }
        for (var shared : BY_SUFFIX.entrySet()) {
            if (type.endsWith(shared.getKey())) {
                return shared.getValue().get(field);
            }
        }
        return null;
    }
}

package de.smartcity.consortium.kernel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stored fields that queries use; recomputed from an aggregate's other fields at every save. When read, what the projection leaves out is
 * null.
 *
 * @param audience who may see it
 * @param sort a {@link SortKey} for each order, by the order's name
 * @param facets keys of {@link Audience#keys}, for each value by which the documents are filtered
 * @param search its texts: an entry for each group of them that the same actors see
 * @param tasks what waits for partners or the office because of it; null for an aggregate that derives no tasks
 */
public record DerivedFields(
        Audience audience,
        @Nullable Map<String, String> sort,
        @Nullable List<String> facets,
        @Nullable List<SearchEntry> search,
        @Nullable List<StoredTask> tasks) {}

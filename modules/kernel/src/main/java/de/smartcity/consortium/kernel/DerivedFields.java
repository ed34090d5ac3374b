package de.smartcity.consortium.kernel;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored fields that queries use; recomputed from an aggregate's other fields at every save. When read, what the projection leaves out is
 * null.
 *
 * @param audience who may see it
 * @param sort a {@link SortKey} for each order, by the order's name
 * @param facets keys of {@link Audience#keys}, for each value by which the documents are filtered
 * @param search the {@link SearchText#prefixes} of its texts
 * @param tasks what waits for partners or the office because of it; null for an aggregate that derives no tasks
 */
public record DerivedFields(
        Audience audience,
        @Nullable Map<String, String> sort,
        @Nullable List<String> facets,
        @Nullable Set<String> search,
        @Nullable List<StoredTask> tasks) {}

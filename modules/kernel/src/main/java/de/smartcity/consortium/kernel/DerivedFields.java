package de.smartcity.consortium.kernel;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what an aggregate's stored document is found; recomputed from its other fields at every save. Where it is read, what was not asked for is
 * absent.
 *
 * @param audience who may see it
 * @param sort a {@link SortKey} for each order, by the order's name
 * @param facets keys of {@link Audience#keys}, for each value by which the documents are filtered
 * @param search the {@link SearchText#prefixes} of its texts
 */
public record DerivedFields(
        Audience audience,
        @Nullable Map<String, String> sort,
        @Nullable List<String> facets,
        @Nullable Set<String> search) {}

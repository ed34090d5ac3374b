package de.smartcity.consortium.mongo;

/** The paths of {@link de.smartcity.consortium.kernel.DerivedFields} in a document. */
public final class DerivedPaths {

    /** The audience's tokens. */
    public static final String AUDIENCE = "derived.audience.tokens";
    /** The facet keys. */
    public static final String FACETS = "derived.facets";
    /** The search entries. */
    public static final String SEARCH_ENTRIES = "derived.search";
    /** The prefixes of the search entries, by which indexes find them. */
    public static final String SEARCH = SEARCH_ENTRIES + ".prefixes";

    /** The tasks. */
    public static final String TASKS = "derived.tasks";
    /** The holders of the tasks. */
    public static final String TASK_HOLDERS = TASKS + ".holder";

    private DerivedPaths() {}

    /** The path of the sort key of this order. */
    public static String sort(String order) {
        return "derived.sort." + order;
    }
}

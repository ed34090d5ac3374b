package de.smartcity.consortium.mongo;

/** Where a document keeps its {@link de.smartcity.consortium.kernel.DerivedFields}. */
public final class DerivedPaths {

    /** The audience's tokens. */
    public static final String AUDIENCE = "derived.audience.tokens";
    /** The keys of facets. */
    public static final String FACETS = "derived.facets";
    /** The beginnings of the words of its texts. */
    public static final String SEARCH = "derived.search";

    private DerivedPaths() {}

    /** The sort key of an order. */
    public static String sort(String order) {
        return "derived.sort." + order;
    }
}

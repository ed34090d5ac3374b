package de.smartcity.consortium.benchmarks;

import java.util.Locale;

/** The queries of the benchmark; the bare handler recognises their bodies. */
enum BenchmarkQuery {
    /** A page of partners with the names of their areas, as a member. */
    AREAS("{ partners(first: 20) { totalCount nodes { name kind areas { code name } } } }", 1361),
    /** A page of partners, each with a page of its activity, as the office, because no member sees all of it. */
    ACTIVITY("{ partners(first: 20) { nodes { name activity(first: 3) { nodes { type } } } } }", 181);

    private final String document;
    private final int cost;

    BenchmarkQuery(String document, int cost) {
        this.document = document;
        this.cost = cost;
    }

    /** The end of its answer, with the cost that the service states. */
    String end() {
        return "}},\"extensions\":{\"cost\":{\"requested\":" + cost + ",\"limit\":50000}}}";
    }

    String body() {
        return "{\"query\":\"" + document + "\"}";
    }

    /** Its name on the command line and in the output. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    String document() {
        return document;
    }
}

package de.smartcity.consortium.benchmarks;

import java.util.Locale;

/** The queries of the benchmark; the bare handler recognises their bodies. */
enum BenchmarkQuery {
    /** A page of partners with the names of their areas, as a member. */
    AREAS("{ partners(first: 20) { totalCount nodes { name kind areas { code name } } } }"),
    /** A page of partners, each with a page of its activity, as the office, because no member sees all of it. */
    ACTIVITY("{ partners(first: 20) { nodes { name activity(first: 3) { nodes { type } } } } }");

    private final String document;

    BenchmarkQuery(String document) {
        this.document = document;
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

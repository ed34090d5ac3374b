package de.smartcity.consortium.benchmarks;

import java.util.Locale;

/** What is asked: of the service over GraphQL, and of the bare handler as a body that it knows. */
enum Question {
    /** A page of partners with the names of what they refer to, as a member. */
    AREAS("{ partners(first: 20) { totalCount nodes { name kind areas { code name } } } }"),
    /** A page of partners with a page in each of them, as the office: no member sees all of it. */
    ACTIVITY("{ partners(first: 20) { nodes { name activity(first: 3) { nodes { type } } } } }");

    private final String document;

    Question(String document) {
        this.document = document;
    }

    /** The request's body. */
    String body() {
        return "{\"query\":\"" + document + "\"}";
    }

    /** How the command line and the output call it. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    String document() {
        return document;
    }
}

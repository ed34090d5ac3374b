package de.smartcity.consortium.mongo;

/** A lease is no longer held by who thought to hold it, and what was to be written under it was not written. */
public final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1;

    LeaseLost(String message) {
        super(message);
    }
}

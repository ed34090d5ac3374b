package de.smartcity.consortium.mongo;

/** The lease was taken over by another holder; the write that depended on it was not made. */
public final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1;

    LeaseLost(String message) {
        super(message);
    }
}

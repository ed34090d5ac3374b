package de.smartcity.consortium.graphql;

/** An argument that no state of the data could make right, such as a malformed id; the message says what to mend. */
public final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadRequest(String message) {
        super(message);
    }
}

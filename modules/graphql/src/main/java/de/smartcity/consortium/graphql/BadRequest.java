package de.smartcity.consortium.graphql;

/** An argument that is invalid whatever data is stored, such as a malformed id; the message says what to fix. */
public final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadRequest(String message) {
        super(message);
    }
}

package de.smartcity.consortium.mongo;

/** The stored data and this version's migrations do not fit together, and the service does not start; the message says what to do. */
public final class MigrationRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    MigrationRefused(String message) {
        super(message);
    }
}

package de.smartcity.consortium.mongo;

/** The stored data does not match this version's migrations, so the service does not start; the message says what to do. */
public final class MigrationRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    MigrationRefused(String message) {
        super(message);
    }
}

package de.smartcity.consortium.sandbox;

/** Something that the sandbox needs is missing; the message says what to do. */
public final class SandboxFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SandboxFailure(String message) {
        super(message);
    }

    SandboxFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

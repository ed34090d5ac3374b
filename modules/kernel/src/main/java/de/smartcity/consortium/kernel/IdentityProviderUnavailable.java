package de.smartcity.consortium.kernel;

/** The identity provider does not say what a change needs to know, and nothing was changed; becomes UNAVAILABLE. */
public final class IdentityProviderUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message for the caller */
    public IdentityProviderUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

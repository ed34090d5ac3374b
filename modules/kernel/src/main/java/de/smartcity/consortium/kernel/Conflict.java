package de.smartcity.consortium.kernel;

/** Somebody else changed the object since the caller read it, and nothing was changed. */
public final class Conflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long currentVersion;

    /** @param currentVersion the object's version now */
    public Conflict(long currentVersion) {
        super("Changed by somebody else; its version is now " + currentVersion);
        this.currentVersion = currentVersion;
    }

    /** The object's version now. */
    public long currentVersion() {
        return currentVersion;
    }
}

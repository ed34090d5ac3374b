package de.smartcity.consortium.kernel;

/** Somebody else changed the object since the caller read it, and nothing was changed. */
public final class Conflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Object aggregate;
    private final long currentVersion;

    /**
     * @param aggregate the typed id of the object, which the response shows as it is now
     * @param currentVersion the object's current version
     */
    public Conflict(Object aggregate, long currentVersion) {
        super("Changed by somebody else; its version is now " + currentVersion);
        this.aggregate = aggregate;
        this.currentVersion = currentVersion;
    }

    /** The typed id of the object. */
    public Object aggregate() {
        return aggregate;
    }

    /** The object's current version. */
    public long currentVersion() {
        return currentVersion;
    }
}

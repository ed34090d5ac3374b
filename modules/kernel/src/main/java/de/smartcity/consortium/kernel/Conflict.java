package de.smartcity.consortium.kernel;

import org.jspecify.annotations.Nullable;

/** Somebody else changed the object since the caller read it, and nothing was changed. */
public final class Conflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Object aggregate;
    private final @Nullable Long currentVersion;
    private final String field;

    /**
     * @param aggregate the typed id of the object, which the response shows as it is now
     * @param currentVersion the object's current version
     */
    public Conflict(Object aggregate, long currentVersion) {
        super("Changed by somebody else; its version is now " + currentVersion);
        this.aggregate = aggregate;
        this.currentVersion = currentVersion;
        this.field = "expectedVersion";
    }

    /**
     * For an input that names the version of the object that the caller read.
     *
     * @param current null if it is not stored yet
     * @throws Conflict if that is not its current version
     */
    public static void unlessVersion(long expected, @Nullable Long current, Object aggregate) {
        var now = current == null ? 0 : current;
        if (now != expected) {
            throw new Conflict(aggregate, now);
        }
    }

    /** For an input that names a part of the object that is not so any more. @param field which names it, such as {@code digest} */
    public Conflict(Object aggregate, String field) {
        super("Changed by somebody else");
        this.aggregate = aggregate;
        // Not everybody who sees the part sees the version.
        this.currentVersion = null;
        this.field = field;
    }

    /** The typed id of the object. */
    public Object aggregate() {
        return aggregate;
    }

    /** The object's current version; null if the input names a part of the object. */
    public @Nullable Long currentVersion() {
        return currentVersion;
    }

    /** The field of the input that names what is not so any more. */
    public String field() {
        return field;
    }
}

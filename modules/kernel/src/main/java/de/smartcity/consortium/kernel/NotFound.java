package de.smartcity.consortium.kernel;

/** The object does not exist, or the actor may not see it; the two look the same. */
public final class NotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param kind the type's name in the schema, such as {@code Partner} */
    public NotFound(String kind) {
        super("There is no such " + kind + ".");
    }
}

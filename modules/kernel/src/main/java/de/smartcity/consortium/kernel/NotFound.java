package de.smartcity.consortium.kernel;

/** There is no such object for this actor: none at all, or none that it may see. The two look the same. */
public final class NotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param kind what was looked for, by its name in the schema, such as {@code Partner} */
    public NotFound(String kind) {
        super("There is no such " + kind + ".");
    }
}

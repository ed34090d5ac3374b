package de.smartcity.consortium.kernel;

import java.util.Optional;

/** The actor may see the object, but not do this. */
public final class Forbidden extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public Forbidden(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    /** @throws Forbidden if the permission returns a refusal */
    public static void unlessPermitted(Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            throw new Forbidden(refusal.get());
        }
    }

    /** The reason, for programs. */
    public Refusal refusal() {
        return refusal;
    }
}

package de.smartcity.consortium.kernel;

/** A client's input, which is parsed only after the permission to give it. */
@FunctionalInterface
public interface Input<T> {

    /**
     * Parses the value. Invalid parts become violations and are null, so the value must not be used before
     * {@link Violations#throwIfAny()}.
     */
    T read(Violations violations);
}

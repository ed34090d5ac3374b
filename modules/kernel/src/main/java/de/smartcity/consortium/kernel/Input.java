package de.smartcity.consortium.kernel;

/** What a client gave, read only after the permission to give it. */
@FunctionalInterface
public interface Input<T> {

    /**
     * The value that was given. Where parts of it are not accepted, that is noted and they are null: the value is not to be used before
     * {@link Violations#throwIfAny()}.
     */
    T read(Violations violations);
}

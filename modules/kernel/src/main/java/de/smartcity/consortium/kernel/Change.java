package de.smartcity.consortium.kernel;

import org.jspecify.annotations.Nullable;

/** What an edit asks of one field: to leave it as it is, to set it, or to clear it. */
public sealed interface Change<T> {

    /** The field stays as it is. */
    record Absent<T>() implements Change<T> {}

    /** The field takes this value. */
    record To<T>(T value) implements Change<T> {}

    /** The field is emptied. */
    record Cleared<T>() implements Change<T> {}

    /** The field stays as it is. */
    static <T> Change<T> absent() {
        return new Absent<>();
    }

    /** The field takes this value. */
    static <T> Change<T> to(T value) {
        return new To<>(value);
    }

    /** The field is emptied. */
    static <T> Change<T> cleared() {
        return new Cleared<>();
    }

    /** Whether the edit leaves the field alone. */
    default boolean isAbsent() {
        return this instanceof Absent<T>;
    }

    /** The field's value after the edit, where this is its value before; null is empty. */
    default @Nullable T over(@Nullable T current) {
        return switch (this) {
            case Absent<T> absent -> current;
            case To<T> to -> to.value();
            case Cleared<T> cleared -> null;
        };
    }
}

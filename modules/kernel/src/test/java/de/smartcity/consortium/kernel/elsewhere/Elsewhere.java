package de.smartcity.consortium.kernel.elsewhere;

/** A package-private record in another package, like those of modules. */
public final class Elsewhere {

    record Hidden(String name) {}

    private Elsewhere() {}

    public static Record record(String name) {
        return new Hidden(name);
    }
}

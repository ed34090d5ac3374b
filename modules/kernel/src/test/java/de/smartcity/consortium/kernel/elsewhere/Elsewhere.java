package de.smartcity.consortium.kernel.elsewhere;

/** Has a record that only its own package sees, as a module's is. */
public final class Elsewhere {

    record Hidden(String name) {}

    private Elsewhere() {}

    public static Record record(String name) {
        return new Hidden(name);
    }
}

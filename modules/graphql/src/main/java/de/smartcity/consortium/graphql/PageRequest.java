package de.smartcity.consortium.graphql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requested part of a list.
 *
 * @param size the maximum number of objects, 0 to {@value #MAX_SIZE}
 * @param backwards whether to read the last ones of the range instead of the first
 * @param after the cursor after which the range starts
 * @param before the cursor before which the range ends
 */
public record PageRequest(
        int size,
        boolean backwards,
        @Nullable String after,
        @Nullable String before) {

    private static final int MAX_SIZE = 100;
    private static final int DEFAULT = 20;

    /** The page for the arguments {@code first}, {@code after}, {@code last} and {@code before}. @throws BadRequest if they contradict each other */
    public static PageRequest of(
            @Nullable Integer first, @Nullable String after, @Nullable Integer last, @Nullable String before) {
        if (first != null && last != null) {
            throw new BadRequest("Give either first or last, not both.");
        }
        var size = last != null ? size("last", last) : first != null ? size("first", first) : DEFAULT;
        return new PageRequest(size, last != null, after, before);
    }

    /** The page for these arguments, by name. @throws BadRequest if they contradict each other */
    static PageRequest of(Map<String, Object> arguments) {
        return of(
                (Integer) arguments.get("first"),
                (String) arguments.get("after"),
                (Integer) arguments.get("last"),
                (String) arguments.get("before"));
    }

    private static int size(String argument, int value) {
        if (value < 0 || value > MAX_SIZE) {
            throw new BadRequest(argument + " must be from 0 to " + MAX_SIZE + ", not " + value + ".");
        }
        return value;
    }
}

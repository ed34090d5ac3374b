package de.smartcity.consortium.graphql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param size how many at the most, 0 to {@value #MAX_SIZE}
 * @param backwards whether the last ones of the range are meant rather than the first
 * @param after the cursor that the range starts behind
 * @param before the cursor that the range ends in front of
 */
public record PageRequest(
        int size,
        boolean backwards,
        @Nullable String after,
        @Nullable String before) {

    private static final int MAX_SIZE = 100;
    private static final int DEFAULT = 20;

    /** The page for the arguments {@code first}, {@code after}, {@code last} and {@code before}. @throws BadRequest where they do not fit together */
    public static PageRequest of(
            @Nullable Integer first, @Nullable String after, @Nullable Integer last, @Nullable String before) {
        if (first != null && last != null) {
            throw new BadRequest("Give either first or last, not both.");
        }
        var size = last != null ? size("last", last) : first != null ? size("first", first) : DEFAULT;
        return new PageRequest(size, last != null, after, before);
    }

    /** The page for these arguments, by name. @throws BadRequest where they do not fit together */
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

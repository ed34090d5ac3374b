package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An error that a client can fix, as data of a mutation's payload.
 *
 * @param code the kind of error
 * @param rule the broken rule
 * @param message what to fix
 * @param path the place in the arguments
 * @param currentVersion the object's current version, for {@link Code#CONFLICT}
 */
record UserError(
        Code code,
        String rule,
        String message,
        List<String> path,
        @Nullable Long currentVersion) {

    enum Code {
        INVALID,
        CONFLICT
    }

    static UserError of(Violation violation) {
        // Every mutation has only this argument.
        var path = Stream.concat(Stream.of("input"), violation.path().stream()).toList();
        return new UserError(Code.INVALID, violation.rule(), violation.message(), path, null);
    }

    static UserError of(Conflict conflict) {
        return new UserError(
                Code.CONFLICT,
                conflict.field().equals("expectedVersion") ? "version.stale" : conflict.field() + ".stale",
                "Somebody else changed this since you read it: read it again and repeat your change.",
                List.of("input", conflict.field()),
                conflict.currentVersion());
    }
}

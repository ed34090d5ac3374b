package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.language.SourceLocation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that is refused before it is executed. It has no stack trace, since anybody can send any number of them. */
final class RefusedRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<? extends GraphQLError> errors;

    RefusedRequest(List<? extends GraphQLError> errors) {
        super("The request is refused", null, false, false);
        this.errors = errors;
    }

    static RefusedRequest because(GraphQLError error) {
        return new RefusedRequest(List.of(error));
    }

    static RefusedRequest bad(String message, @Nullable SourceLocation at) {
        var place = GraphqlErrorBuilder.newError();
        if (at != null) {
            place.location(at);
        }
        return because(Code.BAD_REQUEST.error(place, message, Map.of()));
    }

    /** @param arguments of the format */
    static RefusedRequest tooLarge(String format, Object... arguments) {
        var message = String.format(Locale.ROOT, format, arguments);
        return because(Code.COST_EXCEEDED.error(GraphqlErrorBuilder.newError(), message, Map.of()));
    }

    List<? extends GraphQLError> errors() {
        return errors;
    }
}

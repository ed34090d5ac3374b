package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.ErrorMapping.Code;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.language.SourceLocation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that is refused before it is executed. It has no stack trace, since anybody can send any number of them. */
final class RefusedDocument extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<? extends GraphQLError> errors;

    RefusedDocument(List<? extends GraphQLError> errors) {
        super("The document is refused", null, false, false);
        this.errors = errors;
    }

    static RefusedDocument because(GraphQLError error) {
        return new RefusedDocument(List.of(error));
    }

    static RefusedDocument bad(String message, @Nullable SourceLocation at) {
        var place = GraphqlErrorBuilder.newError();
        if (at != null) {
            place.location(at);
        }
        return because(Code.BAD_REQUEST.error(place, message, Map.of()));
    }

    static RefusedDocument tooLarge(String message) {
        return because(Code.COST_EXCEEDED.error(GraphqlErrorBuilder.newError(), message, Map.of()));
    }

    List<? extends GraphQLError> errors() {
        return errors;
    }
}

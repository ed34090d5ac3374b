package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Excerpt;
import graphql.GraphQLError;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLScalarType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The engine's messages for clients: without the names of its classes, and with a bounded part of what the client sent. The place is in the
 * error's locations.
 */
final class EngineMessages {

    private static final int MAX_LENGTH = 300;
    private static final int MAX_END = 500;
    /** Of each name or text that a message repeats; a message has at most two. */
    private static final int MAX_EXCERPT = 40;

    /** Such as {@code Validation error (WrongType@[partner]) : }. */
    private static final Pattern PREFIX = Pattern.compile("^Validation [Ee]rror \\(.*?\\) ?: ", Pattern.DOTALL);

    /** Such as {@code argument 'ids[0]' with value 'ArrayValue{values=[…]}' is not a valid 'ID' - Expected …}. */
    private static final Pattern ARGUMENT = Pattern.compile(
            "argument '([^']*)' with value '.*' (must not be null|must be an object type|is not a valid '\\w+'"
                    + "|is missing required fields '[^']*'|contains a field not in '\\w+': '[^']*')(?: - .*)?",
            Pattern.DOTALL);

    private static final Pattern DEFAULT = Pattern.compile("Bad default value '.*' for type", Pattern.DOTALL);
    private static final Pattern NODE =
            Pattern.compile("\\b\\w*(?:Value|Type|Reference|Map|List)\\{.*", Pattern.DOTALL);
    private static final Pattern PARSER = Pattern.compile("with ANTLR error '(.*)' at line", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private EngineMessages() {}

    /** The message of an error of the engine's, for clients. */
    static String of(GraphQLError error) {
        var message = bounded(PREFIX.matcher(String.valueOf(error.getMessage())).replaceFirst(""));
        message = ARGUMENT.matcher(message).replaceFirst("The argument '$1' $2");
        message = DEFAULT.matcher(message).replaceFirst("Bad default value for type");
        message = PARSER.matcher(message).replaceFirst("at line");
        message = NODE.matcher(message).replaceFirst("…");
        message = QUOTED.matcher(message)
                .replaceAll(quoted -> Matcher.quoteReplacement("'" + Excerpt.of(quoted.group(1), MAX_EXCERPT) + "'"));
        return message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH - 1) + "…";
    }

    /** The beginning and the end of a message, in which patterns are found in a bounded time. */
    private static String bounded(String message) {
        var end = message.length() - MAX_END;
        return end <= MAX_END ? message : message.substring(0, MAX_END) + "…" + message.substring(end);
    }

    /** Whether the type's own messages are for clients. */
    static boolean isOurs(GraphQLNamedType type) {
        return type instanceof GraphQLScalarType scalar && scalar.getCoercing() instanceof IsoScalar<?>;
    }
}

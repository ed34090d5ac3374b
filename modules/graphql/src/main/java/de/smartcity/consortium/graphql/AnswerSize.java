package de.smartcity.consortium.graphql;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.util.Collection;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Measures an answer before it is written: its texts are shared with what was read, so that it is small until it is bytes. */
final class AnswerSize {

    /** Locations and extensions. */
    private static final int ERROR = 500;
    /** An escaped control character. */
    private static final int MAX_CHARACTER = 6;

    private final ToLongFunction<String> bytes;
    private long left;

    private AnswerSize(long left, ToLongFunction<String> bytes) {
        this.left = left;
        this.bytes = bytes;
    }

    /** Whether an answer has more bytes, as JSON in UTF-8. Most are so short that their characters need not be looked at. */
    static boolean exceeds(ExecutionResult answer, long maxBytes) {
        return exceeds(answer, maxBytes, text -> (long) MAX_CHARACTER * text.length())
                && exceeds(answer, maxBytes, AnswerSize::bytes);
    }

    private static boolean exceeds(ExecutionResult answer, long maxBytes, ToLongFunction<String> bytes) {
        var size = new AnswerSize(maxBytes, bytes);
        answer.getErrors().forEach(size::error);
        size.value(answer.isDataPresent() ? answer.getData() : null);
        return size.left < 0;
    }

    private void error(GraphQLError error) {
        add(ERROR);
        value(error.getMessage());
        value(error.getPath());
    }

    private void add(long bytes) {
        left -= bytes;
    }

    private void value(@Nullable Object value) {
        if (left < 0) {
            return;
        }
        if (value == null) {
            add(4);
            return;
        }
        switch (value) {
            case Map<?, ?> object -> {
                add(2);
                for (var entry : object.entrySet()) {
                    add(String.valueOf(entry.getKey()).length() + 4);
                    value(entry.getValue());
                }
            }
            case Collection<?> list -> {
                add(2);
                for (var element : list) {
                    add(1);
                    value(element);
                }
            }
            case String text -> add(bytes.applyAsLong(text) + 2);
            default -> add(20);
        }
    }

    private static long bytes(String text) {
        var bytes = 0L;
        for (var index = 0; index < text.length(); index++) {
            var character = text.charAt(index);
            bytes += character < ' '
                    ? 6
                    : character == '"' || character == '\\'
                            ? 2
                            : character < 0x80 ? 1 : character < 0x800 || Character.isSurrogate(character) ? 2 : 3;
        }
        return bytes;
    }
}

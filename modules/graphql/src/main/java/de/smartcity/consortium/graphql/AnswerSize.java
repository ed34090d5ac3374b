package de.smartcity.consortium.graphql;

import graphql.ExecutionResult;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures an answer before it is written: its texts are shared with what was read, so that it is small until it is bytes. */
final class AnswerSize {

    /** More than a field's name and a text of 2,000 characters take, each of them escaped. */
    private static final int MAX_FIELD = 16_000;

    private static final int ERROR = 500;

    private long left;

    private AnswerSize(long left) {
        this.left = left;
    }

    /**
     * Whether an answer has more bytes, as JSON in UTF-8.
     *
     * @param fields how many fields it has at most
     */
    static boolean exceeds(ExecutionResult answer, long fields, long maxBytes) {
        if (fields < maxBytes / MAX_FIELD) {
            return false;
        }
        var size = new AnswerSize(maxBytes);
        size.add(answer.getErrors().size() * (long) ERROR);
        size.value(answer.isDataPresent() ? answer.getData() : null);
        return size.left < 0;
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
            case String text -> add(bytes(text) + 2);
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

package de.smartcity.consortium.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A writer of JSON in UTF-8. */
final class JsonBytes {

    private byte[] bytes = new byte[4096];
    private int length;

    /** Appends JSON in ASCII. */
    JsonBytes add(byte[] json) {
        ensure(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    /** Ends a list, and removes the comma after its last entry. */
    JsonBytes endList() {
        ensure(1);
        if (bytes[length - 1] == ',') {
            length--;
        }
        bytes[length++] = ']';
        return this;
    }

    JsonBytes number(long number) {
        return add(ascii(Long.toString(number)));
    }

    JsonBytes string(@Nullable String text) {
        if (text == null) {
            return add(ascii("null"));
        }
        ensure(text.length() + 2);
        bytes[length++] = '"';
        for (var at = 0; at < text.length(); at++) {
            var character = text.charAt(at);
            if (character < ' ' || character > '~' || character == '"' || character == '\\') {
                return rest(text.substring(at));
            }
            bytes[length++] = (byte) character;
        }
        bytes[length++] = '"';
        return this;
    }

    /** Appends the rest of a string, from its first character that is not plain ASCII or must be escaped. */
    private JsonBytes rest(String text) {
        var encoded = text.getBytes(StandardCharsets.UTF_8);
        ensure(encoded.length * 6 + 1);
        for (var one : encoded) {
            if (one == '"' || one == '\\') {
                bytes[length++] = '\\';
                bytes[length++] = one;
            } else if (one >= 0 && one < ' ') {
                add(ascii(String.format("\\u%04X", (int) one)));
            } else {
                bytes[length++] = one;
            }
        }
        bytes[length++] = '"';
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    static byte[] ascii(String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }
}

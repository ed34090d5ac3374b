package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Excerpt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of an object among all types; opaque to clients, and with a single text form.
 *
 * @param type the object's type in the schema
 * @param key its key among the objects of its type: a UUID, or a text of at most 100 bytes
 */
public record GlobalId(String type, Object key) {

    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{0,60}");
    private static final int MAX_TEXT = 100;
    private static final int MAX_LENGTH = (61 + 1 + MAX_TEXT) * 4 / 3 + 1;
    private static final int UUID_BYTES = 16;
    private static final byte BEFORE_UUID = 0;
    private static final byte BEFORE_TEXT = ':';

    /** Parses an id. @throws BadRequest if it is malformed */
    public static GlobalId parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw malformed(text);
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            var end = 0;
            while (end < bytes.length && bytes[end] != BEFORE_UUID && bytes[end] != BEFORE_TEXT) {
                end++;
            }
            var type = new String(bytes, 0, end, StandardCharsets.US_ASCII);
            if (end < bytes.length
                    && bytes.length - end - 1 <= MAX_TEXT
                    && TYPE.matcher(type).matches()) {
                var parsed = new GlobalId(type, key(ByteBuffer.wrap(bytes, end, bytes.length - end)));
                // Base64 has unused bits and optional padding, and invalid UTF-8 is replaced.
                if (parsed.text().equals(text)) {
                    return parsed;
                }
            }
        } catch (IllegalArgumentException malformed) {
            throw malformed(text);
        }
        throw malformed(text);
    }

    private static Object key(ByteBuffer bytes) {
        var isText = bytes.get() == BEFORE_TEXT;
        return isText || bytes.remaining() != UUID_BYTES
                ? StandardCharsets.UTF_8.decode(bytes).toString()
                : new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Parses the UUID of an id of this type. @throws BadRequest if it is malformed or of another type */
    public static UUID parse(String text, String type) {
        var parsed = parse(text);
        if (parsed.type.equals(type) && parsed.key instanceof UUID uuid) {
            return uuid;
        }
        throw new BadRequest("The id \"" + Excerpt.of(text) + "\" is not the id of a " + type + ".");
    }

    private static BadRequest malformed(String text) {
        return new BadRequest("The id \"" + Excerpt.of(text) + "\" is malformed; take ids from the field id.");
    }

    /** The form that clients see. */
    public String text() {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        switch (key) {
                            case UUID uuid ->
                                ByteBuffer.allocate(name.length + 1 + UUID_BYTES)
                                        .put(name)
                                        .put(BEFORE_UUID)
                                        .putLong(uuid.getMostSignificantBits())
                                        .putLong(uuid.getLeastSignificantBits())
                                        .array();
                            default -> {
                                var text = key.toString().getBytes(StandardCharsets.UTF_8);
                                yield ByteBuffer.allocate(name.length + 1 + text.length)
                                        .put(name)
                                        .put(BEFORE_TEXT)
                                        .put(text)
                                        .array();
                            }
                        });
    }
}

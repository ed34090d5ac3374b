package de.smartcity.consortium.graphql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of an object across all types; opaque to clients.
 *
 * @param type the object's type in the schema
 * @param id its id among the objects of its type
 */
public record GlobalId(String type, UUID id) {

    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{0,60}");
    private static final int UUID_BYTES = 16;

    /** The id that this text stands for. @throws BadRequest where it stands for none */
    public static GlobalId parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw malformed(text);
        }
        if (bytes.length <= UUID_BYTES) {
            throw malformed(text);
        }
        var type = new String(bytes, 0, bytes.length - UUID_BYTES, StandardCharsets.US_ASCII);
        if (!TYPE.matcher(type).matches()) {
            throw malformed(text);
        }
        var uuid = ByteBuffer.wrap(bytes, bytes.length - UUID_BYTES, UUID_BYTES);
        return new GlobalId(type, new UUID(uuid.getLong(), uuid.getLong()));
    }

    /** The id, among objects of this type, that this text stands for. @throws BadRequest where it is another type's, or none */
    public static UUID parse(String text, String type) {
        var parsed = parse(text);
        if (!parsed.type.equals(type)) {
            throw new BadRequest("The id \"" + shortened(text) + "\" is not the id of a " + type + ".");
        }
        return parsed.id;
    }

    private static BadRequest malformed(String text) {
        return new BadRequest("The id \"" + shortened(text) + "\" is malformed; take ids from the field id.");
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** The form that clients see. */
    public String text() {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var bytes = ByteBuffer.allocate(name.length + UUID_BYTES)
                .put(name)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}

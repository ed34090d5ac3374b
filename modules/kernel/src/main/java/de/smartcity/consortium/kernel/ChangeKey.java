package de.smartcity.consortium.kernel;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Identifies a change for one account, acting organisation and mutation, so that repeating it has no further effect. */
public final class ChangeKey {

    private final UUID id;
    private final Map<String, ? extends @Nullable Object> input;

    private ChangeKey(UUID id, Map<String, ? extends @Nullable Object> input) {
        this.id = id;
        this.input = input;
    }

    /**
     * The key of a change.
     *
     * @param mutation the mutation's name in the schema
     * @param key as the client chose it
     * @param input the coerced input, of maps, collections and scalars; used only when its digest is asked for
     */
    public static ChangeKey of(
            Actor actor, String mutation, String key, Map<String, ? extends @Nullable Object> input) {
        var scope = Arrays.<@Nullable Object>asList(
                actor.account().map(AccountId::value).orElse(null),
                actor.organisation().map(acting -> acting.id().value()).orElse(null),
                mutation,
                key);
        return new ChangeKey(uuid(digest(scope)), input);
    }

    /** Differs where account, acting organisation, mutation or the client's key differ; a UUID of version 8. */
    public UUID id() {
        return id;
    }

    /** The id of the aggregate that the change creates; a UUID of version 8 from which the key cannot be derived. */
    UUID newId() {
        return uuid(digest(id));
    }

    /** The SHA-256 of the input, 64 hexadecimal digits; equal for equal inputs, whatever the order of the fields. */
    String inputDigest() {
        return HexFormat.of().formatHex(digest(input));
    }

    private static byte[] digest(Object value) {
        var canonical = new StringBuilder();
        append(value, canonical);
        // Not encoded: that would make all unpaired surrogates equal.
        var bytes = ByteBuffer.allocate(Character.BYTES * canonical.length());
        bytes.asCharBuffer().put(canonical.toString());
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes.array());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static void append(@Nullable Object value, StringBuilder canonical) {
        switch (value) {
            case null -> canonical.append('-');
            case Map<?, ?> fields -> {
                canonical.append('{');
                new TreeMap<>(fields).forEach((name, field) -> {
                    appendText(name.toString(), canonical);
                    append(field, canonical);
                });
                canonical.append('}');
            }
            case Collection<?> elements -> {
                canonical.append('[');
                elements.forEach(element -> append(element, canonical));
                canonical.append(']');
            }
            default -> {
                // The text 1 is not the number 1.
                appendText(value.getClass().getSimpleName(), canonical);
                appendText(value.toString(), canonical);
            }
        }
    }

    /** With its length first, so that no text can look like the end of itself and another value. */
    private static void appendText(String text, StringBuilder canonical) {
        canonical.append(text.length()).append(':').append(text);
    }

    private static UUID uuid(byte[] digest) {
        var bytes = ByteBuffer.wrap(digest);
        var high = bytes.getLong() & ~0xF000L | 0x8000L;
        var low = bytes.getLong() & ~(0b11L << 62) | 0b10L << 62;
        return new UUID(high, low);
    }
}

package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.SortKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes cursors that only this service can make and read: the position is encrypted and bound to the list's filter and order, so that a cursor
 * is valid for its own list only. The same position has the same cursor, and all cursors have the same length, so that they reveal nothing.
 *
 * <p>A cursor is, in Base64url: 4 bytes that identify the key; a nonce of 12 bytes, which is a MAC of list and position; the position, padded,
 * encrypted with AES-GCM.
 */
final class Cursors {

    /** In bytes of UTF-8. */
    static final int MAX_POSITION = SortKey.MAX_LENGTH;

    private static final int KEY_ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int PADDED_BYTES = MAX_POSITION + Short.BYTES;
    private static final int CURSOR_BYTES = KEY_ID_BYTES + NONCE_BYTES + PADDED_BYTES + TAG_BITS / 8;

    private final List<Keys> keys;

    /** @param secrets the same on all nodes and after restarts; the first makes cursors, all read them */
    Cursors(List<String> secrets) {
        this.keys = secrets.stream().map(Keys::of).toList();
    }

    /** The keys derived from one secret. */
    private record Keys(byte[] id, SecretKeySpec encryption, SecretKeySpec nonces) {

        static Keys of(String secret) {
            var root = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
            return new Keys(
                    Arrays.copyOf(mac(root, "cursor-key-id"), KEY_ID_BYTES),
                    new SecretKeySpec(mac(root, "cursor-encryption"), "AES"),
                    new SecretKeySpec(mac(root, "cursor-nonces"), "HmacSHA256"));
        }
    }

    String seal(String position, String list) {
        var bytes = position.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_POSITION) {
            throw new IllegalArgumentException("A position has at most " + MAX_POSITION + " bytes");
        }
        var current = keys.getFirst();
        // The length separates list and position.
        var nonce = Arrays.copyOf(mac(current.nonces(), list.length() + ":" + list + position), NONCE_BYTES);
        var padded = ByteBuffer.allocate(PADDED_BYTES)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, current, nonce, list).doFinal(padded);
            var cursor = ByteBuffer.allocate(CURSOR_BYTES)
                    .put(current.id())
                    .put(nonce)
                    .put(sealed)
                    .array();
            return encoded(cursor);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    String open(String cursor, String list) {
        try {
            var bytes = ByteBuffer.wrap(decoded(cursor));
            var id = new byte[KEY_ID_BYTES];
            var nonce = new byte[NONCE_BYTES];
            bytes.get(id).get(nonce);
            var key = keys.stream()
                    .filter(known -> Arrays.equals(known.id(), id))
                    .findFirst()
                    .orElseThrow(Cursors::refused);
            var padded = ByteBuffer.wrap(cipher(Cipher.DECRYPT_MODE, key, nonce, list)
                    .doFinal(bytes.array(), bytes.position(), bytes.remaining()));
            return new String(padded.array(), Short.BYTES, padded.getShort(), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException foreign) {
            throw refused();
        }
    }

    private static byte[] decoded(String cursor) {
        // Checked first, so that no longer text is decoded.
        if (cursor.length() != (CURSOR_BYTES * 8 + 5) / 6) {
            throw refused();
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            // The last character has unused bits, so other texts may decode to the same bytes.
            if (encoded(bytes).equals(cursor)) {
                return bytes;
            }
        } catch (IllegalArgumentException malformed) {
            throw refused();
        }
        throw refused();
    }

    private static String encoded(byte[] cursor) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    private static Cipher cipher(int mode, Keys keys, byte[] nonce, String list) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.encryption(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(list.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static BadRequest refused() {
        return new BadRequest("The cursor is not one of this list: take it from the list that you page through, with"
                + " the same filter and order, or start again without it.");
    }
}

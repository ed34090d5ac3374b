package de.smartcity.consortium.graphql;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes cursors that only this service can make and read: a position is encrypted, and bound to the list's filter and order, so
 * that a cursor says nothing and is good for its own list only.
 */
final class Cursors {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @param secret the same on all nodes and across starts, or cursors last no longer than the process */
    Cursors(String secret) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(("cursor:" + secret).getBytes(StandardCharsets.UTF_8));
            this.key = new SecretKeySpec(digest, "AES");
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    String seal(String position, String list) {
        try {
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, list).doFinal(position.getBytes(StandardCharsets.UTF_8));
            var cursor = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, cursor, NONCE_BYTES, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    String open(String cursor, String list) {
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length <= NONCE_BYTES) {
                throw refused();
            }
            var nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            var position =
                    cipher(Cipher.DECRYPT_MODE, nonce, list).doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(position, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | GeneralSecurityException foreign) {
            throw refused();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String list) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(list.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static BadRequest refused() {
        return new BadRequest("The cursor is not one of this list: take it from the list that you page through, with"
                + " the same filter and order, or start again without it.");
    }
}

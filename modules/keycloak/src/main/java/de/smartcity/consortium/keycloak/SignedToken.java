package de.smartcity.consortium.keycloak;

import java.util.Arrays;

/**
 * The text of a signed JWT in its compact form (RFC 7515, section 7.1).
 *
 * @param content header and claims, which the signature is over
 * @param signature without the dot before it
 */
record SignedToken(String content, String signature) {

    /** Tomcat takes no longer header. */
    static final int MAX_LENGTH = 8 * 1024;

    private static final int PARTS = 3;
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final byte[] VALUES = values();

    private static byte[] values() {
        var values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (var value = 0; value < DIGITS.length(); value++) {
            values[DIGITS.charAt(value)] = (byte) value;
        }
        return values;
    }

    /** Splits before the last part, whatever the text is. */
    static SignedToken of(String text) {
        var dot = text.lastIndexOf('.');
        return dot < 0 ? new SignedToken("", text) : new SignedToken(text.substring(0, dot), text.substring(dot + 1));
    }

    /**
     * Whether a text has three non-empty parts in base64url without padding, each the only text for its bytes. Decoders ignore other characters,
     * padding and unused bits, so that without this, one token would have any number of texts.
     */
    static boolean isCanonical(String text) {
        var parts = 1;
        var length = 0;
        var last = 0;
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character == '.') {
                if (!endsCanonically(length, last) || ++parts > PARTS) {
                    return false;
                }
                length = 0;
            } else {
                last = character < VALUES.length ? VALUES[character] : -1;
                if (last < 0) {
                    return false;
                }
                length++;
            }
        }
        return parts == PARTS && endsCanonically(length, last);
    }

    /** Two digits are one byte and four unused bits, three are two bytes and two unused bits; one digit is no byte. */
    private static boolean endsCanonically(int length, int last) {
        return switch (length % 4) {
            case 0 -> length > 0;
            case 2 -> (last & 0b1111) == 0;
            case 3 -> (last & 0b11) == 0;
            default -> false;
        };
    }
}

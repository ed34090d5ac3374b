package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTokenTest {

    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. %\n\t\u0000\u00e9\u20ac\ud83d";

    @ParameterizedTest
    @ValueSource(strings = {"AA.AA.AA", "AAAA.AAAA.AAAA", "AAA.AA.AAAA", "-w._w.abcd", "eyJh.e30.AAAAAA"})
    void threePartsAreCanonical(String text) {
        assertThat(SignedToken.isCanonical(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "AA",
                "AA.AA",
                "AA.AA.",
                "AA..AA",
                ".AA.AA",
                "AA.AA.AA.",
                ".AA.AA.AA",
                "AA.AA.AA.AA",
                "AA.AA.AA.AA.AA",
                "A.AA.AA",
                "AA.AAAAA.AA",
                "AA.AA.A",
                "AA==.AA.AA",
                "AA.AA.AA==",
                "AA.AA.AA=",
                "AB.AA.AA",
                "AA.AAB.AA",
                "AA.AA.AP",
                "AA.AA.AAD",
                " AA.AA.AA",
                "AA.AA.AA ",
                "AA.A\\nA.AA",
                "AA.AA.A+",
                "AA.AA./w",
                "AA.AA.%41A",
                "AA.AA.AÀ",
                "AA.AA.AＡ",
                "AA.AA.A\u0000"
            })
    void anyOtherTextIsNot(String text) {
        assertThat(SignedToken.isCanonical(text)).isFalse();
    }

    /** The definition, as the decoder of the JDK sees it. */
    @Test
    void aPartIsCanonicalIfItsBytesAreEncodedToTheSameText() {
        var random = new Random(7);
        for (var i = 0; i < 50_000; i++) {
            var part = random.ints(random.nextInt(1, 7), 0, i % 2 == 0 ? 64 : ALPHABET.length())
                    .collect(StringBuilder::new, (text, at) -> text.append(ALPHABET.charAt(at)), StringBuilder::append)
                    .toString();
            Stream.of(part + ".AA.AA", "AA." + part + ".AA", "AA.AA." + part)
                    .forEach(text ->
                            assertThat(SignedToken.isCanonical(text)).as(text).isEqualTo(isEncodedToTheSameText(part)));
        }
    }

    private static boolean isEncodedToTheSameText(String part) {
        try {
            var bytes = Base64.getUrlDecoder().decode(part.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    @Test
    void theSignatureIsWhatFollowsTheLastDot() {
        assertThat(SignedToken.of("a.b.c")).isEqualTo(new SignedToken("a.b", "c"));
        assertThat(SignedToken.of("a")).isEqualTo(new SignedToken("", "a"));
        assertThat(SignedToken.of("a.b.")).isEqualTo(new SignedToken("a.b", ""));
    }
}

package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalIdTest {

    private static final UUID ID = UUID.fromString("018f3c2e-7b1a-7cde-8f01-23456789abcd");
    private static final byte[] SIXTEEN = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(strings = {"Partner", "LetterOfIntent", "A"})
    void anIdIsReadAsItWasWritten(String type) {
        var id = new GlobalId(type, ID);

        assertThat(GlobalId.parse(id.text())).isEqualTo(id);
        assertThat(GlobalId.parse(id.text(), type)).isEqualTo(ID);
        assertThat(id.text()).matches("[A-Za-z0-9_-]+");
    }

    static Stream<String> keys() {
        return Stream.of(
                "MOBILITY",
                "a",
                "with:colon",
                "with\u0000zero",
                "ÄÖÜ 標題 \uD83D\uDE80",
                // As long as a UUID, but none.
                "0123456789abcdef",
                "x".repeat(100),
                "ü".repeat(50));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyMayBeAText(String key) {
        for (var type : new String[] {"A", "AreaOfActivity", "A".repeat(61)}) {
            var id = new GlobalId(type, key);

            assertThat(GlobalId.parse(id.text())).isEqualTo(id);
            assertThat(id.text()).matches("[A-Za-z0-9_-]+");
        }
    }

    @Test
    void theTextsOfTwoObjectsDiffer() {
        assertThat(new GlobalId("Partner", ID).text())
                .isEqualTo(new GlobalId("Partner", ID).text())
                .isNotEqualTo(new GlobalId("Partner", new UUID(0, 0)).text())
                .isNotEqualTo(new GlobalId("Letter", ID).text())
                .isNotEqualTo(new GlobalId("Partner", ID.toString()).text());
        assertThat(new GlobalId("A", "b").text())
                .as("of the text that has the same bytes")
                .isNotEqualTo(new GlobalId("Ab", "").text());
    }

    @Test
    void theIdOfAnotherTypeIsRefused() {
        var letter = new GlobalId("Letter", ID).text();

        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> GlobalId.parse(letter, "Partner"))
                .withMessageContaining(letter)
                .withMessageContaining("not the id of a Partner");
    }

    @Test
    void aTextIsRefusedWhereTheKeysAreUuids() {
        var text = new GlobalId("Partner", ID.toString()).text();

        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> GlobalId.parse(text, "Partner"))
                .withMessageContaining("not the id of a Partner");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "=",
                "not base64!",
                "018f3c2e-7b1a-7cde-8f01-23456789abcd",
                // Sixteen bytes and no type.
                "AAAAAAAAAAAAAAAAAAAAAA",
                // No type begins with zeros.
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                // A type and no key.
                "UGFydG5lcg"
            })
    void aMalformedIdIsRefused(String text) {
        refuses(text);
    }

    @Test
    void aTypeHasLettersOnly() {
        for (var type : new String[] {"partner", "Partner1", "Pär", "A".repeat(62), "", " Partner"}) {
            refuses(encoded(type + '\u0000', SIXTEEN));
            refuses(encoded(type + ':', SIXTEEN));
        }
        assertThat(GlobalId.parse(encoded("A".repeat(61) + '\u0000', SIXTEEN))).isNotNull();
    }

    @Test
    void aUuidHasSixteenBytes() {
        for (var length : new int[] {0, 1, 15, 17, 32}) {
            refuses(encoded("Partner\u0000", Arrays.copyOf(SIXTEEN, length)));
        }
        assertThat(GlobalId.parse(encoded("Partner\u0000", SIXTEEN), "Partner"))
                .isEqualTo(UUID.fromString("30313233-3435-3637-3839-616263646566"));
    }

    @Test
    void aTextHasAtMostAHundredBytes() {
        refuses(encoded("A:", "x".repeat(101).getBytes(StandardCharsets.UTF_8)));
        refuses(encoded("A:", "ü".repeat(51).getBytes(StandardCharsets.UTF_8)));
        refuses(encoded("AreaOfActivity:", "x".repeat(101).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void wrongUtf8IsRefused() {
        for (var wrong : new byte[][] {
            {(byte) 0xff},
            {'a', (byte) 0xc3},
            // An overlong slash, and an unpaired surrogate.
            {(byte) 0xc0, (byte) 0xaf},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80}
        }) {
            refuses(encoded("Area:", wrong));
        }
    }

    @Test
    void aNonCanonicalEncodingIsRefused() {
        var random = new Random(5);
        var spareBits = 0;
        for (var n = 0; n < 300; n++) {
            var key = new byte[random.nextInt(1, 40)];
            for (var at = 0; at < key.length; at++) {
                key[at] = (byte) random.nextInt(' ', 127);
            }
            var id = new GlobalId("Area", new String(key, StandardCharsets.US_ASCII)).text();
            var bytes = Base64.getUrlDecoder().decode(id);

            assertThat(GlobalId.parse(id).text()).isEqualTo(id);
            refuses(id + "=");
            refuses(id + "==");
            for (var last = '0'; last <= 'z'; last++) {
                var other = id.substring(0, id.length() - 1) + last;
                if (!other.equals(id)
                        && Character.isLetterOrDigit(last)
                        && Arrays.equals(Base64.getUrlDecoder().decode(other), bytes)) {
                    spareBits++;
                    refuses(other);
                }
            }
        }
        assertThat(spareBits).as("spellings with other spare bits").isPositive();
    }

    @Test
    void theAlphabetIsTheOneForUrls() {
        // Bytes whose encoding has both characters in which the alphabets differ.
        var id = new GlobalId("Area", "?>?>?>\u00bf\u00bf\u00bf\u00be>?~~~").text();

        assertThat(id).contains("-", "_");
        refuses(id.replace('-', '+'));
        refuses(id.replace('_', '/'));
        refuses(id.replace('-', '+').replace('_', '/'));
    }

    @Test
    void anIdWithSpaceAroundItIsRefused() {
        var id = new GlobalId("Area", "MOBILITY").text();

        for (var other : new String[] {" " + id, id + " ", id + "\n", id.substring(0, 4) + "\r\n" + id.substring(4)}) {
            refuses(other);
        }
    }

    @Test
    void anyBytesAreACanonicalIdOrRefused() {
        var random = new Random(6);
        IntStream.range(0, 5_000).forEach(n -> {
            var bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (random.nextBoolean() && bytes.length > 3) {
                bytes[0] = 'A';
                bytes[1] = (byte) (random.nextBoolean() ? ':' : 0);
            }
            var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            try {
                assertThat(GlobalId.parse(text).text()).isEqualTo(text);
            } catch (BadRequest refused) {
                assertThat(refused).hasMessageContaining("malformed");
            }
        });
    }

    @Test
    void aMessageShortensALongText() {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> GlobalId.parse("!".repeat(100_000)))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(200));
    }

    private static String encoded(String beginning, byte[] key) {
        var type = beginning.getBytes(StandardCharsets.UTF_8);
        var bytes = Arrays.copyOf(type, type.length + key.length);
        System.arraycopy(key, 0, bytes, type.length, key.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void refuses(String text) {
        assertThatExceptionOfType(BadRequest.class)
                .as(text)
                .isThrownBy(() -> GlobalId.parse(text))
                .withMessageContaining("malformed")
                .withNoCause();
    }
}

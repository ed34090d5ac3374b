package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.smartcity.consortium.kernel.SortKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {

    private static final String LIST = "partners:NAME:ASC:{kinds=[CHAMBER]}";
    private static final String SECRET = "a secret of the deployment";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final Cursors cursors = new Cursors(List.of(SECRET));

    static Stream<String> positions() {
        return Stream.of(
                "",
                "a",
                "stadtwerke duisburg ag\u0000018f",
                "標題 ü \uD83D\uDE80",
                "9223372036854775807",
                SortKey.of("ü".repeat(1_000), new UUID(-1, -1)),
                SortKey.of("\uD83D\uDE80".repeat(1_000), new UUID(0, 0)),
                "x".repeat(Cursors.MAX_POSITION));
    }

    @ParameterizedTest
    @MethodSource("positions")
    void aCursorGivesBackItsPosition(String position) {
        assertThat(cursors.open(cursors.seal(position, LIST), LIST)).isEqualTo(position);
    }

    @ParameterizedTest
    @MethodSource("positions")
    void allCursorsHaveOneLength(String position) {
        assertThat(cursors.seal(position, LIST)).hasSameSizeAs(cursors.seal("position", "another list"));
    }

    @Test
    void aPositionThatIsTooLongIsAnInternalError() {
        assertThatIllegalArgumentException().isThrownBy(() -> cursors.seal("x".repeat(Cursors.MAX_POSITION + 1), LIST));
        assertThatIllegalArgumentException()
                .as("counted in bytes")
                .isThrownBy(() -> cursors.seal("ü".repeat(Cursors.MAX_POSITION / 2 + 1), LIST));
    }

    @Test
    void anotherNodeWithTheSameSecretReadsACursor() {
        assertThat(new Cursors(List.of(SECRET)).open(cursors.seal("position", LIST), LIST))
                .isEqualTo("position");
    }

    @Test
    void aCursorRevealsNothing() {
        var cursor = cursors.seal("stadtwerke", LIST);

        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        var bytes = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("stadtwerke", "partners", "NAME");
    }

    @Test
    void theSamePositionHasTheSameCursorOnEveryNode() {
        assertThat(cursors.seal("position", LIST))
                .isEqualTo(cursors.seal("position", LIST))
                .isEqualTo(new Cursors(List.of(SECRET, "an older one")).seal("position", LIST));
    }

    @Test
    void noTwoPlacesHaveTheSameCursorOrNonce() {
        var random = new Random(11);
        var places = Stream.concat(
                        // The end of a name must not be mistaken for the beginning of a position.
                        IntStream.rangeClosed(0, 12)
                                .mapToObj(
                                        at -> List.of("list:position".substring(0, at), "list:position".substring(at))),
                        IntStream.range(0, 2_000).mapToObj(n -> List.of("list" + random.nextInt(5), word(random))))
                .collect(Collectors.toSet());

        var known = new HashMap<String, List<String>>();
        var nonces = new HashMap<String, List<String>>();
        places.forEach(place -> {
            var cursor = cursors.seal(place.getLast(), place.getFirst());
            assertThat(known.put(cursor, place))
                    .as("has the cursor of " + place)
                    .isNull();
            // AES-GCM is broken if a nonce repeats: 12 bytes after the key's 4.
            var nonce = Arrays.copyOfRange(Base64.getUrlDecoder().decode(cursor), 4, 16);
            assertThat(nonces.put(Arrays.toString(nonce), place))
                    .as("has the nonce of " + place)
                    .isNull();
        });
    }

    private static String word(Random random) {
        return random.ints(random.nextInt(6), '0', 'z')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        var cursor = cursors.seal("position", LIST);

        refuses(cursor, "partners:NAME:DESC:{kinds=[CHAMBER]}");
        refuses(cursor, "partners:NAME:ASC:{}");
        refuses(cursor, "");
    }

    @Test
    void aCursorOfAnotherSecretIsRefused() {
        refuses(new Cursors(List.of("another secret")).seal("position", LIST), LIST);
    }

    @Test
    void aCursorIsValidAfterAKeyChangeWhileTheOldKeyIsConfigured() {
        var old = new Cursors(List.of("old")).seal("position", LIST);
        var both = new Cursors(List.of("new", "old"));

        assertThat(both.open(old, LIST)).isEqualTo("position");
        assertThat(both.seal("position", LIST))
                .as("made with the newest key")
                .isEqualTo(new Cursors(List.of("new")).seal("position", LIST))
                .isNotEqualTo(old)
                .hasSameSizeAs(old);
        refuses(new Cursors(List.of("new")), old, LIST);
    }

    @Test
    void aCursorThatNamesAnotherKnownKeyIsRefused() {
        var both = new Cursors(List.of("new", "old"));
        var made = Base64.getUrlDecoder().decode(both.seal("position", LIST));
        var other = Base64.getUrlDecoder().decode(new Cursors(List.of("old")).seal("position", LIST));

        System.arraycopy(other, 0, made, 0, 4);

        refuses(both, Base64.getUrlEncoder().withoutPadding().encodeToString(made), LIST);
    }

    @Test
    void aCursorWithAnyByteChangedIsRefused() {
        var bytes = Base64.getUrlDecoder().decode(cursors.seal("position", LIST));
        IntStream.range(0, bytes.length).forEach(changed -> {
            var tampered = bytes.clone();
            tampered[changed] ^= 1;
            refuses(Base64.getUrlEncoder().withoutPadding().encodeToString(tampered), LIST);
        });
    }

    @Test
    void aCursorWithAnyCharacterChangedIsRefused() {
        var cursor = cursors.seal("position", LIST);
        IntStream.range(0, cursor.length()).forEach(changed -> {
            var other = (ALPHABET.indexOf(cursor.charAt(changed)) + 1) % ALPHABET.length();
            var tampered = new StringBuilder(cursor);
            tampered.setCharAt(changed, ALPHABET.charAt(other));
            refuses(tampered.toString(), LIST);
        });
    }

    @Test
    void aCursorOfAnotherLengthIsRefused() {
        var cursor = cursors.seal("position", LIST);
        var bytes = Base64.getUrlDecoder().decode(cursor);
        IntStream.rangeClosed(0, bytes.length + 3)
                .filter(length -> length != bytes.length)
                .forEach(length -> {
                    var other = Arrays.copyOf(bytes, length);
                    refuses(Base64.getUrlEncoder().withoutPadding().encodeToString(other), LIST);
                });
        refuses(cursor + "=", LIST);
        refuses(cursor.substring(0, cursor.length() - 1) + "=", LIST);
        refuses(" " + cursor, LIST);
        refuses("A".repeat(1_000_000), LIST);
    }

    @Test
    void aCursorOfTheFrameworkIsRefused() {
        // CVE-2026-41699: a cursor was deserialised by the class that it names.
        var json = "[\"java.util.LinkedHashMap\",{\"sort.name\":\"stadtwerke\",\"_id\":[\"java.util.UUID\",\"x\"]}]";
        refuses(Base64.getEncoder().encodeToString(("K_" + json).getBytes(StandardCharsets.UTF_8)), LIST);
        refuses(Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)), LIST);
        refuses("O_20", LIST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "=", "A", "AAAA", "AAAAAAAAAAAAAAAA", "not base64!", "ü", "\u0000", "%%%", "null"})
    void aMalformedCursorIsRefused(String garbage) {
        refuses(garbage, LIST);
        // Also with a cursor's length.
        var length = cursors.seal("position", LIST).length();
        refuses((garbage + "A".repeat(length)).substring(0, length), LIST);
        refuses("+" + "A".repeat(length - 1), LIST);
        refuses("ü".repeat(length), LIST);
    }

    private void refuses(String cursor, String list) {
        refuses(cursors, cursor, list);
    }

    private static void refuses(Cursors cursors, String cursor, String list) {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> cursors.open(cursor, list))
                .withMessageContaining("cursor")
                .withNoCause();
    }
}

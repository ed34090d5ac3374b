package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {

    private static final String LIST = "partners:NAME:ASC:{kinds=[CHAMBER]}";

    private final Cursors cursors = new Cursors("a secret of the deployment");

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "stadtwerke duisburg ag\u0000018f", "標題 ü \uD83D\uDE80", "9223372036854775807"})
    void aCursorGivesBackItsPosition(String position) {
        assertThat(cursors.open(cursors.seal(position, LIST), LIST)).isEqualTo(position);
    }

    @Test
    void anotherNodeWithTheSameSecretOpensIt() {
        assertThat(new Cursors("a secret of the deployment").open(cursors.seal("position", LIST), LIST))
                .isEqualTo("position");
    }

    @Test
    void aCursorSaysNothing() {
        var cursor = cursors.seal("stadtwerke", LIST);

        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        var bytes = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("stadtwerke", "partners", "NAME");
    }

    @Test
    void twoSealsOfTheSamePositionDiffer() {
        assertThat(cursors.seal("position", LIST)).isNotEqualTo(cursors.seal("position", LIST));
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
        refuses(new Cursors("another secret").seal("position", LIST), LIST);
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
    void aCursorThatWasCutOrLengthenedIsRefused() {
        var bytes = Base64.getUrlDecoder().decode(cursors.seal("position", LIST));
        IntStream.rangeClosed(0, bytes.length + 3)
                .filter(length -> length != bytes.length)
                .forEach(length -> {
                    var other = Arrays.copyOf(bytes, length);
                    refuses(Base64.getUrlEncoder().withoutPadding().encodeToString(other), LIST);
                });
    }

    @Test
    void theFrameworksOwnFormIsRefused() {
        // A cursor that was deserialised by the class that it names is how CVE-2026-41699 came about.
        var json = "[\"java.util.LinkedHashMap\",{\"sort.name\":\"stadtwerke\",\"_id\":[\"java.util.UUID\",\"x\"]}]";
        refuses(Base64.getEncoder().encodeToString(("K_" + json).getBytes(StandardCharsets.UTF_8)), LIST);
        refuses(Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)), LIST);
        refuses("O_20", LIST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "=", "A", "AAAA", "AAAAAAAAAAAAAAAA", "not base64!", "ü", "\u0000", "%%%", "null"})
    void whatIsNoCursorIsRefused(String garbage) {
        refuses(garbage, LIST);
    }

    private void refuses(String cursor, String list) {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> cursors.open(cursor, list))
                .withMessageContaining("cursor")
                .withNoCause();
    }
}

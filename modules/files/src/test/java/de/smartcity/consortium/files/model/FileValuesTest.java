package de.smartcity.consortium.files.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.RuleViolation;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileValuesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static void assertRule(Runnable parse, String rule) {
        assertThatThrownBy(parse::run)
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().getFirst().rule())
                                .isEqualTo(rule));
    }

    @ParameterizedTest
    @CsvSource({"application/pdf, PDF", "Application/PDF, PDF", "' image/png ', PNG", "image/jpeg, JPEG"})
    void aFileIsPdfPngOrJpeg(String mediaType, FileType type) {
        assertThat(FileType.parse(mediaType)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/html", "image/svg+xml", "application/pdf+xml", "image/*"})
    void otherTypesAreRefused(String mediaType) {
        assertRule(() -> FileType.parse(mediaType), "file.type");
    }

    @Test
    void aNameIsOneLineWithoutFolders() {
        assertThat(FileName.parse(" Absichtserklärung (2).pdf ")).isEqualTo("Absichtserklärung (2).pdf");
        assertThat(FileName.parse("x".repeat(200))).hasSize(200);
        assertRule(() -> FileName.parse("x".repeat(201)), "file.name.long");
        assertRule(() -> FileName.parse(" "), "file.name.blank");
        for (var name :
                new String[] {"a/b", "..\\b", "a\nb", "a\u0000b", "a\u202Efdp", "a\u200Bb", "a\uD800", "a\u2028b"}) {
            assertRule(() -> FileName.parse(name), "file.name.characters");
        }
    }

    @Test
    void anUploadIsDueAfterFiveMinutesAndAFileAfterADay() {
        var begun = UploadedFile.begin(null, new AccountId("a"), "a.pdf", FileType.PDF, 100, NOON);
        assertThat(begun.state()).isEqualTo(UploadedFile.State.UPLOADING);
        assertThat(begun.dueAt()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
        assertThat(begun.isDue(NOON.plus(Duration.ofMinutes(5)))).isTrue();
        assertThat(begun.isDue(NOON.plus(Duration.ofMinutes(5)).minusMillis(1))).isFalse();
        assertThat(begun.counted()).isEqualTo(65_536);
        var completed = begun.completed(70_000, "digest", NOON.plusSeconds(5));
        assertThat(completed.state()).isEqualTo(UploadedFile.State.READY);
        assertThat(completed.dueAt()).isEqualTo(NOON.plusSeconds(5).plus(Duration.ofHours(24)));
        assertThat(completed.counted()).isEqualTo(70_000);
        assertThat(completed.facts().id()).isEqualTo(begun.id());
        assertThat(completed.facts().size()).isEqualTo(70_000);
    }
}

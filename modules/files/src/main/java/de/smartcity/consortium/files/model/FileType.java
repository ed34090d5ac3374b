package de.smartcity.consortium.files.model;

import de.smartcity.consortium.kernel.Excerpt;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.Arrays;

/** What files may be. */
public enum FileType {
    PDF("application/pdf"),
    PNG("image/png"),
    JPEG("image/jpeg");

    private final String mediaType;

    FileType(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Such as {@code application/pdf}. */
    public String mediaType() {
        return mediaType;
    }

    /** The type of this media type, without parameters. @throws RuleViolation {@code file.type} */
    public static FileType parse(String mediaType) {
        if (mediaType.isBlank()) {
            throw new RuleViolation(
                    "file.type", "State in Content-Type whether the file is application/pdf, image/png or image/jpeg.");
        }
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equalsIgnoreCase(mediaType.strip()))
                .findFirst()
                .orElseThrow(() -> new RuleViolation(
                        "file.type",
                        "A file is application/pdf, image/png or image/jpeg, and not " + Excerpt.of(mediaType) + "."));
    }
}

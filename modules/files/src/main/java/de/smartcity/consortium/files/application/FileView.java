package de.smartcity.consortium.files.application;

import de.smartcity.consortium.files.FileEndpoint;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.model.UploadedFile;
import de.smartcity.consortium.graphql.GlobalId;
import java.time.Instant;
import java.util.Objects;

/**
 * A file as clients see it.
 *
 * @param url the path from which it is downloaded
 */
public record FileView(
        FileId id, String name, String mediaType, long size, String sha256, String url, Instant uploadedAt) {

    private static final String TYPE = "File";

    static FileView of(UploadedFile file) {
        return new FileView(
                file.id(),
                file.name(),
                file.mediaType(),
                file.size(),
                Objects.requireNonNull(file.sha256()),
                FileEndpoint.PATH + "/" + globalId(file.id()),
                file.uploadedAt());
    }

    /** Its global id. */
    public String globalId() {
        return globalId(id);
    }

    private static String globalId(FileId id) {
        return new GlobalId(TYPE, id.value()).text();
    }

    /** The file with this global id. @throws de.smartcity.consortium.graphql.BadRequest if it is malformed or of another type */
    public static FileId parse(String globalId) {
        return new FileId(GlobalId.parse(globalId, TYPE));
    }
}

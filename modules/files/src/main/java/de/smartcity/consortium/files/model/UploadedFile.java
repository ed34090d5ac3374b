package de.smartcity.consortium.files.model;

import de.smartcity.consortium.files.FileFacts;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.PartnerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded file, without its bytes. Its document is there before the first of them and goes after the last, so that a job finds what a killed
 * upload has left.
 *
 * @param owner the partner whose it is; null for the office
 * @param account which uploaded it
 * @param size in bytes; while it is uploaded, the most that it may have
 * @param counted what its owner's quota counts for it, in bytes
 * @param sha256 64 lower-case hexadecimal digits; null while it is uploaded
 * @param claim the aggregate that refers to it; null for an upload that none has claimed
 * @param dueAt when the job looks at it: whether it can be removed; null if never
 */
public record UploadedFile(
        @BsonId FileId id,
        @Nullable PartnerId owner,
        AccountId account,
        String name,
        String mediaType,
        long size,
        long counted,
        @Nullable String sha256,
        State state,
        Instant uploadedAt,
        @Nullable Claim claim,
        @Nullable Instant dueAt) {

    /** For how long an upload may be claimed. */
    public static final Duration KEPT_UNCLAIMED = Duration.ofHours(24);

    /** After which an aggregate has been saved that has claimed a file, or never will be. */
    public static final Duration SETTLED_AFTER = Duration.ofHours(1);

    /** After which an upload is over in any case: its request has a minute at most. */
    private static final Duration UPLOADED_AFTER = Duration.ofMinutes(5);

    /** An owner has at most 16,384 files for each GB of its quota. */
    private static final long MIN_COUNTED = 64 * 1024;

    /** What has become of it. */
    public enum State {
        /** Its bytes are arriving. */
        UPLOADING,
        /** It is complete. */
        READY,
        /** Its bytes are being removed. */
        REMOVED
    }

    /** @param kind of the aggregate */
    public record Claim(String kind, UUID aggregate) {}

    /** A file whose bytes will arrive. @param maxSize the most that it may have */
    public static UploadedFile begin(
            @Nullable PartnerId owner, AccountId account, String name, FileType type, long maxSize, Instant now) {
        return new UploadedFile(
                FileId.next(),
                owner,
                account,
                name,
                type.mediaType(),
                maxSize,
                counted(maxSize),
                null,
                State.UPLOADING,
                now,
                null,
                now.plus(UPLOADED_AFTER));
    }

    /** The file when all of its bytes are stored. */
    public UploadedFile completed(long bytes, String digest, Instant now) {
        return new UploadedFile(
                id,
                owner,
                account,
                name,
                mediaType,
                bytes,
                counted(bytes),
                digest,
                State.READY,
                now,
                null,
                now.plus(KEPT_UNCLAIMED));
    }

    private static long counted(long size) {
        return Math.max(size, MIN_COUNTED);
    }

    /** Whether the job is to look at it. */
    public boolean isDue(Instant now) {
        return dueAt != null && !dueAt.isAfter(now);
    }

    /** What never changes of it. */
    public FileFacts facts() {
        return new FileFacts(id, name, mediaType, size, Objects.requireNonNull(sha256));
    }
}

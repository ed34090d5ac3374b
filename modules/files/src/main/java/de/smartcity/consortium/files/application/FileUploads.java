package de.smartcity.consortium.files.application;

import de.smartcity.consortium.files.FileEndpoint;
import de.smartcity.consortium.files.model.FileName;
import de.smartcity.consortium.files.model.FilePermissions;
import de.smartcity.consortium.files.model.FileType;
import de.smartcity.consortium.files.model.UploadedFile;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.DeadlineExceeded;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.RuleViolation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.tika.Tika;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;

/** Takes uploads. */
public class FileUploads {

    private static final Logger LOG = LoggerFactory.getLogger(FileUploads.class);
    /** By which a type is recognized. */
    private static final int MAX_BEGINNING = 4_096;

    private final FileStore store;
    private final FileContents contents;
    private final Clock clock;
    private final long quota;
    /** Made at the first upload, since it reads all types that it knows. */
    private final Supplier<Tika> types = SingletonSupplier.of(Tika::new);

    FileUploads(FileStore store, FileContents contents, Clock clock, DataSize quota) {
        this.store = store;
        this.contents = contents;
        this.clock = clock;
        this.quota = quota.toBytes();
    }

    /**
     * An upload, before anything of it is validated.
     *
     * @param mediaType as the client states it
     * @param length as the client states it; negative if it does not
     */
    public record Upload(String name, String mediaType, long length, InputStream bytes) {}

    /**
     * Stores an upload, whose bytes are read only by a permitted actor.
     *
     * @throws Forbidden if the actor may not upload
     * @throws RuleViolation those of {@link FileName} and {@link FileType}, {@code file.large}, {@code file.quota}, {@code file.content} if the bytes are
     *     of another type, {@code file.incomplete}
     * @throws UncheckedIOException if the bytes cannot be read
     * @throws DeadlineExceeded if they do not arrive in time
     */
    public FileView upload(Upload upload, Actor actor) {
        Forbidden.unlessPermitted(FilePermissions.upload(actor));
        var name = FileName.parse(upload.name());
        var type = FileType.parse(upload.mediaType());
        if (upload.length() > FileEndpoint.MAX_SIZE) {
            throw UploadedBytes.tooLarge();
        }
        var begun = UploadedFile.begin(
                FilePermissions.owner(actor),
                actor.account().orElseThrow(),
                name,
                type,
                upload.length() < 0 ? FileEndpoint.MAX_SIZE : upload.length(),
                clock.instant());
        // Its own size is counted, and that of all concurrent uploads, so that together they do not exceed the quota.
        store.add(begun);
        try {
            if (store.used(begun.owner()) > quota) {
                throw new RuleViolation(
                        "file.quota",
                        "All files of your organisation together have at most " + quota / (1024 * 1024) + " MB.");
            }
            return FileView.of(store(begun, type, upload));
        } catch (RuntimeException failed) {
            remove(begun);
            throw failed;
        }
    }

    private UploadedFile store(UploadedFile begun, FileType type, Upload upload) {
        var bytes = new UploadedBytes(upload.bytes());
        var buffered = new BufferedInputStream(bytes, MAX_BEGINNING);
        demandType(buffered, type);
        contents.write(begun.id(), buffered);
        bytes.demandComplete(upload.length());
        var completed = begun.completed(bytes.count(), bytes.sha256(), clock.instant());
        if (!store.complete(completed)) {
            throw new IllegalStateException("The upload " + begun.id() + " took longer than it may take");
        }
        return completed;
    }

    private void demandType(BufferedInputStream bytes, FileType type) {
        try {
            bytes.mark(MAX_BEGINNING);
            var beginning = bytes.readNBytes(MAX_BEGINNING);
            bytes.reset();
            if (!types.get().detect(beginning).equals(type.mediaType())) {
                throw new RuleViolation("file.content", "The content of the file is not " + type.mediaType() + ".");
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The job removes what this does not. */
    private void remove(UploadedFile begun) {
        try {
            // The upload may have failed because its own time has passed.
            Deadline.in(Deadline.GRACE).run(() -> {
                contents.remove(begun.id());
                store.remove(begun.id());
            });
        } catch (RuntimeException failed) {
            LOG.warn("The upload {} will be removed later: {}", begun.id(), failed.toString());
        }
    }
}

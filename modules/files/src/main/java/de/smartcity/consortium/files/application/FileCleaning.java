package de.smartcity.consortium.files.application;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.FileOwner;
import de.smartcity.consortium.files.model.UploadedFile;
import de.smartcity.consortium.files.model.UploadedFile.State;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes files that nothing refers to: unfinished and unclaimed uploads, and those whose aggregate was not saved or refers to them no longer. */
class FileCleaning {

    private static final Logger LOG = LoggerFactory.getLogger(FileCleaning.class);

    private final FileStore store;
    private final FileContents contents;
    private final Map<String, FileOwner> owners;

    FileCleaning(FileStore store, FileContents contents, Collection<FileOwner> owners) {
        this.store = store;
        this.contents = contents;
        this.owners = owners.stream().collect(Collectors.toMap(FileOwner::kind, Function.identity()));
    }

    /**
     * Removes a file that is due, or keeps it from being due again. May be repeated after it was interrupted anywhere, and is called with files that have
     * been claimed since they were found.
     */
    void clean(FileId id, Instant now) {
        store.get(id).filter(file -> file.isDue(now)).ifPresent(file -> {
            if (isReferred(file)) {
                store.settle(file);
            } else if (store.beginRemoval(file)) {
                contents.remove(id);
                store.remove(id);
            }
        });
    }

    private boolean isReferred(UploadedFile file) {
        var claim = file.claim();
        if (claim == null || file.state() != State.READY) {
            return false;
        }
        var owner = owners.get(claim.kind());
        if (owner == null) {
            LOG.error(
                    "The file {} stays: no capability owns files of {}",
                    file.id().value(),
                    claim.kind());
            return true;
        }
        return owner.referred(claim.aggregate()).contains(file.id());
    }
}

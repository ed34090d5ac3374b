package de.smartcity.consortium.files.application;

import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.files.FileFacts;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.model.FilePermissions;
import de.smartcity.consortium.files.model.UploadedFile;
import de.smartcity.consortium.files.model.UploadedFile.Claim;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Claims uploads, each for one aggregate. */
class Claims implements FileClaims {

    private final FileStore store;
    private final Clock clock;

    Claims(FileStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<FileFacts> claim(List<FileId> files, String kind, UUID aggregate, Actor actor) {
        var claim = new Claim(kind, aggregate);
        // Each time, another one may have been claimed since it was read: by this change itself, if it is repeated at
        // the same time.
        for (var attempt = 0; attempt <= files.size(); attempt++) {
            var claimed = tryClaim(files, claim, actor);
            if (claimed.isPresent()) {
                return claimed.get();
            }
        }
        throw unknown();
    }

    /** Empty if others have changed some of them meanwhile. */
    private Optional<List<FileFacts>> tryClaim(List<FileId> files, Claim claim, Actor actor) {
        var found = store.find(files);
        var violations = new Violations();
        var claimed = violations.each(files, id -> usable(found.get(id), claim, actor));
        violations.throwIfAny();
        var unclaimed = claimed.stream()
                .filter(file -> file.claim() == null)
                .map(UploadedFile::id)
                .collect(Collectors.toSet());
        var own = new HashSet<>(files);
        own.removeAll(unclaimed);
        var dueAt = clock.instant().plus(UploadedFile.SETTLED_AFTER);
        // What is this aggregate's already must stay, too, until it is saved.
        var changed = (unclaimed.isEmpty() ? 0 : store.claim(unclaimed, claim, dueAt))
                + (own.isEmpty() ? 0 : store.claimAgain(own, claim, dueAt));
        return changed == unclaimed.size() + own.size()
                ? Optional.of(claimed.stream().map(UploadedFile::facts).toList())
                : Optional.empty();
    }

    private static UploadedFile usable(@Nullable UploadedFile file, Claim claim, Actor actor) {
        if (file == null
                || !FilePermissions.mayUse(actor, file.owner())
                || (file.claim() != null && !file.claim().equals(claim))) {
            throw unknown();
        }
        return file;
    }

    private static RuleViolation unknown() {
        return new RuleViolation(
                "file.unknown", "There is no such upload of your organisation that is not used elsewhere.");
    }

    @Override
    public Map<FileId, FileFacts> find(Collection<FileId> files) {
        return files.isEmpty()
                ? Map.of()
                : store.find(files).values().stream().collect(Collectors.toMap(UploadedFile::id, UploadedFile::facts));
    }

    @Override
    public void review(String kind, UUID aggregate) {
        store.review(new Claim(kind, aggregate), clock.instant());
    }
}

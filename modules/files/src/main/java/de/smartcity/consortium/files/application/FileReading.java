package de.smartcity.consortium.files.application;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.FileOwner;
import de.smartcity.consortium.files.model.FilePermissions;
import de.smartcity.consortium.files.model.UploadedFile;
import de.smartcity.consortium.kernel.Actor;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads files. */
public class FileReading {

    /** The collection of files. */
    public static final String FILES = "files";

    private final FileStore store;
    private final FileContents contents;
    private final List<FileOwner> owners;

    FileReading(FileStore store, FileContents contents, List<FileOwner> owners) {
        this.store = store;
        this.contents = contents;
        this.owners = owners;
    }

    /** The file, if the actor may see it. */
    public Optional<FileView> find(FileId id, Actor actor) {
        return Optional.ofNullable(find(List.of(id), actor).get(id));
    }

    /**
     * Those of these files that the actor may see: uploads that nobody has claimed if it may use them, and others if it sees a field that shows them. One
     * command, and one of each kind of aggregates.
     */
    public Map<FileId, FileView> find(Collection<FileId> ids, Actor actor) {
        var shown = new HashMap<String, Set<FileId>>();
        owners.forEach(owner -> shown.put(owner.kind(), owner.visible(ids, actor)));
        var visible = new HashMap<FileId, FileView>();
        store.find(ids).forEach((id, file) -> {
            if (isVisible(file, shown, actor)) {
                visible.put(id, FileView.of(file));
            }
        });
        return visible;
    }

    /** These files, for an actor that sees a field of a visible aggregate which shows them. One command. */
    public Map<FileId, FileView> findReferred(Collection<FileId> ids) {
        return store.find(ids).values().stream().collect(Collectors.toMap(UploadedFile::id, FileView::of));
    }

    private static boolean isVisible(UploadedFile file, Map<String, Set<FileId>> shown, Actor actor) {
        var claim = file.claim();
        return claim == null
                ? FilePermissions.mayUse(actor, file.owner())
                : shown.getOrDefault(claim.kind(), Set.of()).contains(file.id());
    }

    /** The bytes of a file. */
    public InputStream bytes(FileId id) {
        return contents.read(id);
    }
}

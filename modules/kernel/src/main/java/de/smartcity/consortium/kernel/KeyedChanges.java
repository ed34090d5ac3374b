package de.smartcity.consortium.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The last changes of an aggregate that had a {@link ChangeKey}; stored in the aggregate's document, and never shown. */
public final class KeyedChanges {

    /** A change is recognised until this many later ones had a key. */
    public static final int CAPACITY = 50;

    private final List<KeyedChange> changes;

    /**
     * A change that was made.
     *
     * @param key the id of its {@link ChangeKey}
     * @param input the digest of its input
     * @param part the id of the part that it made or changed, if any
     */
    public record KeyedChange(
            UUID key, String input, @Nullable UUID part) {}

    /** These changes, the oldest first. */
    public KeyedChanges(List<KeyedChange> changes) {
        this.changes = new ArrayList<>(changes);
    }

    /**
     * Called after the permission and before the input is read.
     *
     * @throws AlreadyMade if this change was made before
     * @throws ReusedKey if a change with this key and another input was made before
     */
    public void demandFirst(Change change) {
        demandSameInput(change);
        find(change.key()).ifPresent(before -> {
            throw new AlreadyMade(before.part());
        });
    }

    /** @throws ReusedKey if a change with this key and another input was made before */
    public void demandSameInput(Change change) {
        var key = change.key();
        if (key != null
                && find(key)
                        .filter(before -> !before.input().equals(key.inputDigest()))
                        .isPresent()) {
            throw new ReusedKey();
        }
    }

    /**
     * Adds a change, if it has a key; the oldest one may be dropped.
     *
     * @param part the id of the part that it made or changed, if any
     */
    public void add(Change change, @Nullable UUID part) {
        var key = change.key();
        if (key != null) {
            changes.add(new KeyedChange(key.id(), key.inputDigest(), part));
            if (changes.size() > CAPACITY) {
                changes.removeFirst();
            }
        }
    }

    /** Forgets all changes, for an aggregate whose content is erased. */
    public void erase() {
        changes.clear();
    }

    private Optional<KeyedChange> find(@Nullable ChangeKey key) {
        return changes.stream()
                .filter(each -> key != null && each.key().equals(key.id()))
                .findFirst();
    }

    /** The change was made before; it is answered like the first time, and nothing is saved. */
    public static final class AlreadyMade extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final @Nullable UUID part;

        AlreadyMade(@Nullable UUID part) {
            super("This change was made before.");
            this.part = part;
        }

        /** The id of the part that the change made or changed. @throws java.util.NoSuchElementException if it has none */
        public UUID part() {
            return Optional.ofNullable(part).orElseThrow();
        }
    }

    /** The client gave the key of an earlier change with another input; nothing is changed. */
    public static final class ReusedKey extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReusedKey() {
            super("This Idempotency-Key was used with another input: choose a new key for each change.");
        }
    }
}

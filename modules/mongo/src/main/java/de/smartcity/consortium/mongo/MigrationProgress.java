package de.smartcity.consortium.mongo;

/** Where this node stands with the migrations; may be asked at any time, by any thread. */
public final class MigrationProgress {

    public enum State {
        /** Not begun, or another node is applying them. */
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * @param number of the migration that this node applies or applied last; 0 before the first
     * @param count how many migrations there are
     * @param name of that migration; empty before the first
     * @param documents how many it has seen
     */
    public record Snapshot(State state, int number, int count, String name, long documents) {

        private Snapshot in(State changed) {
            return new Snapshot(changed, number, count, name, documents);
        }
    }

    private volatile Snapshot snapshot;

    MigrationProgress(int count) {
        snapshot = new Snapshot(State.WAITING, 0, count, "", 0);
    }

    /** How it is just now. */
    public Snapshot snapshot() {
        return snapshot;
    }

    void running(Migration migration, long documents) {
        snapshot = new Snapshot(State.RUNNING, migration.number(), snapshot.count(), migration.name(), documents);
    }

    void is(State state) {
        snapshot = snapshot.in(state);
    }
}

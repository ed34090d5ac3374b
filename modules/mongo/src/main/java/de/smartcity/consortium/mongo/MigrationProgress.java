package de.smartcity.consortium.mongo;

/** How far this node is with the migrations. Thread-safe. */
public final class MigrationProgress {

    public enum State {
        /** Not started, or another node is applying them. */
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * @param number the number of the migration that this node applies or applied last; 0 before the first
     * @param count how many migrations there are
     * @param name the name of that migration; empty before the first
     * @param documents how many documents it has processed
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

    public Snapshot snapshot() {
        return snapshot;
    }

    void running(Migration migration, long documents) {
        snapshot = new Snapshot(State.RUNNING, migration.number(), snapshot.count(), migration.name(), documents);
    }

    void set(State state) {
        snapshot = snapshot.in(state);
    }
}

package de.smartcity.consortium.mongo;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * The applied migrations: the collection {@code migrations}, with one document for each number:
 * {@code {_id: number, name, checksum, state: RUNNING or DONE, startedAt, finishedAt, seen, changed, lastId, fence}}.
 */
final class SchemaHistory {

    static final String COLLECTION = "migrations";
    static final String NAME = "name";
    static final String CHECKSUM = "checksum";
    static final String STATE = "state";
    static final String RUNNING = "RUNNING";
    static final String DONE = "DONE";
    static final String STARTED_AT = "startedAt";
    static final String FINISHED_AT = "finishedAt";
    static final String SEEN = "seen";
    static final String CHANGED = "changed";
    static final String LAST_ID = "lastId";

    private final MongoDatabaseFactory databases;
    private final List<Migration> declared;

    /** @throws MigrationRefused if a number is missing or used twice */
    SchemaHistory(MongoDatabaseFactory databases, List<Migration> declared) {
        this.databases = databases;
        this.declared = declared.stream()
                .sorted(Comparator.comparingInt(Migration::number))
                .toList();
        var numbers = this.declared.stream().map(Migration::number).toList();
        for (var place = 0; place < numbers.size(); place++) {
            if (numbers.get(place) != place + 1) {
                throw new MigrationRefused("Migrations are numbered from 1 on, without gaps and each number once, but "
                        + numbers + " are declared: renumber those that are not released yet");
            }
        }
    }

    /**
     * The migrations that are not applied, in order.
     *
     * @throws MigrationRefused if the recorded migrations do not match the declared ones
     */
    List<Migration> missing() {
        var recorded = new HashMap<Integer, Document>();
        var last = 0;
        for (var migration : documents().find().sort(Sorts.ascending("_id"))) {
            last = migration.getInteger("_id");
            recorded.put(last, migration);
        }
        if (last > declared.size()) {
            throw new MigrationRefused("The data is at schema number " + last + ", but this version knows "
                    + declared.size() + " at most: start the version that migrated the data, or a newer one");
        }
        var missing = new ArrayList<Migration>();
        for (var migration : declared) {
            var record = recorded.get(migration.number());
            if (record != null && DONE.equals(record.getString(STATE))) {
                checkUnchanged(migration, record);
            } else if (migration.number() < last) {
                throw new MigrationRefused("Migration " + migration.number()
                        + " is not recorded as done in the collection " + COLLECTION + ", but " + last
                        + " is: restore the collection and the data from the same backup");
            } else {
                missing.add(migration);
            }
        }
        return missing;
    }

    private void checkUnchanged(Migration migration, Document record) {
        if (!migration.checksum().equals(record.getString(CHECKSUM))) {
            throw new MigrationRefused("Migration " + migration.number() + " was applied as \"" + record.getString(NAME)
                    + "\" and has been changed since, now \"" + migration.name()
                    + "\": restore its released name and revision, and put the change into a new migration "
                    + (declared.size() + 1));
        }
    }

    /** The record of a migration, claimed for the holder of the lease. */
    FencedDocument claim(Migration migration, Lease lease, Instant now) {
        return lease.claim(
                documents(), migration.number(), started(migration, now).append(STATE, RUNNING));
    }

    /** The record of a migration that starts, or starts again. */
    static Document started(Migration migration, Instant now) {
        return new Document(NAME, migration.name())
                .append(CHECKSUM, migration.checksum())
                .append(STARTED_AT, Date.from(now))
                .append(SEEN, 0L)
                .append(CHANGED, 0L);
    }

    int count() {
        return declared.size();
    }

    private MongoCollection<Document> documents() {
        return databases.getMongoDatabase().getCollection(COLLECTION).withReadPreference(ReadPreference.primary());
    }
}

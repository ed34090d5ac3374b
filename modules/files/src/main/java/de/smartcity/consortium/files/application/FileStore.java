package de.smartcity.consortium.files.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.model.UploadedFile;
import de.smartcity.consortium.files.model.UploadedFile.Claim;
import de.smartcity.consortium.files.model.UploadedFile.State;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.mongo.RecordCollections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The documents of files. Each change is one atomic write that names the state which it expects. */
class FileStore {

    private static final String ID = "_id";
    private static final String OWNER = "owner";
    private static final String STATE = "state";
    private static final String CLAIM = "claim";
    private static final String AGGREGATE = "claim.aggregate";
    private static final String DUE = "dueAt";

    private final MongoCollection<UploadedFile> files;
    private final MongoCollection<Used> sums;

    FileStore(RecordCollections collections) {
        this.files = collections.of(FileReading.FILES, UploadedFile.class);
        this.sums = collections.of(FileReading.FILES, Used.class);
    }

    /** A sum; public only because the driver instantiates no other class. */
    public record Used(long bytes) {}

    void add(UploadedFile file) {
        files.insertOne(file);
    }

    /** What the quota counts of all files of an owner, in bytes. */
    long used(@Nullable PartnerId owner) {
        var sum = sums.aggregate(List.of(
                        Aggregates.match(Filters.eq(OWNER, owner)),
                        Aggregates.group(null, Accumulators.sum("bytes", "$counted"))))
                .first();
        return sum == null ? 0 : sum.bytes();
    }

    /** Whether the upload was still going on. */
    boolean complete(UploadedFile completed) {
        return files.replaceOne(inState(completed.id(), State.UPLOADING), completed)
                        .getMatchedCount()
                == 1;
    }

    /** Those of these files that are complete. */
    Map<FileId, UploadedFile> find(Collection<FileId> ids) {
        var found = new HashMap<FileId, UploadedFile>();
        files.find(Filters.and(Filters.in(ID, ids), Filters.eq(STATE, State.READY.name())))
                .forEach(file -> found.put(file.id(), file));
        return found;
    }

    /** How many of these files have been claimed: those that no aggregate has. */
    long claim(Collection<FileId> ids, Claim claim, Instant dueAt) {
        return files.updateMany(
                        Filters.and(
                                Filters.in(ID, ids), Filters.eq(STATE, State.READY.name()), Filters.eq(CLAIM, null)),
                        Updates.combine(Updates.set(CLAIM, claim), Updates.set(DUE, Date.from(dueAt))))
                .getMatchedCount();
    }

    /** Has the job look later at these files of an aggregate; how many of them there are. */
    long claimAgain(Collection<FileId> ids, Claim claim, Instant dueAt) {
        return files.updateMany(Filters.and(of(claim), Filters.in(ID, ids)), Updates.set(DUE, Date.from(dueAt)))
                .getMatchedCount();
    }

    /** Has the job look now at the files of an aggregate, except those that were claimed for a save which may be going on: these are due later anyway. */
    void review(Claim claim, Instant now) {
        files.updateMany(
                Filters.and(of(claim), Filters.or(Filters.eq(DUE, null), Filters.lte(DUE, Date.from(now)))),
                Updates.set(DUE, Date.from(now)));
    }

    private static Bson of(Claim claim) {
        return Filters.and(
                Filters.eq(AGGREGATE, claim.aggregate()),
                Filters.eq("claim.kind", claim.kind()),
                Filters.eq(STATE, State.READY.name()));
    }

    List<FileId> due(Instant now, int limit) {
        return files.find(Filters.lte(DUE, Date.from(now)))
                .sort(Sorts.ascending(DUE))
                .limit(limit)
                .map(UploadedFile::id)
                .into(new ArrayList<>());
    }

    /** A file in any state. */
    Optional<UploadedFile> get(FileId id) {
        return Optional.ofNullable(files.find(Filters.eq(ID, id)).first());
    }

    /** Keeps a file whose aggregate refers to it, unless it has been claimed or reviewed since it was read. */
    void settle(UploadedFile read) {
        files.updateOne(unchanged(read), Updates.set(DUE, null));
    }

    /** Whether the file is now REMOVED: not if it has been claimed or reviewed since it was read. */
    boolean beginRemoval(UploadedFile read) {
        return files.updateOne(unchanged(read), Updates.set(STATE, State.REMOVED.name()))
                        .getMatchedCount()
                == 1;
    }

    void remove(FileId id) {
        files.deleteOne(Filters.eq(ID, id));
    }

    private static Bson unchanged(UploadedFile read) {
        var due = read.dueAt();
        return Filters.and(inState(read.id(), read.state()), Filters.eq(DUE, due == null ? null : Date.from(due)));
    }

    private static Bson inState(FileId id, State state) {
        return Filters.and(Filters.eq(ID, id), Filters.eq(STATE, state.name()));
    }
}

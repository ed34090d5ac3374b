package de.smartcity.consortium.projects.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.projects.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * The projects of which the statuses of partners are to be taken over. The handler of events only notes them, with few commands however many there
 * are; a job does the work, so that a project that cannot be changed keeps no other waiting.
 */
class ProjectsToFollow {

    /** The collection of these notes. */
    static final String COLLECTION = "projectsToFollow";

    static final String AT = "at";

    private static final String MARK = "mark";

    /** The partners whose statuses matter to a project. */
    private static final String FOLLOWED = "followed";

    private final MongoCollection<ProjectKey> projects;
    private final MongoCollection<Note> notes;

    /** A project; public only because the driver instantiates no other class. */
    public record ProjectKey(@BsonId ProjectId id) {}

    /**
     * That a project is to be looked at; public only because the driver instantiates no other class.
     *
     * @param mark differs for each time that it was noted
     */
    public record Note(@BsonId ProjectId project, UUID mark, Instant at) {}

    ProjectsToFollow(RecordCollections collections) {
        this.projects = collections.of(ProjectReading.PROJECTS, ProjectKey.class);
        this.notes = collections.of(COLLECTION, Note.class);
    }

    /** Notes the projects in which a partner takes part or is asked to. */
    void noteThoseOf(PartnerId partner, Instant now) {
        var ids = projects.find(Filters.eq(FOLLOWED, partner))
                .projection(Projections.include("_id"))
                .map(ProjectKey::id)
                .into(new ArrayList<>());
        note(ids, now);
    }

    /** Notes these projects. */
    void note(List<ProjectId> ids, Instant now) {
        if (!ids.isEmpty()) {
            notes.bulkWrite(ids.stream()
                    .map(id -> new ReplaceOneModel<>(
                            Filters.eq("_id", id),
                            new Note(id, UUID.randomUUID(), now),
                            new ReplaceOptions().upsert(true)))
                    .toList());
        }
    }

    /** Those that were noted by now, the longest ago first. */
    List<ProjectId> noted(Instant now, int limit) {
        return notes.find(Filters.lte(AT, now))
                .sort(Sorts.ascending(AT))
                .projection(Projections.include("_id"))
                .limit(limit)
                .map(note -> note.project())
                .into(new ArrayList<>());
    }

    /** Follows a project, and forgets the note unless it was made anew meanwhile. */
    void settle(ProjectId id, Consumer<ProjectId> follow) {
        var note = notes.find(Filters.eq("_id", id)).limit(1).first();
        if (note != null) {
            follow.accept(id);
            notes.deleteOne(Filters.and(Filters.eq("_id", id), Filters.eq(MARK, note.mark())));
        }
    }
}

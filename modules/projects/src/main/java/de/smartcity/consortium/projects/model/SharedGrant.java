package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Aggregate;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.NewEvents;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.kernel.Task;
import de.smartcity.consortium.projects.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The projects that name the same number of a grant. The office alone sees it, and gets a task while there are several; the projects' members notice
 * nothing. Once stored, it stays, also with fewer projects.
 */
@Document("sharedGrants")
public final class SharedGrant implements Aggregate {

    /** So many are kept, the first by id. */
    public static final int MAX_PROJECTS = 100;

    /** From so many projects on, the number is shared. */
    private static final int SHARED_BY = 2;

    @Id
    private final SharedGrantId id;

    @Version
    private long version;

    private final String number;
    private List<ProjectId> projects;
    private final Instant createdAt;
    private Instant updatedAt;
    private @Nullable DerivedFields derived;
    private final Outbox outbox;

    @Transient
    private final NewEvents newEvents = new NewEvents();

    @PersistenceCreator
    SharedGrant(
            SharedGrantId id,
            @Nullable Long version,
            String number,
            @Nullable List<ProjectId> projects,
            Instant createdAt,
            Instant updatedAt,
            @Nullable DerivedFields derived,
            Outbox outbox) {
        this.id = id;
        this.version = version == null ? 0 : version;
        this.number = number;
        this.projects = projects == null ? List.of() : List.copyOf(projects);
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
        this.derived = derived;
        this.outbox = outbox;
    }

    /** That of a number for which none is stored. @param number letters and digits, as projects compare it */
    public static SharedGrant of(String number, Instant at) {
        return new SharedGrant(SharedGrantId.of(number), null, number, null, at, at, null, new Outbox(List.of()));
    }

    /**
     * Takes over which projects name the number, for the service itself. If nothing differs, no event is recorded; one that is not stored yet begins
     * with several projects.
     *
     * @param naming in the order of their ids; of more than {@value #MAX_PROJECTS} the first are kept
     * @throws Forbidden for everybody else
     */
    public void follow(Change change, List<ProjectId> naming) {
        if (change.actor().kind() != Actor.Kind.SYSTEM) {
            throw new Forbidden(Refusal.officeOnly());
        }
        var kept = naming.stream().limit(MAX_PROJECTS).toList();
        var begins = version > 0 || kept.size() >= SHARED_BY;
        if (begins && !kept.equals(projects)) {
            newEvents.add(
                    NewEvent.of(Event.of(change, SharedGrantEvent.SHARED_GRANT_CHANGED, List.of("projects"))), outbox);
            projects = kept;
            updatedAt = change.at();
        }
    }

    @Override
    public void derive(String defaultLocale) {
        derived = new DerivedFields(
                Audience.office(), null, null, null, StoredTask.of(id.value(), tasks(), updatedAt, derived));
    }

    private List<Task> tasks() {
        return projects.size() < SHARED_BY
                ? List.of()
                : List.of(new Task(SharedGrantTask.CHECK_SHARED_GRANT, null, null, null, null));
    }

    /** The id; derived from the number. */
    public SharedGrantId id() {
        return id;
    }

    /** The projects that name it, in the order of their ids. */
    public List<ProjectId> projects() {
        return projects;
    }

    @Override
    public @Nullable DerivedFields derived() {
        return derived;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public NewEvents newEvents() {
        return newEvents;
    }
}

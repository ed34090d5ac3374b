package de.smartcity.consortium.projects.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.SharedGrant;
import de.smartcity.consortium.projects.model.SharedGrantId;
import de.smartcity.consortium.projects.model.SharedGrants;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Keeps shared grants as projects name their numbers. It reads what is stored now, and writes nothing into projects, so that it can be repeated at any
 * time, and nobody who sees a project notices it.
 */
class SharedGrantFollowing {

    /** The numbers that a project names; none once it is cancelled. */
    private static final String GRANTS = "grants";

    private final SharedGrants grants;
    private final MongoCollection<GrantNumber> shared;
    private final MongoCollection<NamingProject> projects;
    private final RetryTemplate staleWrites;
    private final Clock clock;

    SharedGrantFollowing(SharedGrants grants, RecordCollections collections, RetryTemplate staleWrites, Clock clock) {
        this.grants = grants;
        this.shared = collections.of(SharedGrantReading.SHARED_GRANTS, GrantNumber.class);
        this.projects = collections.of(ProjectReading.PROJECTS, NamingProject.class);
        this.staleWrites = staleWrites;
        this.clock = clock;
    }

    /** The number of a shared grant; public only because the driver instantiates no other class. */
    public record GrantNumber(
            @BsonId SharedGrantId id, @Nullable String number) {}

    /** What a project names; public only because the driver instantiates no other class. */
    public record NamingProject(
            @BsonId ProjectId id, @Nullable List<String> grants) {}

    /** Brings those grants up to date that a project names, or named when they were brought up to date last. */
    void follow(ProjectId project) {
        var numbers = new TreeSet<String>();
        projects.find(Filters.eq("_id", project))
                .projection(Projections.include(GRANTS))
                .limit(1)
                .forEach(naming -> Optional.ofNullable(naming.grants()).ifPresent(numbers::addAll));
        shared.find(Filters.eq("projects", project))
                .projection(Projections.include("number"))
                .forEach(grant -> Optional.ofNullable(grant.number()).ifPresent(numbers::add));
        numbers.forEach(this::follow);
    }

    private void follow(String number) {
        var change = Change.by(Actor.system(), clock.instant());
        staleWrites.invoke(() -> {
            var grant = grants.findById(SharedGrantId.of(number)).orElseGet(() -> SharedGrant.of(number, change.at()));
            // After the grant, so that of two nodes that do this at once the one that saves last has also read last.
            grant.follow(change, naming(number));
            if (!grant.newEvents().isEmpty()) {
                save(grant);
            }
            return grant;
        });
    }

    private void save(SharedGrant grant) {
        try {
            grants.save(grant);
        } catch (DuplicateKeyException begunMeanwhile) {
            throw new OptimisticLockingFailureException("The grant has been stored meanwhile", begunMeanwhile);
        }
    }

    private List<ProjectId> naming(String number) {
        return projects.find(Filters.eq(GRANTS, number))
                .sort(Sorts.ascending("_id"))
                .projection(Projections.include("_id"))
                .limit(SharedGrant.MAX_PROJECTS)
                .map(NamingProject::id)
                .into(new ArrayList<>());
    }
}

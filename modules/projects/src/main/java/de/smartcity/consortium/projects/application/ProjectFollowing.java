package de.smartcity.consortium.projects.application;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.activity.EventHandler;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.ProjectEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.codecs.pojo.annotations.BsonId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens to projects because of days and of events. */
@Configuration(proxyBeanMethods = false)
class ProjectFollowing {

    /** The day on which something is due in a project. */
    static final String DUE_ON = "dueOn";

    /** After these an event of a partner may have come between reading the partner and storing the project. */
    private static final Set<String> MORE_PARTNERS = Set.of(
            ProjectEvent.PROJECT_PROPOSED.name(),
            ProjectEvent.PROJECT_FOUNDED.name(),
            ProjectEvent.PROJECT_RECORDED.name(),
            ProjectEvent.PROJECT_MEMBER_INVITED.name(),
            ProjectEvent.PROJECT_MEMBER_JOINED.name(),
            ProjectEvent.PROJECT_COORDINATION_ACCEPTED.name());

    private static final Set<String> FEWER_FILES =
            Set.of(ProjectEvent.PROJECT_FILE_REMOVED.name(), ProjectEvent.PROJECT_GATE_RECORDED.name());

    /** A project; public only because the driver instantiates no other class. */
    public record ProjectKey(@BsonId ProjectId id) {}

    @Bean
    Job<ProjectId> daysOfProjects(ProjectManagement management, RecordCollections collections) {
        // Only ids, so that one that cannot be read does not keep the others from being settled.
        var due = collections.of(ProjectReading.PROJECTS, ProjectKey.class);
        return new Job<>(
                "settle-projects",
                (now, limit) -> due.find(Filters.lte(DUE_ON, now.today().toString()))
                        .sort(Sorts.ascending(DUE_ON))
                        .projection(Projections.include("_id"))
                        .limit(limit)
                        .map(ProjectKey::id)
                        .into(new ArrayList<>()),
                management::settle);
    }

    @Bean
    ProjectsToFollow projectsToFollow(RecordCollections collections) {
        return new ProjectsToFollow(collections);
    }

    @Bean
    EventHandler partnersOfProjects(ProjectsToFollow projects, Clock clock) {
        return new EventHandler("note-projects-of-partners", event -> {
            if (event.kind().equals("Partner")) {
                if (event.changed() != null && event.changed().contains("status")) {
                    projects.noteThoseOf(new PartnerId(event.subject()), clock.instant());
                }
            } else if (MORE_PARTNERS.contains(event.type())) {
                projects.note(List.of(new ProjectId(event.subject())), clock.instant());
            }
        });
    }

    @Bean
    Job<ProjectId> statusesInProjects(ProjectsToFollow projects, ProjectManagement management) {
        return new Job<>(
                "follow-partners-in-projects",
                (now, limit) -> projects.noted(now.at(), limit),
                (id, now) -> projects.settle(id, each -> management.followPartners(each, now.at())));
    }

    @Bean
    EventHandler filesOfProjects(FileClaims files) {
        return new EventHandler("review-files-of-projects", event -> {
            if (FEWER_FILES.contains(event.type())) {
                files.review(ProjectFiles.KIND, event.subject());
            }
        });
    }
}

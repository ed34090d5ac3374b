package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.activity.EventHandler;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.application.ProjectsToFollow.ProjectKey;
import de.smartcity.consortium.projects.model.ProjectEvent;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens to projects because of days and of events. */
@Configuration(proxyBeanMethods = false)
class ProjectFollowing {

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

    @Bean
    Job<ProjectId> daysOfProjects(ProjectManagement management, RecordCollections collections) {
        return Job.ofDays(
                "settle-projects",
                collections.of(ProjectReading.PROJECTS, ProjectKey.class),
                ProjectKey::id,
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

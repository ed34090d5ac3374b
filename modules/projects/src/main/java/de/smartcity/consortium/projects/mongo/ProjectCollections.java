package de.smartcity.consortium.projects.mongo;

import de.smartcity.consortium.activity.EventSource;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.graphql.TaskSource;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.mongo.StoredValues;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.application.ProjectReading;
import de.smartcity.consortium.projects.application.StoredProject;
import de.smartcity.consortium.projects.model.JointProject;
import de.smartcity.consortium.projects.model.ProjectEvent;
import de.smartcity.consortium.projects.model.ProjectTask;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The collections {@code jointProjects} and {@code projectCopies}. */
@Configuration(proxyBeanMethods = false)
class ProjectCollections {

    @Bean
    static StoredValues projectValues() {
        return new StoredValues(List.of(ProjectId.class));
    }

    @Bean
    EventSource projectEvents(TypeTable<StoredProject> projectTable) {
        return EventSource.of(ProjectReading.PROJECTS, JointProject.class, ProjectEvent.class, projectTable)
                .reasonsVisibleAs("activity");
    }

    @Bean
    TaskSource projectTasks(TypeTable<StoredProject> projectTable, RecordCollections collections) {
        return TaskSource.of(ProjectReading.PROJECTS, ProjectTask.class, projectTable, collections);
    }

    @Bean
    CollectionIndexes projectIndexes() {
        var title = DerivedPaths.sort("title");
        var startsOn = DerivedPaths.sort("startsOn");
        return CollectionIndexes.of(ProjectReading.PROJECTS)
                .on(Job.DUE_ON)
                .on("allFiles")
                .on("grants", "_id")
                .on("followed")
                .on(EventSource.WAITING_SINCE)
                .on(EventSource.SET_ASIDE_SINCE)
                .on(DerivedPaths.TASK_HOLDERS)
                .on(DerivedPaths.AUDIENCE, title)
                .on(DerivedPaths.AUDIENCE, startsOn)
                .on(DerivedPaths.AUDIENCE, DerivedPaths.sort("createdAt"))
                .on(DerivedPaths.FACETS, title)
                .on(DerivedPaths.FACETS, startsOn)
                .on(DerivedPaths.SEARCH, title)
                .on(DerivedPaths.SEARCH, startsOn);
    }

    @Bean
    CollectionIndexes copyIndexes() {
        return CollectionIndexes.of(ProjectReading.COPIES).on("allFiles");
    }

    @Bean
    CollectionIndexes projectsToFollowIndexes() {
        return CollectionIndexes.of("projectsToFollow").on("at");
    }
}

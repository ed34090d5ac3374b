package de.smartcity.consortium.projects.graphql;

import de.smartcity.consortium.activity.ActivityReading;
import de.smartcity.consortium.activity.ActivityView;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.Reference;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.application.SharedGrantReading;
import de.smartcity.consortium.projects.model.SharedGrantId;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The references from shared grants. */
@Configuration(proxyBeanMethods = false)
class SharedGrantTypes {

    private static final String TYPE = "SharedGrant";

    @Bean
    Reference<ProjectId, ?> projectsOfSharedGrant(Reference.Loader<ProjectId, ?> visibleProjects) {
        return Reference.byRow(Set.of(TYPE), "projects", visibleProjects);
    }

    @Bean
    Reference<SharedGrantId, Connection<ActivityView>> activityOfSharedGrant(ActivityReading activity) {
        return Reference.byRow(
                Set.of(TYPE),
                "activity",
                Reference.pages((ids, page, actor, selection) ->
                        activity.of(TYPE, ids, SharedGrantId::value, page, actor, selection)));
    }

    @Bean
    NodeSource<SharedGrantId> sharedGrantNodes(SharedGrantReading reading) {
        return NodeSource.byUuid(TYPE, SharedGrantId::new, reading::find);
    }
}

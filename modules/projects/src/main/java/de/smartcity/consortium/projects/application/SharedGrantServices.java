package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.activity.EventHandler;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.SharedGrants;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryTemplate;

/** The services of shared grants. */
@Configuration(proxyBeanMethods = false)
class SharedGrantServices {

    @Bean
    TypeTable<StoredSharedGrant> sharedGrantTable() {
        return SharedGrantTable.table();
    }

    @Bean
    SharedGrantReading sharedGrantReading(
            TypeTable<StoredSharedGrant> sharedGrantTable, RecordCollections collections, Pages pages) {
        return new SharedGrantReading(sharedGrantTable, collections, pages);
    }

    @Bean
    SharedGrantFollowing sharedGrantFollowing(
            SharedGrants grants, RecordCollections collections, RetryTemplate staleWrites, Clock clock) {
        return new SharedGrantFollowing(grants, collections, staleWrites, clock);
    }

    /** After any event, since what happens twice or late is as good: only what is stored now counts. */
    @Bean
    EventHandler grantsOfProjects(SharedGrantFollowing following) {
        return new EventHandler("follow-grants-of-projects", event -> {
            if (event.kind().equals("JointProject")) {
                following.follow(new ProjectId(event.subject()));
            }
        });
    }
}

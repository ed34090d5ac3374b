package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.projects.model.OwnReferencesOfPartners;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryTemplate;

/** The services of own references. */
@Configuration(proxyBeanMethods = false)
class OwnReferencesServices {

    @Bean
    TypeTable<StoredOwnReferences> ownReferencesTable() {
        return OwnReferencesTable.table();
    }

    @Bean
    OwnReferencesReading ownReferencesReading(
            TypeTable<StoredOwnReferences> ownReferencesTable, RecordCollections collections, Pages pages) {
        return new OwnReferencesReading(ownReferencesTable, collections, pages);
    }

    @Bean
    OwnReferencesManagement ownReferencesManagement(
            OwnReferencesOfPartners stored, ProjectReading projects, RetryTemplate staleWrites) {
        return new OwnReferencesManagement(stored, projects, staleWrites);
    }
}

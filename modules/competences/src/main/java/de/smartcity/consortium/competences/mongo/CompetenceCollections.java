package de.smartcity.consortium.competences.mongo;

import de.smartcity.consortium.activity.EventSource;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.application.ProfileReading;
import de.smartcity.consortium.competences.application.StoredProfile;
import de.smartcity.consortium.competences.application.VocabularyReading;
import de.smartcity.consortium.competences.model.CompetenceEvent;
import de.smartcity.consortium.competences.model.CompetenceProfile;
import de.smartcity.consortium.competences.model.CompetenceTask;
import de.smartcity.consortium.competences.model.Doi;
import de.smartcity.consortium.graphql.TaskSource;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.mongo.StoredValues;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The collections {@code competences} and {@code competenceProfiles}. */
@Configuration(proxyBeanMethods = false)
class CompetenceCollections {

    @Bean
    static StoredValues competenceValues() {
        return new StoredValues(List.of(CompetenceCode.class, Doi.class));
    }

    @Bean
    EventSource competenceEvents(TypeTable<StoredProfile> profileTable) {
        return EventSource.of(ProfileReading.PROFILES, CompetenceProfile.class, CompetenceEvent.class, profileTable);
    }

    @Bean
    TaskSource competenceTasks(TypeTable<StoredProfile> profileTable, RecordCollections collections) {
        return TaskSource.of(ProfileReading.PROFILES, CompetenceTask.class, profileTable, collections);
    }

    @Bean
    CollectionIndexes profileIndexes() {
        var partner = DerivedPaths.sort("partner");
        return CollectionIndexes.of(ProfileReading.PROFILES)
                .on(Job.DUE_ON)
                .on("currentCompetences")
                .on("files")
                .on(EventSource.WAITING_SINCE)
                .on(EventSource.SET_ASIDE_SINCE)
                .on(DerivedPaths.TASK_HOLDERS)
                .on(DerivedPaths.FACETS, partner);
    }

    @Bean
    CollectionIndexes vocabularyIndexes() {
        var label = DerivedPaths.sort("label");
        return CollectionIndexes.of(VocabularyReading.COMPETENCES)
                .on("deprecatedSince")
                .on(DerivedPaths.AUDIENCE, label)
                .on(DerivedPaths.FACETS, label)
                .on(DerivedPaths.SEARCH, label);
    }
}

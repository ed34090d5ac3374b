package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.competences.model.CompetenceProfiles;
import de.smartcity.consortium.consortium.AreasOfActivity;
import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.graphql.DefaultLocale;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.PartnerLookup;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryTemplate;

/** The module's services. */
@Configuration(proxyBeanMethods = false)
class CompetenceServices {

    @Bean
    TypeTable<StoredConcept> conceptTable() {
        return ConceptTable.table();
    }

    @Bean
    TypeTable<StoredProfile> profileTable(Clock clock, ConsortiumZone zone) {
        return ProfileTable.table(() -> zone.dayOf(clock.instant()));
    }

    @Bean
    VocabularyReading vocabularyReading(
            TypeTable<StoredConcept> conceptTable, RecordCollections collections, Pages pages) {
        return new VocabularyReading(conceptTable, collections, pages);
    }

    @Bean
    ProfileReading profileReading(
            TypeTable<StoredProfile> profileTable,
            VocabularyReading vocabulary,
            RecordCollections collections,
            Pages pages) {
        return new ProfileReading(profileTable, vocabulary, collections, pages);
    }

    @Bean
    CoverageReading coverageReading(
            TypeTable<StoredProfile> profileTable,
            RecordCollections collections,
            VocabularyReading vocabulary,
            Clock clock,
            ConsortiumZone zone) {
        return new CoverageReading(profileTable, collections, vocabulary, () -> zone.dayOf(clock.instant()));
    }

    @Bean
    CompetenceFiles competenceFiles(TypeTable<StoredProfile> profileTable, RecordCollections collections) {
        return new CompetenceFiles(profileTable, collections);
    }

    @Bean
    CompetenceInputTexts competenceInputTexts(Languages languages) {
        return new CompetenceInputTexts(languages);
    }

    @Bean
    ProfileManagement profileManagement(
            CompetenceProfiles profiles,
            VocabularyReading vocabulary,
            PartnerLookup partners,
            FileClaims files,
            ConsortiumZone zone,
            RetryTemplate staleWrites) {
        return new ProfileManagement(profiles, vocabulary, partners, files, zone, staleWrites);
    }

    @Bean
    VocabularyImporter vocabularyImporter(
            RecordCollections collections, AreasOfActivity areas, Languages languages, DefaultLocale defaultLocale) {
        return new VocabularyImporter(collections, areas, languages, defaultLocale);
    }

    @Bean
    ProfileImporter profileImporter(
            VocabularyReading vocabulary,
            CompetenceProfiles profiles,
            PartnerDirectory directory,
            PartnerLookup partners,
            Languages languages,
            ConsortiumZone zone,
            Clock clock) {
        return new ProfileImporter(vocabulary, profiles, directory, partners, languages, zone, clock);
    }
}

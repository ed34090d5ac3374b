package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.competences.CandidateSearch;
import de.smartcity.consortium.competences.CompetenceLookup;
import de.smartcity.consortium.consortium.AreasOfActivity;
import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.letters.LettersInForce;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.PartnerLookup;
import de.smartcity.consortium.projects.model.JointProjects;
import de.smartcity.consortium.projects.model.ProjectCopies;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryTemplate;

/** The module's services. */
@Configuration(proxyBeanMethods = false)
class ProjectServices {

    @Bean
    TypeTable<ShownMember> projectMemberTable() {
        return ProjectTable.memberTable();
    }

    @Bean
    TypeTable<ShownFile> projectFileTable() {
        return ProjectTable.fileTable();
    }

    @Bean
    TypeTable<StoredProject> projectTable(
            TypeTable<ShownMember> projectMemberTable, TypeTable<ShownFile> projectFileTable) {
        return ProjectTable.table(projectMemberTable, projectFileTable);
    }

    @Bean
    ProjectReading projectReading(
            TypeTable<StoredProject> projectTable,
            TypeTable<ShownMember> projectMemberTable,
            RecordCollections collections,
            Pages pages,
            CandidateSearch candidates,
            LettersInForce letters,
            OwnReferenceLookup ownReferences) {
        return new ProjectReading(
                projectTable, projectMemberTable, collections, pages, candidates, letters, ownReferences);
    }

    @Bean
    ProjectInputTexts projectInputTexts(Languages languages) {
        return new ProjectInputTexts(languages);
    }

    @Bean
    ProjectFiles projectFiles(TypeTable<StoredProject> projectTable, RecordCollections collections) {
        return new ProjectFiles(projectTable, collections);
    }

    @Bean
    ProjectManagement projectManagement(
            JointProjects projects,
            ProjectCopies copies,
            ProjectReading reading,
            PartnerLookup partners,
            LettersInForce letters,
            CompetenceLookup competences,
            FileClaims files,
            ConsortiumZone zone,
            RetryTemplate staleWrites) {
        return new ProjectManagement(
                projects, copies, reading, partners, letters, competences, files, zone, staleWrites);
    }

    @Bean
    ProjectImporter projectImporter(
            JointProjects projects,
            PartnerDirectory directory,
            PartnerLookup partners,
            CompetenceLookup competences,
            AreasOfActivity areas,
            Languages languages,
            ConsortiumZone zone,
            Clock clock) {
        return new ProjectImporter(projects, directory, partners, competences, areas, languages, zone, clock);
    }
}

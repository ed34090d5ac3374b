package de.smartcity.consortium.projects;

import de.smartcity.consortium.competences.CompetenceRows.ConceptRow;
import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.competences.VocabularyImport;
import de.smartcity.consortium.files.application.FileUploads;
import de.smartcity.consortium.kernel.AccountNames;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.projects.model.JointProjects;
import java.util.List;
import java.util.Map;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** What projects refer to: a vocabulary of FIBRE, PORTS and DATA, and names of those who sign letters. */
@TestConfiguration
class ProjectSetup {

    /** There is no Keycloak here; the whole service is tested with one. */
    @Bean
    AccountNames names() {
        return actor -> "Name of " + actor.account().orElseThrow().value();
    }

    /** @param given loads the areas first */
    @Bean
    ProjectSteps projectSteps(
            VocabularyImport vocabulary, Given given, Asked asked, JointProjects projects, FileUploads uploads) {
        vocabulary.load(new VocabularyRow(
                1, List.of(concept("FIBRE", "LIVING"), concept("PORTS", "MOBILITY"), concept("DATA", "EDUCATION"))));
        return new ProjectSteps(asked, projects, uploads);
    }

    private static ConceptRow concept(String code, String area) {
        return new ConceptRow(code, area, null, 1, null, null, Map.of("en", code), null, null);
    }
}

package de.smartcity.consortium.competences.graphql;

import de.smartcity.consortium.activity.ActivityReading;
import de.smartcity.consortium.activity.ActivityView;
import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.Need;
import de.smartcity.consortium.competences.application.Coverage;
import de.smartcity.consortium.competences.application.Coverage.CompetenceMatch;
import de.smartcity.consortium.competences.application.Coverage.CompetenceTeam;
import de.smartcity.consortium.competences.application.Coverage.NeedCoverage;
import de.smartcity.consortium.competences.application.Coverage.PartnerCoverage;
import de.smartcity.consortium.competences.application.ProfileReading;
import de.smartcity.consortium.competences.application.ShownDraft;
import de.smartcity.consortium.competences.application.ShownEntry;
import de.smartcity.consortium.competences.application.ShownEntry.ShownEvidence;
import de.smartcity.consortium.competences.application.StoredConcept;
import de.smartcity.consortium.competences.application.StoredConcept.ConceptMapping;
import de.smartcity.consortium.competences.application.StoredProfile;
import de.smartcity.consortium.competences.application.VocabularyReading;
import de.smartcity.consortium.competences.graphql.CompetencePayloads.ProfilePayload;
import de.smartcity.consortium.competences.model.Availability;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.RecordTypes;
import de.smartcity.consortium.graphql.Reference;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.PartnerId;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The type tables of this module's values and payloads, and the references from and to competences and profiles. */
@Configuration(proxyBeanMethods = false)
class CompetenceTypes {

    private static final Set<String> PAYLOADS =
            Set.of("EditCompetenceProfilePayload", "PublishCompetenceProfilePayload", "DiscardCompetenceDraftPayload");

    @Bean
    RecordTypes competenceRecords() {
        return RecordTypes.of(
                        Availability.class,
                        ConceptMapping.class,
                        Coverage.class,
                        PartnerCoverage.class,
                        NeedCoverage.class,
                        CompetenceMatch.class,
                        CompetenceTeam.class)
                .and(Need.class, "CompetenceNeed")
                .and(ShownEntry.class, "CompetenceEntry")
                .and(ShownEvidence.class, "CompetenceEvidence")
                .and(ShownDraft.class, "CompetenceDraft")
                .and(ProfilePayload.class, PAYLOADS.toArray(String[]::new));
    }

    @Bean
    Reference.Loader<CompetenceCode, View<StoredConcept>> competencesByCode(VocabularyReading reading) {
        return (codes, arguments, actor, selection) -> reading.find(codes, actor, selection);
    }

    @Bean
    Reference<CompetenceCode, ?> competenceOfOthers(
            Reference.Loader<CompetenceCode, View<StoredConcept>> competencesByCode) {
        return Reference.byRow(Set.of("CompetenceEntry", "CompetenceNeed"), "competence", competencesByCode);
    }

    @Bean
    Reference<CompetenceCode, ?> broaderCompetence(
            Reference.Loader<CompetenceCode, View<StoredConcept>> competencesByCode) {
        return Reference.byRow(Set.of("Competence"), "broader", competencesByCode);
    }

    @Bean
    Reference<CompetenceCode, ?> narrowerCompetences(
            Reference.Loader<CompetenceCode, View<StoredConcept>> competencesByCode) {
        return Reference.byRow(Set.of("Competence"), "narrower", competencesByCode);
    }

    @Bean
    Reference<CompetenceCode, ?> replacementOfCompetence(
            Reference.Loader<CompetenceCode, View<StoredConcept>> competencesByCode) {
        return Reference.byRow(Set.of("Competence"), "replacedBy", competencesByCode);
    }

    @Bean
    Reference<AreaCode, ?> areaOfCompetence(Reference.Loader<AreaCode, ?> areas) {
        return Reference.byRow(Set.of("Competence"), "area", areas);
    }

    @Bean
    Reference<PartnerId, View<StoredProfile>> profileOfPayload(ProfileReading reading) {
        return Reference.byRow(
                PAYLOADS,
                "profile",
                (partners, arguments, actor, selection) -> reading.find(partners, actor, selection));
    }

    @Bean
    Reference<PartnerId, View<StoredProfile>> profileOfPartner(ProfileReading reading) {
        return Reference.byKey(
                "Partner",
                "competenceProfile",
                key -> new PartnerId((UUID) key),
                (partners, arguments, actor, selection) -> reading.find(partners, actor, selection));
    }

    @Bean
    Reference<PartnerId, ?> partnerOfProfile(Reference.Loader<PartnerId, ?> referredPartners) {
        return Reference.byRow(Set.of("CompetenceProfile", "PartnerCoverage"), "partner", referredPartners);
    }

    @Bean
    Reference<PartnerId, ?> partnersOfTeam(Reference.Loader<PartnerId, ?> referredPartners) {
        return Reference.byRow(Set.of("CompetenceTeam"), "partners", referredPartners);
    }

    @Bean
    Reference<FileId, ?> fileOfEvidence(Reference.Loader<FileId, ?> referredFiles) {
        return Reference.byRow(Set.of("CompetenceEvidence"), "file", referredFiles);
    }

    @Bean
    Reference<PartnerId, Connection<ActivityView>> activityOfProfile(ActivityReading activity) {
        return Reference.byRow(
                Set.of("CompetenceProfile"),
                "activity",
                Reference.pages((partners, page, actor, selection) ->
                        activity.of("CompetenceProfile", partners, PartnerId::value, page, actor, selection)));
    }

    @Bean
    NodeSource<PartnerId> profileNodes(ProfileReading reading) {
        return NodeSource.byUuid("CompetenceProfile", PartnerId::new, reading::find);
    }

    @Bean
    NodeSource<CompetenceCode> competenceNodes(VocabularyReading reading) {
        return NodeSource.byText("Competence", CompetenceCode::new, reading::find);
    }
}

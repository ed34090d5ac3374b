package de.smartcity.consortium.projects.graphql;

import de.smartcity.consortium.activity.ActivityReading;
import de.smartcity.consortium.activity.ActivityView;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.RecordTypes;
import de.smartcity.consortium.graphql.Reference;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.application.NextPhase;
import de.smartcity.consortium.projects.application.ProjectReading;
import de.smartcity.consortium.projects.application.ShownCopy;
import de.smartcity.consortium.projects.application.ShownInvitation;
import de.smartcity.consortium.projects.application.ShownMember;
import de.smartcity.consortium.projects.application.StoredProject;
import de.smartcity.consortium.projects.model.CopiedMember;
import de.smartcity.consortium.projects.model.ExternalReference;
import de.smartcity.consortium.projects.model.Gate;
import de.smartcity.consortium.projects.model.HandOver;
import de.smartcity.consortium.projects.model.MembershipAnswer;
import de.smartcity.consortium.projects.model.ProjectFile;
import de.smartcity.consortium.projects.model.Representative;
import de.smartcity.consortium.projects.model.Requirement;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The type tables of this module's values and payloads, and the references from and to projects. */
@Configuration(proxyBeanMethods = false)
class ProjectTypes {

    private static final Set<String> PAYLOADS = Set.of(
            "ProposeProjectPayload",
            "FoundProjectPayload",
            "RecordOngoingProjectPayload",
            "EditProjectPayload",
            "AdvanceProjectPayload",
            "ReturnProjectPayload",
            "PauseProjectPayload",
            "ResumeProjectPayload",
            "CancelProjectPayload",
            "SetGatesPayload",
            "RecordGatePayload",
            "AttachProjectFilePayload",
            "RemoveProjectFilePayload",
            "InviteProjectMemberPayload",
            "AcceptProjectInvitationPayload",
            "DeclineProjectInvitationPayload",
            "WithdrawProjectInvitationPayload",
            "HandOverCoordinationPayload",
            "AcceptCoordinationPayload",
            "DeclineCoordinationPayload",
            "WithdrawHandOverPayload",
            "AppointCoordinatorPayload",
            "NameRepresentativePayload",
            "AcceptRepresentationPayload",
            "EndRepresentationPayload",
            "LeaveProjectPayload",
            "WithdrawLeavePayload");

    @Bean
    RecordTypes projectRecords() {
        return RecordTypes.of(
                        MembershipAnswer.class,
                        Representative.class,
                        Gate.class,
                        HandOver.class,
                        ExternalReference.class,
                        NextPhase.class,
                        CopiedMember.class)
                .and(ProjectFile.class, "CopiedFile")
                .and(ShownInvitation.class, "ProjectInvitation")
                .and(Requirement.class, "PhaseRequirement")
                .and(ShownCopy.class, "ProjectCopy")
                .and(ProjectPayload.class, PAYLOADS.toArray(String[]::new));
    }

    @Bean
    Reference.Loader<ProjectId, View<StoredProject>> visibleProjects(ProjectReading reading) {
        return (ids, arguments, actor, selection) -> reading.find(ids, actor, selection);
    }

    @Bean
    Reference<ProjectId, ?> projectOfPayload(Reference.Loader<ProjectId, View<StoredProject>> visibleProjects) {
        return Reference.byRow(PAYLOADS, "project", visibleProjects);
    }

    @Bean
    Reference<AreaCode, ?> areasOfProject(Reference.Loader<AreaCode, ?> areas) {
        return Reference.byRow(Set.of("JointProject", "ProjectCopy"), "areas", areas);
    }

    @Bean
    Reference<PartnerId, ?> coordinatorOfProject(Reference.Loader<PartnerId, ?> referredPartners) {
        return Reference.byRow(Set.of("JointProject"), "coordinator", referredPartners);
    }

    @Bean
    Reference<ShownMember, View<ShownMember>> membersOfProject(ProjectReading reading) {
        return Reference.byRow(Set.of("JointProject"), "members", reading::members);
    }

    @Bean
    Reference<LetterId, ?> foundingLetterOfProject(Reference.Loader<LetterId, ?> visibleLetters) {
        return Reference.byRow(Set.of("JointProject"), "foundingLetter", visibleLetters);
    }

    @Bean
    Reference<UUID, ShownCopy> copyOfProject(ProjectReading reading) {
        return Reference.byRow(
                Set.of("JointProject"), "asLeft", (ids, arguments, actor, selection) -> reading.copies(ids));
    }

    @Bean
    Reference<ProjectId, Connection<ActivityView>> activityOfProject(ActivityReading activity) {
        return Reference.byRow(
                Set.of("JointProject"),
                "activity",
                Reference.pages((projects, page, actor, selection) ->
                        activity.of("JointProject", projects, ProjectId::value, page, actor, selection)));
    }

    @Bean
    Reference<PartnerId, ?> partnerOfMember(Reference.Loader<PartnerId, ?> referredPartners) {
        return Reference.byRow(Set.of("ProjectMember", "CopiedMember"), "partner", referredPartners);
    }

    @Bean
    Reference<PartnerId, ?> inviterOfInvitation(Reference.Loader<PartnerId, ?> referredPartners) {
        return Reference.byRow(Set.of("ProjectInvitation"), "inviter", referredPartners);
    }

    @Bean
    Reference<FileId, ?> documentOfGate(Reference.Loader<FileId, ?> referredFiles) {
        return Reference.byRow(Set.of("Gate"), "document", referredFiles);
    }

    @Bean
    Reference<FileId, ?> fileOfProjectFile(Reference.Loader<FileId, ?> referredFiles) {
        return Reference.byRow(Set.of("ProjectFile", "CopiedFile"), "file", referredFiles);
    }

    @Bean
    Reference<PartnerId, ?> partnerOfProjectFile(Reference.Loader<PartnerId, ?> referredPartners) {
        return Reference.byRow(Set.of("ProjectFile", "CopiedFile"), "by", referredPartners);
    }

    @Bean
    Reference<PartnerId, ?> partnerOfHandOver(Reference.Loader<PartnerId, ?> referredPartners) {
        return Reference.byRow(Set.of("HandOver"), "to", referredPartners);
    }

    @Bean
    Reference<PartnerId, Connection<View<StoredProject>>> projectsOfPartner(ProjectReading reading) {
        return Reference.byKey(
                "Partner", "projects", key -> new PartnerId((UUID) key), Reference.pages(reading::ofPartners));
    }

    @Bean
    Reference<LetterId, Connection<View<StoredProject>>> projectsOfLetter(ProjectReading reading) {
        return Reference.byKey(
                "LetterOfIntent", "projects", key -> new LetterId((UUID) key), Reference.pages(reading::ofLetters));
    }

    @Bean
    NodeSource<ProjectId> projectNodes(ProjectReading reading) {
        return NodeSource.byUuid("JointProject", ProjectId::new, reading::find);
    }
}

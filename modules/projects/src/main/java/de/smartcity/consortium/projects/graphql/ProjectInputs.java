package de.smartcity.consortium.projects.graphql;

import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.Importance;
import de.smartcity.consortium.kernel.Translation;
import de.smartcity.consortium.projects.model.FileAudience;
import de.smartcity.consortium.projects.model.GateKind;
import de.smartcity.consortium.projects.model.GateState;
import de.smartcity.consortium.projects.model.ProjectPhase;
import de.smartcity.consortium.projects.model.ProjectRole;
import de.smartcity.consortium.projects.model.ProjectVisibility;
import de.smartcity.consortium.projects.model.ReferenceKind;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

/** The schema's input types. */
final class ProjectInputs {

    private ProjectInputs() {}

    record CompetenceNeedInput(String competence, CompetenceLevel level, Importance importance) {}

    record ExternalReferenceInput(ReferenceKind kind, String value) {}

    record ProjectInvitationInput(
            String partnerId,
            ProjectRole role,
            String asked,
            @Nullable String contribution,
            @Nullable String message,
            LocalDate answerBy) {}

    record RecordedMemberInput(
            String partnerId,
            ProjectRole role,
            LocalDate since,
            String asked,
            @Nullable String contribution,
            @Nullable String message,
            LocalDate answerBy) {}

    record ProposeProjectInput(
            List<Translation> title,
            @Nullable String acronym,
            @Nullable List<Translation> summary,
            @Nullable List<Translation> contactFunction,
            List<String> areas,
            @Nullable LocalDate plannedStartsOn,
            @Nullable LocalDate plannedEndsOn,
            ProjectVisibility visibility,
            List<CompetenceNeedInput> needs,
            List<ExternalReferenceInput> references) {}

    record FoundProjectInput(
            String letterId,
            List<Translation> title,
            @Nullable String acronym,
            @Nullable List<Translation> summary,
            @Nullable List<Translation> contactFunction,
            List<String> areas,
            @Nullable LocalDate plannedStartsOn,
            @Nullable LocalDate plannedEndsOn,
            ProjectVisibility visibility,
            List<CompetenceNeedInput> needs,
            List<ExternalReferenceInput> references,
            List<ProjectInvitationInput> invitations) {}

    record RecordOngoingProjectInput(
            ProjectPhase phase,
            @Nullable LocalDate startedOn,
            List<Translation> title,
            @Nullable String acronym,
            @Nullable List<Translation> summary,
            @Nullable List<Translation> contactFunction,
            List<String> areas,
            @Nullable LocalDate plannedStartsOn,
            @Nullable LocalDate plannedEndsOn,
            ProjectVisibility visibility,
            List<CompetenceNeedInput> needs,
            List<ExternalReferenceInput> references,
            List<RecordedMemberInput> members) {}

    record EditProjectInput(
            String projectId,
            long expectedVersion,
            ArgumentValue<List<Translation>> title,
            ArgumentValue<String> acronym,
            ArgumentValue<List<Translation>> summary,
            ArgumentValue<List<Translation>> contactFunction,
            ArgumentValue<List<String>> areas,
            ArgumentValue<LocalDate> plannedStartsOn,
            ArgumentValue<LocalDate> plannedEndsOn,
            ArgumentValue<ProjectVisibility> visibility,
            ArgumentValue<List<CompetenceNeedInput>> needs,
            ArgumentValue<List<ExternalReferenceInput>> references) {}

    record AdvanceProjectInput(String projectId, ProjectPhase phase) {}

    record ReturnProjectInput(String projectId, ProjectPhase phase, String reason) {}

    record PauseProjectInput(String projectId, String reason) {}

    record ResumeProjectInput(String projectId) {}

    record CancelProjectInput(String projectId, String reason) {}

    record SetGatesInput(String projectId, Set<GateKind> gates) {}

    record RecordGateInput(
            String projectId,
            GateKind gate,
            GateState state,
            @Nullable LocalDate decidedOn,
            @Nullable String decidedBy,
            @Nullable String reference,
            @Nullable String document,
            @Nullable String conditions,
            @Nullable String reason) {}

    record AttachProjectFileInput(String projectId, String file, FileAudience audience) {}

    record RemoveProjectFileInput(String projectId, String file) {}

    record InviteProjectMemberInput(
            String projectId,
            String partnerId,
            ProjectRole role,
            String asked,
            @Nullable String contribution,
            @Nullable String message,
            LocalDate answerBy,
            @Nullable LocalDate since) {}

    record AcceptProjectInvitationInput(String projectId, String digest) {}

    record DeclineProjectInvitationInput(
            String projectId, String digest, @Nullable String comment) {}

    record WithdrawProjectInvitationInput(String projectId, String digest) {}

    record HandOverCoordinationInput(String projectId, String partnerId) {}

    record AcceptCoordinationInput(String projectId) {}

    record DeclineCoordinationInput(String projectId) {}

    record WithdrawHandOverInput(String projectId) {}

    record AppointCoordinatorInput(String projectId, String partnerId, String reason) {}

    record NameRepresentativeInput(
            String projectId,
            String account,
            @Nullable String deputy,
            @Nullable LocalDate until) {}

    record AcceptRepresentationInput(String projectId) {}

    record EndRepresentationInput(String projectId, String account) {}

    record LeaveProjectInput(String projectId, @Nullable LocalDate on) {}

    record WithdrawLeaveInput(String projectId) {}
}

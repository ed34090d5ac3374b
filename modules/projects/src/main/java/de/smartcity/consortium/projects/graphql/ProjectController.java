package de.smartcity.consortium.projects.graphql;

import de.smartcity.consortium.competences.CandidateCoverage;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.application.ProjectFilter;
import de.smartcity.consortium.projects.application.ProjectManagement;
import de.smartcity.consortium.projects.application.ProjectOrder;
import de.smartcity.consortium.projects.application.ProjectReading;
import de.smartcity.consortium.projects.application.StoredProject;
import de.smartcity.consortium.projects.graphql.ProjectInputs.AcceptCoordinationInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.AcceptProjectInvitationInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.AcceptRepresentationInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.AdvanceProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.AppointCoordinatorInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.AttachProjectFileInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.CancelProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.DeclineCoordinationInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.DeclineProjectInvitationInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.EditProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.EndRepresentationInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.FoundProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.HandOverCoordinationInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.InviteProjectMemberInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.LeaveProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.NameRepresentativeInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.PauseProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.ProposeProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.RecordGateInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.RecordOngoingProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.RemoveProjectFileInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.ResumeProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.ReturnProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.SetGatesInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.WithdrawHandOverInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.WithdrawLeaveInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.WithdrawProjectInvitationInput;
import de.smartcity.consortium.projects.model.ProjectPermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ProjectController {

    private final ProjectReading reading;
    private final ProjectManagement management;
    private final ProjectInputMapper inputs;

    ProjectController(ProjectReading reading, ProjectManagement management, ProjectInputMapper inputs) {
        this.reading = reading;
        this.management = management;
        this.inputs = inputs;
    }

    @QueryMapping
    @Nullable
    View<StoredProject> jointProject(@Argument String id, Actor actor, Selection selection) {
        var project = projectId(id);
        return reading.find(List.of(project), actor, selection).get(project);
    }

    @QueryMapping
    Connection<View<StoredProject>> jointProjects(
            @Argument @Nullable ProjectFilter filter,
            @Argument @Nullable ProjectOrder orderBy,
            PageRequest page,
            Actor actor,
            Selection selection) {
        return reading.page(filter, orderBy, page, actor, selection);
    }

    @QueryMapping
    Connection<View<StoredProject>> formerProjects(PageRequest page, Actor actor, Selection selection) {
        return reading.former(page, actor, selection);
    }

    @QueryMapping
    @Nullable
    CandidateCoverage candidateMembers(@Argument String projectId, @Argument int first, Actor actor) {
        return reading.candidates(projectId(projectId), first, actor);
    }

    @SchemaMapping(typeName = "Viewer")
    boolean canProposeProjects(Actor actor) {
        return ProjectPermissions.propose(actor).isEmpty();
    }

    @SchemaMapping(typeName = "Viewer")
    boolean canFoundProjects(Actor actor) {
        return ProjectPermissions.found(actor).isEmpty();
    }

    @MutationMapping
    ProjectPayload proposeProject(@Argument ProposeProjectInput input, Change change) {
        return new ProjectPayload(management.propose(violations -> inputs.content(input, violations), change));
    }

    @MutationMapping
    ProjectPayload foundProject(@Argument FoundProjectInput input, Change change) {
        return new ProjectPayload(management.found(
                new LetterId(GlobalId.parse(input.letterId(), "LetterOfIntent")),
                violations -> inputs.content(input, violations),
                violations -> inputs.invitations(input, violations),
                change));
    }

    @MutationMapping
    ProjectPayload recordOngoingProject(@Argument RecordOngoingProjectInput input, Change change) {
        return new ProjectPayload(management.record(
                input.phase(),
                input.startedOn(),
                violations -> inputs.content(input, violations),
                violations -> inputs.members(input, violations),
                change));
    }

    @MutationMapping
    ProjectPayload editProject(@Argument EditProjectInput input, Change change) {
        var id = projectId(input.projectId());
        management.edit(id, input.expectedVersion(), inputs.edit(input), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload advanceProject(@Argument AdvanceProjectInput input, Change change) {
        var id = projectId(input.projectId());
        management.advance(id, input.phase(), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload returnProject(@Argument ReturnProjectInput input, Change change) {
        var id = projectId(input.projectId());
        management.returnTo(id, input.phase(), violations -> Reason.parse(input.reason()), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload pauseProject(@Argument PauseProjectInput input, Change change) {
        var id = projectId(input.projectId());
        management.pause(id, violations -> Reason.parse(input.reason()), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload resumeProject(@Argument ResumeProjectInput input, Change change) {
        var id = projectId(input.projectId());
        management.resume(id, change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload cancelProject(@Argument CancelProjectInput input, Change change) {
        var id = projectId(input.projectId());
        management.cancel(id, violations -> Reason.parse(input.reason()), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload setGates(@Argument SetGatesInput input, Change change) {
        var id = projectId(input.projectId());
        management.setGates(id, input.gates(), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload recordGate(@Argument RecordGateInput input, Change change) {
        var id = projectId(input.projectId());
        management.recordGate(id, violations -> inputs.decision(input, violations), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload attachProjectFile(@Argument AttachProjectFileInput input, Change change) {
        var id = projectId(input.projectId());
        management.attachFile(id, fileId(input.file()), input.audience(), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload removeProjectFile(@Argument RemoveProjectFileInput input, Change change) {
        var id = projectId(input.projectId());
        management.removeFile(id, fileId(input.file()), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload inviteProjectMember(@Argument InviteProjectMemberInput input, Change change) {
        var id = projectId(input.projectId());
        management.invite(id, partnerId(input.partnerId()), violations -> inputs.terms(input, violations), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload acceptProjectInvitation(@Argument AcceptProjectInvitationInput input, Change change) {
        var id = projectId(input.projectId());
        management.accept(id, input.digest(), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload declineProjectInvitation(@Argument DeclineProjectInvitationInput input, Change change) {
        var id = projectId(input.projectId());
        management.decline(id, input.digest(), input.comment(), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload withdrawProjectInvitation(@Argument WithdrawProjectInvitationInput input, Change change) {
        var id = projectId(input.projectId());
        management.withdrawInvitation(id, input.digest(), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload handOverCoordination(@Argument HandOverCoordinationInput input, Change change) {
        var id = projectId(input.projectId());
        management.handOver(id, partnerId(input.partnerId()), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload acceptCoordination(@Argument AcceptCoordinationInput input, Change change) {
        var id = projectId(input.projectId());
        management.acceptCoordination(id, change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload declineCoordination(@Argument DeclineCoordinationInput input, Change change) {
        var id = projectId(input.projectId());
        management.declineCoordination(id, change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload withdrawHandOver(@Argument WithdrawHandOverInput input, Change change) {
        var id = projectId(input.projectId());
        management.withdrawHandOver(id, change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload appointCoordinator(@Argument AppointCoordinatorInput input, Change change) {
        var id = projectId(input.projectId());
        management.appoint(id, partnerId(input.partnerId()), violations -> Reason.parse(input.reason()), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload nameRepresentative(@Argument NameRepresentativeInput input, Change change) {
        var id = projectId(input.projectId());
        management.nameRepresentative(id, violations -> inputs.naming(input, violations), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload acceptRepresentation(@Argument AcceptRepresentationInput input, Change change) {
        var id = projectId(input.projectId());
        management.acceptRepresentation(id, change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload endRepresentation(@Argument EndRepresentationInput input, Change change) {
        var id = projectId(input.projectId());
        // It is only compared with those that were named.
        management.endRepresentation(id, new AccountId(input.account()), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload leaveProject(@Argument LeaveProjectInput input, Change change) {
        var id = projectId(input.projectId());
        management.leave(id, input.on(), change);
        return new ProjectPayload(id);
    }

    @MutationMapping
    ProjectPayload withdrawLeave(@Argument WithdrawLeaveInput input, Change change) {
        var id = projectId(input.projectId());
        management.withdrawLeave(id, change);
        return new ProjectPayload(id);
    }

    private static ProjectId projectId(String id) {
        return new ProjectId(GlobalId.parse(id, "JointProject"));
    }

    private static PartnerId partnerId(String id) {
        return new PartnerId(GlobalId.parse(id, "Partner"));
    }

    private static FileId fileId(String id) {
        return new FileId(GlobalId.parse(id, "File"));
    }
}

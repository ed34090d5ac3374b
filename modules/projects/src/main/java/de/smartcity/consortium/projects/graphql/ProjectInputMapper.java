package de.smartcity.consortium.projects.graphql;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.Need;
import de.smartcity.consortium.consortium.AreasOfActivity;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.graphql.GivenFields;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.Mappings;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.projects.application.ProjectInputTexts;
import de.smartcity.consortium.projects.graphql.ProjectInputs.CompetenceNeedInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.EditProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.ExternalReferenceInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.FoundProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.InviteProjectMemberInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.NameRepresentativeInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.ProjectInvitationInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.ProposeProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.RecordGateInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.RecordOngoingProjectInput;
import de.smartcity.consortium.projects.graphql.ProjectInputs.RecordedMemberInput;
import de.smartcity.consortium.projects.model.ExternalReference;
import de.smartcity.consortium.projects.model.GateDecision;
import de.smartcity.consortium.projects.model.InvitationTerms;
import de.smartcity.consortium.projects.model.InvitedPartner;
import de.smartcity.consortium.projects.model.ProjectContent;
import de.smartcity.consortium.projects.model.ProjectVisibility;
import de.smartcity.consortium.projects.model.RepresentativeNaming;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;
import org.mapstruct.Named;
import org.springframework.graphql.data.ArgumentValue;

/** Maps inputs to values of the model; violations are added with their place in the input. A field that an edit leaves out is null. */
@Mapper(
        config = Mappings.class,
        uses = {AreasOfActivity.class, ProjectInputTexts.class})
interface ProjectInputMapper {

    default Edit<ProjectContent> edit(EditProjectInput input) {
        return new Edit<>(GivenFields.of(input), violations -> content(input, violations));
    }

    @Mapping(target = "title", qualifiedByName = "title")
    @Mapping(target = "acronym", qualifiedByName = "acronym")
    @Mapping(target = "summary", qualifiedByName = "summary")
    @Mapping(target = "contactFunction", qualifiedByName = "contactFunction")
    ProjectContent content(ProposeProjectInput input, @Context Violations violations);

    @Mapping(target = "title", qualifiedByName = "title")
    @Mapping(target = "acronym", qualifiedByName = "acronym")
    @Mapping(target = "summary", qualifiedByName = "summary")
    @Mapping(target = "contactFunction", qualifiedByName = "contactFunction")
    ProjectContent content(FoundProjectInput input, @Context Violations violations);

    @Mapping(target = "title", qualifiedByName = "title")
    @Mapping(target = "acronym", qualifiedByName = "acronym")
    @Mapping(target = "summary", qualifiedByName = "summary")
    @Mapping(target = "contactFunction", qualifiedByName = "contactFunction")
    ProjectContent content(RecordOngoingProjectInput input, @Context Violations violations);

    @Mapping(target = "title", qualifiedByName = "title")
    @Mapping(target = "acronym", qualifiedByName = "acronym")
    @Mapping(target = "summary", qualifiedByName = "summary")
    @Mapping(target = "contactFunction", qualifiedByName = "contactFunction")
    @Mapping(target = "visibility", qualifiedByName = "visibility")
    ProjectContent content(EditProjectInput input, @Context Violations violations);

    /** None if any is invalid. */
    default List<InvitedPartner> invitations(FoundProjectInput input, Violations violations) {
        return Objects.requireNonNullElse(
                violations.list("invitations", input.invitations(), this::invited), List.of());
    }

    /** None if any is invalid. */
    default List<InvitedPartner> members(RecordOngoingProjectInput input, Violations violations) {
        return Objects.requireNonNullElse(violations.list("members", input.members(), this::invited), List.of());
    }

    default InvitedPartner invited(ProjectInvitationInput input, @Context Violations violations) {
        return new InvitedPartner(partner(input.partnerId()), terms(input, violations));
    }

    default InvitedPartner invited(RecordedMemberInput input, @Context Violations violations) {
        return new InvitedPartner(partner(input.partnerId()), terms(input, violations));
    }

    @Mapping(target = "asked", qualifiedByName = "asked")
    @Mapping(target = "contribution", qualifiedByName = "contribution")
    @Mapping(target = "message", qualifiedByName = "message")
    @Mapping(target = "since", ignore = true)
    InvitationTerms terms(ProjectInvitationInput input, @Context Violations violations);

    @Mapping(target = "asked", qualifiedByName = "asked")
    @Mapping(target = "contribution", qualifiedByName = "contribution")
    @Mapping(target = "message", qualifiedByName = "message")
    InvitationTerms terms(RecordedMemberInput input, @Context Violations violations);

    @Mapping(target = "asked", qualifiedByName = "asked")
    @Mapping(target = "contribution", qualifiedByName = "contribution")
    @Mapping(target = "message", qualifiedByName = "message")
    InvitationTerms terms(InviteProjectMemberInput input, @Context Violations violations);

    @Mapping(target = "kind", source = "input.gate")
    @Mapping(target = "decidedBy", source = "input.decidedBy", qualifiedByName = "decidedBy")
    @Mapping(target = "reference", source = "input.reference", qualifiedByName = "reference")
    @Mapping(target = "conditions", source = "input.conditions", qualifiedByName = "conditions")
    @Mapping(target = "reason", source = "input.reason", qualifiedByName = "reason")
    GateDecision decision(RecordGateInput input, @Context Violations violations);

    @Mapping(target = "account", qualifiedByName = "account")
    @Mapping(target = "deputy", qualifiedByName = "deputy")
    RepresentativeNaming naming(NameRepresentativeInput input, @Context Violations violations);

    @Nullable
    default List<Need> needs(@Nullable List<CompetenceNeedInput> input, @Context Violations violations) {
        return violations.list("needs", input, this::need);
    }

    Need need(CompetenceNeedInput input, @Context Violations violations);

    @Nullable
    default List<ExternalReference> references(
            @Nullable List<ExternalReferenceInput> input, @Context Violations violations) {
        return violations.list("references", input, (one, inner) -> ExternalReference.parse(one.kind(), one.value()));
    }

    @Nullable
    default CompetenceCode competence(String input, @Context Violations violations) {
        return violations.at("competence", () -> CompetenceCode.parse(input));
    }

    /** Demanded here, since content without it is that of an old document. */
    @Named("visibility")
    @Nullable
    default ProjectVisibility visibility(ArgumentValue<ProjectVisibility> input, @Context Violations violations) {
        violations.demand(
                input.isOmitted() || input.value() != null,
                "visibility.required",
                "A project always has a visibility.",
                "visibility");
        return input.value();
    }

    @Named("account")
    @Nullable
    default AccountId account(String input, @Context Violations violations) {
        return violations.at("account", () -> AccountId.parse(input));
    }

    @Named("deputy")
    @Nullable
    default AccountId deputy(@Nullable String input, @Context Violations violations) {
        return violations.at("deputy", input, AccountId::parse);
    }

    default PartnerId partner(String input) {
        return new PartnerId(GlobalId.parse(input, "Partner"));
    }

    @Nullable
    default FileId file(@Nullable String input) {
        return input == null ? null : new FileId(GlobalId.parse(input, "File"));
    }

    default <T> @Nullable T given(ArgumentValue<T> input) {
        return input.value();
    }
}

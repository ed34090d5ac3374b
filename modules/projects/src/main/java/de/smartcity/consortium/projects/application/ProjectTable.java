package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.projects.model.Membership;
import de.smartcity.consortium.projects.model.MembershipState;
import de.smartcity.consortium.projects.model.ProjectAudience;
import de.smartcity.consortium.projects.model.ProjectContent;
import de.smartcity.consortium.projects.model.ProjectPermissions;
import de.smartcity.consortium.projects.model.ProjectRole;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The type tables of {@code JointProject}, of its members and of its files. */
final class ProjectTable {

    private static final Set<Viewpoint> ITSELF_AND_INSIDE =
            Set.of(ProjectAudience.ITSELF, ProjectAudience.MEMBER, Viewpoint.OFFICE);

    /** What says who sees which part and who may do what. */
    private static final String[] FACTS = {
        "phase",
        "paused",
        "startedOn",
        "coordinatorUnable",
        "content.visibility",
        "gates.kind",
        "gates.state",
        "memberships._id",
        "memberships.partner",
        "memberships.roles",
        "memberships.state",
        "memberships.representatives",
        "handOver"
    };

    private ProjectTable() {}

    static TypeTable<StoredProject> table(TypeTable<ShownMember> members, TypeTable<ShownFile> files) {
        return TypeTable.of("JointProject", StoredProject.class, StoredProject::derived, ProjectAudience.RELATIONS)
                .key(project -> project.id().value())
                .alwaysRead(FACTS)
                .seenBy(ProjectAudience.PRESENT, "title", "content.title", of(ProjectContent::title))
                .withTranslations()
                .seenBy(ProjectAudience.PRESENT, "acronym", "content.acronym", of(ProjectContent::acronym))
                .seenBy(ProjectAudience.PRESENT, "summary", "content.summary", of(ProjectContent::summary))
                .withTranslations()
                .seenBy(
                        ProjectAudience.PARTNERS,
                        "contactFunction",
                        "content.contactFunction",
                        of(ProjectContent::contactFunction))
                .withTranslations()
                .seenBy(ProjectAudience.PRESENT, "areas", "content.areas", of(ProjectContent::areas))
                .seenBy(ProjectAudience.PRESENT, "phase", "phase", StoredProject::phase)
                .seenBy(ProjectAudience.INSIDE, "paused", "paused", StoredProject::paused)
                .seenBy(ProjectAudience.PRESENT, "startsOn", "content.plannedStartsOn", StoredProject::startsOn)
                .seenBy(
                        ProjectAudience.INSIDE,
                        "plannedStartsOn",
                        "content.plannedStartsOn",
                        of(ProjectContent::plannedStartsOn))
                .seenBy(
                        ProjectAudience.INSIDE,
                        "plannedEndsOn",
                        "content.plannedEndsOn",
                        of(ProjectContent::plannedEndsOn))
                .seenBy(ProjectAudience.INSIDE, "startedOn", "startedOn", StoredProject::startedOn)
                .seenBy(ProjectAudience.INSIDE, "endedOn", "endedOn", StoredProject::endedOn)
                .seenBy(ProjectAudience.INSIDE, "visibility", "content.visibility", of(ProjectContent::visibility))
                .seenBy(
                        ProjectAudience.PARTNERS,
                        "coordinator",
                        "memberships.partner",
                        project -> project.coordinator().orElse(null))
                .seenBy(ProjectAudience.PRESENT, "members", "memberships", ShownMember::of)
                .view(
                        ProjectAudience.PRESENT,
                        "viewerMembership",
                        List.of("memberships"),
                        ShownMember::present,
                        members)
                .seenBy(ProjectAudience.INSIDE, "gates", "gates", StoredProject::gates)
                .seenBy(ProjectAudience.PARTNERS, "needs", "content.needs", of(ProjectContent::needs))
                .seenBy(ProjectAudience.INSIDE, "references", "content.references", of(ProjectContent::references))
                .views(ProjectAudience.PRESENT, "files", List.of("files"), ShownFile::of, files)
                .seenBy(ProjectAudience.INSIDE, "handOver", "handOver", StoredProject::handOver)
                .seenBy(ProjectAudience.INSIDE, "nextPhase", "content", StoredProject::nextPhase)
                .seenBy(ProjectAudience.INSIDE, "foundingLetter", "foundingLetter", StoredProject::foundingLetter)
                .computed(
                        "asLeft",
                        List.of("memberships.copy"),
                        (project, actor) -> actor.organisation()
                                .filter(own ->
                                        ProjectAudience.FORMER.heldWhile().contains(own.status()))
                                .map(Organisation::partner)
                                .flatMap(project::copyOf)
                                .orElse(null))
                .everybody("createdAt", "createdAt", StoredProject::createdAt)
                .seenBy(ProjectAudience.INSIDE, "activity", "_id", StoredProject::id)
                .seenIf(ProjectTable::mayCoordinate, "version", "version", StoredProject::version)
                .seenIf(ProjectTable::mayCoordinate, "updatedAt", "updatedAt", StoredProject::updatedAt)
                .computed("viewerCanEdit", (project, actor) -> isRunning(project) && mayCoordinate(project, actor))
                .computed("viewerCanAdvance", (project, actor) -> isRunning(project) && mayCoordinate(project, actor))
                .computed(
                        "viewerCanRecordGates",
                        (project, actor) -> isRunning(project)
                                && ProjectPermissions.recordGate(actor, project).isEmpty())
                .computed(
                        "viewerCanAttachFiles",
                        (project, actor) -> isRunning(project)
                                && ProjectPermissions.contribute(actor, project).isEmpty())
                .computed(
                        "viewerCanInvite",
                        (project, actor) -> isOpen(project)
                                && ProjectPermissions.substitute(actor, project).isEmpty())
                .computed(
                        "viewerCanAnswer",
                        (project, actor) -> mayConsent(project, actor, own -> own.state() == MembershipState.INVITED))
                .computed(
                        "viewerCanLeave",
                        (project, actor) -> mayConsent(
                                project,
                                actor,
                                own -> own.state() == MembershipState.ACTIVE && own.role() != ProjectRole.COORDINATOR))
                .computed(
                        "viewerCanWithdrawLeave",
                        (project, actor) -> mayConsent(project, actor, own -> own.state() == MembershipState.LEAVING))
                .computed(
                        "viewerCanHandOver",
                        (project, actor) -> isOpen(project)
                                && project.handOver() == null
                                && ProjectPermissions.offerCoordination(actor, project)
                                        .isEmpty())
                .computed(
                        "viewerCanAnswerHandOver",
                        (project, actor) -> mayConsent(
                                project,
                                actor,
                                own -> project.handOver() != null
                                        && project.handOver().to().equals(own.partner())))
                .computed(
                        "viewerCanWithdrawHandOver",
                        (project, actor) -> isOpen(project)
                                && project.handOver() != null
                                && ProjectPermissions.withdrawHandOver(actor, project)
                                        .isEmpty())
                .computed(
                        "viewerCanAppointCoordinator",
                        (project, actor) -> isOpen(project)
                                && ProjectPermissions.administer(actor).isEmpty()
                                && (project.coordinatorUnable() || isWithoutCoordinator(project)))
                .computed(
                        "viewerCanNameRepresentatives",
                        (project, actor) -> isOpen(project)
                                && ProjectPermissions.nameRepresentative(actor, project)
                                        .isEmpty())
                .computed(
                        "viewerCanAcceptRepresentation",
                        (project, actor) -> isOpen(project)
                                && ProjectPermissions.acceptRepresentation(actor, project)
                                        .isEmpty()
                                && isNamed(project, actor))
                .build();
    }

    static TypeTable<ShownMember> memberTable() {
        return TypeTable.of(
                        "ProjectMember",
                        ShownMember.class,
                        ShownMember::derived,
                        ProjectAudience.RELATIONS_TO_MEMBERSHIP)
                .everybody("partner", "partner", ofMembership(Membership::partner))
                .everybody("since", "since", ofMembership(Membership::since))
                .seenBy(ITSELF_AND_INSIDE, "role", "roles", ShownMember::role)
                .seenBy(ITSELF_AND_INSIDE, "state", "state", ofMembership(Membership::state))
                .seenBy(ITSELF_AND_INSIDE, "leavingOn", "leavingOn", ofMembership(Membership::leavingOn))
                .seenBy(ITSELF_AND_INSIDE, "until", "until", ofMembership(Membership::until))
                .seenBy(
                        ITSELF_AND_INSIDE,
                        "invitation",
                        "invitation",
                        shown -> ShownInvitation.of(shown.membership().invitation()))
                .seenBy(ITSELF_AND_INSIDE, "answer", "answer", ofMembership(Membership::answer))
                .seenBy(
                        ITSELF_AND_INSIDE,
                        "representatives",
                        "representatives",
                        ofMembership(Membership::representatives))
                .build();
    }

    static TypeTable<ShownFile> fileTable() {
        return TypeTable.of(
                        "ProjectFile",
                        ShownFile.class,
                        ShownFile::derived,
                        List.of(ProjectAudience.MEMBER, ProjectAudience.INVITED))
                .everybody("file", "file", shown -> shown.attached().file())
                .seenBy(
                        ProjectAudience.INSIDE,
                        "audience",
                        "audience",
                        shown -> shown.attached().audience())
                .seenBy(
                        ProjectAudience.INSIDE,
                        "by",
                        "by",
                        shown -> shown.attached().by())
                .build();
    }

    private static Function<StoredProject, @Nullable Object> of(
            Function<ProjectContent, ? extends @Nullable Object> read) {
        return project -> read.apply(project.content());
    }

    private static Function<ShownMember, @Nullable Object> ofMembership(
            Function<Membership, ? extends @Nullable Object> read) {
        return shown -> read.apply(shown.membership());
    }

    private static boolean isOpen(StoredProject project) {
        return !project.phase().isEnd();
    }

    /** Whether nobody coordinates it or is asked to. */
    private static boolean isWithoutCoordinator(StoredProject project) {
        return project.memberships().stream()
                .noneMatch(each -> each.state().isPresent() && each.role() == ProjectRole.COORDINATOR);
    }

    private static boolean isRunning(StoredProject project) {
        return isOpen(project) && !project.paused();
    }

    private static boolean mayCoordinate(StoredProject project, Actor actor) {
        return ProjectPermissions.coordinate(actor, project).isEmpty();
    }

    private static boolean mayConsent(StoredProject project, Actor actor, Predicate<Membership> own) {
        return isOpen(project)
                && own(project, actor).filter(own).isPresent()
                && ProjectPermissions.consent(actor, project).isEmpty();
    }

    private static boolean isNamed(StoredProject project, Actor actor) {
        return own(project, actor).stream()
                .flatMap(own -> own.representatives().stream())
                .anyMatch(person -> !person.isAccepted()
                        && actor.account().filter(person.account()::equals).isPresent());
    }

    private static Optional<Membership> own(StoredProject project, Actor actor) {
        return actor.organisation().map(Organisation::partner).flatMap(project::present);
    }
}

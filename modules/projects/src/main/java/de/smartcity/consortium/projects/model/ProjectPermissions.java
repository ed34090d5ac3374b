package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The permissions to change projects, empty if permitted. The audience has already decided whether the actor may see the project. */
public final class ProjectPermissions {

    /** The statuses in which a partner takes part. */
    static final Set<PartnerStatus> TAKING_PART = EnumSet.of(PartnerStatus.ACTIVE);

    private ProjectPermissions() {}

    /** To propose a project: editors. */
    public static Optional<Refusal> propose(Actor actor) {
        return actor.refusalToAct(Role.EDITOR, TAKING_PART);
    }

    /** To found a project from a letter: editors and signatories. */
    public static Optional<Refusal> found(Actor actor) {
        return actor.refusalToAct(Role.SIGNATORY, TAKING_PART).isEmpty() ? Optional.empty() : propose(actor);
    }

    /** What only the office may do: to record an ongoing project, and to appoint a coordinator. */
    public static Optional<Refusal> administer(Actor actor) {
        return actor.refusalToActAsOffice();
    }

    /** The coordinator's verbs: its editors; the office while no coordinator has confirmed. */
    public static Optional<Refusal> coordinate(Actor actor, ProjectFacts project) {
        return project.coordinator()
                .map(coordinator -> actor.refusalToActFor(coordinator, Role.EDITOR, TAKING_PART))
                .orElseGet(() -> actor.isOffice() || actor.organisation().isEmpty()
                        ? actor.refusalToActAsOffice()
                        // As if there were one, which not everybody sees who asks.
                        : Optional.of(Refusal.otherOrganisation()));
    }

    /**
     * To invite partners, to withdraw that, to cancel, and to resume for that: as to coordinate, and the office while the coordinator cannot act, so that there is
     * always a way on.
     */
    public static Optional<Refusal> substitute(Actor actor, ProjectFacts project) {
        return actor.isOffice() && project.coordinatorUnable() ? Optional.empty() : coordinate(actor, project);
    }

    /** To record what was decided about a gate: the coordinator's editors and the office. */
    public static Optional<Refusal> recordGate(Actor actor, ProjectFacts project) {
        return actor.isOffice() ? Optional.empty() : coordinate(actor, project);
    }

    /** To attach files: editors of a member, and whoever may coordinate. */
    public static Optional<Refusal> contribute(Actor actor, ProjectFacts project) {
        var coordinating = coordinate(actor, project);
        var isMember = own(actor, project).filter(own -> own.state().isMember()).isPresent();
        return coordinating.isPresent() && isMember ? actor.refusalToAct(Role.EDITOR, TAKING_PART) : coordinating;
    }

    /** To remove a file: as to attach one, of the member that attached it or of the coordinator. */
    public static Optional<Refusal> remove(Actor actor, ProjectFacts project, ProjectFile file) {
        return file.by() != null && actor.actsFor(file.by()) ? contribute(actor, project) : coordinate(actor, project);
    }

    /** To answer an invitation, to leave, and to answer an offer of the coordination: who consents for a partner that is or was asked. */
    public static Optional<Refusal> consent(Actor actor, ProjectFacts project) {
        return asOneOf(actor, asked(project), project);
    }

    /**
     * To repeat with its key that a partner declines or leaves: as to consent, and once that is done its people, since nobody represents it any more. The key
     * is of the account that consented.
     */
    static Optional<Refusal> repeatConsent(Actor actor, ProjectFacts project) {
        return own(actor, project).isPresent() ? consent(actor, project) : asOneOf(actor, asked(project), Role.VIEWER);
    }

    private static List<PartnerId> asked(ProjectFacts project) {
        return project.memberships().stream().map(Membership::partner).toList();
    }

    /** To offer the coordination to another member: who consents for the coordinator. */
    public static Optional<Refusal> offerCoordination(Actor actor, ProjectFacts project) {
        return asOneOf(actor, project.coordinator().stream().toList(), project);
    }

    /** To withdraw such an offer: who consents for the coordinator, and the office if it made it; where there is none, both learn just that. */
    public static Optional<Refusal> withdrawHandOver(Actor actor, ProjectFacts project) {
        var handOver = project.handOver();
        return actor.isOffice() && (handOver == null || handOver.appointed())
                ? Optional.empty()
                : offerCoordination(actor, project);
    }

    private static Optional<Refusal> asOneOf(Actor actor, List<PartnerId> partners, ProjectFacts project) {
        var represents = own(actor, project)
                .flatMap(own -> actor.account().filter(own::isRepresentedBy))
                .isPresent();
        return asOneOf(actor, partners, represents ? Role.VIEWER : Role.SIGNATORY);
    }

    private static Optional<Refusal> asOneOf(Actor actor, List<PartnerId> partners, Role needed) {
        if (actor.organisation().isPresent() && partners.stream().noneMatch(actor::actsFor)) {
            return Optional.of(Refusal.otherOrganisation());
        }
        return actor.refusalToAct(needed, TAKING_PART).or(actor::refusalToActAsPerson);
    }

    /** To name who consents for a partner that is a member or invited: its signatories. */
    public static Optional<Refusal> nameRepresentative(Actor actor, ProjectFacts project) {
        return actPresent(actor, project, Role.SIGNATORY);
    }

    /** To consent from now on, as somebody who was named: people of the partner. Whether they were named is decided by what is stored. */
    public static Optional<Refusal> acceptRepresentation(Actor actor, ProjectFacts project) {
        return actPresent(actor, project, Role.VIEWER);
    }

    /** To end that of an account: the person, and signatories of the partner. */
    public static Optional<Refusal> endRepresentation(Actor actor, ProjectFacts project, AccountId ended) {
        return actPresent(
                actor, project, actor.account().filter(ended::equals).isPresent() ? Role.VIEWER : Role.SIGNATORY);
    }

    private static Optional<Refusal> actPresent(Actor actor, ProjectFacts project, Role needed) {
        if (actor.organisation().isPresent() && own(actor, project).isEmpty()) {
            return Optional.of(Refusal.otherOrganisation());
        }
        return actor.refusalToAct(needed, TAKING_PART).or(actor::refusalToActAsPerson);
    }

    /** To keep own references to a project: editors of a partner that sees it. */
    public static Optional<Refusal> keepReferences(Actor actor) {
        return propose(actor);
    }

    private static Optional<Membership> own(Actor actor, ProjectFacts project) {
        return actor.organisation().map(Organisation::partner).flatMap(project::present);
    }
}

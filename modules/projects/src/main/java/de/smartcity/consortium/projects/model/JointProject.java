package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Aggregate;
import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.NewEvents;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.SearchText;
import de.smartcity.consortium.kernel.SortKey;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.partners.PartnerFace;
import de.smartcity.consortium.projects.ProjectId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Work that several partners manage together.
 *
 * <p>Its verbs throw {@link Forbidden} if the actor lacks the permission, {@link RuleViolation} if state or input does not allow it ({@code project.ended},
 * {@code project.paused}), and then have changed nothing. They parse their input after the permission. A change that is repeated with its key throws
 * {@link KeyedChanges.AlreadyMade}, one with the key of another {@link KeyedChanges.ReusedKey}. All take the day that it is in the consortium's time
 * zone, and first do what has become due by that day. Before the project is saved, {@link #newCopies()} are.
 */
@Document("jointProjects")
public final class JointProject implements Aggregate, ProjectFacts {

    /** Of members and invitations at a time. */
    public static final int MAX_MEMBERS = 60;
    /** Of memberships in all. */
    public static final int MAX_MEMBERSHIPS = 300;

    public static final int MAX_FILES = 50;

    /** Sixty members with the longest invitations in any script, and the search entries of the longest texts. */
    private static final int MAX_SIZE = 1024 * 1024;

    /** After these changes the document must keep to its budget; the others make it hardly larger. */
    private static final Set<ProjectEvent> BUDGETED = EnumSet.of(
            ProjectEvent.PROJECT_PROPOSED,
            ProjectEvent.PROJECT_FOUNDED,
            ProjectEvent.PROJECT_RECORDED,
            ProjectEvent.PROJECT_EDITED,
            ProjectEvent.PROJECT_GATES_SET,
            ProjectEvent.PROJECT_GATE_RECORDED,
            ProjectEvent.PROJECT_FILE_ATTACHED,
            ProjectEvent.PROJECT_MEMBER_INVITED);

    /**
     * What nobody may prevent by making many changes: consents, ends, and what the service does. None of them can be repeated without another change
     * between.
     */
    private static final Set<ProjectEvent> ESSENTIAL = EnumSet.of(
            ProjectEvent.PROJECT_CANCELLED,
            ProjectEvent.PROJECT_FILE_REMOVED,
            ProjectEvent.PROJECT_MEMBER_JOINED,
            ProjectEvent.PROJECT_INVITATION_DECLINED,
            ProjectEvent.PROJECT_INVITATION_WITHDRAWN,
            ProjectEvent.PROJECT_INVITATION_LAPSED,
            ProjectEvent.PROJECT_REPRESENTATION_ACCEPTED,
            ProjectEvent.PROJECT_REPRESENTATION_ENDED,
            ProjectEvent.PROJECT_COORDINATION_ACCEPTED,
            ProjectEvent.PROJECT_COORDINATION_DECLINED,
            ProjectEvent.PROJECT_COORDINATION_WITHDRAWN,
            ProjectEvent.PROJECT_COORDINATOR_UNABLE,
            ProjectEvent.PROJECT_COORDINATOR_ABLE,
            ProjectEvent.PROJECT_MEMBER_LEAVING,
            ProjectEvent.PROJECT_MEMBER_LEFT);

    private static final List<String> MEMBERS = List.of("members");
    private static final String PARTNER_ID = "partnerId";

    private static final int MAX_YEAR = 9_999;
    private static final int DEFAULT_LEAVE_MONTHS = 3;
    private static final int MAX_LEAVE_YEARS = 2;

    @Id
    private final ProjectId id;

    @Version
    private @Nullable Long version;

    private ProjectContent content;
    private ProjectPhase phase;
    private boolean paused;
    private @Nullable LocalDate startedOn;
    private @Nullable LocalDate endedOn;
    private List<Gate> gates;
    private List<Membership> memberships;
    private @Nullable HandOver handOver;
    private List<ProjectFile> files;
    private final @Nullable LetterId foundingLetter;
    private final boolean recorded;
    private boolean coordinatorUnable;
    private final Instant createdAt;
    private Instant updatedAt;
    private @Nullable LocalDate dueOn;
    private @Nullable List<FileId> allFiles;
    private @Nullable List<String> grants;
    private @Nullable List<PartnerId> followed;
    private @Nullable DerivedFields derived;
    private final Outbox outbox;
    private final KeyedChanges keyedChanges;

    @Transient
    private final NewEvents newEvents = new NewEvents();

    @Transient
    private final List<ProjectCopy> newCopies = new ArrayList<>();

    @PersistenceCreator
    JointProject(
            ProjectId id,
            @Nullable Long version,
            @Nullable ProjectContent content,
            ProjectPhase phase,
            @Nullable Boolean paused,
            @Nullable LocalDate startedOn,
            @Nullable LocalDate endedOn,
            @Nullable List<Gate> gates,
            @Nullable List<Membership> memberships,
            @Nullable HandOver handOver,
            @Nullable List<ProjectFile> files,
            @Nullable LetterId foundingLetter,
            @Nullable Boolean recorded,
            @Nullable Boolean coordinatorUnable,
            Instant createdAt,
            Instant updatedAt,
            @Nullable LocalDate dueOn,
            @Nullable List<FileId> allFiles,
            @Nullable List<String> grants,
            @Nullable List<PartnerId> followed,
            @Nullable DerivedFields derived,
            Outbox outbox,
            KeyedChanges keyedChanges) {
        this.id = id;
        this.version = version;
        this.content = Objects.requireNonNullElse(content, ProjectContent.NONE);
        this.phase = phase;
        this.paused = Boolean.TRUE.equals(paused);
        this.startedOn = startedOn;
        this.endedOn = endedOn;
        this.gates = gates == null ? List.of() : gates;
        this.memberships = memberships == null ? List.of() : memberships;
        this.handOver = handOver;
        this.files = files == null ? List.of() : files;
        this.foundingLetter = foundingLetter;
        this.recorded = Boolean.TRUE.equals(recorded);
        this.coordinatorUnable = Boolean.TRUE.equals(coordinatorUnable);
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
        this.dueOn = dueOn;
        this.allFiles = allFiles;
        this.grants = grants;
        this.followed = followed;
        this.derived = derived;
        this.outbox = outbox;
        this.keyedChanges = keyedChanges;
    }

    private JointProject(
            Change change,
            ProjectContent content,
            ProjectPhase phase,
            @Nullable LocalDate startedOn,
            @Nullable LetterId foundingLetter,
            boolean recorded) {
        this.id = new ProjectId(change.newId());
        this.content = content;
        this.phase = phase;
        this.startedOn = startedOn;
        this.foundingLetter = foundingLetter;
        this.recorded = recorded;
        gates = List.of();
        memberships = List.of();
        files = List.of();
        createdAt = change.at();
        updatedAt = change.at();
        outbox = new Outbox(List.of());
        keyedChanges = new KeyedChanges(List.of());
    }

    /** Proposes a project, which the partner that the actor acts for coordinates. @param existing finds those competences that exist */
    public static JointProject propose(
            Change change,
            LocalDate today,
            Input<ProjectContent> input,
            Function<Collection<CompetenceCode>, Set<CompetenceCode>> existing) {
        Forbidden.unlessPermitted(ProjectPermissions.propose(change.actor()));
        var violations = new Violations();
        var content = read(input, existing, violations);
        violations.throwIfAny();
        var project = new JointProject(change, content, ProjectPhase.IDEA, null, null, false);
        var step = project.new Step(change, today);
        step.memberships.add(Membership.beginning(own(change), today));
        step.record(ProjectEvent.PROJECT_PROPOSED, List.of("phase"));
        step.take();
        return project;
    }

    /**
     * Founds a project from a letter that is in force; the partner that the actor acts for coordinates it.
     *
     * @param parties those of the edition in force; empty if none is
     * @param partners finds partners as the actor sees them
     * @throws RuleViolation also {@code letter.notInForce}, {@code member.noParty}, and at an invitation what {@link #invite} does not allow
     */
    public static JointProject found(
            Change change,
            LocalDate today,
            LetterId letter,
            Set<PartnerId> parties,
            Input<ProjectContent> input,
            Input<List<InvitedPartner>> invited,
            Function<Collection<CompetenceCode>, Set<CompetenceCode>> existing,
            Function<Collection<PartnerId>, Map<PartnerId, PartnerFace>> partners) {
        Forbidden.unlessPermitted(ProjectPermissions.found(change.actor()));
        if (parties.isEmpty()) {
            throw new RuleViolation("letter.notInForce", "A project is founded from a letter that is in force.");
        }
        if (!parties.contains(own(change))) {
            throw new Forbidden(Refusal.otherOrganisation());
        }
        var violations = new Violations();
        // With the partner that founds it.
        var asked = readInvited("invitations", MAX_MEMBERS - 1, invited, violations);
        var content = read(input, existing, violations);
        var project = new JointProject(change, content, ProjectPhase.IDEA, null, letter, false);
        var step = project.new Step(change, today);
        step.memberships.add(Membership.beginning(own(change), today));
        step.record(ProjectEvent.PROJECT_FOUNDED, List.of("phase"));
        step.inviteAll("invitations", asked, partners, violations);
        for (var index = 0; index < asked.size(); index++) {
            violations.demand(
                    parties.contains(asked.get(index).partner()),
                    "member.noParty",
                    "This partner is no party of the letter.",
                    "invitations",
                    String.valueOf(index),
                    PARTNER_ID);
        }
        violations.throwIfAny();
        step.take();
        return project;
    }

    /**
     * Records a project that goes on already; its members are asked to confirm.
     *
     * @param startedOn the day on which it came into EXECUTION; null before
     * @throws RuleViolation also {@code phase.ended}, {@code startedOn.required}, {@code startedOn.unexpected}, {@code startedOn.future}, {@code coordinator.one}
     */
    public static JointProject record(
            Change change,
            LocalDate today,
            ProjectPhase phase,
            @Nullable LocalDate startedOn,
            Input<ProjectContent> input,
            Input<List<InvitedPartner>> members,
            Function<Collection<CompetenceCode>, Set<CompetenceCode>> existing,
            Function<Collection<PartnerId>, Map<PartnerId, PartnerFace>> partners) {
        Forbidden.unlessPermitted(ProjectPermissions.administer(change.actor()));
        var violations = new Violations();
        violations.demand(!phase.isEnd(), "phase.ended", "A project that has ended is not recorded any more.", "phase");
        violations.demand(
                !phase.isStarted() || startedOn != null,
                "startedOn.required",
                "Say when it came into EXECUTION.",
                "startedOn");
        violations.demand(
                phase.isStarted() || startedOn == null,
                "startedOn.unexpected",
                "It has not come into EXECUTION yet.",
                "startedOn");
        violations.demand(
                startedOn == null || !startedOn.isAfter(today),
                "startedOn.future",
                "This day has not come yet.",
                "startedOn");
        var asked = readInvited("members", MAX_MEMBERS, members, violations);
        violations.demand(
                violations.isAt("members")
                        || asked.stream()
                                        .filter(each -> each.terms().role() == ProjectRole.COORDINATOR)
                                        .count()
                                == 1,
                "coordinator.one",
                "Exactly one member is the coordinator.",
                "members");
        var content = read(input, existing, violations);
        var project = new JointProject(change, content, phase, startedOn, null, true);
        var step = project.new Step(change, today);
        step.record(ProjectEvent.PROJECT_RECORDED, List.of("phase"));
        step.inviteAll("members", asked, partners, violations);
        violations.throwIfAny();
        step.take();
        return project;
    }

    private static List<InvitedPartner> readInvited(
            String place, int max, Input<List<InvitedPartner>> input, Violations violations) {
        var invited = input.read(violations);
        violations.demand(
                invited.size() <= max,
                "members.many",
                "A project has at most " + MAX_MEMBERS + " members and invitations at a time.",
                place);
        return invited;
    }

    private static ProjectContent read(
            Input<ProjectContent> input,
            Function<Collection<CompetenceCode>, Set<CompetenceCode>> existing,
            Violations violations) {
        var content = input.read(violations);
        content.check(ProjectContent.ALL, existing, violations);
        return content;
    }

    /** Its id, for the repeated change that made it. @throws KeyedChanges.ReusedKey if that had another input */
    public ProjectId madeAgain(Change change) {
        keyedChanges.demandSameInput(change);
        return id;
    }

    /**
     * Changes what the coordinator writes about the project; if nothing differs afterwards, no event is recorded.
     *
     * @throws Conflict if the project's version is not the one that the actor read
     */
    public void edit(
            Change change,
            LocalDate today,
            long expectedVersion,
            Edit<ProjectContent> edit,
            Function<Collection<CompetenceCode>, Set<CompetenceCode>> existing) {
        var step = begin(change, today, ProjectPermissions::coordinate);
        step.demandRunning();
        var violations = new Violations();
        var edited = edit.over(content, violations);
        edited.check(edit.given(), existing, violations);
        violations.throwIfAny();
        Conflict.unlessVersion(expectedVersion, version, id);
        var changed = Edit.changed(content, edited);
        if (!changed.isEmpty()) {
            step.content = edited;
            step.record(ProjectEvent.PROJECT_EDITED, shown(changed));
        }
        step.take();
    }

    /** Until the project has started, everybody is shown the planned day. */
    private List<String> shown(List<String> changed) {
        return startedOn == null && changed.contains("plannedStartsOn")
                ? Stream.concat(changed.stream(), Stream.of("startsOn")).toList()
                : changed;
    }

    /** Goes on to the next phase. @throws RuleViolation also {@code phase.notNext}, and all that {@link PhaseRequirements} finds missing */
    public void advance(Change change, LocalDate today, ProjectPhase to) {
        var step = begin(change, today, ProjectPermissions::coordinate);
        step.demandOpen();
        if (phase.next().filter(to::equals).isEmpty()) {
            throw notNext("From " + phase + " a project does not go on to " + to + ".");
        }
        var missing = PhaseRequirements.missing(to, step);
        if (!missing.isEmpty()) {
            throw new RuleViolation(missing.stream()
                    .map(each -> new Violation(each.code(), each.message(), List.of("phase")))
                    .toList());
        }
        step.enter(to, ProjectEvent.PROJECT_ADVANCED, null, List.of());
        step.take();
    }

    private static RuleViolation notNext(String message) {
        return new RuleViolation("phase.notNext", message, "phase");
    }

    /** Goes back to the phase before. @throws RuleViolation also {@code phase.notNext}, and what {@link Reason} does not allow */
    public void returnTo(Change change, LocalDate today, ProjectPhase to, Input<Reason> reason) {
        var step = begin(change, today, ProjectPermissions::coordinate);
        step.demandRunning();
        var why = Violations.whole(reason::read);
        if (phase.previous().filter(to::equals).isEmpty()) {
            throw notNext("From " + phase + " a project does not return to " + to + ".");
        }
        step.enter(to, ProjectEvent.PROJECT_RETURNED, why, List.of());
        step.take();
    }

    /** Pauses the project. */
    public void pause(Change change, LocalDate today, Input<Reason> reason) {
        var step = begin(change, today, ProjectPermissions::coordinate);
        step.demandRunning();
        var why = Violations.whole(reason::read);
        step.paused = true;
        step.record(ProjectEvent.PROJECT_PAUSED, List.of("paused"), why);
        step.take();
    }

    /** Resumes a paused project. @throws RuleViolation also {@code project.notPaused} */
    public void resume(Change change, LocalDate today) {
        var step = begin(change, today, ProjectPermissions::substitute);
        step.demandOpen();
        if (!step.paused) {
            throw new RuleViolation("project.notPaused", "The project is not paused.");
        }
        step.paused = false;
        step.record(ProjectEvent.PROJECT_RESUMED, List.of("paused"));
        step.take();
    }

    /** Ends the project before it is completed; nobody can join it any more. */
    public void cancel(Change change, LocalDate today, Input<Reason> reason) {
        var step = begin(change, today, ProjectPermissions::substitute);
        step.demandRunning();
        var why = Violations.whole(reason::read);
        var asked = step.invited().toList();
        var also = new ArrayList<>(asked.isEmpty() ? List.<String>of() : MEMBERS);
        if (step.handOver != null) {
            also.add("handOver");
        }
        asked.forEach(each -> step.replace(each.closed(MembershipState.WITHDRAWN, null)));
        step.handOver = null;
        step.enter(ProjectPhase.CANCELLED, ProjectEvent.PROJECT_CANCELLED, why, also);
        step.take();
    }

    /** Says which gates apply. @throws RuleViolation also {@code gate.recorded} */
    public void setGates(Change change, LocalDate today, Set<GateKind> kinds) {
        var step = begin(change, today, ProjectPermissions::coordinate);
        step.demandRunning();
        gates.stream()
                .filter(gate -> !kinds.contains(gate.kind()) && gate.state() != GateState.OPEN)
                .findFirst()
                .ifPresent(gate -> {
                    throw new RuleViolation(
                            "gate.recorded",
                            "Something is recorded about the gate " + gate.kind() + ": it applies.",
                            "gates");
                });
        var after = Stream.of(GateKind.values())
                .filter(kinds::contains)
                .map(kind -> findGate(kind).orElseGet(() -> Gate.open(kind)))
                .toList();
        if (!after.equals(gates)) {
            step.gates = after;
            step.record(ProjectEvent.PROJECT_GATES_SET, List.of("gates"));
        }
        step.take();
    }

    /** Records what was decided about a gate. @return the accepted decision, whose document is to be claimed if it is new @throws RuleViolation also {@code gate.unknown} */
    public GateDecision recordGate(Change change, LocalDate today, Input<GateDecision> input) {
        var step = begin(change, today, ProjectPermissions::recordGate);
        step.demandRunning();
        var violations = new Violations();
        var decision = input.read(violations);
        violations.demand(
                findGate(decision.kind()).isPresent(),
                "gate.unknown",
                "This gate does not apply to the project.",
                "gate");
        decision.check(today, violations);
        violations.throwIfAny();
        step.gates = gates.stream()
                .map(gate -> gate.kind() == decision.kind() ? decision.by(change) : gate)
                .toList();
        step.record(ProjectEvent.PROJECT_GATE_RECORDED, List.of("gates"));
        step.take();
        return decision;
    }

    private Optional<Gate> findGate(GateKind kind) {
        return gates.stream().filter(gate -> gate.kind() == kind).findFirst();
    }

    /** Attaches a file, which is to be claimed. @throws RuleViolation also {@code files.many}, {@code file.twice} */
    public void attach(Change change, LocalDate today, FileId file, FileAudience audience) {
        var step = begin(change, today, ProjectPermissions::contribute);
        step.demandRunning();
        var violations = new Violations();
        violations.demand(
                files.size() < MAX_FILES, "files.many", "A project has at most " + MAX_FILES + " files.", "file");
        violations.demand(findFile(file).isEmpty(), "file.twice", "The project has this file already.", "file");
        violations.throwIfAny();
        var by = change.actor()
                .organisation()
                .map(Organisation::partner)
                .filter(own ->
                        present(own).filter(each -> each.state().isMember()).isPresent())
                .orElse(null);
        step.files.add(new ProjectFile(file, audience, by));
        step.record(ProjectEvent.PROJECT_FILE_ATTACHED, List.of("files"), ofFile(step, audience));
        step.take();
    }

    /** Removes a file. @throws RuleViolation also {@code file.unknown} */
    public void remove(Change change, LocalDate today, FileId file) {
        var found = findFile(file);
        var step = begin(
                change,
                today,
                (actor, facts) -> found.map(each -> ProjectPermissions.remove(actor, facts, each))
                        .orElseGet(() -> ProjectPermissions.contribute(actor, facts)));
        step.demandRunning();
        var removed =
                found.orElseThrow(() -> new RuleViolation("file.unknown", "The project has no such file.", "file"));
        step.files.remove(removed);
        step.record(ProjectEvent.PROJECT_FILE_REMOVED, List.of("files"), ofFile(step, removed.audience()));
        step.take();
    }

    private Optional<ProjectFile> findFile(FileId file) {
        return files.stream().filter(each -> each.file().equals(file)).findFirst();
    }

    /** Who does not see a file learns nothing of it. */
    private static @Nullable List<String> ofFile(ProjectFacts facts, FileAudience audience) {
        return audience == FileAudience.PROJECT ? null : ProjectAudience.inside(facts);
    }

    /**
     * Invites a partner.
     *
     * @param partners finds partners as the actor sees them
     * @throws RuleViolation also {@code partner.unknown}, {@code member.status}, {@code member.present}, {@code members.many}, {@code memberships.many},
     *     {@code role.coordinator}, {@code since.unexpected}, {@code answerBy.past}, {@code answerBy.far}
     */
    public void invite(
            Change change,
            LocalDate today,
            PartnerId partner,
            Input<InvitationTerms> input,
            Function<Collection<PartnerId>, Map<PartnerId, PartnerFace>> partners) {
        var step = begin(change, today, ProjectPermissions::substitute);
        step.demandOpen();
        var violations = new Violations();
        var terms = input.read(violations);
        step.invite(new InvitedPartner(partner, terms), partners.apply(List.of(partner)), violations);
        violations.throwIfAny();
        step.take();
    }

    /** Accepts an invitation for the partner that the actor acts for. @throws Conflict if it has no open invitation with this digest */
    public void accept(Change change, LocalDate today, String digest) {
        var step = begin(change, today, ProjectPermissions::consent);
        step.demandOpen();
        var asked = step.invitation(own(change), digest);
        var joined = asked.joined(today, answer(change));
        step.replace(joined);
        step.record(
                ProjectEvent.PROJECT_MEMBER_JOINED,
                joined.role() == ProjectRole.COORDINATOR ? List.of("members", "coordinator") : MEMBERS);
        step.take();
    }

    /**
     * Declines an invitation for the partner that the actor acts for.
     *
     * @param comment why; null for none
     * @throws Conflict if it has no open invitation with this digest
     * @throws RuleViolation also {@code comment.blank}, {@code comment.long}
     */
    public void decline(Change change, LocalDate today, String digest, @Nullable String comment) {
        var step = begin(change, today, ProjectPermissions::repeatConsent, ProjectPermissions::consent);
        step.demandOpen();
        var violations = new Violations();
        var why = violations.at(
                "comment", comment, given -> BoundedText.parse(given, InvitationTerms.MAX_LENGTH, "comment"));
        violations.throwIfAny();
        var asked = step.invitation(own(change), digest);
        step.close(
                asked,
                MembershipState.DECLINED,
                answer(change),
                ProjectEvent.PROJECT_INVITATION_DECLINED,
                why == null ? null : new Reason(why));
        step.take();
    }

    /** Withdraws an invitation. @throws Conflict if there is no open invitation with this digest */
    public void withdrawInvitation(Change change, LocalDate today, String digest) {
        var step = begin(change, today, ProjectPermissions::substitute);
        step.demandOpen();
        var asked = step.invited()
                .filter(each -> hasDigest(each, digest))
                .findFirst()
                .orElseThrow(() -> new Conflict(id, "digest"));
        step.close(asked, MembershipState.WITHDRAWN, null, ProjectEvent.PROJECT_INVITATION_WITHDRAWN, null);
        step.take();
    }

    private static boolean hasDigest(Membership asked, String digest) {
        return asked.invitation() != null && digest.equals(asked.invitation().digest());
    }

    /** Offers the coordination to another member. @throws RuleViolation also {@code handOver.open}, {@code handOver.member} */
    public void handOver(Change change, LocalDate today, PartnerId to) {
        var step = begin(change, today, ProjectPermissions::offerCoordination);
        step.demandOpen();
        if (step.handOver != null) {
            throw new RuleViolation(
                    "handOver.open", "The coordination is offered to a member already: withdraw that first.");
        }
        step.demandSuccessor(to);
        step.handOver = new HandOver(to, false, null, account(change), change.at());
        step.record(ProjectEvent.PROJECT_COORDINATION_OFFERED, List.of("handOver"));
        step.take();
    }

    /**
     * Offers the coordination to a member, while the coordinator cannot act or none has confirmed.
     *
     * @param status finds the status of a partner
     * @throws RuleViolation also {@code coordinator.able}, {@code coordinator.unconfirmed}, {@code handOver.member}, {@code member.status}
     */
    public void appoint(
            Change change,
            LocalDate today,
            PartnerId to,
            Input<Reason> reason,
            Function<PartnerId, Optional<PartnerStatus>> status) {
        var step = begin(change, today, (actor, facts) -> ProjectPermissions.administer(actor));
        step.demandOpen();
        var why = Violations.whole(reason::read);
        var coordinator = step.coordinator();
        if (coordinator.filter(able -> !isUnable(status.apply(able))).isPresent()) {
            throw new RuleViolation(
                    "coordinator.able", "The coordinator can act: it hands the coordination over itself.");
        }
        if (step.invited().anyMatch(each -> each.role() == ProjectRole.COORDINATOR)) {
            throw new RuleViolation(
                    "coordinator.unconfirmed", "A coordinator is invited: wait for its answer, or withdraw that.");
        }
        step.demandSuccessor(to);
        if (isUnable(status.apply(to))) {
            throw new RuleViolation("member.status", "This partner cannot act now.", PARTNER_ID);
        }
        step.handOver = new HandOver(to, true, why.value(), account(change), change.at());
        step.record(ProjectEvent.PROJECT_COORDINATION_OFFERED, List.of("handOver"), why);
        step.take();
    }

    private static boolean isUnable(Optional<PartnerStatus> status) {
        return status.filter(ProjectPermissions.TAKING_PART::contains).isEmpty();
    }

    /** Takes the coordination for the partner that the actor acts for. @throws RuleViolation also {@code handOver.none} */
    public void acceptCoordination(Change change, LocalDate today) {
        var step = begin(change, today, ProjectPermissions::consent);
        step.demandOpen();
        step.demandOffered(own(change));
        step.members()
                .filter(each -> each.role() == ProjectRole.COORDINATOR)
                .toList()
                .forEach(former -> step.replace(former.as(ProjectRole.PARTNER, today)));
        step.replace(step.present(own(change)).orElseThrow().as(ProjectRole.COORDINATOR, today));
        step.handOver = null;
        step.content = content.withoutContact();
        step.coordinatorUnable = false;
        step.record(
                ProjectEvent.PROJECT_COORDINATION_ACCEPTED,
                List.of("coordinator", "members", "handOver", "contactFunction"));
        step.take();
    }

    /** Declines the coordination for the partner that the actor acts for. @throws RuleViolation also {@code handOver.none} */
    public void declineCoordination(Change change, LocalDate today) {
        var step = begin(change, today, ProjectPermissions::consent);
        step.demandOpen();
        step.demandOffered(own(change));
        step.endHandOver(ProjectEvent.PROJECT_COORDINATION_DECLINED);
        step.take();
    }

    /** Withdraws the offer of the coordination. @throws RuleViolation also {@code handOver.none} */
    public void withdrawHandOver(Change change, LocalDate today) {
        var step = begin(change, today, ProjectPermissions::withdrawHandOver);
        step.demandOpen();
        if (step.handOver == null) {
            throw noHandOver();
        }
        step.endHandOver(ProjectEvent.PROJECT_COORDINATION_WITHDRAWN);
        step.take();
    }

    private static RuleViolation noHandOver() {
        return new RuleViolation("handOver.none", "No offer of the coordination waits for an answer.");
    }

    /** Names who consents for the partner that the actor acts for, in the place of who was named before. */
    public void nameRepresentative(Change change, LocalDate today, Input<RepresentativeNaming> input) {
        var step = begin(change, today, ProjectPermissions::nameRepresentative);
        step.demandOpen();
        var violations = new Violations();
        var naming = input.read(violations);
        naming.check(today, violations);
        violations.throwIfAny();
        var own = step.present(own(change)).orElseThrow();
        var people = new ArrayList<Representative>();
        people.add(own.named(naming.account(), false, naming.until(), account(change)));
        if (naming.deputy() != null) {
            people.add(own.named(naming.deputy(), true, naming.until(), account(change)));
        }
        if (!people.equals(own.representatives())) {
            step.represent(own, people, ProjectEvent.PROJECT_REPRESENTATIVE_NAMED);
        }
        step.take();
    }

    /** Accepts to consent for the partner that the actor acts for. @throws RuleViolation also {@code representation.none} */
    public void acceptRepresentation(Change change, LocalDate today) {
        var step = begin(change, today, ProjectPermissions::acceptRepresentation);
        step.demandOpen();
        var own = step.present(own(change)).orElseThrow();
        var named = own.representatives().stream()
                .filter(each -> each.account().equals(account(change)) && !each.isAccepted())
                .findFirst()
                .orElseThrow(() ->
                        new RuleViolation("representation.none", "You were not named, or have accepted already."));
        step.represent(
                own,
                own.representatives().stream()
                        .map(each -> each.equals(named) ? named.accepted(change.at()) : each)
                        .toList(),
                ProjectEvent.PROJECT_REPRESENTATION_ACCEPTED);
        step.take();
    }

    /** Ends that an account consents for the partner that the actor acts for. @throws RuleViolation also {@code representation.none} */
    public void endRepresentation(Change change, LocalDate today, AccountId ended) {
        var step = begin(change, today, (actor, facts) -> ProjectPermissions.endRepresentation(actor, facts, ended));
        step.demandOpen();
        var own = step.present(own(change)).orElseThrow();
        var left = own.representatives().stream()
                .filter(each -> !each.account().equals(ended))
                .toList();
        if (left.size() == own.representatives().size()) {
            throw new RuleViolation(
                    "representation.none", "This account was not named for your organisation.", "account");
        }
        step.represent(own, left, ProjectEvent.PROJECT_REPRESENTATION_ENDED);
        step.take();
    }

    /**
     * Leaves for the partner that the actor acts for.
     *
     * @param given the first day on which it will not be a member; null for in three months
     * @throws RuleViolation also {@code membership.state}, {@code coordinator.leaves}, {@code on.range}
     */
    public void leave(Change change, LocalDate today, @Nullable LocalDate given) {
        var step = begin(change, today, ProjectPermissions::repeatConsent, ProjectPermissions::consent);
        step.demandOpen();
        var on = Objects.requireNonNullElse(given, today.plusMonths(DEFAULT_LEAVE_MONTHS));
        var violations = new Violations();
        violations.demand(
                !on.isBefore(today) && !on.isAfter(today.plusYears(MAX_LEAVE_YEARS)),
                "on.range",
                "Give a day from today to " + MAX_LEAVE_YEARS + " years ahead.",
                "on");
        violations.throwIfAny();
        var own = step.demandState(own(change), MembershipState.ACTIVE);
        if (own.role() == ProjectRole.COORDINATOR) {
            throw new RuleViolation("coordinator.leaves", "Hand the coordination over first.");
        }
        if (step.handOver != null && step.handOver.to().equals(own.partner())) {
            step.endHandOver(ProjectEvent.PROJECT_COORDINATION_DECLINED);
        }
        step.replace(own.leaving(on));
        step.record(ProjectEvent.PROJECT_MEMBER_LEAVING, MEMBERS, ProjectAudience.inside(step));
        step.settle();
        step.take();
    }

    /** Stays after all, for the partner that the actor acts for. @throws RuleViolation also {@code membership.state} */
    public void withdrawLeave(Change change, LocalDate today) {
        var step = begin(change, today, ProjectPermissions::consent);
        step.demandOpen();
        step.replace(step.demandState(own(change), MembershipState.LEAVING).staying());
        step.record(ProjectEvent.PROJECT_LEAVE_WITHDRAWN, MEMBERS, ProjectAudience.inside(step));
        step.take();
    }

    /** Does what has become due by this day, for the service itself. @return whether it has to be saved */
    public boolean settle(Change change, LocalDate today) {
        demandService(change);
        var step = new Step(change, today);
        var any = step.settle();
        step.take();
        // A stored day may come from something that no longer has it; saving removes it.
        return any || (dueOn != null && !dueOn.isAfter(today));
    }

    /**
     * Takes over the statuses of the partners that take part or are asked to, for the service itself.
     *
     * @return whether it has to be saved
     */
    public boolean followPartners(Change change, LocalDate today, Map<PartnerId, PartnerStatus> statuses) {
        demandService(change);
        var step = new Step(change, today);
        step.settle();
        if (!phase.isEnd()) {
            step.follow(statuses);
        }
        step.take();
        return !newEvents.isEmpty();
    }

    private static void demandService(Change change) {
        if (change.actor().kind() != Actor.Kind.SYSTEM) {
            throw new Forbidden(Refusal.officeOnly());
        }
    }

    /** What every verb begins with: what is due, the permission, and whether the change was made before. */
    private Step begin(Change change, LocalDate today, BiFunction<Actor, ProjectFacts, Optional<Refusal>> permission) {
        return begin(change, today, permission, permission);
    }

    /** The same for a verb by which the actor may lose the permission. @param toRepeat the permission to do it again with its key */
    private Step begin(
            Change change,
            LocalDate today,
            BiFunction<Actor, ProjectFacts, Optional<Refusal>> toRepeat,
            BiFunction<Actor, ProjectFacts, Optional<Refusal>> permission) {
        var step = new Step(change, today);
        step.settle();
        Forbidden.unlessPermitted(toRepeat.apply(change.actor(), step));
        keyedChanges.demandFirst(change);
        Forbidden.unlessPermitted(permission.apply(change.actor(), step));
        return step;
    }

    private static PartnerId own(Change change) {
        return change.actor().organisation().map(Organisation::partner).orElseThrow();
    }

    private static AccountId account(Change change) {
        return change.actor().account().orElseThrow();
    }

    private static MembershipAnswer answer(Change change) {
        return new MembershipAnswer(account(change), change.at());
    }

    /** The project as a verb leaves it. Only when nothing can be refused any more, the project takes it over. */
    private final class Step implements ProjectFacts {

        private final Change change;
        private final LocalDate today;
        private ProjectContent content = JointProject.this.content;
        private ProjectPhase phase = JointProject.this.phase;
        private boolean paused = JointProject.this.paused;
        private @Nullable LocalDate startedOn = JointProject.this.startedOn;
        private @Nullable LocalDate endedOn = JointProject.this.endedOn;
        private List<Gate> gates = JointProject.this.gates;
        private final List<Membership> memberships = new ArrayList<>(JointProject.this.memberships);
        private @Nullable HandOver handOver = JointProject.this.handOver;
        private final List<ProjectFile> files = new ArrayList<>(JointProject.this.files);
        private boolean coordinatorUnable = JointProject.this.coordinatorUnable;
        private final List<NewEvent> events = new ArrayList<>();
        private final List<ProjectCopy> copies = new ArrayList<>();

        Step(Change change, LocalDate today) {
            this.change = change;
            this.today = today;
        }

        void demandOpen() {
            if (phase.isEnd()) {
                throw new RuleViolation("project.ended", "The project has ended.");
            }
        }

        void demandRunning() {
            demandOpen();
            if (paused) {
                throw new RuleViolation("project.paused", "The project is paused: resume it first.");
            }
        }

        /** @param also what else the verb changes */
        void enter(ProjectPhase next, ProjectEvent type, @Nullable Reason reason, List<String> also) {
            var changed = new ArrayList<>(List.of("phase"));
            phase = next;
            var started =
                    next.isStarted() ? Objects.requireNonNullElse(startedOn, today) : next.isEnd() ? startedOn : null;
            if (!Objects.equals(started, startedOn)) {
                startedOn = started;
                changed.addAll(List.of("startsOn", "startedOn"));
            }
            if (next.isEnd()) {
                endedOn = today;
                changed.add("endedOn");
            }
            changed.addAll(also);
            record(change, type, changed, reason, Map.of("phase", next.name()), null);
        }

        void inviteAll(
                String place,
                List<InvitedPartner> asked,
                Function<Collection<PartnerId>, Map<PartnerId, PartnerFace>> partners,
                Violations violations) {
            if (violations.isAt(place) || asked.isEmpty()) {
                return;
            }
            var faces =
                    partners.apply(asked.stream().map(InvitedPartner::partner).toList());
            violations.list(place, asked, (one, ofOne) -> {
                invite(one, faces, ofOne);
                return one;
            });
        }

        void invite(InvitedPartner asked, Map<PartnerId, PartnerFace> faces, Violations violations) {
            var face = faces.get(asked.partner());
            var present = memberships.stream()
                    .filter(each -> each.state().isPresent())
                    .toList();
            violations.demand(face != null, "partner.unknown", "There is no such partner.", PARTNER_ID);
            violations.demand(
                    face == null || ProjectPermissions.TAKING_PART.contains(face.status()),
                    "member.status",
                    "This partner cannot take part now.",
                    PARTNER_ID);
            violations.demand(
                    present(asked.partner()).isEmpty(),
                    "member.present",
                    "This partner is a member or is invited already.",
                    PARTNER_ID);
            violations.demand(
                    present.size() < MAX_MEMBERS,
                    "members.many",
                    "A project has at most " + MAX_MEMBERS + " members and invitations at a time.",
                    PARTNER_ID);
            // Of what never came about only the last is kept.
            memberships.removeIf(each -> each.partner().equals(asked.partner())
                    && each.since() == null
                    && !each.state().isPresent());
            if (memberships.size() >= MAX_MEMBERSHIPS) {
                memberships.stream()
                        .filter(each -> each.since() == null && !each.state().isPresent())
                        .findFirst()
                        .ifPresent(memberships::remove);
            }
            violations.demand(
                    memberships.size() < MAX_MEMBERSHIPS,
                    "memberships.many",
                    "A project has at most " + MAX_MEMBERSHIPS + " memberships in all.",
                    PARTNER_ID);
            violations.demand(
                    asked.terms().role() != ProjectRole.COORDINATOR
                            || (handOver == null
                                    && present.stream().noneMatch(each -> each.role() == ProjectRole.COORDINATOR)),
                    "role.coordinator",
                    "There is a coordinator, or a member is offered the coordination.",
                    "role");
            violations.demand(
                    asked.terms().since() == null || (recorded && coordinator().isEmpty()),
                    "since.unexpected",
                    "A member takes part from the day on which it accepts.",
                    "since");
            asked.terms().check(today, violations);
            // Somebody of the office may act for a partner that has nothing to do with the project.
            var inviter = coordinator().filter(change.actor()::actsFor).orElse(null);
            var membership = Membership.invited(id, asked, inviter, today, change);
            memberships.add(membership);
            record(ProjectEvent.PROJECT_MEMBER_INVITED, MEMBERS, ProjectAudience.inside(this, asked.partner()));
        }

        Membership invitation(PartnerId of, String digest) {
            return present(of)
                    .filter(each -> each.state() == MembershipState.INVITED && hasDigest(each, digest))
                    .orElseThrow(() -> new Conflict(id, "digest"));
        }

        void close(
                Membership asked,
                MembershipState as,
                @Nullable MembershipAnswer by,
                ProjectEvent type,
                @Nullable Reason reason) {
            replace(asked.closed(as, by));
            record(change, type, MEMBERS, reason, Map.of(), ProjectAudience.inside(this, asked.partner()));
        }

        Membership demandState(PartnerId of, MembershipState state) {
            var present = present(of);
            return present.filter(each -> each.state() == state)
                    .orElseThrow(() -> new RuleViolation(
                            "membership.state",
                            "This takes a membership that is " + state + "; yours is "
                                    + present.map(Membership::state).orElse(MembershipState.LEFT) + "."));
        }

        void demandSuccessor(PartnerId to) {
            if (present(to)
                    .filter(each -> each.state() == MembershipState.ACTIVE && each.role() != ProjectRole.COORDINATOR)
                    .isEmpty()) {
                throw new RuleViolation(
                        "handOver.member", "The coordination is offered to another member that is ACTIVE.", PARTNER_ID);
            }
        }

        void demandOffered(PartnerId to) {
            if (handOver == null || !handOver.to().equals(to)) {
                throw noHandOver();
            }
        }

        void endHandOver(ProjectEvent type) {
            handOver = null;
            record(type, List.of("handOver"));
        }

        void represent(Membership membership, List<Representative> people, ProjectEvent type) {
            replace(membership.representedBy(people));
            record(type, MEMBERS, ProjectAudience.inside(this, membership.partner()));
        }

        void replace(Membership by) {
            memberships.replaceAll(each -> each.id().equals(by.id()) ? by : each);
        }

        /** Does what is due, in the order of the days. */
        boolean settle() {
            var before = events.size();
            for (var due = nextDue(memberships).filter(next -> !next.on().isAfter(today));
                    due.isPresent();
                    due = nextDue(memberships).filter(next -> !next.on().isAfter(today))) {
                settle(due.get());
            }
            return events.size() > before;
        }

        private void settle(Due due) {
            var membership = due.membership();
            switch (due.what()) {
                case LAPSE -> lapse(membership);
                case LEAVE -> left(membership, due.on());
                case END_REPRESENTATION -> {
                    replace(membership.representedBy(membership.representatives().stream()
                            .filter(person ->
                                    person.until() == null || !person.until().isBefore(today))
                            .toList()));
                    recordDue(
                            ProjectEvent.PROJECT_REPRESENTATION_ENDED,
                            MEMBERS,
                            ProjectAudience.inside(this, membership.partner()));
                }
            }
        }

        private void lapse(Membership asked) {
            replace(asked.closed(MembershipState.LAPSED, null));
            recordDue(ProjectEvent.PROJECT_INVITATION_LAPSED, MEMBERS, ProjectAudience.inside(this, asked.partner()));
        }

        /** What the partner saw is copied before it is gone. */
        private void left(Membership member, LocalDate on) {
            var copy = new ProjectCopy(
                    UUID.randomUUID(),
                    id,
                    member.partner(),
                    on,
                    content,
                    phase,
                    paused,
                    startedOn,
                    endedOn,
                    gates,
                    memberships.stream()
                            .filter(each -> each.since() != null)
                            .map(each -> new CopiedMember(each.partner(), each.role(), each.since(), each.until()))
                            .toList(),
                    List.copyOf(files),
                    files(files, gates));
            copies.add(copy);
            replace(member.left(on, copy.id()));
            recordDue(ProjectEvent.PROJECT_MEMBER_LEFT, MEMBERS, null);
        }

        void follow(Map<PartnerId, PartnerStatus> statuses) {
            for (var each : List.copyOf(memberships)) {
                if (each.state().isPresent() && statuses.get(each.partner()) == PartnerStatus.DEPARTED) {
                    depart(each);
                }
            }
            var unable = coordinator()
                    .map(statuses::get)
                    .filter(status -> !ProjectPermissions.TAKING_PART.contains(status))
                    .isPresent();
            if (!unable && coordinatorUnable && handOver != null && handOver.appointed()) {
                // The coordinator decides again.
                endHandOverBySystem(ProjectEvent.PROJECT_COORDINATION_WITHDRAWN);
            }
            if (unable != coordinatorUnable) {
                coordinatorUnable = unable;
                // The status of a partner is not everybody's business.
                recordDue(
                        unable ? ProjectEvent.PROJECT_COORDINATOR_UNABLE : ProjectEvent.PROJECT_COORDINATOR_ABLE,
                        List.of("coordinator"),
                        List.of(Viewpoint.OFFICE.name()));
            }
        }

        private void endHandOverBySystem(ProjectEvent type) {
            handOver = null;
            recordDue(type, List.of("handOver"), null);
        }

        private void depart(Membership departed) {
            if (handOver != null && handOver.to().equals(departed.partner())) {
                endHandOverBySystem(ProjectEvent.PROJECT_COORDINATION_DECLINED);
            }
            if (departed.state() == MembershipState.INVITED) {
                lapse(departed);
            } else if (departed.role() != ProjectRole.COORDINATOR) {
                left(departed, today);
            }
        }

        void record(ProjectEvent type, List<String> changed) {
            record(change, type, changed, null, Map.of(), null);
        }

        void record(ProjectEvent type, List<String> changed, Reason reason) {
            record(change, type, changed, reason, Map.of(), null);
        }

        void record(ProjectEvent type, List<String> changed, @Nullable List<String> among) {
            record(change, type, changed, null, Map.of(), among);
        }

        /** What is due is done by no person, whoever's verb comes first after the day. */
        private void recordDue(ProjectEvent type, List<String> changed, @Nullable List<String> among) {
            record(Change.by(Actor.system(), change.at()), type, changed, null, Map.of(), among);
        }

        private void record(
                Change by,
                ProjectEvent type,
                List<String> changed,
                @Nullable Reason reason,
                Map<String, String> details,
                @Nullable List<String> among) {
            var event = NewEvent.of(Event.of(by, type, changed).because(reason).with(details));
            var concerned = among == null ? event : event.among(among);
            if (BUDGETED.contains(type)) {
                events.add(concerned);
            } else {
                events.add(
                        ESSENTIAL.contains(type) || by.actor().isOffice()
                                ? concerned.asEssential()
                                : concerned.asSmall());
            }
        }

        void take() {
            events.forEach(event -> newEvents.add(event, outbox));
            if (!events.isEmpty()) {
                keyedChanges.add(change, null);
                updatedAt = change.at();
            }
            newCopies.addAll(copies);
            JointProject.this.content = content;
            JointProject.this.phase = phase;
            JointProject.this.paused = paused;
            JointProject.this.startedOn = startedOn;
            JointProject.this.endedOn = endedOn;
            JointProject.this.gates = gates;
            JointProject.this.memberships = List.copyOf(memberships);
            JointProject.this.handOver = handOver;
            JointProject.this.files = List.copyOf(files);
            JointProject.this.coordinatorUnable = coordinatorUnable;
        }

        @Override
        public boolean coordinatorUnable() {
            return coordinatorUnable;
        }

        @Override
        public ProjectId id() {
            return id;
        }

        @Override
        public ProjectContent content() {
            return content;
        }

        @Override
        public ProjectPhase phase() {
            return phase;
        }

        @Override
        public boolean paused() {
            return paused;
        }

        @Override
        public List<Gate> gates() {
            return gates;
        }

        @Override
        public List<Membership> memberships() {
            return memberships;
        }

        @Override
        public @Nullable HandOver handOver() {
            return handOver;
        }
    }

    /** Something that happens because a day has come. */
    private record Due(LocalDate on, What what, Membership membership) {

        enum What {
            LAPSE,
            END_REPRESENTATION,
            LEAVE
        }

        static Stream<Due> of(Membership membership) {
            var lapses = membership.state() == MembershipState.INVITED
                    ? Stream.ofNullable(membership.invitation())
                            .map(invitation -> invitation.terms().answerBy())
                            // A stored invitation may lack it.
                            .filter(Objects::nonNull)
                            .map(answerBy -> new Due(answerBy.plusDays(1), What.LAPSE, membership))
                    : Stream.<Due>of();
            var leaves = membership.state() == MembershipState.LEAVING && membership.leavingOn() != null
                    ? Stream.of(new Due(membership.leavingOn(), What.LEAVE, membership))
                    : Stream.<Due>of();
            var represented = membership.representatives().stream()
                    .map(Representative::until)
                    .filter(Objects::nonNull)
                    .map(until -> new Due(until.plusDays(1), What.END_REPRESENTATION, membership));
            return Stream.of(lapses, leaves, represented).flatMap(Function.identity());
        }
    }

    private static Optional<Due> nextDue(List<Membership> memberships) {
        return memberships.stream()
                .filter(each -> each.state().isPresent())
                .flatMap(Due::of)
                .min(Comparator.comparing(Due::on).thenComparing(Due::what));
    }

    private static List<FileId> files(List<ProjectFile> files, List<Gate> gates) {
        return Stream.concat(
                        files.stream().map(ProjectFile::file),
                        gates.stream().map(Gate::document).filter(Objects::nonNull))
                .distinct()
                .toList();
    }

    @Override
    public void derive(String defaultLocale) {
        // A day of five digits would sort before all others.
        dueOn = nextDue(memberships)
                .map(Due::on)
                .filter(day -> day.getYear() <= MAX_YEAR)
                .orElse(null);
        allFiles = files(files, gates);
        grants = phase == ProjectPhase.CANCELLED
                ? List.of()
                : content.references().stream()
                        .flatMap(each -> each.grantNumber().stream())
                        .distinct()
                        .toList();
        followed = phase.isEnd()
                ? List.of()
                : memberships.stream()
                        .filter(each -> each.state().isPresent())
                        .map(Membership::partner)
                        .toList();
        var keys = new ProjectKeys(this);
        derived = new DerivedFields(
                ProjectAudience.of(this),
                Map.of(
                        "title",
                        SortKey.of(
                                SearchText.sortKey(content.title().in(List.of(defaultLocale), defaultLocale)),
                                id.value()),
                        "startsOn",
                        SortKey.of(SortKey.text(startedOn == null ? content.plannedStartsOn() : startedOn), id.value()),
                        "createdAt",
                        SortKey.of(SortKey.text(createdAt), id.value())),
                keys.facets(foundingLetter),
                keys.search(),
                StoredTask.of(id.value(), ProjectTasks.of(this), updatedAt, derived));
    }

    @Override
    public int maxSize() {
        return MAX_SIZE;
    }

    @Override
    public ProjectId id() {
        return id;
    }

    /** The stored document's version; null until it is stored. */
    public @Nullable Long version() {
        return version;
    }

    @Override
    public ProjectContent content() {
        return content;
    }

    @Override
    public ProjectPhase phase() {
        return phase;
    }

    @Override
    public boolean paused() {
        return paused;
    }

    /** The day on which it came into EXECUTION; null before. */
    public @Nullable LocalDate startedOn() {
        return startedOn;
    }

    /** The day on which it was completed or cancelled; null before. */
    public @Nullable LocalDate endedOn() {
        return endedOn;
    }

    @Override
    public List<Gate> gates() {
        return gates;
    }

    /** At most {@value #MAX_MEMBERSHIPS}, the earliest first. */
    @Override
    public List<Membership> memberships() {
        return memberships;
    }

    @Override
    public @Nullable HandOver handOver() {
        return handOver;
    }

    @Override
    public boolean coordinatorUnable() {
        return coordinatorUnable;
    }

    /** At most {@value #MAX_FILES}, the earliest first. */
    public List<ProjectFile> files() {
        return files;
    }

    /** The files that it refers to, also from gates. Derived. */
    public List<FileId> allFiles() {
        return allFiles == null ? List.of() : allFiles;
    }

    /** The letter that it was founded from; null if it was not. */
    public @Nullable LetterId foundingLetter() {
        return foundingLetter;
    }

    /** Whether the office recorded it when it went on already. */
    public boolean isRecorded() {
        return recorded;
    }

    /** The next day on which something becomes due; null if nothing will. Derived. */
    public @Nullable LocalDate dueOn() {
        return dueOn;
    }

    /** The numbers of its grants, as they are compared; none once it is cancelled. Derived. */
    public List<String> grants() {
        return grants == null ? List.of() : grants;
    }

    /** The partners whose statuses matter to it; none once it has ended. Derived. */
    public List<PartnerId> followed() {
        return followed == null ? List.of() : followed;
    }

    /** What was copied since it was loaded for members that left; to be stored before the project. */
    public List<ProjectCopy> newCopies() {
        return newCopies;
    }

    @Override
    public @Nullable DerivedFields derived() {
        return derived;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public NewEvents newEvents() {
        return newEvents;
    }
}

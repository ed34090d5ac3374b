package de.smartcity.consortium.projects;

import static de.smartcity.consortium.projects.ProjectFixtures.NOW;
import static de.smartcity.consortium.projects.ProjectFixtures.TODAY;
import static de.smartcity.consortium.projects.ProjectFixtures.content;
import static de.smartcity.consortium.projects.ProjectFixtures.loaded;
import static de.smartcity.consortium.projects.ProjectFixtures.state;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.projects.ProjectVerb.Kind;
import de.smartcity.consortium.projects.ProjectVerb.Person;
import de.smartcity.consortium.projects.RandomProjectVerbs.Shown;
import de.smartcity.consortium.projects.model.FileAudience;
import de.smartcity.consortium.projects.model.Invitation;
import de.smartcity.consortium.projects.model.InvitationTerms;
import de.smartcity.consortium.projects.model.InvitedPartner;
import de.smartcity.consortium.projects.model.JointProject;
import de.smartcity.consortium.projects.model.Membership;
import de.smartcity.consortium.projects.model.MembershipState;
import de.smartcity.consortium.projects.model.ProjectCopy;
import de.smartcity.consortium.projects.model.ProjectModel;
import de.smartcity.consortium.projects.model.ProjectPhase;
import de.smartcity.consortium.projects.model.ProjectRole;
import de.smartcity.consortium.projects.model.RolePeriod;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The random verbs of many people on one project, played on the project and by {@link ProjectModel}. After each step, the outcome and what can be
 * seen of both are the same. Partners are suspended, reinstated and depart meanwhile, and days pass.
 */
public final class ProjectHistory {

    /** What {@link #outcomes} has of verbs that were made. */
    public static final String MADE = "made";

    private static final int PARTNERS = 8;
    private static final int ACCOUNTS = ProjectCast.ACCOUNTS;
    private static final int FEW = 12;

    private final Random random;
    private final ProjectCast cast = new ProjectCast(
            Stream.generate(PartnerId::next).limit(PARTNERS).toList(),
            Stream.generate(FileId::next).limit(8).toList());
    private final List<PartnerId> partners = cast.partners();
    private final List<Person> people = cast.people();
    private final List<RandomProjectVerbs> verbs = new ArrayList<>();
    private final List<FileId> files = cast.files();
    private final Map<Integer, PartnerStatus> statuses = cast.statuses();
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final List<String> done = new ArrayList<>();
    private LocalDate today = TODAY;
    private int settled;
    private Played played;
    private Shown shown = new Shown();

    /** A project, and what the rules make of it. */
    private static final class Played {

        private final ProjectModel model;
        private final Map<UUID, Invitation> invitations = new HashMap<>();
        private final Set<UUID> members = new HashSet<>();
        private final List<ProjectCopy> copies = new ArrayList<>();
        private JointProject project;

        Played(ProjectModel model, JointProject project) {
            this.model = model;
            this.project = project;
        }

        Played copy() {
            var copy = new Played(model.copy(), ProjectFixtures.copy(project, project.version()));
            copy.invitations.putAll(invitations);
            copy.members.addAll(members);
            copy.copies.addAll(copies);
            return copy;
        }
    }

    /** A history that begins with a project that is proposed, founded or recorded. */
    public ProjectHistory(long seed) {
        random = new Random(seed);
        IntStream.range(0, people.size())
                .forEach(number -> verbs.add(new RandomProjectVerbs(seed, number, people, PARTNERS)));
        played = begin();
    }

    /** How many verbs were made, by kind, and how many refused, by reason. */
    public Map<String, Long> outcomes() {
        return outcomes;
    }

    /** How often it was tried, and possible, to settle all that waits. */
    public int settled() {
        return settled;
    }

    /** Makes so many steps. @param every how many steps it is tried whether everything can be settled */
    public void steps(int count, int every) {
        for (var step = 0; step < count; step++) {
            step();
            if (step % every == 0) {
                unblock();
            }
            if (played.model.hasEnded() && random.nextInt(FEW) == 0) {
                played = begin();
            }
        }
    }

    private void step() {
        var what = random.nextInt(100);
        if (what < 4) {
            today = today.plusDays(random.nextInt(7));
            done.add("it is " + today);
            if (random.nextBoolean()) {
                settle(played, today);
            }
        } else if (what < 7) {
            changeStatus();
        } else if (what < 9) {
            follow(played, today);
        } else {
            play(played, next(), today, true);
        }
    }

    private ProjectVerb next() {
        return verbs.get(cast.someone(random, cast.seen(played.project), 2)).next(shown, today);
    }

    private void changeStatus() {
        var suspended = IntStream.range(0, PARTNERS)
                .filter(each -> statuses.get(each) == PartnerStatus.SUSPENDED)
                .boxed()
                .toList();
        var partner = suspended.isEmpty() || random.nextInt(3) == 0
                ? random.nextInt(PARTNERS)
                : suspended.get(random.nextInt(suspended.size()));
        var status = statuses.get(partner);
        if (status == PartnerStatus.DEPARTED) {
            return;
        }
        // At least some are left.
        var some = statuses.values().stream()
                        .filter(each -> each == PartnerStatus.DEPARTED)
                        .count()
                < 3;
        statuses.put(
                partner,
                status == PartnerStatus.SUSPENDED
                        ? PartnerStatus.ACTIVE
                        : some && random.nextInt(10) == 0 ? PartnerStatus.DEPARTED : PartnerStatus.SUSPENDED);
        done.add(partner + " is " + statuses.get(partner));
        played.model.become(partner, Objects.requireNonNull(statuses.get(partner)));
        if (random.nextInt(4) > 0) {
            follow(played, today);
        }
    }

    // Beginnings

    private Played begin() {
        shown = new Shown();
        done.clear();
        var able = IntStream.range(0, PARTNERS).filter(cast::isActive).boxed().toList();
        if (able.size() < 3) {
            IntStream.range(0, PARTNERS).forEach(partner -> statuses.put(partner, PartnerStatus.ACTIVE));
            return begin();
        }
        var kind = random.nextInt(3);
        var recorded = kind == 2;
        var phase = recorded ? ProjectPhase.values()[random.nextInt(5)] : ProjectPhase.IDEA;
        var started = phase == ProjectPhase.EXECUTION || phase == ProjectPhase.CLOSING ? today.minusDays(200) : null;
        var model = new ProjectModel(people::get, statuses, recorded, phase, started, "DP", today);
        var asked = new ArrayList<InvitedPartner>();
        if (!recorded) {
            model.begin(able.getFirst());
        }
        if (kind > 0) {
            for (var index = recorded ? 0 : 1; index < able.size(); index++) {
                var role = recorded && index == 0 ? ProjectRole.COORDINATOR : ProjectRole.PARTNER;
                var since = recorded && random.nextBoolean() ? today.minusDays(300) : null;
                model.ask(able.get(index), role, today.plusDays(30), since);
                asked.add(invited(
                        partners.get(able.get(index)),
                        new InvitationTerms(role, "Daten liefern", null, null, today.plusDays(30), since)));
            }
        }
        var change = Change.by(recorded ? ProjectFixtures.office() : cast.actor(able.getFirst() * ACCOUNTS), NOW);
        var project = switch (kind) {
            case 0 -> JointProject.propose(change, today, in -> content(), ProjectFixtures::existing);
            case 1 ->
                JointProject.found(
                        change,
                        today,
                        new LetterId(UUID.randomUUID()),
                        Set.copyOf(partners),
                        in -> content(),
                        in -> asked,
                        ProjectFixtures::existing,
                        cast::faces);
            default ->
                JointProject.record(
                        change,
                        today,
                        phase,
                        started,
                        in -> content(),
                        in -> asked,
                        ProjectFixtures::existing,
                        cast::faces);
        };
        var begun = new Played(model, project);
        check(begun, null, MADE);
        return begun;
    }

    private static InvitedPartner invited(PartnerId partner, InvitationTerms terms) {
        return new InvitedPartner(partner, terms);
    }

    // Steps

    private void settle(Played on, LocalDate day) {
        var differs = on.model.settle(day);
        var saved = on.project.settle(Change.by(Actor.system(), NOW), day);
        assertThat(saved).as("settled: %s", done).isEqualTo(differs);
        done.add("settled");
        check(on, null, differs ? MADE : "nothing");
    }

    private void follow(Played on, LocalDate day) {
        var differs = on.model.follow(day);
        var known = on.project.memberships().stream()
                .map(Membership::partner)
                .distinct()
                .collect(Collectors.toMap(
                        partner -> partner, partner -> cast.statusOf(partner).orElseThrow()));
        var saved = on.project.followPartners(Change.by(Actor.system(), NOW), day, known);
        assertThat(saved).as("followed: %s", done).isEqualTo(differs);
        done.add("followed");
        check(on, null, differs ? MADE : "nothing");
    }

    /** Plays a verb and compares. @return whether it was made */
    private boolean play(Played on, ProjectVerb verb, LocalDate day, boolean counted) {
        var expected = on.model.refusals(verb, day);
        var before = state(on.project);
        var outcome = outcome(on.project, verb, day);
        if (counted) {
            done.add(day + " " + verb + ": " + outcome);
            outcomes.merge(outcome.equals(List.of(MADE)) ? verb.kind().name() : outcome.toString(), 1L, Long::sum);
        }
        if (expected.isEmpty()) {
            assertThat(outcome)
                    .as("%s by %s: %s", verb, people.get(verb.person()), done)
                    .containsExactly(MADE);
            on.model.make(verb, day);
            check(on, verb, MADE);
            return true;
        }
        if (verb.kind() == Kind.ADVANCE || verb.kind() == Kind.INVITE) {
            assertThat(new TreeSet<>(outcome)).as("%s: %s", verb, done).isEqualTo(new TreeSet<>(expected));
        } else {
            assertThat(outcome).as("%s: %s", verb, done).isNotEmpty().isSubsetOf(expected);
        }
        assertThat(state(on.project)).as("after %s was refused", verb).isEqualTo(before);
        return false;
    }

    private List<String> outcome(JointProject project, ProjectVerb verb, LocalDate day) {
        var refusals = ProjectCast.refusals(() -> act(project, verb, Change.by(cast.actor(verb.person()), NOW), day));
        return refusals.isEmpty() ? List.of(MADE) : refusals;
    }

    private void act(JointProject project, ProjectVerb verb, Change change, LocalDate day) {
        var partner = partners.get(verb.partner());
        switch (verb.kind()) {
            case EDIT ->
                project.edit(
                        change,
                        day,
                        verb.version(),
                        new Edit<>(ProjectVerb.EDITED, in -> verb.content()),
                        ProjectFixtures::existing);
            case ADVANCE -> project.advance(change, day, verb.demandPhase());
            case RETURN -> project.returnTo(change, day, verb.demandPhase(), in -> new Reason(verb.mark()));
            case PAUSE -> project.pause(change, day, in -> new Reason(verb.mark()));
            case RESUME -> project.resume(change, day);
            case CANCEL -> project.cancel(change, day, in -> new Reason(verb.mark()));
            case SET_GATES -> project.setGates(change, day, verb.gates());
            case RECORD_GATE -> project.recordGate(change, day, in -> verb.gateDecision(day));
            case ATTACH -> project.attach(change, day, files.get(verb.file()), FileAudience.MEMBERS);
            case REMOVE -> project.remove(change, day, files.get(verb.file()));
            case INVITE -> project.invite(change, day, partner, in -> verb.terms(), cast::faces);
            case WITHDRAW_INVITATION -> project.withdrawInvitation(change, day, verb.digest());
            case ACCEPT -> project.accept(change, day, verb.digest());
            case DECLINE -> project.decline(change, day, verb.digest(), verb.mark());
            case HAND_OVER -> project.handOver(change, day, partner);
            case APPOINT -> project.appoint(change, day, partner, in -> new Reason(verb.mark()), cast::statusOf);
            case WITHDRAW_HAND_OVER -> project.withdrawHandOver(change, day);
            case ACCEPT_COORDINATION -> project.acceptCoordination(change, day);
            case DECLINE_COORDINATION -> project.declineCoordination(change, day);
            case LEAVE -> project.leave(change, day, verb.day());
            case WITHDRAW_LEAVE -> project.withdrawLeave(change, day);
            case NAME -> project.nameRepresentative(change, day, in -> cast.naming(verb));
            case ACCEPT_REPRESENTATION -> project.acceptRepresentation(change, day);
            case END_REPRESENTATION -> project.endRepresentation(change, day, cast.account(verb.account()));
        }
    }

    // Comparison

    /** Compares the project, stored and loaded again, with the rules. */
    private void check(Played on, @Nullable ProjectVerb verb, String outcome) {
        if (!outcome.equals(MADE)) {
            return;
        }
        var project = on.project;
        var wasStored = project.version() != null;
        if (verb != null && !verb.kind().mayBeIdle() && !project.newEvents().isEmpty()) {
            assertThat(ProjectFixtures.types(project))
                    .as("%s", verb)
                    .contains(verb.kind().event());
        }
        on.copies.addAll(project.newCopies());
        if (!wasStored || !project.newEvents().isEmpty()) {
            project.derive("de");
            on.project = loaded(project);
        }
        on.project
                .invited()
                .forEach(each -> on.model.show(
                        partners.indexOf(each.partner()),
                        Objects.requireNonNull(each.invitation()).digest()));
        cast.compare(on.project, on.copies, on.model, done);
        checkMembers(on, verb);
        if (on == played || played == null) {
            shown.see(cast.seen(on.project));
        }
    }

    /** Whatever happens. */
    private void checkMembers(Played on, @Nullable ProjectVerb verb) {
        var project = on.project;
        var coordinators = project.members()
                .filter(each -> each.role() == ProjectRole.COORDINATOR)
                .toList();
        if (!project.isRecorded() || !on.members.isEmpty() && coordinates(on)) {
            if (!project.phase().isEnd()) {
                assertThat(coordinators).as("%s", done).hasSize(1);
            }
        }
        assertThat(coordinators).hasSizeLessThanOrEqualTo(1);
        assertThat(coordinators).allMatch(each -> each.state() == MembershipState.ACTIVE);
        var ids = project.memberships().stream().map(Membership::id).toList();
        assertThat(ids).as("those who were members are kept: %s", done).containsAll(on.members);
        assertThat(project.memberships().stream()
                        .filter(each -> each.state().isPresent())
                        .map(Membership::partner))
                .as("%s", done)
                .doesNotHaveDuplicates();
        for (var membership : project.memberships()) {
            var invitation = membership.invitation();
            if (membership.since() != null && on.members.add(membership.id()) && invitation != null) {
                assertThat(verb)
                        .as("nobody becomes a member by itself: %s", done)
                        .isNotNull();
                var accepting = Objects.requireNonNull(verb);
                assertThat(accepting.kind()).isEqualTo(Kind.ACCEPT);
                assertThat(accepting.digest())
                        .isEqualTo(invitation.digest())
                        .isEqualTo(Objects.requireNonNull(on.invitations.get(membership.id()))
                                .digest());
            }
            if (invitation != null) {
                var offered = on.invitations.computeIfAbsent(membership.id(), id -> invitation);
                assertThat(invitation.digest()).as("what was offered stays").isEqualTo(offered.digest());
                if (membership.state().isPresent()) {
                    assertThat(invitation).isEqualTo(offered);
                }
            }
        }
    }

    /** Whether somebody has ever coordinated it. */
    private static boolean coordinates(Played on) {
        return on.project.memberships().stream()
                .filter(each -> each.since() != null)
                .flatMap(each -> each.roles().stream().map(RolePeriod::role))
                .anyMatch(role -> role == ProjectRole.COORDINATOR);
    }

    // Whether nothing waits for ever

    /**
     * Whatever waits is settled in the end, and the project goes on or ends, by the verbs of those who can act now, the office included, and by days
     * that pass.
     */
    private void unblock() {
        var end = played.copy();
        follow(end, today);
        if (end.model.hasEnded()) {
            return;
        }
        // What was due by today is done: who had not answered by then takes no part.
        var anybodyActs = end.model.takings().stream()
                .anyMatch(taking -> taking.isPresent() && end.model.canAct(taking.partner()));
        findCoordinator(end);
        // All days to answer and to leave.
        var later = today.plusYears(3);
        settle(end, later);
        follow(end, later);
        assertThat(end.model.takings())
                .allMatch(taking ->
                        taking.state() != MembershipState.INVITED && taking.state() != MembershipState.LEAVING);
        if (end.model
                .coordinator()
                .filter(taking -> !end.model.canAct(taking.partner()))
                .isPresent()) {
            // The rules know no way out while nobody who takes part can act.
            assertThat(anybodyActs).as("%s", done).isFalse();
            return;
        }
        var coordinator = end.model.coordinator().map(ProjectModel.Taking::partner);
        if (end.model.offer() != null) {
            var signatory = coordinator.map(partner -> partner * ACCOUNTS + 1).orElse(people.size() - 1);
            must(end, Kind.WITHDRAW_HAND_OVER, signatory, later);
        }
        var editor = coordinator.map(partner -> partner * ACCOUNTS).orElse(people.size() - 1);
        if (end.model.isPaused()) {
            must(end, Kind.RESUME, editor, later);
        }
        var next = Objects.requireNonNull(end.model.next());
        var advance = ProjectVerb.of(Kind.ADVANCE, editor, "end").to(next);
        if (!play(end, advance, later, false)) {
            must(end, Kind.CANCEL, editor, later);
        }
        settled++;
    }

    /** While the coordinator cannot act, another takes its place: a member, or else who stays after all or accepts an invitation. */
    private void findCoordinator(Played end) {
        var coordinator = end.model.coordinator();
        if (coordinator.isEmpty() || end.model.canAct(coordinator.get().partner())) {
            return;
        }
        var able = end.model.takings().stream()
                .filter(taking -> end.model.canAct(taking.partner()))
                .filter(ProjectModel.Taking::isPresent)
                .min((one, other) -> rank(one) - rank(other));
        if (able.isEmpty()) {
            return;
        }
        var partner = able.get().partner();
        var signatory = partner * ACCOUNTS + 1;
        switch (able.get().state()) {
            case LEAVING -> must(end, Kind.WITHDRAW_LEAVE, signatory, today);
            case INVITED ->
                mustPlay(
                        end,
                        ProjectVerb.of(Kind.ACCEPT, signatory, "end")
                                .shown(Objects.requireNonNull(
                                        cast.seen(end.project).digests().get(partner))),
                        today);
            default -> {}
        }
        mustPlay(end, ProjectVerb.of(Kind.APPOINT, people.size() - 1, "end").toPartner(partner), today);
        must(end, Kind.ACCEPT_COORDINATION, signatory, today);
    }

    private static int rank(ProjectModel.Taking taking) {
        return switch (taking.state()) {
            case ACTIVE -> 0;
            case LEAVING -> 1;
            default -> 2;
        };
    }

    private void must(Played end, Kind kind, int person, LocalDate day) {
        mustPlay(end, ProjectVerb.of(kind, person, "end"), day);
    }

    private void mustPlay(Played end, ProjectVerb verb, LocalDate day) {
        assertThat(play(end, verb, day, false))
                .as("%s is possible: %s", verb, done)
                .isTrue();
    }
}

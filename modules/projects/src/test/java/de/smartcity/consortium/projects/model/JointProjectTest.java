package de.smartcity.consortium.projects.model;

import static de.smartcity.consortium.projects.ProjectFixtures.NOW;
import static de.smartcity.consortium.projects.ProjectFixtures.TODAY;
import static de.smartcity.consortium.projects.ProjectFixtures.account;
import static de.smartcity.consortium.projects.ProjectFixtures.add;
import static de.smartcity.consortium.projects.ProjectFixtures.assertConflict;
import static de.smartcity.consortium.projects.ProjectFixtures.assertRules;
import static de.smartcity.consortium.projects.ProjectFixtures.by;
import static de.smartcity.consortium.projects.ProjectFixtures.content;
import static de.smartcity.consortium.projects.ProjectFixtures.copy;
import static de.smartcity.consortium.projects.ProjectFixtures.editor;
import static de.smartcity.consortium.projects.ProjectFixtures.events;
import static de.smartcity.consortium.projects.ProjectFixtures.face;
import static de.smartcity.consortium.projects.ProjectFixtures.faces;
import static de.smartcity.consortium.projects.ProjectFixtures.invite;
import static de.smartcity.consortium.projects.ProjectFixtures.invited;
import static de.smartcity.consortium.projects.ProjectFixtures.join;
import static de.smartcity.consortium.projects.ProjectFixtures.keyed;
import static de.smartcity.consortium.projects.ProjectFixtures.last;
import static de.smartcity.consortium.projects.ProjectFixtures.loaded;
import static de.smartcity.consortium.projects.ProjectFixtures.office;
import static de.smartcity.consortium.projects.ProjectFixtures.officeOf;
import static de.smartcity.consortium.projects.ProjectFixtures.proposed;
import static de.smartcity.consortium.projects.ProjectFixtures.recorded;
import static de.smartcity.consortium.projects.ProjectFixtures.signatory;
import static de.smartcity.consortium.projects.ProjectFixtures.terms;
import static de.smartcity.consortium.projects.ProjectFixtures.text;
import static de.smartcity.consortium.projects.ProjectFixtures.types;
import static de.smartcity.consortium.projects.ProjectFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.projects.ProjectFixtures;
import de.smartcity.consortium.projects.ProjectId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How projects begin, what is written about them, and how they go on and end. */
class JointProjectTest {

    private final PartnerId coordinator = PartnerId.next();
    private final PartnerId member = PartnerId.next();
    private final PartnerId other = PartnerId.next();
    private final LetterId letter = new LetterId(UUID.randomUUID());

    // Beginnings

    @Test
    void whoProposesAProjectCoordinatesIt() {
        var project = proposed(coordinator);

        assertThat(project.phase()).isEqualTo(ProjectPhase.IDEA);
        assertThat(project.content()).isEqualTo(content());
        assertThat(project.coordinator()).contains(coordinator);
        assertThat(project.memberships()).hasSize(1);
        var own = project.memberships().getFirst();
        assertThat(own.state()).isEqualTo(MembershipState.ACTIVE);
        assertThat(own.since()).isEqualTo(TODAY);
        assertThat(own.roles()).containsExactly(new RolePeriod(ProjectRole.COORDINATOR, TODAY));
        assertThat(project.isRecorded()).isFalse();
        assertThat(project.foundingLetter()).isNull();
        assertThat(project.version()).isNull();
        assertThat(project.startedOn()).isNull();
        assertThat(project.endedOn()).isNull();
        assertThat(types(project)).containsExactly("PROJECT_PROPOSED");
        assertThat(last(project).event().changed()).containsExactly("phase");
        assertThat(last(project).event().partner()).isEqualTo(coordinator);
        assertThat(last(project).among()).isNull();
        assertThat(last(project).essential()).isFalse();
    }

    @Test
    void aProposalIsValidated() {
        assertRules(() -> propose(with(content(), "title", LocalizedText.of(Map.of()))), "title.required title");
        assertRules(
                () -> propose(with(content(), "plannedEndsOn", TODAY.plusDays(9))),
                "plannedEndsOn.early plannedEndsOn");
    }

    private JointProject propose(ProjectContent content) {
        return JointProject.propose(by(editor(coordinator)), TODAY, in -> content, ProjectFixtures::existing);
    }

    @Test
    void aSignatoryAloneDoesNotPropose() {
        assertThatThrownBy(() -> JointProject.propose(
                        by(signatory(coordinator)), TODAY, in -> content(), ProjectFixtures::existing))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void aRepeatedProposalIsTheSameProject() {
        var change = keyed(editor(coordinator), "key", "input");
        var project = JointProject.propose(change, TODAY, in -> content(), ProjectFixtures::existing);

        assertThat(project.id()).isEqualTo(new ProjectId(change.newId()));
        assertThat(project.madeAgain(change)).isEqualTo(project.id());
        assertThatThrownBy(() -> project.madeAgain(keyed(editor(coordinator), "key", "other")))
                .isInstanceOf(KeyedChanges.ReusedKey.class);
    }

    @Test
    void whoFoundsAProjectFromALetterInvitesOtherParties() {
        var project = found(Set.of(coordinator, member, other), in -> List.of(invited(member, ProjectRole.PARTNER)));

        assertThat(project.foundingLetter()).isEqualTo(letter);
        assertThat(project.phase()).isEqualTo(ProjectPhase.IDEA);
        assertThat(project.coordinator()).contains(coordinator);
        assertThat(project.isRecorded()).isFalse();
        assertThat(project.invited()).extracting(Membership::partner).containsExactly(member);
        assertThat(types(project)).containsExactly("PROJECT_FOUNDED", "PROJECT_MEMBER_INVITED");
        assertThat(events(project).getFirst().event().changed()).containsExactly("phase");
    }

    private JointProject found(Set<PartnerId> parties, Input<List<InvitedPartner>> invited) {
        return JointProject.found(
                by(signatory(coordinator)),
                TODAY,
                letter,
                parties,
                in -> content(),
                invited,
                ProjectFixtures::existing,
                ProjectFixtures::faces);
    }

    @Test
    void onlyPartiesOfALetterInForceFoundAProject() {
        assertRules(() -> found(Set.of(), in -> List.of()), "letter.notInForce");
        assertThatThrownBy(() -> found(Set.of(member), in -> List.of())).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> JointProject.found(
                        by(ProjectFixtures.named(coordinator, "viewer")),
                        TODAY,
                        letter,
                        Set.of(),
                        in -> content(),
                        in -> List.of(),
                        ProjectFixtures::existing,
                        ProjectFixtures::faces))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void aFoundingInvitesOnlyOtherPartiesAndNoCoordinator() {
        var parties = Set.of(coordinator, member);
        assertRules(
                () -> found(
                        parties,
                        in -> List.of(
                                invited(member, ProjectRole.PARTNER),
                                invited(other, ProjectRole.PARTNER),
                                invited(member, ProjectRole.PARTNER),
                                invited(coordinator, ProjectRole.COORDINATOR))),
                "member.present invitations.2.partnerId",
                "member.present invitations.3.partnerId",
                "role.coordinator invitations.3.role",
                "member.noParty invitations.1.partnerId");
        assertRules(
                () -> found(
                        parties,
                        in -> List.of(
                                invited(member, ProjectRole.PARTNER),
                                invited(member, ProjectRole.PARTNER),
                                invited(coordinator, ProjectRole.COORDINATOR))),
                "member.present invitations.1.partnerId",
                "member.present invitations.2.partnerId",
                "role.coordinator invitations.2.role");
    }

    @Test
    void allViolationsOfAFoundingAreGivenAtOnce() {
        assertRules(
                () -> JointProject.found(
                        by(editor(coordinator)),
                        TODAY,
                        letter,
                        Set.of(coordinator, member),
                        in -> with(content(), "title", null),
                        in -> List.of(new InvitedPartner(
                                member, with(terms(ProjectRole.PARTNER), "answerBy", TODAY.minusDays(1)))),
                        ProjectFixtures::existing,
                        ProjectFixtures::faces),
                "title.required title",
                "answerBy.past invitations.0.answerBy");
    }

    @Test
    void theOfficeRecordsWhatGoesOnAlready() {
        var project = record(ProjectPhase.EXECUTION, TODAY.minusDays(3));

        assertThat(project.phase()).isEqualTo(ProjectPhase.EXECUTION);
        assertThat(project.startedOn()).isEqualTo(TODAY.minusDays(3));
        assertThat(project.isRecorded()).isTrue();
        assertThat(project.coordinator()).isEmpty();
        assertThat(project.invited()).extracting(Membership::partner).containsExactly(coordinator, member);
        assertThat(project.content()).isEqualTo(content());
        assertThat(types(project))
                .containsExactly("PROJECT_RECORDED", "PROJECT_MEMBER_INVITED", "PROJECT_MEMBER_INVITED");
        assertThat(events(project).getFirst().event().changed()).containsExactly("phase");
        assertThat(invitation(project.memberships().getFirst()).inviter()).isNull();
    }

    private JointProject record(ProjectPhase phase, @Nullable LocalDate startedOn) {
        return record(
                phase,
                startedOn,
                List.of(invited(coordinator, ProjectRole.COORDINATOR), invited(member, ProjectRole.PARTNER)));
    }

    private JointProject record(ProjectPhase phase, @Nullable LocalDate startedOn, List<InvitedPartner> members) {
        return JointProject.record(
                by(office()),
                TODAY,
                phase,
                startedOn,
                in -> content(),
                in -> members,
                ProjectFixtures::existing,
                ProjectFixtures::faces);
    }

    @Test
    void onlyTheOfficeRecords() {
        assertThatThrownBy(() -> JointProject.record(
                        by(editor(coordinator)),
                        TODAY,
                        ProjectPhase.IDEA,
                        null,
                        in -> content(),
                        in -> List.of(),
                        ProjectFixtures::existing,
                        ProjectFixtures::faces))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void aRecordedProjectSaysWhenItStarted() {
        assertRules(() -> record(ProjectPhase.EXECUTION, null), "startedOn.required startedOn");
        assertRules(() -> record(ProjectPhase.CLOSING, null), "startedOn.required startedOn");
        assertRules(() -> record(ProjectPhase.PREPARATION, TODAY), "startedOn.unexpected startedOn");
        assertRules(() -> record(ProjectPhase.EXECUTION, TODAY.plusDays(1)), "startedOn.future startedOn");
        assertThat(record(ProjectPhase.CLOSING, TODAY).startedOn()).isEqualTo(TODAY);
        assertThat(record(ProjectPhase.PREPARATION, null).startedOn()).isNull();
        assertRules(() -> record(ProjectPhase.CANCELLED, null), "phase.ended phase");
        assertRules(() -> record(ProjectPhase.COMPLETED, TODAY), "phase.ended phase");
    }

    @Test
    void aRecordedProjectHasOneCoordinator() {
        assertRules(
                () -> record(ProjectPhase.IDEA, null, List.of(invited(member, ProjectRole.PARTNER))),
                "coordinator.one members");
        assertRules(() -> record(ProjectPhase.IDEA, null, List.of()), "coordinator.one members");
        assertRules(
                () -> record(
                        ProjectPhase.IDEA,
                        null,
                        List.of(
                                invited(coordinator, ProjectRole.COORDINATOR),
                                invited(member, ProjectRole.COORDINATOR))),
                "coordinator.one members");
    }

    @Test
    void sixtyMembersAreRecordedAndNotMore() {
        assertThat(record(ProjectPhase.IDEA, null, many(60)).memberships()).hasSize(60);
        assertRules(() -> record(ProjectPhase.IDEA, null, many(61)), "members.many members");
        var fewer = many(59).stream()
                .map(each -> invited(each.partner(), ProjectRole.PARTNER))
                .toList();
        assertThat(foundWith(fewer).memberships()).hasSize(60);
        var more = Stream.concat(fewer.stream(), Stream.of(invited(member, ProjectRole.PARTNER)))
                .toList();
        assertRules(() -> foundWith(more), "members.many invitations");
    }

    private JointProject foundWith(List<InvitedPartner> invited) {
        var parties = new HashSet<>(Set.of(coordinator));
        invited.forEach(each -> parties.add(each.partner()));
        return found(parties, in -> invited);
    }

    private static List<InvitedPartner> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        index -> invited(PartnerId.next(), index == 0 ? ProjectRole.COORDINATOR : ProjectRole.PARTNER))
                .toList();
    }

    @Test
    void theMembersOfARecordedProjectConfirmSinceWhenTheyAre() {
        var since = TODAY.minusYears(1);
        var project = record(
                ProjectPhase.IDEA,
                null,
                List.of(
                        new InvitedPartner(coordinator, with(terms(ProjectRole.COORDINATOR), "since", since)),
                        new InvitedPartner(member, with(terms(ProjectRole.PARTNER), "since", TODAY))));
        join(project, coordinator);

        var own = project.memberships().getFirst();
        assertThat(own.since()).isEqualTo(since);
        assertThat(own.roles()).containsExactly(new RolePeriod(ProjectRole.COORDINATOR, since));
        assertThat(last(project).event().changed()).containsExactly("members", "coordinator");
        assertThat(last(project).among()).isNull();
        assertThat(project.coordinator()).contains(coordinator);
        assertRules(
                () -> record(
                        ProjectPhase.IDEA,
                        null,
                        List.of(new InvitedPartner(
                                coordinator, with(terms(ProjectRole.COORDINATOR), "since", TODAY.plusDays(1))))),
                "since.future members.0.since");
    }

    // Edits

    @Test
    void anEditChangesOnlyWhatItGives() {
        var project = loaded(proposed(coordinator));
        project.edit(
                by(editor(coordinator)),
                TODAY,
                0,
                new Edit<>(Set.of("acronym", "visibility"), in -> with(content(), "acronym", "X", "title", text("Y"))),
                ProjectFixtures::existing);

        assertThat(project.content()).isEqualTo(with(content(), "acronym", "X"));
        assertThat(types(project)).containsExactly("PROJECT_EDITED");
        assertThat(last(project).event().changed()).containsExactly("acronym");
    }

    @Test
    void anEditThatChangesNothingIsNoEvent() {
        var project = loaded(proposed(coordinator));
        project.edit(
                by(editor(coordinator)),
                TODAY,
                0,
                new Edit<>(Set.of("acronym"), in -> content()),
                ProjectFixtures::existing);

        assertThat(events(project)).isEmpty();
    }

    @Test
    void anEditOfAnotherVersionIsAConflict() {
        var project = copy(proposed(coordinator), 7L);
        assertConflict(
                project,
                "expectedVersion",
                () -> project.edit(
                        by(editor(coordinator)),
                        TODAY,
                        6,
                        new Edit<>(Set.of("acronym"), in -> with(content(), "acronym", "X")),
                        ProjectFixtures::existing));
    }

    @Test
    void anEditIsValidatedBeforeItsVersion() {
        var project = copy(proposed(coordinator), 7L);
        assertRules(
                project,
                () -> project.edit(
                        by(editor(coordinator)),
                        TODAY,
                        6,
                        new Edit<>(
                                Set.of("plannedStartsOn"),
                                in -> with(content(), "plannedStartsOn", TODAY.plusYears(1))),
                        ProjectFixtures::existing),
                "plannedEndsOn.early plannedEndsOn");
    }

    @Test
    void anotherPlannedStartIsAnotherStartUntilTheProjectHasStarted() {
        assertThat(startMoved(in(ProjectPhase.PREPARATION))).containsExactly("plannedStartsOn", "startsOn");
        assertThat(startMoved(in(ProjectPhase.EXECUTION))).containsExactly("plannedStartsOn");
    }

    private List<String> startMoved(JointProject project) {
        var before = copy(project, 1L);
        before.edit(
                by(editor(coordinator)),
                TODAY,
                1,
                new Edit<>(Set.of("plannedStartsOn"), in -> with(content(), "plannedStartsOn", TODAY.plusDays(11))),
                ProjectFixtures::existing);
        return last(before).event().changed();
    }

    // Phases

    private JointProject in(ProjectPhase phase) {
        var project = proposed(coordinator);
        add(project, member);
        for (var next : ProjectPhase.values()) {
            if (next.ordinal() > 0 && next.ordinal() <= phase.ordinal() && next != ProjectPhase.CANCELLED) {
                project.advance(by(editor(coordinator)), TODAY, next);
            }
        }
        return loaded(project);
    }

    @Test
    void aProjectGoesFromPhaseToPhase() {
        var project = in(ProjectPhase.IDEA);
        advance(project, ProjectPhase.CONCEPT);
        advance(project, ProjectPhase.PREPARATION);
        assertThat(project.startedOn()).isNull();
        advance(project, ProjectPhase.EXECUTION);
        assertThat(project.startedOn()).isEqualTo(TODAY);
        project.advance(by(editor(coordinator)), TODAY.plusDays(1), ProjectPhase.CLOSING);
        assertThat(project.startedOn()).isEqualTo(TODAY);
        assertThat(project.endedOn()).isNull();
        project.advance(by(editor(coordinator)), TODAY.plusDays(2), ProjectPhase.COMPLETED);
        assertThat(project.phase()).isEqualTo(ProjectPhase.COMPLETED);
        assertThat(project.startedOn()).isEqualTo(TODAY);
        assertThat(project.endedOn()).isEqualTo(TODAY.plusDays(2));
        assertThat(types(project)).hasSize(5).containsOnly("PROJECT_ADVANCED");
        assertThat(events(project).stream().map(event -> event.event().changed()))
                .containsExactly(
                        List.of("phase"),
                        List.of("phase"),
                        List.of("phase", "startsOn", "startedOn"),
                        List.of("phase"),
                        List.of("phase", "endedOn"));
        assertThat(last(project).event().details()).containsOnly(Map.entry("phase", "COMPLETED"));
        assertRules(project, () -> advance(project, ProjectPhase.CANCELLED), "project.ended");
    }

    private void advance(JointProject project, ProjectPhase to) {
        project.advance(by(editor(coordinator)), TODAY, to);
    }

    @ParameterizedTest
    @CsvSource({
        "IDEA, IDEA",
        "IDEA, PREPARATION",
        "IDEA, CANCELLED",
        "CONCEPT, IDEA",
        "CLOSING, CANCELLED",
        "CONCEPT, EXECUTION"
    })
    void onlyTheNextPhaseIsNext(ProjectPhase from, ProjectPhase to) {
        var project = in(from);
        assertRules(project, () -> advance(project, to), "phase.notNext phase");
    }

    @Test
    void allThatIsMissingForAPhaseIsAnswered() {
        var project = JointProject.propose(
                by(editor(coordinator)),
                TODAY,
                in -> with(content(), "summary", null, "areas", List.of()),
                ProjectFixtures::existing);
        assertRules(
                project,
                () -> advance(project, ProjectPhase.CONCEPT),
                "summary.required phase",
                "areas.required phase");
    }

    @Test
    void aProjectReturns() {
        var project = in(ProjectPhase.EXECUTION);
        assertThat(project.startedOn()).isEqualTo(TODAY);
        project.advance(by(editor(coordinator)), TODAY.plusDays(1), ProjectPhase.CLOSING);
        project.returnTo(
                by(editor(coordinator)), TODAY.plusDays(2), ProjectPhase.EXECUTION, in -> new Reason("Not done"));
        assertThat(project.phase()).isEqualTo(ProjectPhase.EXECUTION);
        assertThat(project.startedOn()).isEqualTo(TODAY);
        assertThat(last(project).event().reason()).isEqualTo("Not done");
        project.returnTo(
                by(editor(coordinator)), TODAY.plusDays(2), ProjectPhase.PREPARATION, in -> new Reason("Not begun"));
        assertThat(project.startedOn()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"IDEA, IDEA", "CONCEPT, CONCEPT", "CONCEPT, PREPARATION", "PREPARATION, IDEA"})
    void onlyThePhaseBeforeIsBefore(ProjectPhase from, ProjectPhase to) {
        var project = in(from);
        assertRules(
                project,
                () -> project.returnTo(by(editor(coordinator)), TODAY, to, in -> new Reason("Why")),
                "phase.notNext phase");
    }

    @Test
    void aReasonIsValidated() {
        var project = in(ProjectPhase.CONCEPT);
        Input<Reason> blank = in -> {
            in.demand(false, "reason.blank", "The text must not be blank.", "reason");
            return new Reason("");
        };
        for (var verb : List.<Runnable>of(
                () -> project.returnTo(by(editor(coordinator)), TODAY, ProjectPhase.IDEA, blank),
                () -> project.pause(by(editor(coordinator)), TODAY, blank),
                () -> project.cancel(by(editor(coordinator)), TODAY, blank))) {
            assertRules(project, verb::run, "reason.blank reason");
        }
    }

    @Test
    void aProjectIsPausedAndResumed() {
        var project = in(ProjectPhase.CONCEPT);
        assertRules(project, () -> project.resume(by(editor(coordinator)), TODAY), "project.notPaused");
        project.pause(by(editor(coordinator)), TODAY, in -> new Reason("Summer"));
        assertThat(project.paused()).isTrue();
        assertThat(last(project).event().reason()).isEqualTo("Summer");
        project.resume(by(editor(coordinator)), TODAY);
        assertThat(project.paused()).isFalse();
        assertThat(types(project)).containsExactly("PROJECT_PAUSED", "PROJECT_RESUMED");
        assertThat(last(project).event().changed()).containsExactly("paused");
        project.cancel(by(editor(coordinator)), TODAY, in -> new Reason("Over"));
        assertRules(project, () -> project.resume(by(editor(coordinator)), TODAY), "project.ended");
    }

    @Test
    void aCancelledProjectWaitsForNobody() {
        var project = in(ProjectPhase.EXECUTION);
        invite(project, editor(coordinator), other, ProjectRole.PARTNER);
        project.handOver(by(signatory(coordinator)), TODAY, member);
        project.cancel(by(editor(coordinator)), TODAY.plusDays(1), in -> new Reason("Over"));

        assertThat(project.phase()).isEqualTo(ProjectPhase.CANCELLED);
        assertThat(project.endedOn()).isEqualTo(TODAY.plusDays(1));
        assertThat(project.startedOn()).isEqualTo(TODAY);
        assertThat(project.handOver()).isNull();
        assertThat(project.invited()).isEmpty();
        assertThat(project.memberships().getLast().state()).isEqualTo(MembershipState.WITHDRAWN);
        assertThat(project.members()).hasSize(2);
    }

    // Gates

    @Test
    void gatesApplyInTheirOrder() {
        var project = in(ProjectPhase.IDEA);
        project.setGates(by(editor(coordinator)), TODAY, Set.of(GateKind.BOARD, GateKind.COUNCIL));
        assertThat(project.gates()).containsExactly(Gate.open(GateKind.COUNCIL), Gate.open(GateKind.BOARD));
        project.setGates(by(editor(coordinator)), TODAY, Set.of(GateKind.COUNCIL, GateKind.BOARD));
        assertThat(types(project)).containsExactly("PROJECT_GATES_SET");
        project.setGates(by(editor(coordinator)), TODAY, Set.of());
        assertThat(project.gates()).isEmpty();
    }

    @Test
    void aRecordedGateStays() {
        var project = in(ProjectPhase.IDEA);
        project.setGates(by(editor(coordinator)), TODAY, Set.of(GateKind.COUNCIL, GateKind.FUNDING));
        var document = FileId.next();
        var decision = new GateDecision(
                GateKind.COUNCIL, GateState.PASSED, TODAY, "City council", "26-0815", document, null, null);
        assertThat(project.recordGate(by(office()), TODAY, in -> decision)).isEqualTo(decision);

        var passed = new Gate(
                GateKind.COUNCIL,
                GateState.PASSED,
                TODAY,
                "City council",
                "26-0815",
                document,
                null,
                null,
                office().account().orElseThrow(),
                NOW);
        assertThat(project.gates()).containsExactly(passed, Gate.open(GateKind.FUNDING));
        assertRules(
                project,
                () -> project.setGates(by(editor(coordinator)), TODAY, Set.of(GateKind.FUNDING)),
                "gate.recorded gates");
        project.setGates(by(editor(coordinator)), TODAY, Set.of(GateKind.COUNCIL, GateKind.BOARD));
        assertThat(project.gates()).containsExactly(passed, Gate.open(GateKind.BOARD));
        assertRules(
                project,
                () -> project.recordGate(
                        by(office()), TODAY, in -> with(decision, "kind", GateKind.FUNDING, "decidedBy", null)),
                "gate.unknown gate",
                "decidedBy.required decidedBy");
        project.recordGate(
                by(office()),
                TODAY,
                in -> new GateDecision(GateKind.COUNCIL, GateState.OPEN, null, null, null, null, null, null));
        project.setGates(by(editor(coordinator)), TODAY, Set.of());
        assertThat(project.gates()).isEmpty();
    }

    // Files

    @Test
    void membersAttachFilesAndRemoveTheirOwn() {
        var project = in(ProjectPhase.IDEA);
        var file = FileId.next();
        project.attach(by(editor(member)), TODAY, file, FileAudience.MEMBERS);
        assertThat(project.files()).containsExactly(new ProjectFile(file, FileAudience.MEMBERS, member));
        assertThat(last(project).among())
                .containsExactlyInAnyOrder("office", "member:" + coordinator.value(), "member:" + member.value());
        assertRules(
                project,
                () -> project.attach(by(editor(coordinator)), TODAY, file, FileAudience.PROJECT),
                "file.twice file");
        var shared = FileId.next();
        project.attach(by(editor(member)), TODAY, shared, FileAudience.PROJECT);
        assertThat(last(project).among()).isNull();
        project.remove(by(editor(coordinator)), TODAY, file);
        assertThat(last(project).among())
                .containsExactlyInAnyOrder("office", "member:" + coordinator.value(), "member:" + member.value());
        assertThat(project.files()).extracting(ProjectFile::file).containsExactly(shared);
        project.remove(by(editor(member)), TODAY, shared);
        assertThat(last(project).among()).isNull();
        assertThat(project.files()).isEmpty();
        assertRules(project, () -> project.remove(by(editor(member)), TODAY, shared), "file.unknown file");
    }

    @Test
    void fiftyFilesAreTheMost() {
        var project = in(ProjectPhase.IDEA);
        IntStream.range(0, 50)
                .forEach(index -> project.attach(by(editor(coordinator)), TODAY, FileId.next(), FileAudience.PROJECT));
        assertRules(
                project,
                () -> project.attach(by(editor(coordinator)), TODAY, FileId.next(), FileAudience.PROJECT),
                "files.many file");
    }

    @Test
    void aFileOfTheOfficeIsNoPartners() {
        var project = recorded(coordinator, member);
        var file = FileId.next();
        project.attach(by(officeOf(member, Role.EDITOR)), TODAY, file, FileAudience.MEMBERS);
        assertThat(project.files()).containsExactly(new ProjectFile(file, FileAudience.MEMBERS, null));
        join(project, member);
        var own = FileId.next();
        project.attach(by(officeOf(member, Role.VIEWER)), TODAY, own, FileAudience.MEMBERS);
        assertThat(project.files().getLast().by()).isEqualTo(member);
    }

    // Derived and stored

    @Test
    void filesAndGrantsAreDerived() {
        var project = proposed(coordinator);
        var file = FileId.next();
        var document = FileId.next();
        project.attach(by(editor(coordinator)), TODAY, file, FileAudience.MEMBERS);
        project.setGates(by(editor(coordinator)), TODAY, Set.of(GateKind.COUNCIL, GateKind.FUNDING, GateKind.BOARD));
        for (var used : Map.of(GateKind.COUNCIL, document, GateKind.BOARD, file).entrySet()) {
            project.recordGate(
                    by(office()),
                    TODAY,
                    in -> new GateDecision(
                            used.getKey(), GateState.PASSED, TODAY, "Council", "1", used.getValue(), null, null));
        }
        project.edit(
                by(editor(coordinator)),
                TODAY,
                0,
                new Edit<>(
                        Set.of("references"),
                        in -> with(
                                content(),
                                "references",
                                List.of(
                                        new ExternalReference(ReferenceKind.GRANT, "KfW 12"),
                                        new ExternalReference(ReferenceKind.GRANT, "kfw-12"),
                                        new ExternalReference(ReferenceKind.CORDIS, "99")))),
                ProjectFixtures::existing);
        assertThat(project.allFiles()).isEmpty();
        assertThat(project.grants()).isEmpty();
        project.derive("de");
        assertThat(project.allFiles()).containsExactlyInAnyOrder(file, document);
        assertThat(project.grants()).containsExactly("KFW12");
        project.cancel(by(editor(coordinator)), TODAY, in -> new Reason("Over"));
        project.derive("de");
        assertThat(project.grants()).isEmpty();
    }

    @Test
    void projectsAreOrderedByTheirTitleAndDays() {
        var project = in(ProjectPhase.PREPARATION);
        project.derive("de");
        var planned = new HashMap<>(sort(project));
        assertThat(planned).containsOnlyKeys("title", "startsOn", "createdAt");
        assertThat(planned.get("startsOn")).contains("2026-12-10");
        assertThat(planned.get("createdAt")).contains("2026-11-30");
        assertThat(planned.get("title")).containsIgnoringCase("datenplattform");
        advance(project, ProjectPhase.EXECUTION);
        project.derive("de");
        assertThat(sort(project).get("startsOn")).contains("2026-11-30");
    }

    @Test
    void whatIsStoredMayLackWhatCameLater() {
        var stored = new JointProject(
                new ProjectId(UUID.randomUUID()),
                3L,
                content(),
                ProjectPhase.IDEA,
                true,
                TODAY,
                TODAY.plusDays(1),
                null,
                null,
                null,
                null,
                letter,
                true,
                false,
                NOW,
                NOW,
                TODAY.plusDays(2),
                null,
                null,
                null,
                null,
                new Outbox(List.of()),
                new KeyedChanges(List.of()));
        assertThat(stored.memberships()).isEmpty();
        assertThat(stored.gates()).isEmpty();
        assertThat(stored.files()).isEmpty();
        assertThat(stored.allFiles()).isEmpty();
        assertThat(stored.grants()).isEmpty();
        assertThat(stored.derived()).isNull();
        assertThat(stored.version()).isEqualTo(3);
        assertThat(stored.paused()).isTrue();
        assertThat(stored.endedOn()).isEqualTo(TODAY.plusDays(1));
        assertThat(stored.dueOn()).isEqualTo(TODAY.plusDays(2));
        assertThat(stored.isRecorded()).isTrue();
        assertThat(stored.foundingLetter()).isEqualTo(letter);
        assertThat(stored.outbox().events()).isEmpty();
        assertThat(stored.maxSize()).isEqualTo(1024 * 1024);
        stored.derive("de");
        assertThat(stored.dueOn()).isNull();
    }

    @Test
    void storedProjectsStayWhatTheyAre() {
        var project = in(ProjectPhase.EXECUTION);
        var again = loaded(project);
        assertThat(again.memberships()).isEqualTo(project.memberships());
        assertThat(again.id()).isEqualTo(project.id());
        assertThat(again.version()).isEqualTo(1);
        assertThat(again.startedOn()).isEqualTo(TODAY);
        assertThat(again.newCopies()).isEmpty();
    }

    // Invitations

    private static Invitation invitation(Membership membership) {
        return Objects.requireNonNull(membership.invitation());
    }

    private static Map<String, String> sort(JointProject project) {
        return Objects.requireNonNull(Objects.requireNonNull(project.derived()).sort());
    }

    @Test
    void anInvitationIsKnownToMembersTheOfficeAndTheInvited() {
        var project = in(ProjectPhase.IDEA);
        invite(project, editor(coordinator), other, ProjectRole.ASSOCIATED);

        var asked = project.present(other).orElseThrow();
        assertThat(asked.state()).isEqualTo(MembershipState.INVITED);
        assertThat(asked.role()).isEqualTo(ProjectRole.ASSOCIATED);
        assertThat(asked.roles()).containsExactly(new RolePeriod(ProjectRole.ASSOCIATED, TODAY));
        assertThat(asked.since()).isNull();
        assertThat(invitation(asked).terms()).isEqualTo(terms(ProjectRole.ASSOCIATED));
        assertThat(invitation(asked).inviter()).isEqualTo(coordinator);
        assertThat(invitation(asked).by()).isEqualTo(account(coordinator, "editor"));
        assertThat(invitation(asked).at()).isEqualTo(NOW);
        assertThat(last(project).among())
                .containsExactlyInAnyOrder(
                        "office",
                        "member:" + coordinator.value(),
                        "member:" + member.value(),
                        "invited:" + other.value());
    }

    @Test
    void anInvitationIsValidated() {
        var project = in(ProjectPhase.IDEA);
        assertRules(
                project,
                () -> project.invite(
                        by(editor(coordinator)), TODAY, other, in -> terms(ProjectRole.PARTNER), ids -> Map.of()),
                "partner.unknown partnerId");
        for (var status : PartnerStatus.values()) {
            if (status != PartnerStatus.ACTIVE) {
                assertRules(
                        project,
                        () -> project.invite(
                                by(editor(coordinator)),
                                TODAY,
                                other,
                                in -> terms(ProjectRole.PARTNER),
                                ids -> Map.of(other, face(other, status))),
                        "member.status partnerId");
            }
        }
        assertRules(
                project,
                () -> invite(project, editor(coordinator), member, ProjectRole.PARTNER),
                "member.present partnerId");
        assertRules(
                project,
                () -> invite(project, editor(coordinator), other, ProjectRole.COORDINATOR),
                "role.coordinator role");
        assertRules(project, () -> inviteWith(project, "since", TODAY), "since.unexpected since");
        assertRules(
                project,
                () -> inviteWith(project, "since", TODAY.plusDays(1), "answerBy", TODAY.minusDays(1)),
                "since.unexpected since",
                "answerBy.past answerBy",
                "since.future since");
        assertRules(project, () -> inviteWith(project, "answerBy", TODAY.plusDays(367)), "answerBy.far answerBy");
        inviteWith(project, "answerBy", TODAY.plusDays(366));
        assertRules(
                project,
                () -> invite(project, editor(coordinator), other, ProjectRole.PARTNER),
                "member.present partnerId");
        project.withdrawInvitation(by(editor(coordinator)), TODAY, ProjectFixtures.digest(project, other));
        inviteWith(project, "answerBy", TODAY);
    }

    private void inviteWith(JointProject project, Object... namesAndValues) {
        project.invite(
                by(editor(coordinator)),
                TODAY,
                other,
                in -> with(terms(ProjectRole.PARTNER), namesAndValues),
                ProjectFixtures::faces);
    }

    @Test
    void atMostSixtyTakePartAtATime() {
        var project = in(ProjectPhase.IDEA);
        IntStream.range(0, 58)
                .forEach(index -> invite(project, editor(coordinator), PartnerId.next(), ProjectRole.PARTNER));
        assertRules(
                project,
                () -> invite(project, editor(coordinator), other, ProjectRole.PARTNER),
                "members.many partnerId");
    }

    @Test
    void atMostThreeHundredMembershipsAreKept() {
        var memberships = new ArrayList<>(in(ProjectPhase.IDEA).memberships());
        var never = memberships.getFirst();
        while (memberships.size() < 299) {
            memberships.add(with(
                    never,
                    "id",
                    UUID.randomUUID(),
                    "partner",
                    PartnerId.next(),
                    "roles",
                    List.of(new RolePeriod(ProjectRole.PARTNER, TODAY)),
                    "state",
                    MembershipState.LEFT));
        }
        memberships.add(with(
                never,
                "id",
                UUID.randomUUID(),
                "partner",
                other,
                "roles",
                List.of(new RolePeriod(ProjectRole.PARTNER, TODAY)),
                "state",
                MembershipState.DECLINED,
                "since",
                null));
        var project = stored(memberships);
        invite(project, editor(coordinator), other, ProjectRole.PARTNER);
        assertThat(project.memberships())
                .as("what never came about makes room")
                .hasSize(300)
                .noneMatch(each -> each.state() == MembershipState.DECLINED);
        assertRules(
                project,
                () -> invite(project, editor(coordinator), PartnerId.next(), ProjectRole.PARTNER),
                "memberships.many partnerId");
        assertThat(project.memberships()).hasSize(300);
    }

    private JointProject stored(List<Membership> memberships) {
        return new JointProject(
                new ProjectId(UUID.randomUUID()),
                3L,
                content(),
                ProjectPhase.IDEA,
                false,
                null,
                null,
                List.of(),
                memberships,
                null,
                List.of(),
                null,
                false,
                false,
                NOW,
                NOW,
                null,
                null,
                null,
                null,
                null,
                new Outbox(List.of()),
                new KeyedChanges(List.of()));
    }

    @ParameterizedTest
    @EnumSource(names = {"DECLINED", "WITHDRAWN", "LAPSED"})
    void ofMembershipsThatNeverWereOnlyTheLastIsKept(MembershipState state) {
        var project = in(ProjectPhase.IDEA);
        var before = project.memberships();
        for (var round = 0; round < 2; round++) {
            invite(project, editor(coordinator), other, ProjectRole.PARTNER);
            var digest = ProjectFixtures.digest(project, other);
            switch (state) {
                case DECLINED -> project.decline(by(signatory(other)), TODAY, digest, null);
                case WITHDRAWN -> project.withdrawInvitation(by(editor(coordinator)), TODAY, digest);
                default -> project.settle(by(Actor.system()), TODAY.plusDays(31));
            }
            assertThat(project.memberships().getLast().state()).isEqualTo(state);
            assertThat(project.memberships()).hasSize(3).startsWith(before.toArray(Membership[]::new));
        }
    }

    @Test
    void theOfficeInvitesAnotherCoordinator() {
        var project = recorded(coordinator, member);
        assertRules(project, () -> invite(project, office(), other, ProjectRole.COORDINATOR), "role.coordinator role");
        project.decline(by(signatory(coordinator)), TODAY, ProjectFixtures.digest(project, coordinator), null);
        project.invite(
                by(office()),
                TODAY,
                other,
                in -> with(terms(ProjectRole.COORDINATOR), "since", TODAY.minusDays(5)),
                ids -> faces(ids));
        join(project, other);
        assertThat(project.coordinator()).contains(other);
        assertThatThrownBy(() -> invite(project, office(), coordinator, ProjectRole.PARTNER))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> project.invite(
                        by(editor(other)),
                        TODAY,
                        coordinator,
                        in -> with(terms(ProjectRole.PARTNER), "since", TODAY.minusDays(5)),
                        ProjectFixtures::faces))
                .isInstanceOf(RuleViolation.class);
    }
}

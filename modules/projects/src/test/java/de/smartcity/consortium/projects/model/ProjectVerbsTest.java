package de.smartcity.consortium.projects.model;

import static de.smartcity.consortium.projects.ProjectFixtures.NOW;
import static de.smartcity.consortium.projects.ProjectFixtures.account;
import static de.smartcity.consortium.projects.ProjectFixtures.assertRules;
import static de.smartcity.consortium.projects.ProjectFixtures.by;
import static de.smartcity.consortium.projects.ProjectFixtures.content;
import static de.smartcity.consortium.projects.ProjectFixtures.copy;
import static de.smartcity.consortium.projects.ProjectFixtures.digest;
import static de.smartcity.consortium.projects.ProjectFixtures.editor;
import static de.smartcity.consortium.projects.ProjectFixtures.keyed;
import static de.smartcity.consortium.projects.ProjectFixtures.last;
import static de.smartcity.consortium.projects.ProjectFixtures.loaded;
import static de.smartcity.consortium.projects.ProjectFixtures.named;
import static de.smartcity.consortium.projects.ProjectFixtures.office;
import static de.smartcity.consortium.projects.ProjectFixtures.signatory;
import static de.smartcity.consortium.projects.ProjectFixtures.state;
import static de.smartcity.consortium.projects.ProjectFixtures.terms;
import static de.smartcity.consortium.projects.ProjectFixtures.with;
import static de.smartcity.consortium.projects.ProjectWorld.LATER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.projects.ProjectFixtures;
import de.smartcity.consortium.projects.ProjectWorld;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every verb. */
class ProjectVerbsTest {

    private static final FileId FILE = FileId.next();

    private final ProjectWorld world = new ProjectWorld();

    /** What a verb does, as whom. */
    private interface Act {
        void on(JointProject project, Change change, LocalDate today, ProjectWorld world);
    }

    /** All verbs. */
    enum Verb {
        EDIT(
                "PROJECT_EDITED",
                List.of("acronym"),
                true,
                world -> editor(world.coordinator),
                (project, change, today, world) -> project.edit(
                        change,
                        today,
                        1,
                        new Edit<>(Set.of("acronym"), in -> with(content(), "acronym", "X")),
                        ProjectFixtures::existing)),
        ADVANCE(
                "PROJECT_ADVANCED",
                List.of("phase"),
                true,
                world -> editor(world.coordinator),
                (project, change, today, world) -> project.advance(change, today, ProjectPhase.PREPARATION)),
        RETURN(
                "PROJECT_RETURNED",
                List.of("phase"),
                true,
                world -> editor(world.coordinator),
                (project, change, today, world) ->
                        project.returnTo(change, today, ProjectPhase.IDEA, in -> new Reason("Why"))),
        PAUSE(
                "PROJECT_PAUSED",
                List.of("paused"),
                true,
                world -> editor(world.coordinator),
                (project, change, today, world) -> project.pause(change, today, in -> new Reason("Why"))),
        CANCEL(
                "PROJECT_CANCELLED",
                List.of("phase", "endedOn", "members"),
                true,
                world -> editor(world.coordinator),
                (project, change, today, world) -> project.cancel(change, today, in -> new Reason("Why"))),
        SET_GATES(
                "PROJECT_GATES_SET",
                List.of("gates"),
                true,
                world -> editor(world.coordinator),
                (project, change, today, world) -> project.setGates(change, today, Set.of(GateKind.COUNCIL))),
        RECORD_GATE(
                "PROJECT_GATE_RECORDED",
                List.of("gates"),
                true,
                world -> office(),
                (project, change, today, world) -> project.recordGate(
                        change,
                        today,
                        in -> new GateDecision(
                                GateKind.FUNDING, GateState.WAIVED, null, "Board", null, null, null, "Small"))),
        ATTACH(
                "PROJECT_FILE_ATTACHED",
                List.of("files"),
                true,
                world -> editor(world.member),
                (project, change, today, world) -> project.attach(change, today, FILE, FileAudience.PROJECT)),
        REMOVE(
                "PROJECT_FILE_REMOVED",
                List.of("files"),
                true,
                world -> editor(world.member),
                (project, change, today, world) -> project.remove(change, today, world.ofMember)),
        INVITE(
                "PROJECT_MEMBER_INVITED",
                List.of("members"),
                false,
                world -> editor(world.coordinator),
                (project, change, today, world) -> project.invite(
                        change, today, world.declined, in -> terms(ProjectRole.PARTNER), ProjectFixtures::faces)),
        ACCEPT(
                "PROJECT_MEMBER_JOINED",
                List.of("members"),
                false,
                world -> named(world.invited, "rep"),
                (project, change, today, world) -> project.accept(change, today, digest(world.project, world.invited))),
        DECLINE(
                "PROJECT_INVITATION_DECLINED",
                List.of("members"),
                false,
                world -> named(world.invited, "rep"),
                (project, change, today, world) ->
                        project.decline(change, today, digest(world.project, world.invited), "No")),
        WITHDRAW_INVITATION(
                "PROJECT_INVITATION_WITHDRAWN",
                List.of("members"),
                false,
                world -> editor(world.coordinator),
                (project, change, today, world) ->
                        project.withdrawInvitation(change, today, digest(world.project, world.invited))),
        HAND_OVER(
                "PROJECT_COORDINATION_OFFERED",
                List.of("handOver"),
                false,
                world -> named(world.coordinator, "rep"),
                (project, change, today, world) -> project.handOver(change, today, world.associated)),
        APPOINT(
                "PROJECT_COORDINATION_OFFERED",
                List.of("handOver"),
                false,
                world -> office(),
                (project, change, today, world) -> project.appoint(
                        change,
                        today,
                        world.associated,
                        in -> new Reason("Why"),
                        id -> Optional.of(
                                id.equals(world.coordinator) ? PartnerStatus.SUSPENDED : PartnerStatus.ACTIVE))),
        WITHDRAW_HAND_OVER(
                "PROJECT_COORDINATION_WITHDRAWN",
                List.of("handOver"),
                false,
                world -> signatory(world.coordinator),
                (project, change, today, world) -> project.withdrawHandOver(change, today)),
        ACCEPT_COORDINATION(
                "PROJECT_COORDINATION_ACCEPTED",
                List.of("coordinator", "members", "handOver", "contactFunction"),
                false,
                world -> named(world.member, "deputy"),
                (project, change, today, world) -> project.acceptCoordination(change, today)),
        DECLINE_COORDINATION(
                "PROJECT_COORDINATION_DECLINED",
                List.of("handOver"),
                false,
                world -> named(world.member, "rep"),
                (project, change, today, world) -> project.declineCoordination(change, today)),
        NAME(
                "PROJECT_REPRESENTATIVE_NAMED",
                List.of("members"),
                false,
                world -> signatory(world.invited),
                (project, change, today, world) -> project.nameRepresentative(
                        change, today, in -> new RepresentativeNaming(account(world.invited, "other"), null, null))),
        ACCEPT_REPRESENTATION(
                "PROJECT_REPRESENTATION_ACCEPTED",
                List.of("members"),
                false,
                world -> named(world.naming, "named"),
                (project, change, today, world) -> project.acceptRepresentation(change, today)),
        END_REPRESENTATION(
                "PROJECT_REPRESENTATION_ENDED",
                List.of("members"),
                false,
                world -> named(world.naming, "named"),
                (project, change, today, world) ->
                        project.endRepresentation(change, today, account(world.naming, "named"))),
        LEAVE(
                "PROJECT_MEMBER_LEAVING",
                List.of("members"),
                false,
                world -> named(world.member, "rep"),
                (project, change, today, world) -> project.leave(change, today, null)),
        WITHDRAW_LEAVE(
                "PROJECT_LEAVE_WITHDRAWN",
                List.of("members"),
                false,
                world -> signatory(world.leaving),
                (project, change, today, world) -> project.withdrawLeave(change, today));

        private final String event;
        private final List<String> changed;
        private final boolean onlyRunning;
        private final Function<ProjectWorld, Actor> actor;
        private final Act act;

        Verb(String event, List<String> changed, boolean onlyRunning, Function<ProjectWorld, Actor> actor, Act act) {
            this.event = event;
            this.changed = changed;
            this.onlyRunning = onlyRunning;
            this.actor = actor;
            this.act = act;
        }
    }

    /** In CONCEPT, with a gate, and with the coordination offered to the member where the verb is about that; version 1. */
    private JointProject given(Verb verb) {
        var project = world.project;
        project.advance(by(editor(world.coordinator)), LATER, ProjectPhase.CONCEPT);
        project.setGates(by(editor(world.coordinator)), LATER, Set.of(GateKind.FUNDING));
        switch (verb) {
            case WITHDRAW_HAND_OVER, ACCEPT_COORDINATION, DECLINE_COORDINATION ->
                project.handOver(by(signatory(world.coordinator)), LATER, world.member);
            case SET_GATES -> project.setGates(by(editor(world.coordinator)), LATER, Set.of());
            default -> {}
        }
        project.derive("de");
        return copy(project, 1L);
    }

    private void act(Verb verb, JointProject project, Actor actor) {
        verb.act.on(project, by(actor), LATER, world);
    }

    private void assertNothingChanged(JointProject project, Runnable refused) {
        var before = state(project);
        refused.run();
        assertThat(state(project)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void whoMayDoesIt(Verb verb) {
        var project = given(verb);
        var actor = verb.actor.apply(world);
        act(verb, project, actor);

        var happened = last(project).event();
        assertThat(happened.type()).isEqualTo(verb.event);
        assertThat(happened.changed()).isEqualTo(verb.changed);
        assertThat(happened.at()).isEqualTo(NOW);
        assertThat(happened.account()).isEqualTo(actor.account().orElseThrow());
        assertThat(happened.reason())
                .isEqualTo(
                        switch (verb) {
                            case RETURN, PAUSE, CANCEL, APPOINT -> "Why";
                            case DECLINE -> "No";
                            default -> null;
                        });
        assertThat(last(project).budgeted())
                .as("nobody may prevent it by filling the document")
                .isEqualTo(
                        switch (verb) {
                            case EDIT, SET_GATES, RECORD_GATE, ATTACH, INVITE -> true;
                            default -> false;
                        });
        assertThat(last(project).essential())
                .as("nobody may prevent it by many changes")
                .isEqualTo(
                        switch (verb) {
                            case EDIT,
                                    SET_GATES,
                                    RECORD_GATE,
                                    ATTACH,
                                    INVITE,
                                    NAME,
                                    ADVANCE,
                                    RETURN,
                                    PAUSE,
                                    HAND_OVER,
                                    WITHDRAW_LEAVE -> false;
                            default -> true;
                        });
    }

    @ParameterizedTest
    @EnumSource
    void aStrangerNeverDoesIt(Verb verb) {
        var project = given(verb);
        for (var stranger : List.of(
                editor(world.stranger),
                signatory(world.stranger),
                Actor.anonymous(),
                named(world.stranger, "rep"),
                named(world.stranger, "named"))) {
            assertNothingChanged(
                    project,
                    () -> assertThatThrownBy(() -> act(verb, project, stranger)).isInstanceOf(Forbidden.class));
        }
    }

    @ParameterizedTest
    @EnumSource
    void inAProjectThatHasEndedItIsRefused(Verb verb) {
        var project = given(verb);
        var member = verb == Verb.ACCEPT_COORDINATION || verb == Verb.DECLINE_COORDINATION;
        project.cancel(by(editor(world.coordinator)), LATER, in -> new Reason("Over"));
        // The invitation is over, too, and with it who represents.
        var actor = verb == Verb.ACCEPT || verb == Verb.DECLINE ? signatory(world.invited) : verb.actor.apply(world);
        if (verb == Verb.NAME) {
            assertThatThrownBy(() -> act(verb, project, actor)).isInstanceOf(Forbidden.class);
            return;
        }
        assertThat(member && project.handOver() != null).isFalse();
        assertRules(project, () -> act(verb, project, actor), "project.ended");
    }

    @ParameterizedTest
    @EnumSource
    void inAPausedProjectOnlyMembershipChanges(Verb verb) {
        var project = given(verb);
        project.pause(by(editor(world.coordinator)), LATER, in -> new Reason("Summer"));
        if (verb == Verb.ADVANCE) {
            assertRules(project, () -> act(verb, project, verb.actor.apply(world)), "project.paused phase");
        } else if (verb.onlyRunning) {
            assertRules(project, () -> act(verb, project, verb.actor.apply(world)), "project.paused");
        } else {
            act(verb, project, verb.actor.apply(world));
            assertThat(last(project).event().type()).isEqualTo(verb.event);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedKeyChangesNothingMore(Verb verb) {
        var project = given(verb);
        var actor = verb.actor.apply(world);
        verb.act.on(project, keyed(actor, "key", "input"), LATER, world);
        project.derive("de");
        var stored = loaded(project);

        assertNothingChanged(
                stored,
                () -> assertThatThrownBy(() -> verb.act.on(stored, keyed(actor, "key", "input"), LATER, world))
                        .isInstanceOf(KeyedChanges.AlreadyMade.class));
        assertNothingChanged(
                stored,
                () -> assertThatThrownBy(() -> verb.act.on(stored, keyed(actor, "key", "other"), LATER, world))
                        .isInstanceOf(KeyedChanges.ReusedKey.class));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDueIsDoneBefore(Verb verb) {
        var project = given(verb);
        var due = LATER.plusDays(59);
        switch (verb) {
            // Their own days have come.
            case INVITE, ACCEPT, DECLINE, WITHDRAW_INVITATION, NAME, WITHDRAW_LEAVE -> {}
            default -> {
                var actor = verb.actor.apply(world);
                verb.act.on(project, by(actor), due, world);

                assertThat(ProjectFixtures.types(project))
                        .startsWith("PROJECT_INVITATION_LAPSED", "PROJECT_MEMBER_LEFT")
                        .endsWith(verb.event);
                assertThat(ProjectFixtures.events(project).getFirst().event().account())
                        .isEqualTo(Actor.system().account().orElseThrow());
                assertThat(project.newCopies()).extracting(ProjectCopy::reader).containsExactly(world.leaving);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EDIT", "RETURN", "PAUSE", "CANCEL", "RECORD_GATE", "INVITE", "APPOINT", "NAME"})
    void inputIsReadOnlyAfterThePermission(Verb verb) {
        var project = given(verb);
        assertThatThrownBy(() -> {
                    switch (verb) {
                        case RETURN ->
                            project.returnTo(by(editor(world.stranger)), LATER, ProjectPhase.IDEA, in -> fail());
                        case PAUSE -> project.pause(by(editor(world.stranger)), LATER, in -> fail());
                        case CANCEL -> project.cancel(by(editor(world.stranger)), LATER, in -> fail());
                        case RECORD_GATE -> project.recordGate(by(editor(world.stranger)), LATER, in -> fail());
                        case INVITE ->
                            project.invite(
                                    by(editor(world.stranger)),
                                    LATER,
                                    world.stranger,
                                    in -> fail(),
                                    ProjectFixtures::faces);
                        case APPOINT ->
                            project.appoint(
                                    by(editor(world.stranger)),
                                    LATER,
                                    world.member,
                                    in -> fail(),
                                    id -> Optional.empty());
                        case NAME -> project.nameRepresentative(by(signatory(world.stranger)), LATER, in -> fail());
                        default ->
                            project.edit(
                                    by(editor(world.stranger)),
                                    LATER,
                                    1,
                                    new Edit<>(Set.of("title"), in -> fail()),
                                    ProjectFixtures::existing);
                    }
                })
                .isInstanceOf(Forbidden.class);
    }

    private static <T> T fail() {
        throw new AssertionError("read");
    }
}

package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.projects.model.MembershipState;
import de.smartcity.consortium.projects.model.ProjectAudience;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** What comes of changes of projects: their lives from the first idea, what is refused and where, whom events concern, and who has which tasks. */
@ProjectTest
@TestPropertySource(properties = "consortium.jobs.interval=1h")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectChangesTest {

    @Autowired
    private Asked asked;

    @Autowired
    private ProjectSteps steps;

    @Autowired
    private Given given;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private PartnerManagement management;

    @Autowired
    private Job<ProjectId> daysOfProjects;

    @Autowired
    private Job<ProjectId> statusesInProjects;

    private @Nullable Partner coordinator;
    private @Nullable Partner member;
    private @Nullable Partner other;

    @BeforeEach
    void partners() {
        coordinator = given.partner(PartnerStatus.ACTIVE);
        member = given.partner(PartnerStatus.ACTIVE);
        other = given.partner(PartnerStatus.ACTIVE);
    }

    private Partner coordinator() {
        return Objects.requireNonNull(coordinator);
    }

    private Partner member() {
        return Objects.requireNonNull(member);
    }

    private Partner other() {
        return Objects.requireNonNull(other);
    }

    private Actor editor() {
        return ProjectSteps.editor(coordinator());
    }

    private Object shown(Actor actor, String project, String selection) {
        return Objects.requireNonNull(asked.<@Nullable Object>data(
                actor,
                "query ($id: ID!) { jointProject(id: $id) { " + selection + " } }",
                Map.of("id", project),
                "jointProject"));
    }

    private List<String> rules(Actor actor, String verb, String project, Map<String, ?> more) {
        return steps.rules(actor, verb, ProjectSteps.of(project, more));
    }

    private void made(Actor actor, String verb, String project, Map<String, ?> more) {
        steps.made(actor, verb, ProjectSteps.of(project, more));
    }

    @Test
    void aProjectGoesFromItsIdeaToItsEnd() {
        var project = steps.propose(coordinator(), Map.of());
        assertThat(rules(editor(), "advanceProject", project, Map.of("phase", "CONCEPT")))
                .containsExactly("summary.required phase", "areas.required phase");
        assertThat(shown(editor(), project, "nextPhase { phase missing { code path } }"))
                .isEqualTo(Map.of(
                        "nextPhase",
                        Map.of(
                                "phase",
                                "CONCEPT",
                                "missing",
                                List.of(
                                        Map.of("code", "summary.required", "path", List.of("summary")),
                                        Map.of("code", "areas.required", "path", List.of("areas"))))));
        steps.edit(
                project, coordinator(), Map.of("summary", ProjectSteps.text("A summary"), "areas", List.of("LIVING")));
        made(editor(), "advanceProject", project, Map.of("phase", "CONCEPT"));
        assertThat(rules(editor(), "advanceProject", project, Map.of("phase", "CONCEPT")))
                .containsExactly("phase.notNext phase");
        assertThat(rules(editor(), "advanceProject", project, Map.of("phase", "PREPARATION")))
                .containsExactly("members.few phase", "plannedStartsOn.required phase", "plannedEndsOn.required phase");
        steps.join(project, coordinator(), member());
        steps.edit(project, coordinator(), Map.of("plannedStartsOn", "2027-01-01", "plannedEndsOn", "2028-01-01"));
        made(editor(), "advanceProject", project, Map.of("phase", "PREPARATION"));
        made(editor(), "setGates", project, Map.of("gates", List.of("BOARD", "COUNCIL")));
        assertThat(rules(editor(), "advanceProject", project, Map.of("phase", "EXECUTION")))
                .containsExactly("gate.open phase", "gate.open phase");
        assertThat(shown(editor(), project, "nextPhase { missing { path } }"))
                .asString()
                .contains("path=[gates, COUNCIL]", "path=[gates, BOARD]");
        made(
                editor(),
                "recordGate",
                project,
                Map.of("gate", "BOARD", "state", "WAIVED", "decidedBy", "Board", "reason", "None"));
        assertThat(rules(editor(), "recordGate", project, Map.of("gate", "COUNCIL", "state", "CONDITIONAL")))
                .containsExactlyInAnyOrder(
                        "decidedOn.required decidedOn",
                        "decidedBy.required decidedBy",
                        "reference.required reference",
                        "conditions.required conditions");
        made(
                Callers.office(),
                "recordGate",
                project,
                Map.of(
                        "gate", "COUNCIL",
                        "state", "PASSED",
                        "decidedOn", "2026-01-01",
                        "decidedBy", "City council",
                        "reference", "1/26"));
        assertThat(rules(editor(), "setGates", project, Map.of("gates", List.of("FUNDING"))))
                .containsExactly("gate.recorded gates");
        made(editor(), "advanceProject", project, Map.of("phase", "EXECUTION"));
        assertThat(shown(editor(), project, "startedOn startsOn"))
                .isEqualTo(Map.of(
                        "startedOn", ProjectSteps.today().toString(),
                        "startsOn", ProjectSteps.today().toString()));

        made(editor(), "pauseProject", project, Map.of("reason", "For a test"));
        assertThat(rules(editor(), "advanceProject", project, Map.of("phase", "CLOSING")))
                .containsExactly("project.paused phase");
        assertThat(rules(editor(), "setGates", project, Map.of("gates", List.of())))
                .containsExactly("project.paused");
        steps.invite(project, coordinator(), other());
        made(editor(), "resumeProject", project, Map.of());
        assertThat(rules(editor(), "resumeProject", project, Map.of())).containsExactly("project.notPaused");
        made(editor(), "returnProject", project, Map.of("phase", "PREPARATION", "reason", "For a test"));
        assertThat(shown(editor(), project, "startedOn startsOn").toString())
                .contains("startedOn=null", "startsOn=2027-01-01");
        for (var phase : List.of("EXECUTION", "CLOSING")) {
            made(editor(), "advanceProject", project, Map.of("phase", phase));
        }
        made(
                ProjectSteps.signatory(coordinator()),
                "handOverCoordination",
                project,
                Map.of("partnerId", Asked.globalId(member())));
        assertThat(rules(editor(), "advanceProject", project, Map.of("phase", "COMPLETED")))
                .containsExactly("invitation.open phase", "handOver.open phase");
        made(ProjectSteps.signatory(coordinator()), "withdrawHandOver", project, Map.of());
        made(editor(), "withdrawProjectInvitation", project, Map.of("digest", steps.digest(project, other())));
        made(editor(), "advanceProject", project, Map.of("phase", "COMPLETED"));
        assertThat(shown(editor(), project, "phase endedOn nextPhase { phase }").toString())
                .contains("phase=COMPLETED", "endedOn=" + ProjectSteps.today(), "nextPhase=null");
        assertThat(rules(editor(), "cancelProject", project, Map.of("reason", "Too late")))
                .containsExactly("project.ended");
    }

    @Test
    void aCancelledProjectWithdrawsWhatWaits() {
        var project = steps.propose(coordinator(), Map.of());
        steps.invite(project, coordinator(), member());
        var digest = steps.digest(project, member());
        made(editor(), "cancelProject", project, Map.of("reason", "For a test"));
        assertThat(steps.stored(project).memberships().getLast().state()).isEqualTo(MembershipState.WITHDRAWN);
        assertThat(Asked.code(steps.answer(
                        ProjectSteps.signatory(member()),
                        "acceptProjectInvitation",
                        ProjectSteps.of(project, Map.of("digest", digest)))))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void anEditOfAnotherVersionIsAConflictThatShowsWhatThereIs() {
        var project = steps.propose(coordinator(), Map.of());
        var read = steps.version(project);
        steps.edit(project, coordinator(), Map.of("acronym", "NEWER"));
        var answer = steps.answer(
                editor(), "editProject", ProjectSteps.of(project, Map.of("expectedVersion", read, "acronym", "STALE")));
        assertThat(ProjectSteps.rules(answer)).containsExactly("version.stale expectedVersion");
        assertThat(answer).asString().contains("code=CONFLICT", "currentVersion=" + (read + 1), "id=" + project);
        assertThat(shown(editor(), project, "acronym")).isEqualTo(Map.of("acronym", "NEWER"));
    }

    @Test
    void whoJoinsHandsOverAndLeaves() {
        var project = steps.propose(coordinator(), Map.of("contactFunction", ProjectSteps.text("Project office")));
        var digest = steps.invite(project, coordinator(), member(), "PARTNER");
        var representative = ProjectSteps.person(member(), "representative", Role.VIEWER);
        var deputy = ProjectSteps.person(member(), "deputy", Role.VIEWER);
        steps.represent(project, member(), representative, deputy);
        var wrong = steps.answer(
                representative, "acceptProjectInvitation", ProjectSteps.of(project, Map.of("digest", "0".repeat(64))));
        assertThat(ProjectSteps.rules(wrong)).containsExactly("digest.stale digest");
        assertThat(wrong).asString().contains("code=CONFLICT");
        made(representative, "acceptProjectInvitation", project, Map.of("digest", digest));
        steps.join(project, coordinator(), other());

        var signatory = ProjectSteps.signatory(coordinator());
        assertThat(rules(signatory, "leaveProject", project, Map.of())).containsExactly("coordinator.leaves");
        made(signatory, "handOverCoordination", project, Map.of("partnerId", Asked.globalId(member())));
        assertThat(rules(signatory, "handOverCoordination", project, Map.of("partnerId", Asked.globalId(other()))))
                .containsExactly("handOver.open");
        made(deputy, "declineCoordination", project, Map.of());
        made(signatory, "handOverCoordination", project, Map.of("partnerId", Asked.globalId(member())));
        made(deputy, "acceptCoordination", project, Map.of());
        assertThat(shown(editor(), project, "coordinator { id } contactFunction viewerCanEdit")
                        .toString())
                .contains(Asked.globalId(member()), "contactFunction=null", "viewerCanEdit=false");

        assertThat(rules(
                        signatory,
                        "leaveProject",
                        project,
                        Map.of("on", ProjectSteps.today().minusDays(1).toString())))
                .containsExactly("on.range on");
        made(signatory, "leaveProject", project, Map.of());
        assertThat(shown(
                        signatory,
                        project,
                        "viewerCanLeave viewerCanWithdrawLeave viewerMembership { state leavingOn }"))
                .isEqualTo(Map.of(
                        "viewerCanLeave",
                        false,
                        "viewerCanWithdrawLeave",
                        true,
                        "viewerMembership",
                        Map.of(
                                "state",
                                "LEAVING",
                                "leavingOn",
                                ProjectSteps.today().plusMonths(3).toString())));
        made(signatory, "withdrawLeave", project, Map.of());
        steps.leave(project, coordinator(), ProjectSteps.today());
        assertThat(shown(editor(), project, "title asLeft { at title members { role } }")
                        .toString())
                .contains("title=null", "at=" + ProjectSteps.today(), "title=A project", "role=COORDINATOR");
    }

    @Test
    void aProjectIsFoundedFromALetterInForce() {
        var letter = steps.letter(coordinator(), member());
        var project = steps.found(letter, Map.of(), coordinator(), member());
        assertThat(shown(editor(), project, "foundingLetter { id } members { state }"))
                .isEqualTo(Map.of(
                        "foundingLetter",
                        Map.of("id", letter),
                        "members",
                        List.of(Map.of("state", "ACTIVE"), Map.of("state", "INVITED"))));
        var input =
                new HashMap<String, Object>(Map.of("letterId", letter, "title", ProjectSteps.text("x".repeat(301))));
        var late = ProjectSteps.terms(member(), "COORDINATOR");
        late.put("answerBy", "2020-01-01");
        input.put("invitations", List.of(late, ProjectSteps.terms(other(), "PARTNER"), late));
        assertThat(steps.rules(editor(), "foundProject", input))
                .contains(
                        "text.long title.0.text",
                        "answerBy.past invitations.0.answerBy",
                        "role.coordinator invitations.0.role",
                        "member.noParty invitations.1.partnerId",
                        "member.present invitations.2.partnerId");
        input.put(
                "invitations",
                List.of(Map.of(
                        "partnerId", Asked.globalId(member()),
                        "role", "PARTNER",
                        "asked", " ",
                        "contribution", "x".repeat(501),
                        "answerBy", "2027-01-01")));
        assertThat(steps.rules(editor(), "foundProject", input))
                .contains("asked.blank invitations.0.asked", "contribution.long invitations.0.contribution");
    }

    @Test
    void anOngoingProjectIsRecordedAndConfirmed() {
        var input = new HashMap<String, Object>(Map.of("title", ProjectSteps.text("Recorded"), "phase", "EXECUTION"));
        input.put("members", List.of());
        assertThat(steps.rules(Callers.office(), "recordOngoingProject", input))
                .containsExactlyInAnyOrder("startedOn.required startedOn", "coordinator.one members");
        var project =
                steps.record(Map.of("phase", "EXECUTION", "startedOn", "2025-01-01"), coordinator(), member(), other());
        var task = "CONFIRM_PROJECT_MEMBERSHIP";
        assertThat(tasks(ProjectSteps.signatory(member()), project)).containsExactly(task);
        steps.accept(project, member());
        made(
                ProjectSteps.signatory(coordinator()),
                "declineProjectInvitation",
                project,
                Map.of("digest", steps.digest(project, coordinator()), "comment", "No"));
        assertThat(tasks(Callers.office(), project)).containsExactly("NAME_COORDINATOR");
        assertThat(shown(
                        Callers.office(),
                        project,
                        "viewerCanAppointCoordinator activity(first: 1) { nodes { reason } }"))
                .isEqualTo(Map.of(
                        "viewerCanAppointCoordinator",
                        true,
                        "activity",
                        Map.of("nodes", List.of(Map.of("reason", "No")))));
        assertThat(shown(Callers.office(), project, "coordinator { id }").toString())
                .contains("coordinator=null");
        var again = given.partner(PartnerStatus.ACTIVE);
        made(Callers.office(), "inviteProjectMember", project, ProjectSteps.terms(again, "COORDINATOR"));
        assertThat(tasks(Callers.office(), project)).isEmpty();
        assertThat(shown(Callers.office(), project, "viewerCanAppointCoordinator"))
                .isEqualTo(Map.of("viewerCanAppointCoordinator", false));
        assertThat(tasks(ProjectSteps.signatory(again), project)).containsExactly(task);
        steps.accept(project, again);
        assertThat(shown(
                        ProjectSteps.viewer(member()),
                        project,
                        "coordinator { id } phase startedOn viewerMembership { since }"))
                .isEqualTo(Map.of(
                        "coordinator",
                        Map.of("id", Asked.globalId(again)),
                        "phase",
                        "EXECUTION",
                        "startedOn",
                        "2025-01-01",
                        "viewerMembership",
                        Map.of("since", ProjectSteps.today().minusYears(1).toString())));
    }

    @Test
    void allThatIsWrongIsNamedAtItsPlace() {
        var input = new HashMap<String, Object>();
        input.put("title", List.of());
        input.put("acronym", "a".repeat(31));
        input.put("contactFunction", ProjectSteps.text("f".repeat(101)));
        input.put("areas", List.of("LIVING", "UNKNOWN"));
        input.put("plannedStartsOn", "2028-01-01");
        input.put("plannedEndsOn", "2027-01-01");
        input.put(
                "needs",
                List.of(
                        Map.of("competence", "FIBRE", "level", "KNOWS"),
                        Map.of("competence", "UNKNOWN", "level", "KNOWS"),
                        Map.of("competence", "FIBRE", "level", "LEADS")));
        input.put("references", List.of(Map.of("kind", "GRANT", "value", "1"), Map.of("kind", "GRANT", "value", "1")));
        assertThat(steps.rules(editor(), "proposeProject", input))
                .contains(
                        "acronym.long acronym",
                        "text.long contactFunction.0.text",
                        "area.unknown areas.1",
                        "plannedEndsOn.early plannedEndsOn",
                        "competence.unknown needs.1.competence",
                        "need.twice needs.2.competence",
                        "reference.twice references.1")
                .anyMatch(rule -> rule.endsWith(" title"));

        var project = steps.propose(coordinator(), Map.of());
        assertThat(rules(
                        editor(),
                        "editProject",
                        project,
                        Map.of(
                                "expectedVersion",
                                99,
                                "references",
                                List.of(Map.of("kind", "URL", "value", "no address")))))
                .as("before the version")
                .containsExactly("website.syntax references.0.value");
        var terms = ProjectSteps.terms(coordinator(), "COORDINATOR");
        terms.put("answerBy", ProjectSteps.today().plusYears(2).toString());
        terms.put("since", "2026-01-01");
        terms.put("message", "m".repeat(1001));
        assertThat(rules(editor(), "inviteProjectMember", project, terms)).contains("message.long message");
        terms.put("message", "m");
        assertThat(rules(editor(), "inviteProjectMember", project, terms))
                .containsExactlyInAnyOrder(
                        "member.present partnerId",
                        "role.coordinator role",
                        "since.unexpected since",
                        "answerBy.far answerBy");
        assertThat(rules(
                        ProjectSteps.signatory(coordinator()),
                        "nameRepresentative",
                        project,
                        Map.of("account", "somebody", "deputy", "somebody", "until", "2020-01-01")))
                .containsExactlyInAnyOrder("deputy.same deputy", "until.past until");
        var file = steps.attach(project, coordinator(), "MEMBERS");
        assertThat(rules(editor(), "attachProjectFile", project, Map.of("file", file.globalId())))
                .containsExactly("file.twice file");
        assertThat(rules(
                        editor(),
                        "attachProjectFile",
                        project,
                        Map.of("file", steps.upload(other()).globalId())))
                .as("another partner's upload")
                .containsExactly("file.unknown file");
        assertThat(rules(
                        editor(),
                        "removeProjectFile",
                        project,
                        Map.of("file", steps.upload(coordinator()).globalId())))
                .containsExactly("file.unknown file");
    }

    @Test
    void anEditDoesNotTakeTheVisibilityAway() {
        var project = steps.propose(coordinator(), Map.of("visibility", "PUBLIC"));
        var input = new HashMap<String, @Nullable Object>(ProjectSteps.of(project));
        input.put("expectedVersion", steps.version(project));
        input.put("visibility", null);
        input.put("title", List.of());
        assertThat(steps.rules(editor(), "editProject", input))
                .containsExactlyInAnyOrder("visibility.required visibility", "text.empty title");
        assertThat(shown(Actor.anonymous(), project, "title")).isEqualTo(Map.of("title", "A project"));
        steps.edit(project, coordinator(), Map.of("acronym", "ACR"));
        assertThat(shown(editor(), project, "visibility")).isEqualTo(Map.of("visibility", "PUBLIC"));
    }

    /** The kinds of the tasks that are an actor's because of a project. */
    private List<String> tasks(Actor actor, String project) {
        List<Map<String, Object>> tasks = asked.data(
                actor,
                "{ viewer { tasks(first: 100) { nodes { kind isMine subject { id } } } } }",
                Map.of(),
                "viewer",
                "tasks",
                "nodes");
        return tasks.stream()
                .filter(task ->
                        Map.of("id", project).equals(task.get("subject")) && Boolean.TRUE.equals(task.get("isMine")))
                .map(task -> String.valueOf(task.get("kind")))
                .toList();
    }

    @Test
    void tasksAreForWhoeverCanDoThem() {
        var project = steps.propose(coordinator(), Map.of("visibility", "CONSORTIUM"));
        steps.invite(project, coordinator(), member());
        var signatory = ProjectSteps.signatory(member());
        var named = ProjectSteps.person(member(), "named", Role.VIEWER);
        assertThat(tasks(signatory, project)).containsExactly("ANSWER_PROJECT_INVITATION");
        assertThat(tasks(named, project)).isEmpty();
        made(signatory, "nameRepresentative", project, Map.of("account", ProjectSteps.accountOf(named)));
        assertThat(tasks(named, project)).containsExactly("ACCEPT_REPRESENTATION");
        made(named, "acceptRepresentation", project, Map.of());
        assertThat(tasks(named, project)).containsExactly("ANSWER_PROJECT_INVITATION");
        for (var actor : List.of(
                ProjectSteps.editor(member()),
                ProjectSteps.all(other()),
                ProjectSteps.all(coordinator()),
                Callers.office())) {
            assertThat(tasks(actor, project)).isEmpty();
        }
        steps.accept(project, member());
        assertThat(tasks(signatory, project)).isEmpty();

        made(
                ProjectSteps.signatory(coordinator()),
                "handOverCoordination",
                project,
                Map.of("partnerId", Asked.globalId(member())));
        assertThat(tasks(signatory, project)).containsExactly("ACCEPT_COORDINATION");
        assertThat(tasks(named, project)).containsExactly("ACCEPT_COORDINATION");
        made(named, "declineCoordination", project, Map.of());
        steps.leave(project, member(), ProjectSteps.today().plusDays(3));
        assertThat(tasks(editor(), project)).containsExactly("PROJECT_MEMBER_LEAVING");
        assertThat(tasks(ProjectSteps.signatory(coordinator()), project)).isEmpty();
        assertThat(tasks(signatory, project)).isEmpty();
    }

    /** The kinds of all tasks that an actor sees. */
    private List<Object> kinds(Actor actor) {
        List<Map<String, Object>> tasks = asked.data(
                actor, "{ viewer { tasks(first: 100) { nodes { kind } } } }", Map.of(), "viewer", "tasks", "nodes");
        return tasks.stream().map(task -> task.get("kind")).toList();
    }

    /** Has a project take over the statuses of its partners, as the job does. */
    private void follow(String project, BooleanSupplier done) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            var now = new Moment(Instant.now(), ProjectSteps.BERLIN);
            statusesInProjects.verb().accept(ProjectSteps.projectId(project), now);
            return done.getAsBoolean();
        });
    }

    private void assertAppointing(String project, boolean expected) {
        follow(project, () -> steps.stored(project).coordinatorUnable() == expected);
        assertThat(tasks(Callers.office(), project)).isEqualTo(expected ? List.of("APPOINT_COORDINATOR") : List.of());
        for (var actor : List.of(
                ProjectSteps.all(given.now(coordinator().id())),
                ProjectSteps.all(member()),
                ProjectSteps.all(other()),
                ProjectSteps.all(given.partner(PartnerStatus.ACTIVE)))) {
            assertThat(kinds(actor)).doesNotContain("APPOINT_COORDINATOR");
        }
    }

    @Test
    void whileTheCoordinatorIsSuspendedTheOfficeHasToAppointAnother() {
        var project = steps.propose(coordinator(), Map.of("visibility", "CONSORTIUM"));
        steps.join(project, coordinator(), member());
        steps.invite(project, coordinator(), other());
        assertAppointing(project, false);
        var suspended = coordinator().id();
        management.suspend(suspended, "For a test", Change.by(Actor.system(), Instant.now()));
        assertAppointing(project, true);
        management.reinstate(suspended, "For a test", Change.by(Actor.system(), Instant.now()));
        assertAppointing(project, false);
        management.suspend(suspended, "For a test", Change.by(Actor.system(), Instant.now()));
        assertAppointing(project, true);
        appointed(project);
        assertAppointing(project, false);
        assertThat(steps.stored(project).coordinator()).contains(member().id());
    }

    @Test
    void whenTheCoordinatorHasDepartedTheOfficeHasToAppointAnother() {
        var project = steps.propose(coordinator(), Map.of("visibility", "CONSORTIUM"));
        steps.join(project, coordinator(), member());
        // No verb leads there yet.
        mongo.getCollection("partners")
                .updateOne(
                        Filters.eq("_id", coordinator().id().value()),
                        Updates.set("status", PartnerStatus.DEPARTED.name()));
        assertAppointing(project, true);
        appointed(project);
        follow(project, () -> steps.stored(project).present(coordinator().id()).isEmpty());
        assertAppointing(project, false);
    }

    /** The office appoints the member, which accepts. */
    private void appointed(String project) {
        made(
                Callers.office(),
                "appointCoordinator",
                project,
                Map.of("partnerId", Asked.globalId(member()), "reason", "For a test"));
        assertThat(tasks(Callers.office(), project)).as("until it accepts").containsExactly("APPOINT_COORDINATOR");
        assertThat(tasks(ProjectSteps.signatory(member()), project)).containsExactly("ACCEPT_COORDINATION");
        made(ProjectSteps.signatory(member()), "acceptCoordination", project, Map.of());
    }

    /** The types of a project's events that an actor sees, the earliest first. */
    private List<String> events(Actor actor, String project) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> steps.stored(project).outbox().events().isEmpty());
        var ids = mongo.getCollection("activity")
                .find(Filters.eq("subject", ProjectSteps.projectId(project).value()))
                .sort(Sorts.ascending("_id"))
                .map(event -> new GlobalId("Activity", Objects.requireNonNull(event.get("event", UUID.class))).text())
                .into(new ArrayList<>());
        List<@Nullable Map<String, Object>> log = asked.data(
                actor,
                "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Activity { type } } }",
                Map.of("ids", ids),
                "nodes");
        return log.stream()
                .filter(Objects::nonNull)
                .map(event -> String.valueOf(event.get("type")))
                .toList();
    }

    @Test
    void eventsConcernWhoeverSeesWhatChanged() {
        var project = steps.propose(coordinator(), Map.of("visibility", "CONSORTIUM"));
        steps.invite(project, coordinator(), member());
        steps.attach(project, coordinator(), "MEMBERS");
        steps.attach(project, coordinator(), "PROJECT");
        steps.edit(project, coordinator(), Map.of("plannedStartsOn", "2027-01-01"));
        steps.edit(project, coordinator(), Map.of("acronym", "ACR"));
        steps.accept(project, member());
        made(
                ProjectSteps.signatory(coordinator()),
                "handOverCoordination",
                project,
                Map.of("partnerId", Asked.globalId(member())));
        assertThat(events(editor(), project))
                .containsExactly(
                        "PROJECT_PROPOSED",
                        "PROJECT_MEMBER_INVITED",
                        "PROJECT_FILE_ATTACHED",
                        "PROJECT_FILE_ATTACHED",
                        "PROJECT_EDITED",
                        "PROJECT_EDITED",
                        "PROJECT_MEMBER_JOINED",
                        "PROJECT_COORDINATION_OFFERED");
        assertThat(events(Callers.office(), project)).isEqualTo(events(editor(), project));
        assertThat(concerned("consortium", project))
                .as("no invitation, no file of the members")
                .containsExactly(
                        "PROJECT_PROPOSED",
                        "PROJECT_FILE_ATTACHED",
                        "PROJECT_EDITED",
                        "PROJECT_EDITED",
                        "PROJECT_MEMBER_JOINED");
        assertThat(concerned(ProjectAudience.INVITED.token(member().id()), project))
                .containsExactly(
                        "PROJECT_MEMBER_INVITED",
                        "PROJECT_FILE_ATTACHED",
                        "PROJECT_EDITED",
                        "PROJECT_EDITED",
                        "PROJECT_MEMBER_JOINED");
        assertThat(concerned("public", project)).isEmpty();
        for (var actor : List.of(ProjectSteps.viewer(other()), Actor.anonymous())) {
            assertThat(events(actor, project)).as("activity is not theirs").isEmpty();
        }
        assertThat(events(ProjectSteps.viewer(member()), project))
                .as("from its acceptance on")
                .containsExactly("PROJECT_MEMBER_JOINED", "PROJECT_COORDINATION_OFFERED");
    }

    @Test
    void eventsOfFilesInvitationsAndMembershipsConcernWhoeverSeesThem() {
        var project = steps.propose(coordinator(), Map.of("visibility", "PUBLIC"));
        steps.join(project, coordinator(), member());
        var hidden = steps.attach(project, coordinator(), "MEMBERS");
        var shown = steps.attach(project, coordinator(), "PROJECT");
        steps.invite(project, coordinator(), other());
        made(editor(), "removeProjectFile", project, Map.of("file", hidden.globalId()));
        made(editor(), "removeProjectFile", project, Map.of("file", shown.globalId()));
        var deputy = ProjectSteps.person(other(), "deputy", Role.VIEWER);
        steps.represent(project, other(), ProjectSteps.person(other(), "representative", Role.VIEWER), deputy);
        made(deputy, "endRepresentation", project, Map.of("account", ProjectSteps.accountOf(deputy)));
        steps.leave(project, member(), ProjectSteps.today().plusDays(40));
        made(ProjectSteps.signatory(member()), "withdrawLeave", project, Map.of());
        steps.leave(project, member(), ProjectSteps.today().plusDays(40));
        made(
                ProjectSteps.signatory(member()),
                "nameRepresentative",
                project,
                Map.of(
                        "account",
                        "x",
                        "until",
                        ProjectSteps.today().plusDays(35).toString()));
        var before = activity(editor(), project);
        assertThat(before)
                .containsExactly(
                        "PROJECT_PROPOSED [phase]",
                        "PROJECT_MEMBER_INVITED [members]",
                        "PROJECT_MEMBER_JOINED [members]",
                        "PROJECT_FILE_ATTACHED [files]",
                        "PROJECT_FILE_ATTACHED [files]",
                        "PROJECT_MEMBER_INVITED [members]",
                        "PROJECT_FILE_REMOVED [files]",
                        "PROJECT_FILE_REMOVED [files]",
                        "PROJECT_REPRESENTATIVE_NAMED [members]",
                        "PROJECT_REPRESENTATION_ACCEPTED [members]",
                        "PROJECT_REPRESENTATION_ACCEPTED [members]",
                        "PROJECT_REPRESENTATION_ENDED [members]",
                        "PROJECT_MEMBER_LEAVING [members]",
                        "PROJECT_LEAVE_WITHDRAWN [members]",
                        "PROJECT_MEMBER_LEAVING [members]",
                        "PROJECT_REPRESENTATIVE_NAMED [members]");
        assertThat(activity(ProjectSteps.viewer(member()), project))
                .as("from its acceptance on")
                .isEqualTo(before.subList(2, before.size()));
        assertThat(activity(ProjectSteps.all(other()), project)).as("invited").isEmpty();

        // The answer is due after 30 days, the representation ends after 35.
        for (var days : List.of(31, 36, 40)) {
            daysOfProjects
                    .verb()
                    .accept(
                            ProjectSteps.projectId(project),
                            new Moment(Instant.now().plus(Duration.ofDays(days)), ProjectSteps.BERLIN));
        }
        var after = activity(editor(), project);
        assertThat(after.subList(before.size(), after.size()))
                .containsExactly(
                        "PROJECT_INVITATION_LAPSED [members]",
                        "PROJECT_REPRESENTATION_ENDED [members]",
                        "PROJECT_MEMBER_LEFT [members]");
        assertThat(activity(Callers.office(), project)).isEqualTo(after);
        for (var actor : List.of(
                ProjectSteps.all(member()),
                ProjectSteps.all(other()),
                ProjectSteps.all(given.partner(PartnerStatus.ACTIVE)),
                Actor.anonymous())) {
            assertThat(activity(actor, project)).isEmpty();
        }

        var everybody = List.of(
                "PROJECT_PROPOSED",
                "PROJECT_MEMBER_JOINED",
                "PROJECT_FILE_ATTACHED",
                "PROJECT_FILE_REMOVED",
                "PROJECT_MEMBER_LEFT");
        assertThat(concerned("public", project)).isEqualTo(everybody);
        assertThat(concerned("consortium", project)).isEqualTo(everybody);
        assertThat(concerned(ProjectAudience.INVITED.token(other().id()), project))
                .containsExactly(
                        "PROJECT_MEMBER_INVITED",
                        "PROJECT_FILE_REMOVED",
                        "PROJECT_REPRESENTATIVE_NAMED",
                        "PROJECT_REPRESENTATION_ACCEPTED",
                        "PROJECT_REPRESENTATION_ACCEPTED",
                        "PROJECT_REPRESENTATION_ENDED",
                        "PROJECT_INVITATION_LAPSED");
        assertThat(concerned(ProjectAudience.FORMER.token(member().id()), project))
                .containsExactly("PROJECT_MEMBER_LEFT");
        steps.edit(project, coordinator(), Map.of("acronym", "LATER"));
        assertThat(events(editor(), project)).endsWith("PROJECT_MEMBER_LEFT", "PROJECT_EDITED");
        assertThat(events(ProjectSteps.all(member()), project)).endsWith("PROJECT_MEMBER_LEFT");
        for (var actor : List.of(ProjectSteps.all(other()), Actor.anonymous())) {
            assertThat(events(actor, project)).isEmpty();
        }
    }

    /** A project's events as {@code activity} shows them, each with the fields that changed, the earliest first; pages show nothing else. */
    private List<String> activity(Actor actor, String project) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> steps.stored(project).outbox().events().isEmpty());
        var all = page(actor, project, Map.of("first", 100));
        var paged = new ArrayList<@Nullable Object>();
        var variables = new HashMap<String, Object>(Map.of("first", 5));
        while (true) {
            var page = page(actor, project, variables);
            var edges = edges(page);
            paged.addAll(edges);
            var info = (Map<?, ?>) Objects.requireNonNull(page.get("pageInfo"));
            if (edges.isEmpty()) {
                assertThat(info.get("hasNextPage")).isEqualTo(false);
                assertThat(info.get("endCursor")).isNull();
            }
            if (!Boolean.TRUE.equals(info.get("hasNextPage"))) {
                break;
            }
            variables.put("after", Objects.requireNonNull(info.get("endCursor")));
        }
        assertThat(paged).isEqualTo(edges(all));
        return edges(all).reversed().stream()
                .map(edge -> (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) edge).get("node")))
                .map(event -> event.get("type") + " " + event.get("changed"))
                .toList();
    }

    private Map<String, Object> page(Actor actor, String project, Map<String, ?> more) {
        var variables = new HashMap<String, Object>(more);
        variables.put("id", project);
        return asked.data(
                actor,
                "query ($id: ID!, $first: Int, $after: String) { jointProject(id: $id) { activity(first: $first, after: $after) "
                        + "{ edges { cursor node { id type changed reason details { field } } } pageInfo { hasNextPage endCursor } } } }",
                variables,
                "jointProject",
                "activity");
    }

    private static List<?> edges(Map<String, Object> page) {
        return (List<?>) Objects.requireNonNull(page.get("edges"));
    }

    /** The types of a project's events of which the audience has this token, the earliest first. */
    private List<String> concerned(String token, String project) {
        return mongo.getCollection("activity")
                .find(Filters.and(
                        Filters.eq("subject", ProjectSteps.projectId(project).value()),
                        Filters.eq("audience.tokens", token)))
                .sort(Sorts.ascending("_id"))
                .map(event -> event.getString("type"))
                .into(new ArrayList<>());
    }
}

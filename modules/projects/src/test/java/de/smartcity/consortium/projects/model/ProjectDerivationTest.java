package de.smartcity.consortium.projects.model;

import static de.smartcity.consortium.projects.ProjectFixtures.TODAY;
import static de.smartcity.consortium.projects.ProjectFixtures.account;
import static de.smartcity.consortium.projects.ProjectFixtures.by;
import static de.smartcity.consortium.projects.ProjectFixtures.content;
import static de.smartcity.consortium.projects.ProjectFixtures.digest;
import static de.smartcity.consortium.projects.ProjectFixtures.editor;
import static de.smartcity.consortium.projects.ProjectFixtures.invite;
import static de.smartcity.consortium.projects.ProjectFixtures.join;
import static de.smartcity.consortium.projects.ProjectFixtures.office;
import static de.smartcity.consortium.projects.ProjectFixtures.proposed;
import static de.smartcity.consortium.projects.ProjectFixtures.recorded;
import static de.smartcity.consortium.projects.ProjectFixtures.signatory;
import static de.smartcity.consortium.projects.ProjectFixtures.terms;
import static de.smartcity.consortium.projects.ProjectFixtures.with;
import static de.smartcity.consortium.projects.ProjectWorld.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.Task;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.projects.ProjectFixtures;
import de.smartcity.consortium.projects.ProjectWorld;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** For whom something waits because of a project, and by what it is found. */
class ProjectDerivationTest {

    private final ProjectWorld world = new ProjectWorld();
    private final JointProject project = world.project;

    private static Task task(
            ProjectTask kind, PartnerId partner, @Nullable LocalDate due, @Nullable Role role, @Nullable String name) {
        return new Task(kind, partner, due, role, name == null ? null : account(partner, name));
    }

    private static Task ofOffice(ProjectTask kind) {
        return new Task(kind, null, null, null, null);
    }

    @Test
    void tasksAreForWhoeverCanDoThem() {
        assertThat(ProjectTasks.of(project))
                .containsExactlyInAnyOrder(
                        task(
                                ProjectTask.ANSWER_PROJECT_INVITATION,
                                world.invited,
                                TODAY.plusDays(30),
                                Role.SIGNATORY,
                                null),
                        task(ProjectTask.ANSWER_PROJECT_INVITATION, world.invited, TODAY.plusDays(30), null, "rep"),
                        task(ProjectTask.ACCEPT_REPRESENTATION, world.naming, null, null, "named"),
                        task(
                                ProjectTask.PROJECT_MEMBER_LEAVING,
                                world.coordinator,
                                TODAY.plusDays(60),
                                Role.EDITOR,
                                null));
    }

    @Test
    void theOfferOfTheCoordinationIsATask() {
        project.handOver(by(signatory(world.coordinator)), LATER, world.member);
        assertThat(ProjectTasks.of(project))
                .contains(
                        task(ProjectTask.ACCEPT_COORDINATION, world.member, null, Role.SIGNATORY, null),
                        task(ProjectTask.ACCEPT_COORDINATION, world.member, null, null, "rep"),
                        task(ProjectTask.ACCEPT_COORDINATION, world.member, null, null, "deputy"))
                .extracting(Task::kind)
                .doesNotContain(ProjectTask.APPOINT_COORDINATOR);
    }

    @Test
    void theOfficeAppointsUntilSomebodyElseCoordinates() {
        project.handOver(by(signatory(world.coordinator)), LATER, world.member);
        project.followPartners(by(Actor.system()), LATER, Map.of(world.coordinator, PartnerStatus.SUSPENDED));
        assertThat(ProjectTasks.of(project))
                .as("the offer may never be answered")
                .contains(ofOffice(ProjectTask.APPOINT_COORDINATOR));
        project.acceptCoordination(by(signatory(world.member)), LATER);
        assertThat(ProjectTasks.of(project)).doesNotContain(ofOffice(ProjectTask.APPOINT_COORDINATOR));
    }

    @Test
    void theFirstMemberThatLeavesIsATask() {
        project.leave(by(signatory(world.member)), LATER, TODAY.plusDays(20));
        assertThat(ProjectTasks.of(project))
                .filteredOn(each -> each.kind() == ProjectTask.PROJECT_MEMBER_LEAVING)
                .containsExactly(task(
                        ProjectTask.PROJECT_MEMBER_LEAVING, world.coordinator, TODAY.plusDays(20), Role.EDITOR, null));
    }

    @Test
    void aRepresentationIsAcceptedBeforeItEnds() {
        project.nameRepresentative(
                by(signatory(world.naming)),
                LATER,
                in -> new RepresentativeNaming(account(world.naming, "named"), null, LATER.plusDays(7)));
        assertThat(ProjectTasks.of(project))
                .contains(task(ProjectTask.ACCEPT_REPRESENTATION, world.naming, LATER.plusDays(7), null, "named"));
    }

    @Test
    void membersOfARecordedProjectConfirm() {
        var unconfirmed = recorded(world.coordinator, world.member);
        assertThat(ProjectTasks.of(unconfirmed))
                .containsExactlyInAnyOrder(
                        task(
                                ProjectTask.CONFIRM_PROJECT_MEMBERSHIP,
                                world.coordinator,
                                TODAY.plusDays(30),
                                Role.SIGNATORY,
                                null),
                        task(
                                ProjectTask.ANSWER_PROJECT_INVITATION,
                                world.member,
                                TODAY.plusDays(30),
                                Role.SIGNATORY,
                                null));
        unconfirmed.decline(by(signatory(world.coordinator)), TODAY, digest(unconfirmed, world.coordinator), null);
        unconfirmed.invite(
                by(office()),
                TODAY,
                world.stranger,
                in -> with(terms(ProjectRole.PARTNER), "since", TODAY),
                ProjectFixtures::faces);
        assertThat(ProjectTasks.of(unconfirmed))
                .contains(
                        ofOffice(ProjectTask.NAME_COORDINATOR),
                        task(
                                ProjectTask.CONFIRM_PROJECT_MEMBERSHIP,
                                world.stranger,
                                TODAY.plusDays(30),
                                Role.SIGNATORY,
                                null));
        invite(unconfirmed, office(), world.associated, ProjectRole.COORDINATOR);
        join(unconfirmed, world.associated);
        assertThat(ProjectTasks.of(unconfirmed)).extracting(Task::kind).doesNotContain(ProjectTask.NAME_COORDINATOR);
    }

    @Test
    void nothingWaitsInAnEndedProject() {
        project.cancel(by(editor(world.coordinator)), LATER, in -> new Reason("Over"));
        assertThat(ProjectTasks.of(project)).isEmpty();
    }

    @Test
    void aProjectIsFoundByWhatItIs() {
        project.edit(
                by(editor(world.coordinator)),
                LATER,
                0,
                new Edit<>(
                        Set.of("areas"),
                        in -> with(content(), "areas", List.of(new AreaCode("ECONOMY"), new AreaCode("MOBILITY")))),
                ProjectFixtures::existing);
        project.setGates(by(editor(world.coordinator)), LATER, Set.of(GateKind.values()));
        project.recordGate(
                by(office()),
                LATER,
                in -> new GateDecision(GateKind.BOARD, GateState.WAIVED, null, "Board", null, null, null, "Small"));
        project.recordGate(
                by(office()),
                LATER,
                in -> new GateDecision(
                        GateKind.FUNDING, GateState.CONDITIONAL, TODAY, "Board", "1", null, "More", null));
        var letter = new LetterId(UUID.randomUUID());
        var keys = new ProjectKeys(project).facets(letter);

        var member = "member:" + world.associated.value();
        assertThat(keys)
                .contains(
                        "all members=" + world.member.value(),
                        "all members=" + world.leaving.value(),
                        "all members=" + world.member.value() + " PARTNER",
                        "all members=" + world.associated.value() + " ASSOCIATED",
                        "all members=" + world.coordinator.value() + " COORDINATOR",
                        "invited:" + world.invited.value() + " members=" + world.invited.value());
        var tokens = ProjectAudience.tokens(project);
        for (var token : tokens) {
            assertThat(keys).contains(token + " phase=IDEA", token + " areas=ECONOMY", token + " areas=MOBILITY");
        }
        var inside = List.of(" gates=COUNCIL", " gates=FUNDING", " foundingLetter=" + letter.value());
        inside.forEach(key -> assertThat(keys)
                .contains(member + key, "office" + key)
                .doesNotContain(
                        "consortium" + key, "public" + key, "invited:" + world.invited.value() + key, "all" + key));
        var coordinator = " coordinator=" + world.coordinator.value();
        assertThat(keys)
                .contains(
                        member + coordinator, "office" + coordinator, "invited:" + world.invited.value() + coordinator)
                .doesNotContain("public" + coordinator);
        var insiders = tokens.stream()
                .filter(token -> token.equals("office") || token.startsWith("member:"))
                .count();
        assertThat(new ProjectKeys(project).facets(null)).hasSize((int) (keys.size() - insiders));
        assertThat(ProjectKeys.inRole(world.member, ProjectRole.PARTNER)).isEqualTo(world.member.value() + " PARTNER");
    }

    @Test
    void aProjectIsFoundByItsTexts() {
        var entry = new ProjectKeys(project).search();
        assertThat(entry).hasSize(1);
        assertThat(entry.getFirst().tokens()).isEqualTo(ProjectAudience.tokens(project));
        assertThat(entry.getFirst().prefixes()).contains("datenplattform", "dp", "plattform");
        var bare = JointProject.propose(
                by(editor(world.coordinator)),
                TODAY,
                in -> with(content(), "acronym", null, "summary", null),
                ProjectFixtures::existing);
        assertThat(new ProjectKeys(bare).search().getFirst().prefixes())
                .contains("datenplattform")
                .doesNotContain("dp", "plattform");
    }

    @Test
    void allIsStored() {
        var founded = proposed(world.coordinator);
        founded.derive("de");
        var derived = Objects.requireNonNull(founded.derived());
        assertThat(derived.facets()).isEqualTo(new ProjectKeys(founded).facets(null));
        assertThat(derived.search()).isEqualTo(new ProjectKeys(founded).search());
        assertThat(derived.tasks()).isEmpty();
    }
}

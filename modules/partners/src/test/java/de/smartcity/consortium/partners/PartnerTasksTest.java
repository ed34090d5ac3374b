package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.sandbox.IndexJudge;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;

/** What waits for partners; the fixtures' partners have no summary. */
@ModuleTest
class PartnerTasksTest {

    private static final String TASKS = """
            { viewer { tasks { nodes { kind due role isMine since subject { id ... on Partner { name hiddenFields areas { code } } } } } } }""";

    @Autowired
    private Asked asked;

    @Autowired
    private Given given;

    @Autowired
    private PartnerManagement management;

    @Autowired
    private MongoOperations mongo;

    private List<Map<String, Object>> tasks(Actor actor) {
        List<Map<String, Object>> nodes = asked.data(actor, TASKS, Map.of(), "viewer", "tasks", "nodes");
        assertThat(asked.<Integer>data(actor, "{ viewer { taskCount } }", Map.of(), "viewer", "taskCount"))
                .isEqualTo(nodes.size());
        return nodes;
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void eachOfItsPeopleSeesThatAMembersProfileIsIncompleteAndItsAdminsAreAsked(Role role) {
        var partner = given.partner(PartnerStatus.ACTIVE);
        assertThat(tasks(Callers.of(partner, role)))
                .singleElement()
                .satisfies(task -> assertThat(task)
                        .containsEntry("kind", "COMPLETE_PROFILE")
                        .containsEntry("role", "PARTNER_ADMIN")
                        .containsEntry("due", null)
                        .containsEntry("isMine", role == Role.PARTNER_ADMIN)
                        .extractingByKey("subject")
                        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                        .containsEntry("id", Asked.globalId(partner)));
    }

    @Test
    void anOnboardingPartnerSeesItsTask() {
        var partner = given.partner(PartnerStatus.ONBOARDING);
        assertThat(tasks(Callers.of(partner, Role.PARTNER_ADMIN)))
                .singleElement()
                .satisfies(task -> assertThat(task).containsEntry("isMine", true));
    }

    @Test
    void aFellowMemberSeesOnlyItsOwnTask() {
        given.partner(PartnerStatus.ACTIVE);
        var fellow = given.partner(PartnerStatus.ACTIVE);
        assertThat(subjects(tasks(Callers.of(fellow, Role.PARTNER_ADMIN)))).containsExactly(Asked.globalId(fellow));

        complete(fellow);
        assertThat(tasks(Callers.of(fellow, Role.PARTNER_ADMIN))).isEmpty();
    }

    private static List<Object> subjects(List<Map<String, Object>> tasks) {
        var subjects = new ArrayList<Object>();
        tasks.forEach(task -> subjects.add(
                Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(task.get("subject"))).get("id"))));
        return subjects;
    }

    @ParameterizedTest
    @EnumSource(
            value = PartnerStatus.class,
            names = {"SUSPENDED", "DEPARTED"})
    void aPartnerThatMayDoNothingHasNoTask(PartnerStatus status) {
        assertThat(tasks(Callers.of(given.partner(status), Role.PARTNER_ADMIN))).isEmpty();
    }

    /** An actor may have the status of before for some seconds. */
    @Test
    void theTaskOfAPartnerThatIsSuspendedGoesAtOnce() {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var admin = Callers.of(partner, Role.PARTNER_ADMIN);
        assertThat(tasks(admin)).hasSize(1);
        management.suspend(partner.id(), "For a test", Change.by(Actor.system(), Instant.now()));
        assertThat(tasks(admin)).isEmpty();
    }

    @Test
    void theTasksOfPartnersAreNotTheOffices() {
        given.partner(PartnerStatus.ACTIVE);
        assertThat(tasks(Callers.office())).isEmpty();
    }

    @Test
    void anAccountOfTheOfficeThatActsForAPartnerSeesThePartnersTask() {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var organisation = Callers.of(partner, Role.VIEWER).organisation().orElseThrow();
        var office = Actor.acting(
                Actor.Kind.PERSON, Callers.office().account().orElseThrow(), true, organisation, List.of(organisation));
        assertThat(subjects(tasks(office))).containsExactly(Asked.globalId(partner));
    }

    @Test
    void withoutATokenThereAreNoTasks() {
        given.partner(PartnerStatus.ACTIVE);
        assertThat(tasks(Actor.anonymous())).isEmpty();
    }

    @Test
    void aTaskKeepsItsTimeThroughLaterSavesAndGoesWithTheSaveThatCompletesTheProfile() {
        var partner = given.partner(PartnerStatus.ONBOARDING);
        var admin = Callers.of(partner, Role.PARTNER_ADMIN);
        var since = tasks(admin).getFirst().get("since");
        assertThat(since).isEqualTo(partner.updatedAt().toString());

        management.admit(
                partner.id(),
                LocalDate.of(2018, 7, 9),
                Change.by(Actor.system(), Instant.now().plusSeconds(60)));
        assertThat(tasks(admin)).extracting(task -> task.get("since")).containsExactly(since);

        complete(given.now(partner.id()));
        assertThat(tasks(admin)).isEmpty();
    }

    @Test
    void aPartnerThatWasStoredBeforeThereWereTasksHasNoneUntilItIsSaved() {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var admin = Callers.of(partner, Role.PARTNER_ADMIN);
        mongo.getCollection("partners")
                .updateOne(Filters.eq("_id", partner.id().value()), Updates.unset(DerivedPaths.TASKS));
        assertThat(tasks(admin)).isEmpty();
        management.suspend(partner.id(), "For a test", Change.by(Actor.system(), Instant.now()));
        management.reinstate(partner.id(), "After a test", Change.by(Actor.system(), Instant.now()));
        assertThat(tasks(admin)).hasSize(1);
    }

    private void complete(Partner partner) {
        Map<String, Object> payload = asked.data(
                Callers.of(partner, Role.PARTNER_ADMIN),
                "mutation ($input: EditPartnerInput!) { editPartner(input: $input) { userErrors { rule } } }",
                Map.of(
                        "input",
                        Map.of(
                                "partnerId",
                                Asked.globalId(partner),
                                "expectedVersion",
                                Objects.requireNonNull(partner.version()).intValue(),
                                "summary",
                                List.of(Map.of("locale", "en", "text", "A summary")))),
                "editPartner");
        assertThat(payload).containsEntry("userErrors", List.of());
        assertThat(Objects.requireNonNull(given.now(partner.id()).profile().summary()))
                .isEqualTo(LocalizedText.of(Map.of("en", "A summary")));
    }

    @Test
    void theIndexOfHoldersServesTheQuestion() {
        tasks(Callers.of(given.partner(PartnerStatus.ACTIVE), Role.VIEWER));
        assertThat(IndexJudge.ofThisProcess().questions())
                .containsEntry(
                        "partners: " + DerivedPaths.AUDIENCE + "= " + DerivedPaths.TASK_HOLDERS + "=",
                        Set.of(List.of(DerivedPaths.TASK_HOLDERS)));
    }
}

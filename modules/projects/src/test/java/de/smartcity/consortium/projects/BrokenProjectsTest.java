package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.activity.ActivityStatus;
import de.smartcity.consortium.activity.JobStatus;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.projects.model.JointProject;
import de.smartcity.consortium.projects.model.MembershipState;
import de.smartcity.consortium.projects.model.SharedGrantId;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.core.ConditionFactory;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/**
 * Stored projects that lack something, or have what this release does not know, hide no others and are changed where that makes sense. What cannot be
 * read is not overwritten, and keeps no other waiting.
 */
@ProjectTest
@Import(BrokenProjectsTest.Time.class)
@TestPropertySource(properties = {"consortium.jobs.interval=100ms", "consortium.limits.cost=100000000"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenProjectsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

    private static final String PROJECT = """
            { id title titleTranslations { locale text } acronym summary contactFunction areas { code } phase paused startsOn plannedEndsOn startedOn
              endedOn visibility coordinator { id } viewerMembership { role state }
              members { partner { id } since role state leavingOn invitation { role digest } answer { account } representatives { account deputy until } }
              gates { kind state decidedOn document { id } } needs { competence { code } level } references { kind value }
              files { file { id } audience by { id } } handOver { to { id } } nextPhase { phase missing { code } }
              asLeft { at title phase paused members { partner { id } role } files { file { id } } } ownReferences { references { key } }
              createdAt activity { nodes { type } } version updatedAt viewerCanEdit viewerCanAdvance viewerCanRecordGates viewerCanAttachFiles
              viewerCanInvite viewerCanAnswer viewerCanLeave viewerCanHandOver viewerCanAnswerHandOver viewerCanWithdrawHandOver
              viewerCanAppointCoordinator viewerCanNameRepresentatives viewerCanAcceptRepresentation hiddenFields }""";

    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        SettableClock clockOfBrokenProjects() {
            return new SettableClock(
                    TODAY.atTime(12, 0).atZone(ProjectSteps.BERLIN).toInstant());
        }
    }

    @Autowired
    private Asked asked;

    @Autowired
    private ProjectSteps steps;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private SettableClock clock;

    @Autowired
    private ActivityStatus status;

    private final Partner coordinator;
    private final Partner member;
    private final Partner invited;
    private final Partner former;
    private @Nullable String whole;
    private @Nullable String broken;

    /** The project that is broken, as it was. */
    private @Nullable Document unbroken;

    private @Nullable Document copy;

    BrokenProjectsTest(@Autowired Given given) {
        coordinator = given.partner(PartnerStatus.ACTIVE);
        member = given.partner(PartnerStatus.ACTIVE);
        invited = given.partner(PartnerStatus.ACTIVE);
        former = given.partner(PartnerStatus.ACTIVE);
    }

    @BeforeAll
    void twoProjectsWithEverything() {
        whole = filled();
        broken = filled();
        soon().until(() -> steps.stored(broken()).outbox().events().isEmpty());
        unbroken = stored("jointProjects", id(broken()));
        copy = stored(
                "projectCopies",
                Objects.requireNonNull(
                        steps.stored(broken()).memberships().getLast().copy()));
    }

    private String whole() {
        return Objects.requireNonNull(whole);
    }

    private String broken() {
        return Objects.requireNonNull(broken);
    }

    private String filled() {
        var project = steps.propose(
                coordinator,
                Map.of(
                        "visibility",
                        "PUBLIC",
                        "summary",
                        ProjectSteps.text("A summary"),
                        "areas",
                        List.of("LIVING"),
                        "needs",
                        List.of(Map.of("competence", "FIBRE", "level", "KNOWS")),
                        "references",
                        List.of(Map.of("kind", "GRANT", "value", "BROKEN-1"))));
        steps.made(
                ProjectSteps.editor(coordinator),
                "setGates",
                ProjectSteps.of(project, Map.of("gates", List.of("COUNCIL"))));
        join(project, member);
        steps.represent(
                project,
                member,
                ProjectSteps.person(member, "representative", Role.VIEWER),
                ProjectSteps.person(member, "deputy", Role.VIEWER));
        invite(project, invited, TODAY.plusDays(300));
        join(project, former);
        steps.attach(project, member, "MEMBERS");
        steps.leave(project, former, TODAY);
        steps.made(
                ProjectSteps.signatory(coordinator),
                "handOverCoordination",
                ProjectSteps.of(project, Map.of("partnerId", Asked.globalId(member))));
        for (var partner : List.of(member, former)) {
            asked.data(
                    ProjectSteps.editor(partner),
                    "mutation ($input: SetOwnReferencesInput!) { setOwnReferences(input: $input) { userErrors { rule } } }",
                    Map.of(
                            "input",
                            Map.of(
                                    "projectId",
                                    project,
                                    "expectedVersion",
                                    0,
                                    "references",
                                    List.of(Map.of("system", "SAP", "key", project)))));
        }
        return project;
    }

    @AfterEach
    void restore() {
        replace("jointProjects", Objects.requireNonNull(unbroken));
        replace("projectCopies", Objects.requireNonNull(copy));
    }

    static List<Arguments> lacking() {
        return List.of(
                Arguments.of("content", null),
                Arguments.of("content.title", new Document("texts", new Document("not a tag", "x"))),
                Arguments.of("content.visibility", null),
                Arguments.of("paused recorded coordinatorUnable", null),
                Arguments.of("gates files memberships.1.representatives memberships.3.copy", null),
                Arguments.of("memberships.0.since memberships.0.roles.0.since", null),
                Arguments.of("memberships.2.invitation", null),
                Arguments.of("memberships.2.invitation.terms.answerBy", null),
                Arguments.of("derived.facets derived.tasks derived.search dueOn followed grants allFiles", null),
                Arguments.of("later content.later memberships.0.later", "of a later release"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lacking")
    void aProjectThatLacksSomethingIsReadWithTheOthersAndChanged(String paths, @Nullable Object value) {
        breakAt(broken(), paths, value);
        assertRead();
        steps.edit(broken(), coordinator, Map.of("acronym", "NEW", "title", ProjectSteps.text("Repaired")));
        steps.made(ProjectSteps.signatory(coordinator), "withdrawHandOver", ProjectSteps.of(broken()));
        steps.leave(broken(), member, TODAY.plusDays(300));
        assertRead(Callers.office());
        assertThat(steps.stored(broken()).content().acronym()).isEqualTo("NEW");
    }

    @ParameterizedTest
    @CsvSource({
        "phase, PHASE_OF_A_LATER_RELEASE",
        "memberships.1.state, STATE_OF_A_LATER_RELEASE",
        "content, no content"
    })
    void whatCannotBeReadIsNotOverwritten(String path, String value) {
        breakAt(broken(), path, value);
        var before = stored("jointProjects", id(broken()));
        refused(
                ProjectSteps.editor(coordinator),
                "editProject",
                Map.of("expectedVersion", Objects.requireNonNull(before.getLong("version")), "acronym", "LOST"));
        refused(ProjectSteps.editor(coordinator), "cancelProject", Map.of("reason", "For a test"));
        refused(ProjectSteps.signatory(member), "leaveProject", Map.of());
        refused(ProjectSteps.signatory(invited), "acceptProjectInvitation", Map.of("digest", "0".repeat(64)));
        assertThat(stored("jointProjects", id(broken()))).isEqualTo(before);

        steps.edit(whole(), coordinator, Map.of("acronym", "WHOLE"));
        assertThat(asked.ask(
                        Callers.office(),
                        "query ($id: ID!) { jointProject(id: $id) " + PROJECT + " }",
                        Map.of("id", whole())))
                .doesNotContainKey("errors");
    }

    private void refused(Actor actor, String verb, Map<String, ?> more) {
        assertThat(ProjectSteps.outcome(steps.answer(actor, verb, ProjectSteps.of(broken(), more))))
                .as(verb)
                .isEqualTo("INTERNAL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"leftOn", "content", "phase", "paused gates members files", "reader project allFiles"})
    void aCopyThatLacksSomethingIsShownWithTheOthersAsFarAsItGoes(String paths) {
        for (var path : paths.split(" ")) {
            mongo.getCollection("projectCopies").updateOne(ofCopy(), Updates.unset(path));
        }
        assertThat(copies())
                .hasSize(paths.equals("leftOn") ? 1 : 2)
                .allSatisfy(copy -> assertThat(copy).containsEntry("at", TODAY.toString()));
        assertThat(copies())
                .anySatisfy(copy -> assertThat(copy)
                        .containsEntry("title", "A project")
                        .containsEntry("phase", "IDEA")
                        .extracting("members", InstanceOfAssertFactories.LIST)
                        .hasSize(3));
    }

    @Test
    void aCopyThatIsGoneIsNone() {
        mongo.getCollection("projectCopies").deleteOne(ofCopy());
        assertThat(copies()).hasSize(1);
    }

    private Bson ofCopy() {
        return Filters.eq("_id", Objects.requireNonNull(copy).get("_id"));
    }

    /** What is shown of the copies of both projects. */
    private List<Map<String, Object>> copies() {
        List<Map<String, @Nullable Map<String, Object>>> nodes =
                asked.data(ProjectSteps.viewer(former), """
                { formerProjects(first: 10) { nodes { asLeft { at title phase paused areas { code } visibility members { partner { id } role }
                  gates { kind } files { file { id } } } } } }""", Map.of(), "formerProjects", "nodes");
        assertThat(nodes).hasSize(2);
        return nodes.stream()
                .flatMap(node -> Stream.ofNullable(node.get("asLeft")))
                .toList();
    }

    @Test
    void whatIsNotedAboutAProjectThatCannotBeReadIsRead() {
        breakAt(broken(), "phase", "PHASE_OF_A_LATER_RELEASE");
        assertThat(asked.<Object>data(
                        ProjectSteps.editor(former),
                        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on OwnReferences { references { key } } } }",
                        Map.of("ids", List.of(ownReferences(former, broken()), ownReferences(former, whole()))),
                        "nodes"))
                .asString()
                .contains("key=" + broken(), "key=" + whole());
    }

    private static String ownReferences(Partner partner, String project) {
        return OwnReferencesSteps.globalId(partner, ProjectSteps.projectId(project));
    }

    @Test
    void theJobsSettleAndFollowTheOthers(@Autowired Given given, @Autowired PartnerManagement management) {
        var suspended = given.partner(PartnerStatus.ACTIVE);
        var lapsesOn = TODAY.plusDays(3);
        var unreadable = waiting(suspended, lapsesOn);
        var withoutDay = waiting(suspended, lapsesOn);
        var withoutInvitation = waiting(suspended, lapsesOn);
        var withoutContent = waiting(suspended, lapsesOn);
        var withoutDerived = waiting(suspended, lapsesOn);
        var readable = waiting(suspended, lapsesOn);
        breakAt(unreadable, "phase", "PHASE_OF_A_LATER_RELEASE");
        breakAt(withoutDay, "memberships.1.invitation.terms.answerBy", null);
        breakAt(withoutInvitation, "memberships.1.invitation", null);
        breakAt(withoutContent, "content", null);
        breakAt(withoutDerived, "derived", null);
        try {
            clock.set(lapsesOn.plusDays(1).atStartOfDay(ProjectSteps.BERLIN).toInstant());
            for (var project : List.of(withoutContent, withoutDerived, readable)) {
                soon().until(() -> last(project) == MembershipState.LAPSED);
            }
            for (var project : List.of(withoutDay, withoutInvitation)) {
                soon().until(() -> steps.stored(project).dueOn() == null);
                assertThat(last(project)).isEqualTo(MembershipState.INVITED);
            }
            soon().until(() -> job("settle-projects").failed() == 1);

            management.suspend(suspended.id(), "For a test", Change.by(Actor.system(), clock.instant()));
            for (var project : List.of(withoutDay, withoutInvitation, withoutContent, withoutDerived, readable)) {
                soon().until(() -> steps.stored(project).coordinatorUnable());
            }
            soon().until(() -> job("follow-partners-in-projects").failed() == 1);
        } finally {
            breakAt(unreadable, "phase", "IDEA");
        }
        soon().until(() -> last(unreadable) == MembershipState.LAPSED);
        soon().until(() -> steps.stored(unreadable).coordinatorUnable());
        soon().until(() -> status.jobs().stream().allMatch(job -> job.failed() == 0));
    }

    private String waiting(Partner by, LocalDate answerBy) {
        var project = steps.propose(by, Map.of());
        invite(project, by, invited, answerBy);
        return project;
    }

    private MembershipState last(String project) {
        JointProject now = steps.stored(project);
        return now.memberships().getLast().state();
    }

    @Test
    void grantsOfOthersAreFollowedWhereAProjectCannotBeRead() {
        breakAt(broken(), "phase", "PHASE_OF_A_LATER_RELEASE");
        var first = steps.propose(coordinator, grant("BROKEN-2"));
        var second = steps.propose(coordinator, grant("BROKEN-2"));
        soon().untilAsserted(() -> assertThat(String.valueOf(asked.<Object>data(
                        Callers.office(),
                        "query ($id: ID!) { node(id: $id) { ... on SharedGrant { projects { id } } } }",
                        Map.of(
                                "id",
                                new GlobalId(
                                                "SharedGrant",
                                                SharedGrantId.of("BROKEN2").value())
                                        .text()))))
                .contains(first, second));
    }

    private static Map<String, ?> grant(String number) {
        return Map.of("references", List.of(Map.of("kind", "GRANT", "value", number)));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    private JobStatus job(String name) {
        return status.jobs().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void join(String project, Partner partner) {
        invite(project, partner, TODAY.plusDays(300));
        steps.accept(project, partner);
    }

    private void invite(String project, Partner partner, LocalDate answerBy) {
        invite(project, coordinator, partner, answerBy);
    }

    private void invite(String project, Partner by, Partner partner, LocalDate answerBy) {
        var terms = new HashMap<String, Object>(ProjectSteps.terms(partner, "PARTNER"));
        terms.put("answerBy", answerBy.toString());
        steps.made(ProjectSteps.editor(by), "inviteProjectMember", ProjectSteps.of(project, terms));
    }

    private static UUID id(String project) {
        return ProjectSteps.projectId(project).value();
    }

    private Document stored(String collection, UUID id) {
        return Objects.requireNonNull(mongo.getCollection(collection)
                .find(Filters.eq("_id", id))
                .limit(1)
                .first());
    }

    private void replace(String collection, Document document) {
        mongo.getCollection(collection)
                .replaceOne(Filters.eq("_id", document.get("_id")), document, new ReplaceOptions().upsert(true));
    }

    private void breakAt(String project, String paths, @Nullable Object value) {
        for (var path : paths.split(" ")) {
            mongo.getCollection("jointProjects")
                    .updateOne(
                            Filters.eq("_id", id(project)),
                            value == null ? Updates.unset(path) : Updates.set(path, value));
        }
    }

    private void assertRead() {
        assertRead(ProjectSteps.all(coordinator), ProjectSteps.all(invited), Callers.office());
    }

    /** These see the broken project and the whole one in a list. */
    private void assertRead(Actor... actors) {
        for (var actor : actors) {
            assertThat(asked.ask(actor, "{ jointProjects(first: 20) { totalCount nodes " + PROJECT + " } }", Map.of()))
                    .doesNotContainKey("errors")
                    .asString()
                    .contains("id=" + broken(), "id=" + whole());
        }
    }
}

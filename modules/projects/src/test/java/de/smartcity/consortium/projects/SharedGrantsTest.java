package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.activity.EventHandler;
import de.smartcity.consortium.activity.PublishedEvent;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.projects.model.ProjectVisibility;
import de.smartcity.consortium.projects.model.SharedGrantId;
import de.smartcity.consortium.sandbox.IndexJudge;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoOperations;

/** What the office learns of projects that name the same grant, and nobody else. */
@ModuleTest
@Import({GivenProjects.class, GivenProjects.Accounts.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedGrantsTest {

    private static final String TASKS = """
            { viewer { tasks(first: 100) { nodes { kind due role isMine subject { id ... on SharedGrant { number projects { id } } } } } } }""";

    private static final String EVERYTHING =
            "{ ... on SharedGrant { id number projects { id title } createdAt activity { nodes { type account changed } } } }";

    @Autowired
    private Asked asked;

    @Autowired
    private GivenProjects projects;

    @Autowired
    private Given given;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private EventHandler grantsOfProjects;

    private @Nullable Partner member;
    private @Nullable Partner other;

    @BeforeAll
    void members() {
        member = given.partner(PartnerStatus.ACTIVE);
        other = given.partner(PartnerStatus.ACTIVE);
    }

    private Partner member() {
        return Objects.requireNonNull(member);
    }

    private Partner other() {
        return Objects.requireNonNull(other);
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }

    private static String globalId(String number) {
        return new GlobalId("SharedGrant", SharedGrantId.of(number).value()).text();
    }

    /** What an actor sees of the grant of a number; null if nothing. */
    private @Nullable Map<String, Object> shown(Actor actor, String number) {
        return asked.<@Nullable Map<String, Object>>data(
                actor, "query ($id: ID!) { node(id: $id) " + EVERYTHING + " }", Map.of("id", globalId(number)), "node");
    }

    private void assertProjects(String number, ProjectId... expected) {
        var grant = shown(Callers.office(), number);
        assertThat(grant).isNotNull();
        assertThat(ids(Objects.requireNonNull(grant).get("projects")))
                .containsExactlyElementsOf(Arrays.stream(expected)
                        .sorted((one, two) -> unsigned(one).compareTo(unsigned(two)))
                        .map(GivenProjects::globalId)
                        .toList());
    }

    /** As MongoDB orders them. */
    private static String unsigned(ProjectId project) {
        return project.value().toString();
    }

    private static List<Object> ids(@Nullable Object projects) {
        return ((List<?>) Objects.requireNonNull(projects))
                .stream()
                        .<Object>map(each -> Objects.requireNonNull(((Map<?, ?>) each).get("id")))
                        .toList();
    }

    /** The tasks that an actor has because of the grant of a number. */
    private List<Map<String, Object>> tasks(Actor actor, String number) {
        List<Map<String, Object>> tasks = asked.data(actor, TASKS, Map.of(), "viewer", "tasks", "nodes");
        return tasks.stream()
                .filter(task -> String.valueOf(task.get("subject")).contains(globalId(number)))
                .toList();
    }

    /** What is stored but for outbox and version; null if nothing is. */
    private @Nullable Document stored(String collection, Object id) {
        var stored = mongo.getCollection(collection)
                .find(Filters.eq("_id", id))
                .limit(1)
                .first();
        if (stored != null) {
            stored.remove("outbox");
        }
        return stored;
    }

    /** An event of a project, as the log has it. */
    private static PublishedEvent event(String kind, ProjectId project) {
        return new PublishedEvent(
                1,
                UUID.randomUUID(),
                kind,
                project.value(),
                "PROJECT_EDITED",
                Instant.EPOCH,
                null,
                AccountId.SYSTEM,
                null,
                null,
                null,
                new EventAudience(List.of(), List.of(), List.of(), Map.of()));
    }

    private void handle(ProjectId... subjects) {
        for (var project : subjects) {
            grantsOfProjects.handle().accept(event("JointProject", project));
        }
    }

    @Test
    void theOfficeGetsATaskForAGrantThatTwoProjectsName() {
        var first = projects.project(ProjectVisibility.MEMBERS, member(), "BMBF 16-KIS/0001");
        var second = projects.project(ProjectVisibility.PUBLIC, other(), "other-1", "bmbf16kis0001");
        soon(() -> assertThat(tasks(Callers.office(), "BMBF16KIS0001"))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task)
                            .containsEntry("kind", "CHECK_SHARED_GRANT")
                            .containsEntry("due", null)
                            .containsEntry("role", null)
                            .containsEntry("isMine", true);
                    assertThat(task.get("subject")).asString().contains("number=BMBF16KIS0001");
                }));
        assertProjects("BMBF16KIS0001", first, second);
        assertThat(shown(Callers.office(), "OTHER1")).as("one project names it").isNull();
        soon(() -> assertThat(shown(Callers.office(), "BMBF16KIS0001"))
                .asString()
                .contains("type=SHARED_GRANT_CHANGED", "account=system", "changed=[projects]"));
        assertThat(Objects.requireNonNull(shown(Callers.office(), "BMBF16KIS0001"))
                        .get("createdAt"))
                .isNotNull();
    }

    @Test
    void nobodyElseNoticesIt() {
        var first = projects.project(ProjectVisibility.PUBLIC, member(), "SECRET-2");
        var second = projects.project(ProjectVisibility.PUBLIC, member(), "SECRET-2");
        // What the handler may have done by then.
        handle(first, second);
        assertThat(tasks(Callers.office(), "SECRET2")).hasSize(1);
        var before = Stream.of(first, second)
                .map(each -> stored("jointProjects", each.value()))
                .toList();
        handle(first, second);
        assertThat(Stream.of(first, second).map(each -> stored("jointProjects", each.value())))
                .as("nothing is written into projects")
                .containsExactlyElementsOf(before);
        var all = new Role[] {Role.PARTNER_ADMIN, Role.SIGNATORY};
        for (var actor : List.of(
                Callers.of(member(), all),
                Callers.of(given.partner(PartnerStatus.ONBOARDING), all),
                Callers.of(given.partner(PartnerStatus.SUSPENDED), all))) {
            assertThat(shown(actor, "SECRET2")).isNull();
            assertThat(tasks(actor, "SECRET2")).isEmpty();
            assertThat(asked.<Object>data(
                            actor,
                            "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on JointProject { activity { nodes { type } } } } }",
                            Map.of("ids", List.of(GivenProjects.globalId(first), GivenProjects.globalId(second)))))
                    .asString()
                    .doesNotContain("SHARED_GRANT");
        }
        assertThat(shown(Actor.anonymous(), "SECRET2")).isNull();
        soon(() -> assertThat(mongo.getCollection("activity")
                        .find(Filters.eq("subject", SharedGrantId.of("SECRET2").value())))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(
                                event.get("audience", Document.class).getList("tokens", String.class))
                        .containsExactly("office")));
    }

    @Test
    void aGrantFollowsTheProjectsThatNameIt() {
        var number = "FOLLOWED3";
        var first = projects.project(ProjectVisibility.PUBLIC, member(), number);
        var second = projects.project(ProjectVisibility.PUBLIC, member(), number);
        soon(() -> assertProjects(number, first, second));
        var third = projects.project(ProjectVisibility.PUBLIC, member(), "elsewhere");
        projects.name(third, member(), "elsewhere", number);
        soon(() -> assertProjects(number, first, second, third));
        projects.name(first, member());
        soon(() -> assertProjects(number, second, third));
        assertThat(tasks(Callers.office(), number)).hasSize(1);
        projects.cancel(second, member());
        soon(() -> assertProjects(number, third));
        assertThat(tasks(Callers.office(), number)).isEmpty();
        projects.name(third, member(), "elsewhere");
        soon(() -> assertProjects(number));
        projects.name(first, member(), number);
        projects.name(third, member(), number);
        soon(() -> assertProjects(number, first, third));
        assertThat(tasks(Callers.office(), number)).hasSize(1);
    }

    @Test
    void aProjectMayShareSeveralGrants() {
        var first = projects.project(ProjectVisibility.PUBLIC, member(), "SEVERAL4A", "SEVERAL4B", "SEVERAL4C");
        var second = projects.project(ProjectVisibility.PUBLIC, member(), "SEVERAL4A", "SEVERAL4B");
        soon(() -> assertProjects("SEVERAL4A", first, second));
        soon(() -> assertProjects("SEVERAL4B", first, second));
        projects.name(second, member(), "SEVERAL4C");
        soon(() -> assertProjects("SEVERAL4C", first, second));
        assertProjects("SEVERAL4A", first);
        assertProjects("SEVERAL4B", first);
    }

    @Test
    void anEventThatComesTwiceOrLateChangesNothing() {
        var number = "TWICE5";
        var first = projects.project(ProjectVisibility.PUBLIC, member(), number);
        var second = projects.project(ProjectVisibility.PUBLIC, member(), number);
        soon(() -> assertProjects(number, first, second));
        var before = stored("sharedGrants", SharedGrantId.of(number).value());
        handle(first, second, first, new ProjectId(UUID.randomUUID()));
        grantsOfProjects.handle().accept(event("OwnReferences", first));
        assertThat(stored("sharedGrants", SharedGrantId.of(number).value())).isEqualTo(before);
        // An event of the time when the second named it comes after it does not any more.
        projects.name(second, member());
        handle(second);
        handle(first, second);
        assertProjects(number, first);
    }

    @Test
    void eventsThatAreHandledAtOnceLeaveWhatIsSo() throws Exception {
        for (var round = 0; round < 5; round++) {
            var number = "AT" + round + "ONCE6";
            var named = IntStream.range(0, 4)
                    .mapToObj(n -> projects.project(ProjectVisibility.PUBLIC, member(), number))
                    .toList();
            var calls = named.stream()
                    .map(each -> (Callable<Boolean>) () -> {
                        handle(each);
                        return true;
                    })
                    .toList();
            Asked.together(
                    Collections.nCopies(3, calls).stream().flatMap(List::stream).toList());
            assertProjects(number, named.toArray(ProjectId[]::new));
            assertThat(tasks(Callers.office(), number)).hasSize(1);
        }
    }

    @Test
    void anEventWaitsForNoGrantThatLacksSomething() {
        var broken = projects.project(ProjectVisibility.PUBLIC, member(), "BROKEN7");
        var second = projects.project(ProjectVisibility.PUBLIC, member(), "BROKEN7");
        soon(() -> assertProjects("BROKEN7", broken, second));
        for (var path : List.of("createdAt", "updatedAt", "derived.tasks", "projects")) {
            mongo.getCollection("sharedGrants")
                    .updateOne(Filters.eq("_id", SharedGrantId.of("BROKEN7").value()), Updates.unset(path));
            assertThat(shown(Callers.office(), "BROKEN7")).isNotNull();
        }
        handle(second);
        assertProjects("BROKEN7", broken, second);
        mongo.getCollection("sharedGrants")
                .updateOne(Filters.eq("_id", SharedGrantId.of("BROKEN7").value()), Updates.unset("number"));
        projects.name(second, member());
        handle(second);
        assertThat(shown(Callers.office(), "BROKEN7")).containsEntry("number", null);
        handle(broken);
        assertProjects("BROKEN7", broken);
    }

    @Test
    void whatIsAskedHasItsIndex() {
        var first = projects.project(ProjectVisibility.PUBLIC, member(), "INDEXED8");
        var second = projects.project(ProjectVisibility.PUBLIC, member(), "INDEXED8");
        handle(first, second);
        assertThat(tasks(Callers.office(), "INDEXED8")).hasSize(1);
        assertProjects("INDEXED8", first, second);
        assertThat(IndexJudge.ofThisProcess().questions())
                .containsEntry("jointProjects: _id=", Set.of(List.of("_id")))
                .containsEntry("sharedGrants: projects=", Set.of(List.of("projects")))
                .containsEntry("sharedGrants: _id=", Set.of(List.of("_id")))
                .containsEntry("sharedGrants: _id= " + DerivedPaths.AUDIENCE + "=", Set.of(List.of("_id")))
                .containsEntry(
                        "sharedGrants: " + DerivedPaths.AUDIENCE + "= " + DerivedPaths.TASK_HOLDERS + "=",
                        Set.of(List.of(DerivedPaths.TASK_HOLDERS)));
        assertThat(IndexJudge.ofThisProcess().questions().get("jointProjects: grants= by _id"))
                .contains(List.of("grants", "_id"));
        soon(() -> assertThat(IndexJudge.ofThisProcess().questions().entrySet()).anySatisfy(question -> {
            assertThat(question.getKey()).startsWith("sharedGrants: outbox.events.at");
            assertThat(question.getValue()).contains(List.of("outbox.events.at"));
        }));
    }
}

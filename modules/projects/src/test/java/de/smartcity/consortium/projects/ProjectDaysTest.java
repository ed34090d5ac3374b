package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.ModuleApplication;
import de.smartcity.consortium.activity.ActivityStatus;
import de.smartcity.consortium.activity.EventSource;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.activity.JobStatus;
import de.smartcity.consortium.kernel.AccountNames;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.Partners;
import de.smartcity.consortium.projects.model.Membership;
import de.smartcity.consortium.projects.model.MembershipState;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/**
 * What happens to projects because of days and of partners that cannot act: once on two nodes, also where a day has 23 or 25 hours, and after an
 * outage. In 2026, clocks are set forward on 29 March and back on 25 October.
 */
@ProjectTest
@Import(ProjectDaysTest.Time.class)
@TestPropertySource(properties = {ProjectDaysTest.EVERY_20_MS, ProjectDaysTest.QUIET})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the clock of ProjectDaysTest")
class ProjectDaysTest {

    static final String EVERY_20_MS = "consortium.jobs.interval=20ms";

    /** The embedded server logs the trace of each duplicate key, and so whenever the other node holds a lease. */
    static final String QUIET = "logging.level.de.bwaldvogel.mongo.wire=off";

    private static final String DAYS = "settle-projects";
    private static final String STATUSES = "follow-partners-in-projects";

    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        SettableClock clockOfDays() {
            return new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
        }
    }

    /** The second node: what a module's tests start, without the tests' own beans. */
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackages = "de.smartcity.consortium")
    @ComponentScan(
            basePackages = "de.smartcity.consortium",
            excludeFilters = {
                @ComponentScan.Filter(TestConfiguration.class),
                @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = ModuleApplication.class)
            })
    static class Node {}

    @Autowired
    private SettableClock clock;

    @Autowired
    private ProjectSteps steps;

    @Autowired
    private Asked asked;

    @Autowired
    private Given given;

    @Autowired
    private Partners partners;

    @Autowired
    private PartnerManagement management;

    @Autowired
    private ActivityStatus status;

    @Autowired
    private MongoOperations mongo;

    private final Partner coordinator;
    private final Partner member;
    private final Partner other;
    private @Nullable GenericApplicationContext second;

    ProjectDaysTest(@Autowired Given given) {
        coordinator = given.partner(PartnerStatus.ACTIVE);
        member = given.partner(PartnerStatus.ACTIVE);
        other = given.partner(PartnerStatus.ACTIVE);
    }

    @BeforeAll
    void startSecondNode(@Autowired Environment environment) {
        second = (GenericApplicationContext) new SpringApplicationBuilder(Node.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.mongodb.uri=" + environment.getRequiredProperty("spring.mongodb.uri"),
                        "spring.graphql.schema.locations=classpath*:graphql/",
                        EVERY_20_MS,
                        QUIET)
                .initializers(context -> {
                    var beans = (GenericApplicationContext) context;
                    beans.registerBean(Clock.class, () -> clock);
                    beans.registerBean(AccountNames.class, () -> actor -> "Somebody");
                })
                .run();
        assertThat(second().getBean(ActivityStatus.class).jobs())
                .extracting(JobStatus::name)
                .contains(DAYS, STATUSES);
    }

    @AfterAll
    void stopSecondNode() {
        second().close();
    }

    private GenericApplicationContext second() {
        return Objects.requireNonNull(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-28", "2026-03-29", "2026-10-25", "2026-12-31"})
    void anInvitationLapsesOnceWhenItsLastDayIsOver(LocalDate last) {
        noonOf(last.minusDays(1));
        var project = steps.propose(coordinator, Map.of());
        invite(project, coordinator, member, last);
        assertNotYet(project, last.plusDays(1));
        assertThat(tasks(project)).containsExactly("ANSWER_PROJECT_INVITATION");

        settledOnce(project, last.plusDays(1));
        assertThat(membership(project, member).state()).isEqualTo(MembershipState.LAPSED);
        assertThat(steps.stored(project).dueOn()).isNull();
        assertThat(tasks(project)).isEmpty();
        assertOnce(project, "PROJECT_PROPOSED", "PROJECT_MEMBER_INVITED", "PROJECT_INVITATION_LAPSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-29", "2026-03-30", "2026-10-26"})
    void aMemberThatLeavesHasLeftAtTheBeginningOfItsDayWithOneCopy(LocalDate day) {
        noonOf(day.minusDays(2));
        var project = joined(coordinator, member);
        steps.leave(project, member, day);
        awaitFollowed();
        assertNotYet(project, day);
        assertThat(tasks(project)).containsExactly("PROJECT_MEMBER_LEAVING");
        assertThat(shown(ProjectSteps.viewer(member), project)).contains("title=A project", "asLeft=null");

        settledOnce(project, day);
        assertLeft(project, member, day);
        assertThat(steps.stored(project).dueOn()).isNull();
        assertThat(tasks(project)).isEmpty();
        assertThat(shown(ProjectSteps.viewer(member), project))
                .contains("title=null", "asLeft={at=" + day + ", title=A project}");
        assertThat(asked.<Object>data(ProjectSteps.viewer(member), "{ formerProjects { nodes { id } } }", Map.of()))
                .asString()
                .containsOnlyOnce(project);
        assertOnce(
                project,
                "PROJECT_PROPOSED",
                "PROJECT_MEMBER_INVITED",
                "PROJECT_MEMBER_JOINED",
                "PROJECT_MEMBER_LEAVING",
                "PROJECT_MEMBER_LEFT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-28", "2026-10-25"})
    void aRepresentativeConsentsUntilTheEndOfItsLastDay(LocalDate last) {
        noonOf(last.minusDays(1));
        var project = joined(coordinator, member);
        var representative = ProjectSteps.person(member, "representative", Role.VIEWER);
        represent(project, representative, last);
        assertNotYet(project, last.plusDays(1));
        assertThat(shown(representative, project)).contains("viewerCanLeave=true");

        settledOnce(project, last.plusDays(1));
        assertThat(shown(representative, project)).contains("viewerCanLeave=false");
        assertThat(membership(project, member).representatives()).isEmpty();
        assertThat(ProjectSteps.outcome(steps.answer(representative, "leaveProject", ProjectSteps.of(project))))
                .isEqualTo("ROLE_MISSING");
        assertOnce(
                project,
                "PROJECT_PROPOSED",
                "PROJECT_MEMBER_INVITED",
                "PROJECT_MEMBER_JOINED",
                "PROJECT_REPRESENTATIVE_NAMED",
                "PROJECT_REPRESENTATION_ACCEPTED",
                "PROJECT_REPRESENTATION_ENDED");
    }

    @Test
    void afterAnOutageEverythingHasItsDayAndItsOrder() {
        var day = LocalDate.of(2026, 3, 20);
        noonOf(day);
        var project = joined(coordinator, member, other);
        var late = given.partner(PartnerStatus.ACTIVE);
        invite(project, coordinator, late, day.plusDays(10));
        represent(project, ProjectSteps.person(other, "representative", Role.VIEWER), day.plusDays(3));
        steps.leave(project, other, day.plusDays(12));
        steps.leave(project, member, day.plusDays(5));
        awaitFollowed();
        var before = events(project).size();
        var version = steps.version(project);

        // Nothing ran for more than a year.
        noonOf(day.plusDays(400));
        soon().until(() -> steps.stored(project).dueOn() == null);
        awaitTwoRuns(DAYS);
        assertThat(steps.version(project)).isEqualTo(version + 1);
        assertLeft(project, member, day.plusDays(5));
        assertLeft(project, other, day.plusDays(12));
        assertThat(membership(project, late).state()).isEqualTo(MembershipState.LAPSED);
        var events = events(project);
        assertThat(events.subList(before, events.size()))
                .containsExactly(
                        "PROJECT_REPRESENTATION_ENDED",
                        "PROJECT_MEMBER_LEFT",
                        "PROJECT_INVITATION_LAPSED",
                        "PROJECT_MEMBER_LEFT");
        assertThat(job(DAYS).failed()).isZero();
    }

    @Test
    void twoNodesSettleEachProjectOnce() {
        var day = LocalDate.of(2026, 10, 24);
        noonOf(day);
        var lapsing = new ArrayList<String>();
        var leaving = new ArrayList<String>();
        for (var n = 0; n < 4; n++) {
            var asking = steps.propose(coordinator, Map.of());
            invite(asking, coordinator, member, day.plusDays(n % 2));
            lapsing.add(asking);
            var left = joined(coordinator, member);
            steps.leave(left, member, day.plusDays(1 + n % 2));
            leaving.add(left);
        }
        awaitFollowed();
        for (var days = 1; days <= 2; days++) {
            beginOf(day.plusDays(days));
            awaitTwoRuns(DAYS);
        }
        awaitTwoRuns(DAYS);
        for (var n = 0; n < 4; n++) {
            assertEvents(lapsing.get(n), "PROJECT_PROPOSED", "PROJECT_MEMBER_INVITED", "PROJECT_INVITATION_LAPSED");
            assertLeft(leaving.get(n), member, day.plusDays(1 + n % 2));
            assertEvents(
                    leaving.get(n),
                    "PROJECT_PROPOSED",
                    "PROJECT_MEMBER_INVITED",
                    "PROJECT_MEMBER_JOINED",
                    "PROJECT_MEMBER_LEAVING",
                    "PROJECT_MEMBER_LEFT");
        }
        assertThat(job(DAYS).failed()).isZero();
    }

    /** What the overtaken node has stored for it is no copy of the project. */
    @Test
    void aNodeThatLostItsLeaseSettlesNothingAgain(@Autowired Job<ProjectId> daysOfProjects) throws Exception {
        var day = LocalDate.of(2026, 10, 25);
        noonOf(day.minusDays(1));
        var project = joined(coordinator, member, other);
        steps.leave(project, member, day);
        invite(project, coordinator, given.partner(PartnerStatus.ACTIVE), day.minusDays(1));
        awaitFollowed();
        var before = events(project).size();
        var now = new Moment(day.atStartOfDay(ProjectSteps.BERLIN).toInstant(), ProjectSteps.BERLIN);
        Asked.together(Stream.of(daysOfProjects, secondsDays(), daysOfProjects, secondsDays())
                .map(job -> (Callable<Boolean>) () -> {
                    job.verb().accept(ProjectSteps.projectId(project), now);
                    return true;
                })
                .toList());
        var copy = membership(project, member).copy();
        assertThat(copies(project)).extracting(each -> each.get("_id")).contains(copy);
        beginOf(day);
        awaitTwoRuns(DAYS);
        assertThat(membership(project, member).copy()).isEqualTo(copy);
        var events = events(project);
        assertThat(events.subList(before, events.size()))
                .containsExactly("PROJECT_INVITATION_LAPSED", "PROJECT_MEMBER_LEFT");
        assertThat(shown(ProjectSteps.viewer(member), project)).contains("asLeft={at=" + day);
    }

    @SuppressWarnings("unchecked")
    private Job<ProjectId> secondsDays() {
        return second().getBean("daysOfProjects", Job.class);
    }

    @Test
    void aPartnerThatDepartsIsInvitedAndAMemberNoMore() {
        var day = LocalDate.of(2026, 6, 1);
        noonOf(day);
        var departing = given.partner(PartnerStatus.ACTIVE);
        var asking = steps.propose(coordinator, Map.of());
        invite(asking, coordinator, departing, day.plusDays(10));
        var shared = joined(coordinator, departing);
        var leaving = joined(coordinator, departing, member);
        steps.leave(leaving, departing, day.plusDays(10));
        var offered = joined(coordinator, departing);
        steps.made(
                ProjectSteps.signatory(coordinator),
                "handOverCoordination",
                ProjectSteps.of(offered, Map.of("partnerId", Asked.globalId(departing))));
        var elsewhere = joined(coordinator, member);
        awaitFollowed();
        var untouched = steps.version(elsewhere);

        depart(departing);
        for (var project : List.of(asking, shared, leaving, offered)) {
            soon().until(() -> !membership(project, departing).state().isPresent());
        }
        // Whoever hears of it again finds nothing to do.
        var versions =
                Stream.of(asking, shared, leaving, offered).map(steps::version).toList();
        publishStatus(departing);
        awaitFollowed();
        awaitTwoRuns(STATUSES);
        assertThat(Stream.of(asking, shared, leaving, offered).map(steps::version))
                .containsExactlyElementsOf(versions);
        assertThat(steps.version(elsewhere)).isEqualTo(untouched);

        assertThat(membership(asking, departing).state()).isEqualTo(MembershipState.LAPSED);
        assertThat(tasks(asking)).isEmpty();
        assertOnce(asking, "PROJECT_PROPOSED", "PROJECT_MEMBER_INVITED", "PROJECT_INVITATION_LAPSED");
        assertLeft(shared, departing, day);
        assertOnce(
                shared, "PROJECT_PROPOSED", "PROJECT_MEMBER_INVITED", "PROJECT_MEMBER_JOINED", "PROJECT_MEMBER_LEFT");
        assertLeft(leaving, departing, day);
        assertThat(steps.stored(leaving).dueOn()).isNull();
        assertThat(events(leaving)).endsWith("PROJECT_MEMBER_LEAVING", "PROJECT_MEMBER_LEFT");
        assertLeft(offered, departing, day);
        assertThat(steps.stored(offered).handOver()).isNull();
        assertThat(events(offered)).endsWith("PROJECT_COORDINATION_DECLINED", "PROJECT_MEMBER_LEFT");
    }

    /** As if the partner had departed while the project was being stored. */
    @Test
    void aDepartureOfWhichTheProjectDidNotHearIsFollowedAfterItsNextInvitation() {
        var day = LocalDate.of(2026, 6, 10);
        noonOf(day);
        var departing = given.partner(PartnerStatus.ACTIVE);
        var project = joined(coordinator, departing);
        awaitFollowed();
        departSilently(departing);
        awaitTwoRuns(STATUSES);
        assertThat(membership(project, departing).state()).isEqualTo(MembershipState.ACTIVE);
        invite(project, coordinator, member, day.plusDays(10));
        soon().until(() -> membership(project, departing).state() == MembershipState.LEFT);
        awaitFollowed();
        assertLeft(project, departing, day);
        assertThat(membership(project, member).state()).isEqualTo(MembershipState.INVITED);
    }

    @Test
    void theOfficeIsToAppointWhileTheCoordinatorIsSuspended() {
        noonOf(LocalDate.of(2026, 6, 20));
        var suspended = given.partner(PartnerStatus.ACTIVE);
        var project = joined(suspended, member);
        awaitFollowed();
        management.suspend(suspended.id(), "For a test", service());
        awaitTasks(project, "APPOINT_COORDINATOR");
        assertThat(tasksOfOffice()).containsOnlyOnce(project);
        steps.made(
                Callers.office(),
                "appointCoordinator",
                ProjectSteps.of(project, Map.of("partnerId", Asked.globalId(member), "reason", "For a test")));

        management.reinstate(suspended.id(), "For a test", service());
        awaitTasks(project);
        assertThat(tasksOfOffice()).doesNotContain(project);
        assertThat(steps.stored(project).handOver()).isNull();
        assertThat(steps.stored(project).coordinator()).contains(suspended.id());
        assertOnce(
                project,
                "PROJECT_PROPOSED",
                "PROJECT_MEMBER_INVITED",
                "PROJECT_MEMBER_JOINED",
                "PROJECT_COORDINATOR_UNABLE",
                "PROJECT_COORDINATION_OFFERED",
                "PROJECT_COORDINATION_WITHDRAWN",
                "PROJECT_COORDINATOR_ABLE");
    }

    @Test
    void aCoordinatorThatDepartedHasLeftOnceAnotherMemberCoordinates() {
        var day = LocalDate.of(2026, 6, 30);
        noonOf(day);
        var departing = given.partner(PartnerStatus.ACTIVE);
        var project = joined(departing, member);
        awaitFollowed();
        depart(departing);
        awaitTasks(project, "APPOINT_COORDINATOR");
        assertThat(tasksOfOffice()).containsOnlyOnce(project);
        assertThat(copies(project)).isEmpty();
        steps.made(
                Callers.office(),
                "appointCoordinator",
                ProjectSteps.of(project, Map.of("partnerId", Asked.globalId(member), "reason", "For a test")));
        steps.made(ProjectSteps.signatory(member), "acceptCoordination", ProjectSteps.of(project));
        soon().until(() -> membership(project, departing).state() == MembershipState.LEFT);
        awaitTasks(project);
        assertLeft(project, departing, day);
        assertOnce(
                project,
                "PROJECT_PROPOSED",
                "PROJECT_MEMBER_INVITED",
                "PROJECT_MEMBER_JOINED",
                "PROJECT_COORDINATOR_UNABLE",
                "PROJECT_COORDINATION_OFFERED",
                "PROJECT_COORDINATION_ACCEPTED",
                "PROJECT_MEMBER_LEFT");
    }

    private String joined(Partner coordinating, Partner... members) {
        var project = steps.propose(coordinating, Map.of());
        for (var each : members) {
            invite(project, coordinating, each, today().plusDays(30));
        }
        steps.accept(project, members);
        return project;
    }

    private void invite(String project, Partner by, Partner invited, LocalDate answerBy) {
        var terms = ProjectSteps.terms(invited, "PARTNER");
        terms.put("answerBy", answerBy.toString());
        steps.made(ProjectSteps.editor(by), "inviteProjectMember", ProjectSteps.of(project, terms));
    }

    private void represent(String project, Actor representative, LocalDate until) {
        var partner = representative.organisation().orElseThrow().partner();
        steps.made(
                ProjectSteps.signatory(given.now(partner)),
                "nameRepresentative",
                ProjectSteps.of(
                        project, Map.of("account", ProjectSteps.accountOf(representative), "until", until.toString())));
        steps.made(representative, "acceptRepresentation", ProjectSteps.of(project));
    }

    /** No verb leads to DEPARTED yet. */
    private void depart(Partner partner) {
        departSilently(partner);
        publishStatus(partner);
    }

    private void departSilently(Partner partner) {
        mongo.getCollection("partners")
                .updateOne(
                        Filters.eq("_id", partner.id().value()), Updates.set("status", PartnerStatus.DEPARTED.name()));
        partners.save(given.now(partner.id()));
    }

    private void publishStatus(Partner partner) {
        var event = new Document();
        mongo.getConverter().write(Event.of(service(), OfPartner.PARTNER_DEPARTED, List.of("status")), event);
        mongo.getCollection("partners")
                .updateOne(Filters.eq("_id", partner.id().value()), Updates.push("outbox.events", event));
        // The relay is woken by what is saved.
        partners.save(given.now(partner.id()));
    }

    private enum OfPartner {
        PARTNER_DEPARTED
    }

    private Change service() {
        return Change.by(Actor.system(), clock.instant());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ProjectSteps.BERLIN);
    }

    private void noonOf(LocalDate day) {
        clock.set(day.atTime(12, 0).atZone(ProjectSteps.BERLIN).toInstant());
    }

    private void beginOf(LocalDate day) {
        clock.set(day.atStartOfDay(ProjectSteps.BERLIN).toInstant());
    }

    /** Until the last moment before this day nothing happens to the project. */
    private void assertNotYet(String project, LocalDate day) {
        var version = steps.version(project);
        clock.set(day.atStartOfDay(ProjectSteps.BERLIN).toInstant().minusMillis(1));
        awaitTwoRuns(DAYS);
        assertThat(steps.version(project)).isEqualTo(version);
        assertThat(steps.stored(project).dueOn()).isEqualTo(day);
    }

    /** With the beginning of this day, the project is saved once. */
    private void settledOnce(String project, LocalDate day) {
        var version = steps.version(project);
        beginOf(day);
        soon().until(() -> steps.version(project) > version);
        awaitTwoRuns(DAYS);
        assertThat(steps.version(project)).isEqualTo(version + 1);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    /** The second one began after the clock was set. */
    private void awaitTwoRuns(String job) {
        var before = job(job).runs();
        soon().until(() -> job(job).runs() >= before + 2);
    }

    private JobStatus job(String name) {
        return status.jobs().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Until no event of a project or partner waits any more to be noted and followed. If both jobs came to a project at once, the overtaken one might
     * leave a copy that nobody refers to.
     */
    private void awaitFollowed() {
        soon().until(() -> Stream.of("partners", "jointProjects").allMatch(this::isPublished)
                && published() <= handled()
                && mongo.getCollection("projectsToFollow").countDocuments(Filters.lte("at", clock.instant())) == 0);
    }

    private boolean isPublished(String collection) {
        return mongo.getCollection(collection).countDocuments(Filters.gt(EventSource.WAITING_SINCE, Instant.EPOCH))
                == 0;
    }

    private long published() {
        return Objects.requireNonNull(mongo.getCollection("activity")
                        .find()
                        .sort(Sorts.descending("_id"))
                        .limit(1)
                        .first())
                .getLong("_id");
    }

    /** The number of the last event that was looked at for what it means to projects. */
    private long handled() {
        return Objects.requireNonNull(mongo.getCollection("checkpoints")
                        .find(Filters.eq("_id", "note-projects-of-partners"))
                        .limit(1)
                        .first())
                .getLong("number");
    }

    private Membership membership(String project, Partner partner) {
        return steps.stored(project).memberships().stream()
                .filter(each -> each.partner().equals(partner.id()))
                .findFirst()
                .orElseThrow();
    }

    /** It was a member until this day, and what it saw then was copied once. */
    private void assertLeft(String project, Partner partner, LocalDate day) {
        var left = membership(project, partner);
        assertThat(left.state()).isEqualTo(MembershipState.LEFT);
        assertThat(left.until()).isEqualTo(day);
        assertThat(copies(project))
                .filteredOn(copy -> partner.id().value().equals(copy.get("reader")))
                .singleElement()
                .satisfies(copy ->
                        assertThat(copy).containsEntry("_id", left.copy()).containsEntry("leftOn", day.toString()));
    }

    private List<Document> copies(String project) {
        return mongo
                .getCollection("projectCopies")
                .find()
                .sort(Sorts.ascending("_id"))
                .limit(1_000)
                .into(new ArrayList<>())
                .stream()
                .filter(copy -> ProjectSteps.projectId(project).value().equals(copy.get("project")))
                .toList();
    }

    private String shown(Actor actor, String project) {
        return String.valueOf(asked.<Object>data(
                actor,
                "query ($id: ID!) { jointProject(id: $id) { title viewerCanLeave asLeft { at title } } }",
                Map.of("id", project)));
    }

    private void awaitTasks(String project, String... kinds) {
        soon().untilAsserted(() -> assertThat(tasks(project)).containsExactly(kinds));
    }

    private List<String> tasks(String project) {
        return Objects.requireNonNull(
                        Objects.requireNonNull(steps.stored(project).derived()).tasks())
                .stream()
                .map(task -> task.kind())
                .toList();
    }

    private String tasksOfOffice() {
        return String.valueOf(asked.<Object>data(
                Callers.office(), "{ viewer { tasks(first: 100) { nodes { kind subject { id } } } } }", Map.of()));
    }

    /** The project has exactly these published events, in this order, after further runs, too. */
    private void assertOnce(String project, String... events) {
        awaitTwoRuns(DAYS);
        assertEvents(project, events);
    }

    private void assertEvents(String project, String... events) {
        assertThat(events(project)).containsExactly(events);
    }

    private List<String> events(String project) {
        soon().until(() -> steps.stored(project).outbox().events().isEmpty());
        return mongo
                .getCollection("activity")
                .find(Filters.eq("subject", ProjectSteps.projectId(project).value()))
                .sort(Sorts.ascending("_id"))
                .into(new ArrayList<Document>())
                .stream()
                .map(event -> event.getString("type"))
                .toList();
    }
}

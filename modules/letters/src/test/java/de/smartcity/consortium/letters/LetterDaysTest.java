package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.ModuleApplication;
import de.smartcity.consortium.activity.ActivityStatus;
import de.smartcity.consortium.activity.JobStatus;
import de.smartcity.consortium.kernel.AccountNames;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterSteps.Terms;
import de.smartcity.consortium.letters.model.Edition;
import de.smartcity.consortium.letters.model.EditionState;
import de.smartcity.consortium.letters.model.LetterOfIntent;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
 * What happens to letters because of days, in the consortium's time zone: once, also where a day has 23 or 25 hours, on two nodes, and after an outage.
 * In 2026, clocks are set forward on 29 March and back on 25 October.
 */
@LetterTest
@Import(LetterDaysTest.Time.class)
@TestPropertySource(properties = "consortium.jobs.interval=20ms")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the clock of LetterDaysTest")
class LetterDaysTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration SOON = Duration.ofSeconds(20);

    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        SettableClock clockOfDays() {
            return new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
        }
    }

    /** A second node: what a module's tests start, without the tests' own beans. */
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
    private LetterSteps steps;

    @Autowired
    private Asked asked;

    @Autowired
    private ActivityStatus status;

    @Autowired
    private MongoOperations mongo;

    private final Partner owner;
    private final Partner party;
    private final Partner optional;

    LetterDaysTest(@Autowired Given given) {
        owner = given.partner(PartnerStatus.ACTIVE);
        party = given.partner(PartnerStatus.ACTIVE);
        optional = given.partner(PartnerStatus.ACTIVE);
    }

    private Terms terms() {
        return new Terms().among(owner, party).andMaybe(optional);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2026-11-30", "2026-12-31"})
    void anOfferLapsesOnceWhenItsLastDayIsOver(LocalDate last) {
        noonOf(last.minusDays(1));
        var letter = steps.offered(owner, terms().lapsing(last));
        steps.sign(letter, party);
        assertNotYet(letter, last.plusDays(1));
        assertThat(state(letter)).isEqualTo(EditionState.OFFERED);

        settledOnce(letter, last.plusDays(1));
        awaitState(letter, EditionState.LAPSED);
        assertThat(lastEdition(letter).closedSince()).isEqualTo(last.plusDays(1));
        assertThat(steps.now(letter).dueOn()).isNull();
        assertOnce(letter, "LETTER_OFFERED", "LETTER_SIGNED", "LETTER_LAPSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-29", "2026-03-30", "2026-10-25", "2026-10-26", "2027-01-01"})
    void aSignedEditionComesIntoForceOnceAtTheBeginningOfItsDayInPlaceOfTheOneBefore(LocalDate first) {
        noonOf(first.minusDays(2));
        var letter = steps.inForce(owner, terms(), party);
        steps.offerAnother(letter, owner, terms().from(first));
        steps.sign(letter, owner, party);
        assertNotYet(letter, first);
        assertThat(states(letter)).containsExactly(EditionState.IN_FORCE, EditionState.OFFERED);

        settledOnce(letter, first);
        awaitState(letter, EditionState.IN_FORCE);
        var now = steps.now(letter);
        assertThat(states(letter)).containsExactly(EditionState.SUPERSEDED, EditionState.IN_FORCE);
        assertThat(now.editions().getFirst().closedSince()).isEqualTo(first);
        assertThat(now.editions().getLast().inForceSince()).isEqualTo(first);
        assertThat(now.editions().getLast().completedOn()).isEqualTo(first.minusDays(2));
        assertOnce(
                letter,
                "LETTER_OFFERED",
                "LETTER_SIGNED",
                "LETTER_SIGNED",
                "LETTER_IN_FORCE",
                "LETTER_AMENDED",
                "LETTER_EDITED",
                "LETTER_OFFERED",
                "LETTER_SIGNED",
                "LETTER_SIGNED",
                "LETTER_SUPERSEDED",
                "LETTER_IN_FORCE");
    }

    /** Ninety days before 27 June clocks are set forward, ninety days before 23 January they are set back. */
    @ParameterizedTest
    @CsvSource({
        "2026-06-27, 2026-03-29, 2026-05-28",
        "2027-01-23, 2026-10-25, 2026-12-24",
        "2026-11-24, 2026-08-26, 2026-10-25",
        "2026-10-25, 2026-07-27, 2026-09-25"
    })
    void aLetterSaysTwiceThatItEndsAndEndsOnceWhenItsLastDayIsOver(LocalDate last, LocalDate first, LocalDate second) {
        noonOf(first.minusDays(30));
        var letter = steps.inForce(owner, terms().until(last).lapsing(first.minusDays(20)), party);
        steps.on(first.minusDays(20));
        steps.settle(letter, first.minusDays(19));
        assertNotYet(letter, first);
        assertThat(tasks(letter)).isEmpty();

        settledOnce(letter, first);
        awaitTasks(
                letter,
                "LETTER_ENDS_IN_90_DAYS " + owner.id().value(),
                "LETTER_ENDS_IN_90_DAYS " + party.id().value());
        assertNotYet(letter, second);
        assertThat(tasks(letter)).hasSize(2).allMatch(task -> task.startsWith("LETTER_ENDS_IN_90_DAYS"));

        settledOnce(letter, second);
        awaitTasks(
                letter,
                "LETTER_ENDS_IN_30_DAYS " + owner.id().value(),
                "LETTER_ENDS_IN_30_DAYS " + party.id().value());
        assertNotYet(letter, last.plusDays(1));
        assertThat(state(letter)).isEqualTo(EditionState.IN_FORCE);

        settledOnce(letter, last.plusDays(1));
        awaitState(letter, EditionState.EXPIRED);
        assertThat(lastEdition(letter).closedSince()).isEqualTo(last.plusDays(1));
        assertThat(tasks(letter)).isEmpty();
        assertThat(steps.now(letter).dueOn()).isNull();
        assertOnce(letter, "LETTER_OFFERED", "LETTER_SIGNED", "LETTER_SIGNED", "LETTER_IN_FORCE", "LETTER_EXPIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-04-05", "2026-11-01", "2026-12-07"})
    void theInitiatorIsToldAWeekBeforeThatItsOfferLapses(LocalDate last) {
        noonOf(last.minusDays(20));
        var letter = steps.offered(owner, new Terms().among(owner, party).lapsing(last));
        steps.sign(letter, owner);
        assertNotYet(letter, last.minusDays(7));
        assertThat(tasks(letter)).containsExactly("SIGN_LETTER " + party.id().value());
        settledOnce(letter, last.minusDays(7));
        awaitTasks(
                letter,
                "SIGN_LETTER " + party.id().value(),
                "LETTER_LAPSES_SOON " + owner.id().value());
        noonOf(last.minusDays(6));
        steps.sign(letter, party);
        assertThat(tasks(letter)).isEmpty();
    }

    @Test
    void anOptionalPartyIsAskedUntilTheLastDayToAnswer() {
        var last = LocalDate.of(2026, 3, 29);
        noonOf(last.minusDays(10));
        var letter = steps.inForce(owner, terms().lapsing(last), party);
        assertNotYet(letter, last.plusDays(1));
        assertThat(tasks(letter)).containsExactly("SIGN_LETTER " + optional.id().value());
        assertThat(awaited(optional)).contains(LetterSteps.globalId(letter));
        settledOnce(letter, last.plusDays(1));
        awaitTasks(letter);
        assertThat(awaited(optional)).doesNotContain(LetterSteps.globalId(letter));
        assertThat(state(letter)).isEqualTo(EditionState.IN_FORCE);
        assertOnce(letter, "LETTER_OFFERED", "LETTER_SIGNED", "LETTER_SIGNED", "LETTER_IN_FORCE");
    }

    @Test
    void whoeverSignedIsToldForThirtyDaysThatTheOfferWasWithdrawn() {
        var withdrawn = LocalDate.of(2026, 10, 10);
        noonOf(withdrawn);
        var letter = steps.offered(owner, terms());
        steps.sign(letter, party);
        steps.withdraw(letter, owner);
        assertNotYet(letter, withdrawn.plusDays(30));
        assertThat(tasks(letter))
                .containsExactly("LETTER_WITHDRAWN " + party.id().value());
        settledOnce(letter, withdrawn.plusDays(30));
        awaitTasks(letter);
        assertThat(steps.now(letter).dueOn()).isNull();
    }

    @Test
    void aPartyLeavesOnceOnItsDay() {
        var day = LocalDate.of(2026, 10, 26);
        noonOf(day.minusDays(2));
        var letter =
                steps.inForce(owner, new Terms().among(owner, party, optional).withNotice(2), party, optional);
        steps.leave(letter, party);
        assertNotYet(letter, day);
        assertThat(tasks(letter))
                .containsExactly("LETTER_PARTY_LEAVING " + owner.id().value());

        settledOnce(letter, day);
        assertThat(lastEdition(letter).parties()).containsExactly(owner.id(), optional.id());
        assertThat(tasks(letter)).isEmpty();
    }

    @Test
    void afterAnOutageEverythingHasItsDayAndItsOrder() {
        var day = LocalDate.of(2026, 3, 20);
        noonOf(day);
        var lapsing = steps.offered(owner, terms().lapsing(day.plusDays(3)));
        var withdrawn = steps.offered(owner, terms());
        steps.sign(withdrawn, party);
        steps.withdraw(withdrawn, owner);
        var ending = steps.inForce(owner, terms().until(day.plusDays(9)), party);
        var handedOver = steps.inForce(owner, terms().until(day.plusDays(8)), party);
        steps.offerAnother(handedOver, owner, terms().from(day.plusDays(9)).until(day.plusDays(40)));
        steps.sign(handedOver, owner, party);
        var replaced = steps.inForce(owner, terms().until(day.plusDays(50)), party);
        steps.offerAnother(replaced, owner, terms().from(day.plusDays(10)));
        steps.sign(replaced, owner, party);

        // Nothing ran for more than a year.
        noonOf(day.plusDays(400));
        awaitState(lapsing, EditionState.LAPSED);
        awaitState(ending, EditionState.EXPIRED);
        awaitState(handedOver, EditionState.EXPIRED);
        awaitState(replaced, EditionState.IN_FORCE);
        awaitTasks(withdrawn);
        assertThat(lastEdition(lapsing).closedSince()).isEqualTo(day.plusDays(4));
        assertThat(lastEdition(ending).closedSince()).isEqualTo(day.plusDays(10));
        assertThat(states(handedOver)).containsExactly(EditionState.EXPIRED, EditionState.EXPIRED);
        assertThat(lastEdition(handedOver).inForceSince()).isEqualTo(day.plusDays(9));
        assertThat(lastEdition(handedOver).closedSince()).isEqualTo(day.plusDays(41));
        assertThat(steps.now(replaced).editions().getFirst().closedSince()).isEqualTo(day.plusDays(10));
        assertThat(events(handedOver)).endsWith("LETTER_EXPIRED", "LETTER_IN_FORCE", "LETTER_EXPIRED");
        assertThat(events(replaced))
                .endsWith("LETTER_SIGNED", "LETTER_SUPERSEDED", "LETTER_IN_FORCE")
                .hasSize(12);
        for (var letter : List.of(lapsing, ending, handedOver, withdrawn)) {
            assertThat(steps.now(letter).dueOn()).isNull();
        }
        await().atMost(SOON).until(() -> job().failed() == 0);
    }

    @Test
    void aClockThatIsSetBackChangesNothing() {
        var last = LocalDate.of(2026, 10, 25);
        noonOf(last);
        var letter = steps.offered(owner, terms().lapsing(last));
        beginOf(last.plusDays(1));
        awaitState(letter, EditionState.LAPSED);
        var version = steps.version(letter);
        noonOf(last.minusDays(3));
        awaitTwoRuns();
        assertThat(state(letter)).isEqualTo(EditionState.LAPSED);
        beginOf(last.plusDays(1));
        awaitTwoRuns();
        assertThat(steps.version(letter)).isEqualTo(version);
        assertOnce(letter, "LETTER_OFFERED", "LETTER_LAPSED");
    }

    @Test
    void twoNodesSettleEachLetterOnce(@Autowired Environment environment) {
        var day = LocalDate.of(2026, 10, 24);
        noonOf(day);
        var lapsing = new ArrayList<LetterId>();
        var beginning = new ArrayList<LetterId>();
        var ending = new ArrayList<LetterId>();
        var left = new ArrayList<LetterId>();
        var terminated = new ArrayList<LetterId>();
        for (var n = 0; n < 15; n++) {
            lapsing.add(steps.offered(owner, terms().lapsing(day.plusDays(n % 3))));
            var letter = steps.offered(owner, terms().from(day.plusDays(1 + n % 3)));
            steps.sign(letter, owner, party);
            beginning.add(letter);
            ending.add(steps.inForce(owner, terms().until(day.plusDays(n % 3)), party));
        }
        for (var days = 1; days <= 3; days++) {
            left.add(steps.inForce(owner, terms().withNotice(days), party, optional));
            steps.leave(left.getLast(), party);
            terminated.add(steps.inForce(owner, terms().withNotice(days), party));
            steps.terminate(terminated.getLast(), owner);
        }
        try (var node = node(environment)) {
            for (var days = 1; days <= 3; days++) {
                beginOf(day.plusDays(days));
                awaitTwoRuns();
            }
            lapsing.forEach(letter -> awaitState(letter, EditionState.LAPSED));
            beginning.forEach(letter -> awaitState(letter, EditionState.IN_FORCE));
            ending.forEach(letter -> awaitState(letter, EditionState.EXPIRED));
            assertThat(node.getBean(ActivityStatus.class).jobs())
                    .extracting(JobStatus::name)
                    .contains("settle-letters");
            lapsing.forEach(letter -> assertOnce(letter, "LETTER_OFFERED", "LETTER_LAPSED"));
            beginning.forEach(letter ->
                    assertOnce(letter, "LETTER_OFFERED", "LETTER_SIGNED", "LETTER_SIGNED", "LETTER_IN_FORCE"));
            ending.forEach(letter -> assertOnce(
                    letter, "LETTER_OFFERED", "LETTER_SIGNED", "LETTER_SIGNED", "LETTER_IN_FORCE", "LETTER_EXPIRED"));
            left.forEach(letter -> assertOnce(
                    letter,
                    "LETTER_OFFERED",
                    "LETTER_SIGNED",
                    "LETTER_SIGNED",
                    "LETTER_IN_FORCE",
                    "LETTER_SIGNED",
                    "LETTER_PARTY_LEAVING",
                    "LETTER_PARTY_LEFT"));
            terminated.forEach(letter -> assertOnce(
                    letter,
                    "LETTER_OFFERED",
                    "LETTER_SIGNED",
                    "LETTER_SIGNED",
                    "LETTER_IN_FORCE",
                    "LETTER_ENDING",
                    "LETTER_TERMINATED"));
            assertThat(job().failed()).isZero();
        }
    }

    private GenericApplicationContext node(Environment environment) {
        return (GenericApplicationContext) new SpringApplicationBuilder(Node.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.mongodb.uri=" + environment.getRequiredProperty("spring.mongodb.uri"),
                        "spring.graphql.schema.locations=classpath*:graphql/",
                        "consortium.jobs.interval=20ms")
                .initializers(context -> {
                    var beans = (GenericApplicationContext) context;
                    beans.registerBean(Clock.class, () -> clock);
                    beans.registerBean(AccountNames.class, () -> actor -> "Somebody");
                })
                .run();
    }

    private void noonOf(LocalDate day) {
        set(day.atTime(12, 0).atZone(BERLIN).toInstant());
    }

    private void beginOf(LocalDate day) {
        set(day.atStartOfDay(BERLIN).toInstant());
    }

    /** With the beginning of this day, the letter is saved once. */
    private void settledOnce(LetterId letter, LocalDate day) {
        var version = steps.version(letter);
        beginOf(day);
        await().atMost(SOON).until(() -> steps.version(letter) > version);
        awaitTwoRuns();
        assertThat(steps.version(letter)).isEqualTo(version + 1);
    }

    private void set(Instant time) {
        clock.set(time);
        steps.at(time);
    }

    /** Until the last moment before this day nothing happens to the letter. */
    private void assertNotYet(LetterId letter, LocalDate day) {
        set(day.atStartOfDay(BERLIN).toInstant().minusMillis(1));
        // What the days before have brought.
        awaitTwoRuns();
        var version = steps.version(letter);
        awaitTwoRuns();
        assertThat(steps.version(letter)).isEqualTo(version);
        assertThat(Objects.requireNonNull(steps.now(letter).dueOn())).isEqualTo(day);
    }

    /** The second one began after the clock was set. */
    private void awaitTwoRuns() {
        var before = job().runs();
        await().atMost(SOON).until(() -> job().runs() >= before + 2);
    }

    private JobStatus job() {
        return status.jobs().stream()
                .filter(job -> job.name().equals("settle-letters"))
                .findFirst()
                .orElseThrow();
    }

    private void awaitState(LetterId letter, EditionState state) {
        await().atMost(SOON).until(() -> state(letter) == state);
    }

    private EditionState state(LetterId letter) {
        return lastEdition(letter).state();
    }

    private Edition lastEdition(LetterId letter) {
        return steps.now(letter).editions().getLast();
    }

    private List<EditionState> states(LetterId letter) {
        return steps.now(letter).editions().stream().map(Edition::state).toList();
    }

    private void awaitTasks(LetterId letter, String... tasks) {
        await().atMost(SOON).untilAsserted(() -> assertThat(tasks(letter)).containsExactlyInAnyOrder(tasks));
    }

    private List<String> tasks(LetterId letter) {
        LetterOfIntent now = steps.now(letter);
        return Objects.requireNonNull(Objects.requireNonNull(now.derived()).tasks()).stream()
                .map(task -> task.kind() + " " + task.holder())
                .toList();
    }

    private List<String> awaited(Partner partner) {
        List<Map<String, Object>> nodes = asked.data(
                Written.signatory(partner),
                "{ letters(filter: { awaitingMyAnswer: true }, first: 100) { nodes { id } } }",
                Map.of(),
                "letters",
                "nodes");
        return nodes.stream().map(node -> String.valueOf(node.get("id"))).toList();
    }

    /** After the draft, the letter has exactly these published events, in this order, after further runs, too. */
    private void assertOnce(LetterId letter, String... events) {
        awaitTwoRuns();
        assertThat(events(letter).getFirst()).isEqualTo("LETTER_DRAFTED");
        assertThat(events(letter).subList(1, events.length + 1)).containsExactly(events);
        assertThat(events(letter)).hasSize(events.length + 1);
    }

    private List<String> events(LetterId letter) {
        await().atMost(SOON).until(() -> steps.now(letter).outbox().events().isEmpty());
        return mongo
                .getCollection("activity")
                .find(Filters.eq("subject", letter.value()))
                .sort(Sorts.ascending("_id"))
                .into(new ArrayList<Document>())
                .stream()
                .map(event -> event.getString("type"))
                .toList();
    }
}

package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoTimeoutException;
import de.smartcity.consortium.graphql.GraphQlApplication.Failures;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is executed when the deadline passes during a request, and when its actor changes. */
@GraphQlTest
class RequestDeadlineTest {

    private static final Duration LIMIT = Duration.ofSeconds(4);
    private static final String MESSAGE = "The request was not finished within 4 s: ask for less, or try again later.";
    private static final Map<String, Object> UNAVAILABLE =
            Map.of("code", "UNAVAILABLE", "classification", "UNAVAILABLE");

    @Autowired
    private Api api;

    @Autowired
    private Failures failures;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger called = new AtomicInteger();

    /** What a field does that is asked so. */
    @BeforeEach
    void knowFields() {
        does("count", called::incrementAndGet);
        does("wait", () -> now.addAndGet(LIMIT.toNanos()));
        does("saveAndWait", () -> {
            Deadline.beginSave();
            return now.addAndGet(LIMIT.toNanos());
        });
        does("waitForTheTimer", RequestDeadlineTest::pause);
        failures.know("outage", () -> new MongoTimeoutException("No server within 4000 ms"));
    }

    // No failure is a null.
    @SuppressWarnings("NullAway")
    private void does(String name, Supplier<?> what) {
        failures.know(name, () -> {
            what.get();
            return null;
        });
    }

    private static boolean pause() {
        try {
            Thread.sleep(500);
            return true;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private Map<String, Object> ask(String document) {
        return Deadline.in(LIMIT, now::get).call(() -> api.ask(document, Map.of(), Actor.system()));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> errors(Map<String, Object> response) {
        return (List<Map<String, Object>>) response.getOrDefault("errors", List.of());
    }

    private static @Nullable Object data(Map<String, Object> response, String field) {
        return response.get("data") instanceof Map<?, ?> data ? data.get(field) : null;
    }

    @Test
    void aRootFieldDoesNotBeginAfterTheDeadline() {
        var response = ask("{ first: viewer { kind } fails(how: \"wait\") second: fails(how: \"count\") }");

        assertThat(data(response, "first")).isEqualTo(Map.of("kind", "SYSTEM"));
        assertThat(called).hasValue(0);
        assertThat(errors(response)).singleElement().satisfies(error -> {
            assertThat(error).containsEntry("message", MESSAGE).containsEntry("path", List.of("second"));
            assertThat(error).containsEntry("extensions", UNAVAILABLE);
        });
    }

    @Test
    void aQueryEndsBetweenTwoFieldsWithOneError() {
        // The timer ends it at its next tick, while the request's own clock stands still.
        var deadline = Deadline.in(LIMIT, now::get);
        now.set(LIMIT.toNanos() - 1);
        var response = deadline.call(() -> api.ask("{ open fails(how: \"waitForTheTimer\") things(n: 2) { name } }"));

        var expected = new HashMap<String, @Nullable Object>();
        expected.put("data", null);
        expected.put("errors", errors(response));
        assertThat(response).isEqualTo(expected);
        assertThat(errors(response)).singleElement().satisfies(error -> {
            assertThat(error).containsEntry("message", MESSAGE).containsEntry("extensions", UNAVAILABLE);
            assertThat(error).doesNotContainKey("path");
        });
    }

    @Test
    void aQueryThatIsAnsweredInTimeIsNotEnded() {
        assertThat(ask("{ open things(n: 1) { name } }")).doesNotContainKey("errors");
    }

    @Test
    void earlierChangesAreAnsweredAndLaterOnesRefused() {
        var response = ask(
                "mutation { a: rename(input: { how: \"saveAndWait\" }) { owner { name } all { totalCount } } open { owner { name } } }");

        assertThat(data(response, "a"))
                .isEqualTo(Map.of("owner", Map.of("name", "Owner 1"), "all", Map.of("totalCount", 3)));
        assertThat(errors(response)).singleElement().satisfies(error -> {
            assertThat(error).containsEntry("message", MESSAGE).containsEntry("path", List.of("open"));
            assertThat(error).containsEntry("extensions", UNAVAILABLE);
        });
    }

    @Test
    void aMutationIsNotCancelled() {
        var deadline = Deadline.in(LIMIT, now::get);
        now.set(LIMIT.toNanos() - 1);
        var response = deadline.call(() -> api.ask(
                "mutation { rename(input: { how: \"waitForTheTimer\" }) { owner { name } } open { owner { name } } }"));

        assertThat(response).doesNotContainKey("errors");
    }

    @Test
    void eachChangeIsMadeByTheActorOfItsTime() {
        var actor = new AtomicReference<>(Callers.of(Callers.partner(1), PartnerStatus.ACTIVE));
        does("leave", () -> {
            actor.set(Callers.unattached(NoActingOrganisation.DEPARTED));
            return true;
        });
        var context =
                Map.<Object, Object>of(Actor.class, actor.get(), ActorOfRequest.class, (ActorOfRequest) actor::get);

        var response = api.ask(
                "mutation { a: rename(input: { how: \"leave\" }) { thing { note } } b: rename(input: { how: \"count\" }) { thing { note } } }",
                Map.of(),
                context);

        assertThat(called).hasValue(0);
        assertThat(errors(response))
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .containsEntry("path", List.of("b"))
                        .asString()
                        .contains("FORBIDDEN", "DEPARTED"));
    }

    @Test
    void aQueryHasOneActor() {
        var asked = new ArrayList<String>();
        ActorOfRequest actor = () -> {
            asked.add("again");
            return Callers.unattached(NoActingOrganisation.DEPARTED);
        };

        var response = api.ask(
                "{ account again: account }",
                Map.of(),
                Map.of(Actor.class, Actor.system(), ActorOfRequest.class, actor));

        assertThat(response).isEqualTo(Map.of("data", Map.of("account", "SYSTEM", "again", "SYSTEM")));
        assertThat(asked).isEmpty();
    }

    @Test
    void aChangeWhoseActorCannotBeLookedUpIsUnavailable() {
        ActorOfRequest actor = () -> {
            throw new MongoTimeoutException("No server within 4000 ms");
        };
        var response = api.ask(
                "mutation { rename(input: { how: \"count\" }) { thing { name } } }",
                Map.of(),
                Map.of(Actor.class, Actor.system(), ActorOfRequest.class, actor));

        assertThat(called).hasValue(0);
        assertThat(errors(response))
                .singleElement()
                .satisfies(error -> assertThat(error).containsEntry("extensions", UNAVAILABLE));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aRequestThatIsUnavailableIsLoggedOnceAndBriefly(CapturedOutput log) {
        var response = ask("{ a: fails(how: \"outage\") b: fails(how: \"outage\") }");

        assertThat(errors(response)).hasSize(2);
        assertThat(log.getOut().lines().filter(line -> line.contains("request-1")))
                .singleElement()
                .asString()
                .contains("UNAVAILABLE", "MongoTimeoutException", "No server within 4000 ms");
        assertThat(log).doesNotContain("\tat ");
    }
}

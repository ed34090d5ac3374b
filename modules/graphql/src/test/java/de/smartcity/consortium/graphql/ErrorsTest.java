package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ServerId;
import de.smartcity.consortium.graphql.GraphQlApplication.Failures;
import de.smartcity.consortium.graphql.GraphQlApplication.ThingId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Actor.Kind;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ChangeKey;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.IdentityProviderUnavailable;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.Outbox.OutboxFull;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.UncategorizedMongoDbException;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;

/** Every error has a code, and reveals no internals of the service. */
@GraphQlTest
class ErrorsTest {

    private static final String LEAK =
            "E11000 duplicate key error collection: consortium.partners index: alias_1, thrown by"
                    + " de.smartcity.consortium.partners.mongo.PartnerCollections over mongodb://127.0.0.1:27017 %s %d";
    private static final ServerAddress SERVER = new ServerAddress("mongo.internal.example", 27017);
    private static final BsonDocument REPLY =
            BsonDocument.parse("{ok: 0, code: 11600, codeName: 'InterruptedAtShutdown', errmsg: 'interrupted'}");
    private static final BsonDocument DEFECT =
            BsonDocument.parse("{ok: 0, code: 2, codeName: 'BadValue', errmsg: 'unknown operator'}");
    private static final String INTERNAL = "Something went wrong here; the log has it under request-1.";
    private static final String UNAVAILABLE = "The database does not answer; try again later.";

    @Autowired
    private Api api;

    @Autowired
    private Failures failures;

    record Case(
            Supplier<Throwable> thrown,
            String code,
            String message,
            @Nullable Map<String, Object> reason) {
        @Override
        public String toString() {
            return thrown.get().getClass().getSimpleName() + " is " + code + (reason == null ? "" : " " + reason);
        }
    }

    static Stream<Case> cases() {
        var stranger = Actor.unattached(
                Kind.PERSON, new AccountId("a"), false, NoActingOrganisation.SEVERAL_ORGANISATIONS, List.of());
        return Stream.of(
                because(
                        Refusal.roleMissing(Role.PARTNER_ADMIN),
                        "FORBIDDEN",
                        Map.of("code", "ROLE_MISSING", "role", "PARTNER_ADMIN")),
                because(
                        Refusal.partnerStatus(PartnerStatus.SUSPENDED),
                        "FORBIDDEN",
                        Map.of("code", "PARTNER_STATUS", "state", "SUSPENDED")),
                because(Refusal.otherOrganisation(), "FORBIDDEN", Map.of("code", "OTHER_ORGANISATION")),
                because(Refusal.officeOnly(), "FORBIDDEN", Map.of("code", "OFFICE_ONLY")),
                because(Refusal.personOnly(), "FORBIDDEN", Map.of("code", "PERSON_ONLY")),
                because(Refusal.hiddenField("email"), "FORBIDDEN", Map.of("code", "HIDDEN_FIELD")),
                because(
                        refusal(stranger),
                        "FORBIDDEN",
                        Map.of("code", "NO_ACTING_ORGANISATION", "noOrganisation", "SEVERAL_ORGANISATIONS")),
                because(refusal(Actor.anonymous()), "UNAUTHENTICATED", Map.of("code", "NOT_SIGNED_IN")),
                new Case(() -> new NotFound("Thing"), "NOT_FOUND", "There is no such Thing.", null),
                new Case(() -> new BadRequest("Fix 100 % of it: %s"), "BAD_REQUEST", "Fix 100 % of it: %s", null),
                new Case(
                        () -> new RuleViolation(List.of(
                                new Violation("a", "Fix this.", List.of("x")),
                                new Violation("b", "And that.", List.of()))),
                        "BAD_REQUEST",
                        "Fix this. And that.",
                        null),
                new Case(
                        ErrorsTest::reusedKey,
                        "BAD_REQUEST",
                        "This Idempotency-Key was used with another input: choose a new key for each change.",
                        null),
                new Case(
                        ErrorsTest::outboxFull,
                        "UNAVAILABLE",
                        "Too many events wait to be published; try again later.",
                        null),
                because(Refusal.signedOut(), "UNAUTHENTICATED", Map.of("code", "NOT_SIGNED_IN")),
                new Case(
                        () -> new IdentityProviderUnavailable("Keycloak is away.", new IOException(LEAK)),
                        "UNAVAILABLE",
                        "Keycloak is away.",
                        null),
                new Case(
                        () -> new OptimisticLockingFailureException(LEAK),
                        "UNAVAILABLE",
                        "Too many others are changing this; try again later.",
                        null),
                unavailable(() -> new MongoTimeoutException(LEAK)),
                unavailable(() -> new MongoSocketReadException(LEAK, SERVER)),
                unavailable(() -> new MongoNotPrimaryException(REPLY, SERVER)),
                unavailable(() -> new MongoNodeIsRecoveringException(REPLY, SERVER)),
                unavailable(() -> new MongoConnectionPoolClearedException(
                        new ServerId(new ClusterId(), SERVER), new IllegalStateException(LEAK))),
                unavailable(() -> new DataAccessResourceFailureException(LEAK)),
                unavailable(() -> new MongoCommandException(REPLY, SERVER)),
                unavailable(() -> new UncategorizedMongoDbException(LEAK, new MongoOperationTimeoutException(LEAK))),
                internal(() -> new MongoCommandException(DEFECT, SERVER)),
                internal(() -> new UncategorizedMongoDbException(LEAK, new MongoCommandException(DEFECT, SERVER))),
                internal(() -> new DuplicateKeyException(LEAK)),
                internal(() -> new IllegalStateException(LEAK)),
                internal(NullPointerException::new),
                internal(() -> new ClassCastException(LEAK)),
                internal(() -> new IllegalArgumentException(LEAK, new MongoCommandException(REPLY, SERVER))),
                internal(() -> new StackOverflowError(LEAK)),
                internal(() -> new Conflict(new ThingId(7), 7)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachExceptionHasItsCode(Case expected) {
        failures.know("it", expected.thrown());

        for (var field : List.of("fails", "failsLater")) {
            var response = api.ask("{ " + field + "(how: \"it\") viewer { kind } }");

            assertThat(response.get("data")).as("the rest is answered").isEqualTo(halfAnswered(field));
            var error = onlyError(response);
            assertThat(error.get("message")).isEqualTo(expected.message());
            assertThat(error.get("path")).isEqualTo(List.of(field));
            var extensions = extensions(error);
            assertThat(extensions.get("code")).isEqualTo(expected.code());
            assertThat(extensions.get("reason")).isEqualTo(expected.reason());
            assertThat(extensions.keySet()).isSubsetOf("code", "reason", "classification");
            revealsNoInternals(response);
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theLogHasTheDetailsUnderTheRequestId(CapturedOutput log) {
        failures.know("it", () -> new IllegalStateException("what really happened"));

        api.ask("{ fails(how: \"it\") }");
        api.ask("{ nothing }");

        assertThat(log).contains("Request request-1 failed", "what really happened", "'/nothing'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "noList", "noNumber", "ofAType { id }"})
    void aDefectiveResultIsAnInternalError(String field) {
        var response = api.ask("{ " + field + " }");

        assertThat(errors(response)).isNotEmpty().allSatisfy(error -> {
            assertThat(error.get("message")).isEqualTo(INTERNAL);
            assertThat(extensions(error).get("code")).isEqualTo("INTERNAL");
            assertThat(String.valueOf(error.get("path"))).startsWith("[" + field.split(" ")[0]);
        });
        revealsNoInternals(response);
    }

    @Test
    void aMissingActorIsAnInternalError() {
        var request = new DefaultExecutionGraphQlRequest("{ account }", null, Map.of(), Map.of(), "request-1", null);
        var response = Objects.requireNonNull(api.service().execute(request).block())
                .getExecutionResult()
                .toSpecification();

        assertThat(onlyError(response).get("message")).isEqualTo(INTERNAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ absent }",
                "{ viewer { absent } }",
                "{ viewer }",
                "{ things { name } }",
                "{ things(n: \"two\") { name } }",
                "{ things(n: 99999999999) { name } }",
                "{ things(n: 1, more: 2) { name } }",
                "{ ...Absent }",
                "{ things(n: 1) { ...Itself } } fragment Itself on Thing { ...Itself }",
                "query ($n: Absent) { things(n: $n) { name } }",
                "{",
                "",
                "   ",
                "not a document",
                "{ when(at: \"now\") }",
                "{ when(at: 5) }",
                "{ when(day: \"2018-02-29\") }",
                "mutation { rename(input: {}) { userErrors { code } } }",
                "mutation { rename(input: {how: \"\", kind: SIDEWAYS}) { userErrors { code } } }",
                "subscription { viewer { kind } }",
                "query A { viewer { kind } } query B { viewer { kind } }"
            })
    void aDocumentThatDoesNotFitTheSchemaIsABadRequest(String document) {
        isABadRequest(api.ask(document));
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of(Map.of(), "input"),
                Arguments.of(Collections.singletonMap("input", null), "input"),
                Arguments.of(Map.of("input", "text"), "input"),
                Arguments.of(Map.of("input", List.of()), "input"),
                Arguments.of(Map.of("input", Map.of()), "input.how"),
                Arguments.of(Map.of("input", Map.of("how", List.of())), "input.how"),
                Arguments.of(Map.of("input", Map.of("how", Map.of())), "input.how"),
                Arguments.of(Map.of("input", Map.of("how", 5)), "input.how"),
                Arguments.of(Map.of("input", Map.of("how", "", "more", 1)), "input"),
                Arguments.of(Map.of("input", Map.of("how", "", "expectedVersion", "one")), "input.expectedVersion"),
                Arguments.of(Map.of("input", Map.of("how", "", "expectedVersion", 1.5)), "input.expectedVersion"),
                Arguments.of(
                        Map.of("input", Map.of("how", "", "expectedVersion", Long.MAX_VALUE)), "input.expectedVersion"),
                Arguments.of(Map.of("input", Map.of("how", "", "at", "yesterday")), "input.at"),
                Arguments.of(Map.of("input", Map.of("how", "", "at", 5)), "input.at"),
                Arguments.of(Map.of("input", Map.of("how", "", "kind", "SIDEWAYS")), "input.kind"),
                Arguments.of(Map.of("input", Map.of("how", "", "kind", 1)), "input.kind"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void variablesThatDoNotMatchTheSchemaAreABadRequestWithThePath(
            Map<String, @Nullable Object> variables, String place) {
        var response = api.ask(
                "mutation ($input: RenameInput!) { rename(input: $input) { userErrors { code } } }",
                variables,
                Actor.anonymous());

        isABadRequest(response);
        assertThat(extensions(onlyError(response)).get("variable")).isEqualTo(place);
        assertThat((String) onlyError(response).get("message")).startsWith(place + ": ");
    }

    /** A nullable variable with a default is allowed where a value is needed, so its null is found before anything is executed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "query ($v: Int = 3) { things(n: $v) { name } }",
                "query ($v: Int = 3) { viewer { kind } later(n: $v) { owner { name } } }",
                "query ($v: Int = 3) { ...Some } fragment Some on Query { ... on Query { things(n: $v) { name } } }",
                "query ($v: Boolean = true) { open things(n: 1) @include(if: $v) { name } }",
                "query ($v: Boolean = true) { open ...Some @skip(if: $v) } fragment Some on Query { account }",
                "query ($v: Boolean = true) { open ... @skip(if: $v) { account } }",
                "query ($v: Boolean = true) { things(n: 1) { name @skip(if: $v) } }",
                "query ($v: String = \"de\") { things(n: 1) { name(locale: [\"en\", $v]) } }",
                "query ($v: ID = \"a\") { nodes(ids: [$v]) { id } }",
                "query ($v: ID = \"a\") { node(id: $v) { id } }",
                "mutation ($v: String = \"a\") { open { thing { name } } rename(input: { how: $v }) { thing { name } } }",
                "mutation ($v: Boolean = true) { open { thing @skip(if: $v) { name } } }"
            })
    void aVariableThatIsNullWhereNullMayNotBeIsABadRequest(String document) {
        var response = api.ask(document, Collections.singletonMap("v", null), Actor.anonymous());

        assertThat(response).doesNotContainKey("data");
        isABadRequest(response);
        assertThat(extensions(onlyError(response)).get("variable")).isEqualTo("v");
        assertThat(api.ask(document, Map.of(), Actor.anonymous()).toString())
                .as("with its default")
                .doesNotContain("A value is needed");
    }

    @Test
    void aVariableMayBeNullWhereNullMayBe() {
        var document = "query ($first: Int = 5) { page(first: $first) things(n: 1) { name(locale: null) } }";
        var response = api.ask(document, Collections.singletonMap("first", null), Actor.anonymous());

        assertThat(response).doesNotContainKey("errors");
    }

    @Test
    void anInvalidPageIsABadRequestAtItsField() {
        for (var arguments : List.of("first: -5", "first: 1000000", "first: -1", "last: 101", "first: 1, last: 1")) {
            var error = onlyError(api.ask("{ page(" + arguments + ") }"));
            assertThat(extensions(error).get("code")).as(arguments).isEqualTo("BAD_REQUEST");
            assertThat(error.get("path")).isEqualTo(List.of("page"));
        }
    }

    @Test
    void aDocumentThatIsTooDeepOrTooLargeIsRefused() {
        var deep = "{ things(n: 1) { owner " + "{ boss ".repeat(6) + "{ name }" + " }".repeat(6) + " } }";
        var wide = "{ "
                + IntStream.range(0, 61).mapToObj(n -> "a" + n + ": __typename").collect(Collectors.joining(" "))
                + " }";
        var doubling = "{ things(n: 1) { ...F6 } } fragment F0 on Thing { id }"
                + IntStream.rangeClosed(1, 6)
                        .mapToObj(n -> " fragment F%d on Thing { a%d: owner { id } ...F%d %s }"
                                .formatted(n, n, n - 1, "... on Thing { ...F%d }".formatted(n - 1)))
                        .collect(Collectors.joining());

        for (var document : List.of(deep, wide, doubling)) {
            for (var time = 0; time < 2; time++) {
                var response = api.ask(document);
                assertThat(response.get("data")).isNull();
                assertThat(extensions(onlyError(response)).get("code")).isEqualTo("COST_EXCEEDED");
            }
        }
    }

    @Test
    void aDocumentAtTheLimitIsAnswered() {
        var deep = "{ things(n: 1) { owner " + "{ boss ".repeat(5) + "{ name }" + " }".repeat(5) + " } }";
        var wide = "{ "
                + IntStream.range(0, 50).mapToObj(n -> "a" + n + ": __typename").collect(Collectors.joining(" "))
                + " }";

        assertThat(api.ask(deep)).doesNotContainKey("errors");
        assertThat(api.ask(wide)).doesNotContainKey("errors");
    }

    private static Case because(Refusal refusal, String code, Map<String, Object> reason) {
        return new Case(() -> new Forbidden(refusal), code, refusal.message(), reason);
    }

    private static Case unavailable(Supplier<Throwable> thrown) {
        return new Case(thrown, "UNAVAILABLE", UNAVAILABLE, null);
    }

    private static Case internal(Supplier<Throwable> thrown) {
        return new Case(thrown, "INTERNAL", INTERNAL, null);
    }

    private static Refusal refusal(Actor actor) {
        return actor.refusalToActFor(new PartnerId(new UUID(1, 1)), Role.EDITOR, Set.of(PartnerStatus.ACTIVE))
                .orElseThrow();
    }

    private static Throwable reusedKey() {
        var changes = new KeyedChanges(List.of());
        changes.add(keyed(Map.of("n", 1)), null);
        return catchThrowable(() -> changes.demandFirst(keyed(Map.of("n", 2))));
    }

    private static Change keyed(Map<String, Object> input) {
        var actor = Actor.system();
        return new Change(actor, Instant.EPOCH, ChangeKey.of(actor, "rename", "key", input));
    }

    private static Throwable outboxFull() {
        var outbox = new Outbox(List.of());
        var event = Event.of(Change.by(Actor.system(), Instant.EPOCH), Actor.Kind.SYSTEM, List.of());
        try {
            while (true) {
                outbox.add(event);
            }
        } catch (OutboxFull full) {
            return full;
        }
    }

    private static Map<String, @Nullable Object> halfAnswered(String failed) {
        var data = new HashMap<String, @Nullable Object>();
        data.put(failed, null);
        data.put("viewer", Map.of("kind", "ANONYMOUS"));
        return data;
    }

    private static void isABadRequest(Map<String, Object> response) {
        assertThat(response.get("data")).isNull();
        assertThat(errors(response)).isNotEmpty().allSatisfy(error -> {
            assertThat(extensions(error).get("code")).isEqualTo("BAD_REQUEST");
            assertThat((String) error.get("message")).isNotBlank();
        });
        revealsNoInternals(response);
    }

    private static void revealsNoInternals(Map<String, Object> response) {
        assertThat(response.toString())
                .doesNotContainIgnoringCase("exception")
                .doesNotContainIgnoringCase("mongo")
                .doesNotContainIgnoringCase("E11000")
                .doesNotContain("de.smartcity", "java.", "graphql.", "org.", "27017", "StoredThing");
    }

    private static Map<String, Object> onlyError(Map<String, Object> response) {
        assertThat(errors(response)).hasSize(1);
        return errors(response).getFirst();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> errors(Map<String, Object> response) {
        assertThat(response).containsKey("errors");
        return (List<Map<String, Object>>) Objects.requireNonNull(response.get("errors"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> extensions(Map<String, Object> error) {
        return (Map<String, Object>) Objects.requireNonNull(error.get("extensions"));
    }
}

package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.graphql.GraphQlApplication.Calls;
import de.smartcity.consortium.graphql.GraphQlApplication.Failures;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What every capability's fields get without doing anything for it. */
@GraphQlTest
class WiringTest {

    private static final String FIELDS =
            "{ thing { name } owner { name } userErrors { code rule message path currentVersion } }";

    @Autowired
    private Api api;

    @Autowired
    private Calls calls;

    @Autowired
    private Failures failures;

    @BeforeEach
    void nothingIsLoaded() {
        calls.forget();
        failures.logFailsAs("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rename", "renameLater"})
    void aChangeAnswersWithItsPayloadAndNoErrors(String mutation) {
        var payload = changed(mutation, "goes well");

        assertThat(payload)
                .isEqualTo(Map.of(
                        "thing",
                        Map.of("name", "Ding 1"),
                        "owner",
                        Map.of("name", "Owner 1"),
                        "userErrors",
                        List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rename", "renameLater"})
    void brokenRulesAreDataWithTheirPlaces(String mutation) {
        failures.know(
                "breaks rules",
                () -> new RuleViolation(List.of(
                        new Violation("name.blank", "Give a name.", List.of("name", "0")),
                        new Violation("thing.closed", "It is closed.", List.of()))));

        assertThat(changed(mutation, "breaks rules"))
                .isEqualTo(refused(List.of(
                        userError("INVALID", "name.blank", "Give a name.", List.of("input", "name", "0"), null),
                        userError("INVALID", "thing.closed", "It is closed.", List.of("input"), null))));
        assertThat(calls.made()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rename", "renameLater"})
    void aConflictIsDataWithTheCurrentVersion(String mutation) {
        failures.know("is stale", () -> new Conflict(42));

        assertThat(changed(mutation, "is stale"))
                .isEqualTo(refused(List.of(userError(
                        "CONFLICT",
                        "version.stale",
                        "Somebody else changed this since you read it: read it again and repeat your change.",
                        List.of("input", "expectedVersion"),
                        42))));
    }

    @ParameterizedTest
    @CsvSource({"rename, forbidden, FORBIDDEN", "renameLater, forbidden, FORBIDDEN", "rename, absent, NOT_FOUND"})
    void whatTheClientCannotMendIsAnErrorAndNoData(String mutation, String how, String code) {
        failures.know("forbidden", () -> new Forbidden(Refusal.officeOnly()));
        failures.know("absent", () -> new NotFound("Thing"));

        var response = api.ask("mutation { %s(input: {how: \"%s\"}) %s }".formatted(mutation, how, FIELDS));

        assertThat(response.get("data")).isNull();
        assertThat(String.valueOf(response.get("errors"))).contains("code=" + code, "path=[" + mutation + "]");
    }

    @Test
    void oneOfSeveralChangesMayBeRefused() {
        failures.know("is stale", () -> new Conflict(42));

        var data = data("mutation { a: rename(input: {how: \"is stale\"}) { userErrors { code } }"
                + " b: rename(input: {how: \"\"}) { userErrors { code } } }");

        assertThat(data)
                .isEqualTo(Map.of(
                        "a",
                        Map.of("userErrors", List.of(Map.of("code", "CONFLICT"))),
                        "b",
                        Map.of("userErrors", List.of())));
    }

    @Test
    void eachOfSeveralChangesShowsWhatItRefersToAsItLeftIt() {
        data(
                "mutation { a: rename(input: {how: \"\"}) { owner { name } } b: rename(input: {how: \"\"}) { owner { name } } }");

        assertThat(calls.kinds()).as("read again after each").containsExactly("owner", "owner");
    }

    /** That the change was made must not be hidden by what its payload refers to. */
    @ParameterizedTest
    @ValueSource(strings = {"rename", "renameLater"})
    void aChangeThatWasMadeIsToldEvenWhereWhatItRefersToFails(String mutation) {
        failures.know("log is no page", () -> new BadRequest("There is no such page."));
        failures.know("log breaks a rule", () -> new RuleViolation("a.rule", "Not this way."));

        for (var failure : List.of("log is no page", "log breaks a rule")) {
            failures.logFailsAs(failure);
            var response = api.ask("mutation { " + mutation
                    + "(input: {how: \"\"}) { thing { name log { nodes { text } } } userErrors { code } } }");

            var thing = new HashMap<String, @Nullable Object>(Map.of("name", "Ding 1"));
            thing.put("log", null);
            assertThat(response.get("data"))
                    .isEqualTo(Map.of(mutation, Map.of("thing", thing, "userErrors", List.of())));
            assertThat(String.valueOf(response.get("errors")))
                    .contains("code=BAD_REQUEST", "path=[" + mutation + ", thing, log]");
        }
    }

    @Test
    void whatFailsToLoadLeavesTheRestOfTheAnswer() {
        failures.know("log is no page", () -> new BadRequest("There is no such page."));
        failures.logFailsAs("log is no page");

        var response = api.ask("{ things(n: 2) { name log { nodes { text } } } }");

        assertThat(String.valueOf(response.get("data"))).contains("Ding 1", "Ding 2");
        assertThat(String.valueOf(response.get("errors"))).contains("path=[things, 0, log]", "path=[things, 1, log]");
        assertThat(calls.kinds()).as("asked once").containsExactly("log");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name                            | Ding 1",
                "name(locale: [])                | Ding 1",
                "name(locale: [\"en\"])          | Thing 1",
                "name(locale: [\"fr\", \"tr\"])  | Nesne 1",
                "name(locale: [\"en-GB\"])       | Thing 1",
                "name(locale: [\"fr\"])          | Ding 1"
            })
    void aTextIsInTheFirstLanguageAskedForElseTheConsortiums(String field, String text) {
        assertThat(data("{ things(n: 1) { " + field + " } }"))
                .isEqualTo(Map.of("things", List.of(Map.of("name", text))));
    }

    @Test
    void idsNameTypeAndObject() {
        var data = data("{ things(n: 2) { id owner { id } } }");

        assertThat(data)
                .isEqualTo(Map.of(
                        "things",
                        List.of(
                                Map.of("id", id("Thing", 7, 1), "owner", Map.of("id", id("Owner", 8, 1))),
                                Map.of("id", id("Thing", 7, 2), "owner", Map.of("id", id("Owner", 8, 1))))));
    }

    @Test
    void anObjectIsFoundByItsId() {
        assertThat(data("{ node(id: \"" + id("Thing", 7, 3) + "\") { __typename id ... on Thing { name } } }"))
                .isEqualTo(Map.of("node", Map.of("__typename", "Thing", "id", id("Thing", 7, 3), "name", "Ding 3")));
        assertThat(data("{ node(id: \"" + id("Thing", 99, 3) + "\") { id } }"))
                .isEqualTo(Collections.singletonMap("node", null));
    }

    @Test
    void objectsAreFoundInTheOrderOfTheirIdsWithNullForWhatIsNotThere() {
        var ids = List.of(id("Thing", 7, 2), id("Thing", 99, 1), id("Thing", 7, 1), id("Thing", 7, 2));

        assertThat(data(nodes(ids)).get("nodes"))
                .isEqualTo(Arrays.asList(
                        Map.of("id", ids.get(0)), null, Map.of("id", ids.get(2)), Map.of("id", ids.get(0))));
        assertThat(calls.made()).as("in one go, each once").hasSize(1);
        assertThat(calls.made().getFirst().keys()).hasSize(3);
    }

    @Test
    void idsThatAreNoneOrOfNoNodeOrTooManyAreBadRequests() {
        var tooMany =
                IntStream.rangeClosed(1, 101).mapToObj(n -> id("Thing", 7, n)).toList();

        for (var document : List.of(
                "{ node(id: \"garbage\") { id } }",
                "{ node(id: \"\") { id } }",
                "{ node(id: \"" + id("Owner", 8, 1) + "\") { id } }",
                nodes(List.of(id("Thing", 7, 1), "garbage")),
                nodes(tooMany))) {
            assertThat(String.valueOf(api.ask(document).get("errors"))).contains("code=BAD_REQUEST");
        }
        assertThat(data(nodes(tooMany.subList(0, 100)))).containsKey("nodes");
    }

    @Test
    void aPageIsReadFromTheArguments() {
        assertThat(data("{ a: page b: page(first: 3, after: \"x\") c: page(last: 4, before: \"y\") }"))
                .isEqualTo(Map.of("a", "20 false null null", "b", "3 false x null", "c", "4 true null y"));
    }

    @Test
    void daysAndTimesAreReadFromLiteralsAndVariables() {
        var document = "query ($at: DateTime) { a: when(at: $at) b: when(day: \"2018-07-09\") }";

        assertThat(api.ask(document, Map.of("at", "2026-11-24T10:30:00+01:00"), Actor.anonymous())
                        .get("data"))
                .isEqualTo(Map.of("a", "2026-11-24T09:30:00Z null", "b", "null 2018-07-09"));
    }

    @Test
    void theViewerLearnsWhoItIsAndForWhom() {
        var organisation = new Organisation(
                new OrganisationId("8c96"),
                PartnerId.next(),
                new PartnerAlias("ude"),
                PartnerStatus.ACTIVE,
                Set.of(Role.EDITOR));
        var actor = Actor.acting(Actor.Kind.APP, new AccountId("an-app"), false, organisation, List.of(organisation));
        var document = "{ viewer { account kind isOffice organisation { alias status roles } organisations { alias }"
                + " noOrganisation { reason message } } }";

        var viewer = new HashMap<String, @Nullable Object>();
        viewer.put("account", "an-app");
        viewer.put("kind", "APP");
        viewer.put("isOffice", false);
        viewer.put("organisation", Map.of("alias", "ude", "status", "ACTIVE", "roles", List.of("EDITOR")));
        viewer.put("organisations", List.of(Map.of("alias", "ude")));
        viewer.put("noOrganisation", null);
        assertThat(api.ask(document, Map.of(), actor).get("data")).isEqualTo(Map.of("viewer", viewer));
        assertThat(String.valueOf(api.ask(document).get("data")))
                .contains("account=null", "kind=ANONYMOUS", "organisation=null", "reason=NOT_SIGNED_IN");
    }

    private static String nodes(List<String> ids) {
        return ids.stream().map(id -> '"' + id + '"').collect(Collectors.joining(",", "{ nodes(ids: [", "]) { id } }"));
    }

    private static String id(String type, long most, long least) {
        return new GlobalId(type, new UUID(most, least)).text();
    }

    private static Map<String, @Nullable Object> refused(List<Map<String, @Nullable Object>> errors) {
        var payload = new HashMap<String, @Nullable Object>();
        payload.put("thing", null);
        payload.put("owner", null);
        payload.put("userErrors", errors);
        return payload;
    }

    private static Map<String, @Nullable Object> userError(
            String code, String rule, String message, List<String> path, @Nullable Integer currentVersion) {
        var error = new HashMap<String, @Nullable Object>();
        error.put("code", code);
        error.put("rule", rule);
        error.put("message", message);
        error.put("path", path);
        error.put("currentVersion", currentVersion);
        return error;
    }

    private @Nullable Object changed(String mutation, String how) {
        return data("mutation { %s(input: {how: \"%s\"}) %s }".formatted(mutation, how, FIELDS))
                .get(mutation);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> data(String document) {
        var response = api.ask(document);
        assertThat(response).doesNotContainKey("errors");
        return (Map<String, Object>) Objects.requireNonNull(response.get("data"));
    }
}

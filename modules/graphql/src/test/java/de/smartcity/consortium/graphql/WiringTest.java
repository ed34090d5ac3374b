package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import de.smartcity.consortium.graphql.GraphQlApplication.Calls;
import de.smartcity.consortium.graphql.GraphQlApplication.Calls.Call;
import de.smartcity.consortium.graphql.GraphQlApplication.Failures;
import de.smartcity.consortium.graphql.GraphQlApplication.OwnerId;
import de.smartcity.consortium.graphql.GraphQlApplication.ThingId;
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

/** What the wiring adds to the fields of every capability. */
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
    void clearLoads() {
        calls.forget();
        failures.logFailsAs("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rename", "renameLater"})
    void aChangeReturnsItsPayloadWithoutErrors(String mutation) {
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
    void violationsAreUserErrorsWithTheirPaths(String mutation) {
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
    void aConflictIsAUserErrorWithTheCurrentVersion(String mutation) {
        failures.know("is stale", () -> new Conflict(new ThingId(2), 42));

        var payload = refused(List.of(userError(
                "CONFLICT",
                "version.stale",
                "Somebody else changed this since you read it: read it again and repeat your change.",
                List.of("input", "expectedVersion"),
                42)));
        payload.put("thing", Map.of("name", "Ding 2"));
        assertThat(changed(mutation, "is stale")).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rename", "renameLater"})
    void aConflictShowsTheCurrentObjectWithItsReferences(String mutation) {
        failures.know("is stale", () -> new Conflict(new ThingId(3), 42));

        var data = data("mutation { " + mutation + "(input: {how: \"is stale\"}) {"
                + " thing { id name owner { name city { name } } place { owner { name } } } userErrors { code } } }");

        assertThat(data)
                .isEqualTo(Map.of(
                        mutation,
                        Map.of(
                                "thing",
                                Map.of(
                                        "id",
                                        id("Thing", 7, 3),
                                        "name",
                                        "Ding 3",
                                        "owner",
                                        Map.of("name", "Owner 2", "city", Map.of("name", "City 2")),
                                        "place",
                                        Map.of("owner", Map.of("name", "Owner 1003"))),
                                "userErrors",
                                List.of(Map.of("code", "CONFLICT")))));
        assertThat(calls.kinds()).containsExactly("thing", "owner", "city");
    }

    @Test
    void aConflictShowsTheObjectWhereTheTypeOfItsIdStands() {
        failures.know("is stale", () -> new Conflict(new OwnerId(7), 42));

        var payload = Objects.requireNonNull((Map<?, ?>) changed("rename", "is stale"));

        assertThat(payload.get("owner")).isEqualTo(Map.of("name", "Owner 7"));
        assertThat(payload.get("thing")).isNull();
    }

    @Test
    void aConflictOverAnObjectThatThePayloadHasNoFieldForShowsNone() {
        failures.know("is stale", () -> new Conflict("an id of another type", 42));

        var payload = Objects.requireNonNull((Map<?, ?>) changed("rename", "is stale"));

        assertThat(payload.get("owner")).isNull();
        assertThat(payload.get("thing")).isNull();
        assertThat(calls.made()).isEmpty();
    }

    /** All that a payload can hold: values, objects, lists and pages, with what they refer to. */
    @ParameterizedTest
    @ValueSource(strings = {"rename", "renameLater"})
    void everyFieldOfAPayloadIsNullWhereTheChangeWasRefused(String mutation) {
        failures.know("breaks a rule", () -> new RuleViolation("a.rule", "Not this way."));
        failures.know("is stale", () -> new Conflict(new ThingId(1), 42));

        for (var how : List.of("breaks a rule", "is stale")) {
            var data = data("mutation { " + mutation + "(input: {how: \"" + how + "\"}) {"
                    + " owner { name } place { owner { name } } shelf { things { owner { name } } }"
                    + " title titleTranslations { text } all { totalCount nodes { owner { name } } } } }");

            assertThat((Map<?, ?>) Objects.requireNonNull(data.get(mutation)))
                    .as(how)
                    .hasSize(6)
                    .allSatisfy(
                            (field, value) -> assertThat(value).as("%s", field).isNull());
        }
    }

    @ParameterizedTest
    @CsvSource({"rename, forbidden, FORBIDDEN", "renameLater, forbidden, FORBIDDEN", "rename, absent, NOT_FOUND"})
    void anErrorThatTheClientCannotFixHasNoData(String mutation, String how, String code) {
        failures.know("forbidden", () -> new Forbidden(Refusal.officeOnly()));
        failures.know("absent", () -> new NotFound("Thing"));

        var response = api.ask("mutation { %s(input: {how: \"%s\"}) %s }".formatted(mutation, how, FIELDS));

        assertThat(response.get("data")).isNull();
        assertThat(String.valueOf(response.get("errors"))).contains("code=" + code, "path=[" + mutation + "]");
    }

    @Test
    void oneOfSeveralChangesMayBeRefused() {
        failures.know("is stale", () -> new Conflict(new ThingId(1), 42));

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
    void eachOfSeveralChangesShowsTheStateAfterIt() {
        data(
                "mutation { a: rename(input: {how: \"\"}) { owner { name } } b: rename(input: {how: \"\"}) { owner { name } } }");

        assertThat(calls.kinds()).as("read again after each").containsExactly("owner", "owner");
    }

    @Test
    void eachOfSeveralChangesCountsTheStateAfterIt() {
        var total = "rename(input: {how: \"\"}) { one: all { totalCount } two: all { totalCount totalCountIsExact } }";

        data("mutation { a: " + total + " b: " + total + " }");

        assertThat(calls.kinds()).as("once after each").containsExactly("count", "count");
    }

    /** A failure of a reference in the payload must not hide that the change was made. */
    @ParameterizedTest
    @ValueSource(strings = {"rename", "renameLater"})
    void aChangeIsReportedEvenIfItsReferencesFail(String mutation) {
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
    void aFailedReferenceLeavesTheRestOfTheResponse() {
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
    void aTextIsInTheFirstWantedLanguageOrTheDefaultOne(String field, String text) {
        assertThat(data("{ things(n: 1) { " + field + " } }"))
                .isEqualTo(Map.of("things", List.of(Map.of("name", text))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name                     | tr;q=0.5, en-GB | Thing 1",
                "name                     | fr, tr;q=0.5    | Nesne 1",
                "name                     | fr              | Ding 1",
                "name                     | *               | Ding 1",
                "name(locale: [\"tr\"])   | en              | Nesne 1",
                "name(locale: [\"fr\"])   | en              | Ding 1",
                "name(locale: [])         | en              | Ding 1"
            })
    void aTextIsInTheLanguageOfTheRequestByDefault(String field, String header, String text) {
        var response = api.ask(
                "{ things(n: 1) { " + field + " } }",
                Map.of(),
                Map.of(Actor.class, Actor.anonymous(), WantedLocales.class, WantedLocales.of(header)));

        assertThat(response.get("data")).isEqualTo(Map.of("things", List.of(Map.of("name", text))));
    }

    @Test
    void aTextIsShownInAllItsLanguages() {
        assertThat(data("{ things(n: 1) { nameTranslations { locale text } } }"))
                .isEqualTo(Map.of(
                        "things",
                        List.of(Map.of(
                                "nameTranslations",
                                List.of(
                                        Map.of("locale", "de", "text", "Ding 1"),
                                        Map.of("locale", "en", "text", "Thing 1"),
                                        Map.of("locale", "tr", "text", "Nesne 1"))))));
    }

    @Test
    void aValueOfOneComponentIsShownAsItsComponentAlsoInAList() {
        assertThat(data("{ things(n: 1) { label labels } }"))
                .isEqualTo(
                        Map.of("things", List.of(Map.of("label", "label 1", "labels", List.of("label 1", "other")))));
    }

    @Test
    void hiddenFieldsAreNullAndNamed() {
        var document = "{ things(n: 1) { note hiddenFields } }";

        var thing = new HashMap<String, @Nullable Object>(Map.of("hiddenFields", List.of("note")));
        thing.put("note", null);
        assertThat(data(document)).isEqualTo(Map.of("things", List.of(thing)));
        assertThat(api.ask(document, Map.of(), Actor.system()).get("data"))
                .isEqualTo(Map.of("things", List.of(Map.of("note", "Note 1", "hiddenFields", List.of()))));
    }

    @ParameterizedTest
    @CsvSource({"3, 3, true", GraphQlApplication.MANY + ", 10000, false"})
    void aTotalEndsAtTenThousandAndShowsWhetherItIsExact(int n, int total, boolean exact) {
        assertThat(data("{ thingConnection(n: " + n + ") { totalCount totalCountIsExact } }"))
                .isEqualTo(Map.of("thingConnection", Map.of("totalCount", total, "totalCountIsExact", exact)));
    }

    @Test
    void aliasesOfTheSameListAreCountedOnce() {
        data("{ a: thingConnection(n: 3) { totalCount } b: thingConnection(n: 3) { totalCountIsExact t: totalCount }"
                + " c: thingConnection(n: 4) { totalCount } d: thingConnection(n: 3) { nodes { name } } }");

        assertThat(calls.made())
                .extracting(Call::kind, Call::keys)
                .containsExactly(tuple("count", Set.of("things 3")), tuple("count", Set.of("things 4")));
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
    void nodesAreInTheOrderOfTheirIdsWithNullForMissingOnes() {
        var ids = List.of(id("Thing", 7, 2), id("Thing", 99, 1), id("Thing", 7, 1), id("Thing", 7, 2));

        assertThat(data(nodes(ids)).get("nodes"))
                .isEqualTo(Arrays.asList(
                        Map.of("id", ids.get(0)), null, Map.of("id", ids.get(2)), Map.of("id", ids.get(0))));
        assertThat(calls.made()).as("in one go, each once").hasSize(1);
        assertThat(calls.made().getFirst().keys()).hasSize(3);
    }

    @Test
    void objectsOfSeveralTypesAreFoundTogether() {
        var ids = List.of(id("Owner", 8, 5), id("Thing", 7, 1), id("Owner", 8, 6));

        assertThat(data(nodes(ids, "__typename ... on Thing { name } ... on Owner { ownersName: name }"))
                        .get("nodes"))
                .isEqualTo(List.of(
                        Map.of("__typename", "Owner", "ownersName", "Owner 5"),
                        Map.of("__typename", "Thing", "name", "Ding 1"),
                        Map.of("__typename", "Owner", "ownersName", "Owner 6")));
        assertThat(calls.kinds()).as("one command for each type").containsExactlyInAnyOrder("node", "ownerNode");
    }

    @Test
    void aMalformedIdIsABadRequestAndNullInItsPlace() {
        var ids = List.of(
                id("Thing", 7, 1), "garbage", id("Thing", 7, 2), id("Absent", 8, 1), "", id("Thing", 7, 1) + "=");

        var response = api.ask(nodes(ids));

        assertThat(response.get("data"))
                .isEqualTo(Map.of(
                        "nodes",
                        Arrays.asList(Map.of("id", ids.get(0)), null, Map.of("id", ids.get(2)), null, null, null)));
        var errors = errors(response);
        assertThat(errors)
                .extracting(error -> error.get("path"))
                .containsExactly(List.of("nodes", 1), List.of("nodes", 3), List.of("nodes", 4), List.of("nodes", 5));
        assertThat(errors).allSatisfy(error -> {
            assertThat(String.valueOf(error.get("extensions"))).contains("code=BAD_REQUEST");
            assertThat(error.get("locations")).isNotNull();
        });
        assertThat(errors)
                .extracting(error -> error.get("message"))
                .first()
                .asString()
                .contains("garbage", "malformed");
        assertThat(calls.kinds()).containsExactly("node");
    }

    @Test
    void theErrorOfAMalformedIdHasTheFieldsAlias() {
        var response = api.ask("{ mine: nodes(ids: [\"garbage\"]) { id } }");

        assertThat(errors(response)).extracting(error -> error.get("path")).containsExactly(List.of("mine", 0));
    }

    @Test
    void malformedIdsForeignTypesAndTooManyIdsAreBadRequests() {
        var tooMany =
                IntStream.rangeClosed(1, 101).mapToObj(n -> id("Thing", 7, n)).toList();

        for (var document : List.of(
                "{ node(id: \"garbage\") { id } }",
                "{ node(id: \"\") { id } }",
                "{ node(id: \"" + id("Absent", 8, 1) + "\") { id } }",
                "{ node(id: \"" + id("Thing", 7, 1) + "=\") { id } }",
                "{ node(id: \"" + new GlobalId("Thing", "a text where there are UUIDs").text() + "\") { id } }",
                nodes(tooMany))) {
            var response = api.ask(document);
            assertThat(String.valueOf(response.get("errors"))).contains("code=BAD_REQUEST");
            assertThat(calls.made()).isEmpty();
        }
        assertThat(data(nodes(tooMany.subList(0, 100)))).containsKey("nodes");
        assertThat(data(nodes(List.of()))).isEqualTo(Map.of("nodes", List.of()));
    }

    @Test
    void aPageIsReadFromTheArguments() {
        assertThat(
                        data(
                                "{ a: page b: page(first: 3, after: \"x\") c: page(last: 4, before: \"y\") d: page(first: 0) }"))
                .isEqualTo(Map.of(
                        "a",
                        "20 false null null",
                        "b",
                        "3 false x null",
                        "c",
                        "4 true null y",
                        "d",
                        "0 false null null"));
    }

    @Test
    void daysAndTimesAreReadFromLiteralsAndVariables() {
        var document = "query ($at: DateTime) { a: when(at: $at) b: when(day: \"2018-07-09\") }";

        assertThat(api.ask(document, Map.of("at", "2026-11-24T10:30:00+01:00"), Actor.anonymous())
                        .get("data"))
                .isEqualTo(Map.of("a", "2026-11-24T09:30:00Z null", "b", "null 2018-07-09"));
    }

    @Test
    void viewerShowsAccountAndOrganisation() {
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

    @Test
    void viewerShowsTheOffice() {
        var document = "{ viewer { isOffice organisation { alias } organisations { alias } } }";

        assertThat(String.valueOf(api.ask(document, Map.of(), Callers.office()).get("data")))
                .contains("isOffice=true", "organisation=null", "organisations=[]");
        assertThat(String.valueOf(api.ask(document, Map.of(), Callers.officeOf(Callers.partner(3)))
                        .get("data")))
                .contains("isOffice=true", "organisation={alias=partner-3}");
    }

    private static String nodes(List<String> ids) {
        return nodes(ids, "id");
    }

    private static String nodes(List<String> ids, String selected) {
        return ids.stream()
                .map(id -> '"' + id + '"')
                .collect(Collectors.joining(",", "{ nodes(ids: [", "]) { " + selected + " } }"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> errors(Map<String, Object> response) {
        return (List<Map<String, Object>>) Objects.requireNonNull(response.get("errors"));
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

package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.TimeOrderedIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** For every invalid request the response says what to fix, and nothing is changed. */
@EndToEnd
class BadInputTest {

    @Autowired
    private Api api;

    @Autowired
    private World world;

    static List<Arguments> badEdits() {
        return List.of(
                edit("name", List.of(text("en", "   ")), "text.blank", "input.name.0.text"),
                edit("name", List.of(), "text.empty", "input.name"),
                edit("name", null, "name.required", "input.name"),
                edit("name", List.of(text("en", "x".repeat(201))), "text.long", "input.name.0.text"),
                edit("name", List.of(text("not a tag", "Name")), "locale.unknown", "input.name.0.locale"),
                edit("name", List.of(text("en", "One"), text("en", "Two")), "locale.twice", "input.name.1.locale"),
                edit("name", List.of(text("en", "One"), text("EN", "Two")), "locale.twice", "input.name.1.locale"),
                edit("summary", List.of(text("en", "x".repeat(2001))), "text.long", "input.summary.0.text"),
                edit("areas", List.of("NOWHERE"), "area.unknown", "input.areas.0"),
                edit("areas", List.of("no area"), "area.syntax", "input.areas.0"),
                edit(
                        "identifiers",
                        List.of(identifier("ROR", "04mz5ra39")),
                        "identifier.ror.check",
                        "input.identifiers.0.value"),
                edit(
                        "identifiers",
                        List.of(identifier("ROR", "ror")),
                        "identifier.ror.syntax",
                        "input.identifiers.0.value"),
                edit(
                        "identifiers",
                        List.of(identifier("LEI", "00000000000000000000")),
                        "identifier.lei.check",
                        "input.identifiers.0.value"),
                edit(
                        "identifiers",
                        List.of(identifier("VAT", "DE136695977")),
                        "identifier.vat.check",
                        "input.identifiers.0.value"),
                edit(
                        "identifiers",
                        List.of(identifier("WIKIDATA", "17")),
                        "identifier.wikidata.syntax",
                        "input.identifiers.0.value"),
                edit(
                        "identifiers",
                        List.of(identifier("WIKIDATA", "Q17"), identifier("WIKIDATA", "Q17")),
                        "identifiers.twice",
                        "input.identifiers.1.value"),
                edit("website", "javascript:alert(1)", "website.syntax", "input.website"),
                edit("website", "https://", "website.syntax", "input.website"),
                edit(
                        "address",
                        Map.of("city", "Duisburg", "country", "XX"),
                        "address.country",
                        "input.address.country"),
                edit("address", Map.of("city", " ", "country", "DE"), "address.blank", "input.address.city"),
                edit(
                        "address",
                        Map.of("city", "Duisburg", "country", "DE", "point", Map.of("longitude", 6.7, "latitude", 95)),
                        "point.latitude",
                        "input.address.point.latitude"));
    }

    private static Arguments edit(String field, @Nullable Object value, String rule, String path) {
        return Arguments.of(field, value, rule, path);
    }

    private static Map<String, Object> text(String locale, String text) {
        return Map.of("locale", locale, "text", text);
    }

    private static Map<String, Object> identifier(String type, String value) {
        return Map.of("type", type, "value", value);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("badEdits")
    void anInvalidEditReportsRuleAndPath(String field, @Nullable Object value, String rule, String path) {
        var before = world.partner("housing");
        var input = new HashMap<String, @Nullable Object>();
        input.put("partnerId", globalId("housing"));
        input.put("expectedVersion", before.version());
        input.put(field, value);
        var answer = api.ask(
                Caller.OFFICE,
                "mutation ($input: EditPartnerInput!) { editPartner(input: $input) { partner { id }"
                        + " userErrors { code rule message path currentVersion } } }",
                Map.of("input", input));

        assertThat(answer.failed()).as(answer.body().toString()).isFalse();
        assertThat(answer.data("/editPartner/partner").isNull()).isTrue();
        var error = answer.data("/editPartner/userErrors/0");
        assertThat(error.at("/rule").asString()).isEqualTo(rule);
        assertThat(error.at("/code").asString()).isEqualTo("INVALID");
        assertThat(String.join(
                        ".",
                        error.at("/path")
                                .valueStream()
                                .map(step -> step.asString())
                                .toList()))
                .isEqualTo(path);
        assertThat(error.at("/message").asString()).isNotBlank();
        assertThat(world.partner("housing").version()).isEqualTo(before.version());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { partners(first: -5) { totalCount } }                                    | BAD_REQUEST
            { partners(last: -1) { totalCount } }                                     | BAD_REQUEST
            { partners(first: 1000000) { totalCount } }                               | BAD_REQUEST
            { partners(last: 101) { totalCount } }                                    | BAD_REQUEST
            { partners(first: 3, last: 3) { totalCount } }                            | BAD_REQUEST
            { partners(after: "nonsense") { nodes { id } } }                          | BAD_REQUEST
            { partners(after: "") { nodes { id } } }                                  | BAD_REQUEST
            { partners(before: "eyJuYW1lIjoiYSJ9") { nodes { id } } }                 | BAD_REQUEST
            { partners(filter: { text: "" }) { nodes { id } } }                       | BAD_REQUEST
            { partners(filter: { text: "!?" }) { nodes { id } } }                     | BAD_REQUEST
            { partners(filter: { areas: ["no area"] }) { nodes { id } } }             | BAD_REQUEST
            { partners(filter: { identifier: { type: ROR, value: "x" } }) { nodes { id } } } | BAD_REQUEST
            { partners(filter: { kinds: [CASTLE] }) { nodes { id } } }                | BAD_REQUEST
            { partner(id: "nonsense") { name } }                                      | BAD_REQUEST
            { partner(id: "") { name } }                                              | BAD_REQUEST
            { node(id: "UGFydG5lcjp4") { id } }                                       | BAD_REQUEST
            { nodes(ids: ["nonsense"]) { id } }                                       | BAD_REQUEST
            { partnerByAlias(alias: "NOT AN ALIAS") { name } }                        | BAD_REQUEST
            { partners { nodes { secret } } }                                         | BAD_REQUEST
            { partners(first: "many") { totalCount } }                                | BAD_REQUEST
            query { partners {                                                        | BAD_REQUEST
            mutation { suspendPartner(input: { partnerId: "x", reason: "y" }) { userErrors { rule } } }   | BAD_REQUEST
            mutation { removePartnerContact(input: { partnerId: "x", contactId: "y" }) { userErrors { rule } } } | BAD_REQUEST
            """)
    void anInvalidQueryIsRefusedWithAMessage(String document, String code) {
        var answer = api.ask(Caller.OFFICE, document);
        assertThat(answer.code()).as(answer.body().toString()).isEqualTo(code);
        assertThat(answer.body().at("/errors/0/message").asString())
                .isNotBlank()
                .doesNotContain("Exception", "de.smartcity", "java.", "org.");
    }

    @Test
    void anIdOfAnotherTypeIsRefused() {
        var other = new GlobalId("Contact", TimeOrderedIds.next()).text();
        var answer = api.ask(Caller.OFFICE, "query ($id: ID!) { partner(id: $id) { name } }", Map.of("id", other));
        assertThat(answer.code()).isEqualTo("BAD_REQUEST");
        assertThat(answer.body().at("/errors/0/message").asString()).contains("Partner");
    }

    @Test
    void theIdOfAContactIsNotReadBeforeThePermission() {
        var partner = api.ask(Caller.ANONYMOUS, "{ partners(first: 1) { nodes { id } } }")
                .data("/partners/nodes/0/id")
                .asString();
        for (var mutation : List.of("removePartnerContact", "editPartnerContact")) {
            var document = "mutation ($id: ID!) { " + mutation + "(input: { partnerId: $id, contactId: \"no id\""
                    + (mutation.startsWith("edit") ? ", expectedVersion: 1" : "") + " }) { userErrors { rule } } }";
            assertThat(api.ask(Caller.ANONYMOUS, document, Map.of("id", partner))
                            .code())
                    .isEqualTo("UNAUTHENTICATED");
            assertThat(api.ask(Caller.OFFICE, document, Map.of("id", partner)).code())
                    .isEqualTo("BAD_REQUEST");
        }
    }

    @Test
    void aMalformedIdIsRepeatedWithWholeCharacters() {
        var answer = api.ask(
                Caller.OFFICE,
                "query ($id: ID!) { partner(id: $id) { name } }",
                Map.of("id", "x".repeat(59) + "\uD83D\uDE80" + "\uD83D"));
        assertThat(answer.body().at("/errors/0/message").asString()).contains("x".repeat(59) + "\uD83D\uDE80?");
    }

    @Test
    void theEnginesMessagesAreInEnglishForEveryLanguage() {
        var answer = api.ask(null, Map.of("Accept-Language", "de"), "{ nowhere }", Map.of());
        assertThat(answer.body().at("/errors/0/message").asString()).contains("is undefined");
    }

    @Test
    void anUnknownIdGivesNull() {
        var nothing = new GlobalId("Partner", TimeOrderedIds.next()).text();
        var answer = api.ask(Caller.OFFICE, "query ($id: ID!) { partner(id: $id) { name } }", Map.of("id", nothing));
        assertThat(answer.failed()).isFalse();
        assertThat(answer.data("/partner").isNull()).isTrue();
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        var cursor = api.ask(Caller.OFFICE, "{ partners(first: 1) { pageInfo { endCursor } } }")
                .data("/partners/pageInfo/endCursor")
                .asString();
        for (var other : List.of(
                "orderBy: { field: MEMBER_SINCE }",
                "orderBy: { field: NAME, direction: DESC }",
                "filter: { kinds: [UNIVERSITY] }")) {
            var answer = api.ask(
                    Caller.OFFICE,
                    "query ($c: String) { partners(first: 1, after: $c, " + other + ") { nodes { id } } }",
                    Map.of("c", cursor));
            assertThat(answer.code()).as(other).isEqualTo("BAD_REQUEST");
        }
    }

    @Test
    void aStaleVersionIsAConflictWithTheCurrentVersion() {
        var before = world.partner("housing");
        var answer = api.ask(
                Caller.OFFICE,
                "mutation ($id: ID!) { editPartner(input: { partnerId: $id, expectedVersion: 9999, website: \"https://www.example.org\" })"
                        + " { userErrors { code path currentVersion } } }",
                Map.of("id", globalId("housing")));
        var error = answer.data("/editPartner/userErrors/0");
        assertThat(error.at("/code").asString()).isEqualTo("CONFLICT");
        assertThat(error.at("/currentVersion").asLong()).isEqualTo(before.version());
        assertThat(world.partner("housing").version()).isEqualTo(before.version());
    }

    @Test
    void aTakenAliasIsRefused() {
        var answer = api.ask(
                Caller.OFFICE,
                "mutation { recordProspect(input: { alias: \"ude\", kind: OTHER, name: [{ locale: \"en\", text: \"Another\" }] })"
                        + " { partner { id } userErrors { rule path } } }");
        assertThat(answer.data("/recordProspect/userErrors/0/rule").asString()).isEqualTo("alias.taken");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not json                     | 400
            []                           | 400
            {}                           | 400
            {"query": 5}                 | 200
            {"query": ""}                | 200
            {"variables": {"a": 1}}      | 400
            """)
    void aMalformedBodyIsAnsweredWithAnErrorResponse(String body, int status) {
        var answer = api.post(Map.of("Content-Type", "application/json"), body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"errors\"", "BAD_REQUEST").doesNotContain("Exception", "springframework");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        var answer = api.post(
                Map.of("Content-Type", "application/json"),
                "{\"query\":\"{ viewer { kind } }" + " ".repeat(2_000_000) + "\"}");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"errors\"", "BAD_REQUEST");
    }

    @Test
    void aDocumentThatIsTooDeepOrTooWideIsRefused() {
        var deep = "{ partners { nodes { " + "activity { nodes { partner { ".repeat(5) + "name" + " } } }".repeat(5)
                + " } } }";
        assertThat(api.ask(Caller.OFFICE, deep).code()).isEqualTo("COST_EXCEEDED");
        var wide = new StringBuilder("{");
        for (var n = 0; n < 2_000; n++) {
            wide.append(" a").append(n).append(": viewer { kind }");
        }
        assertThat(api.ask(Caller.OFFICE, wide.append(" }").toString()).code()).isEqualTo("COST_EXCEEDED");
    }

    private String globalId(String alias) {
        return new GlobalId("Partner", world.id(alias).value()).text();
    }
}

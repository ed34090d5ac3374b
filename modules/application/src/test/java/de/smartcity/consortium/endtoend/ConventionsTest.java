package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.endtoend.Api.Answer;
import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.graphql.GlobalId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Conventions of the whole schema: ids, pages, languages and user errors. */
@EndToEnd
class ConventionsTest {

    @Autowired
    private Api api;

    @Autowired
    private World world;

    private String ude() {
        return new GlobalId("Partner", world.id("ude").value()).text();
    }

    @Test
    void aMalformedIdGivesNullInItsPlaceAndOneError() {
        var answer = api.ask(
                Caller.VIEWER,
                "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
                Map.of("ids", List.of(ude(), "nonsense", new GlobalId("Partner", UUID.randomUUID()).text(), ude())));
        assertThat(answer.data("/nodes/0/id").asString()).isEqualTo(ude());
        assertThat(answer.data("/nodes/1").isNull()).isTrue();
        assertThat(answer.data("/nodes/2").isNull()).isTrue();
        assertThat(answer.data("/nodes/3/id").asString()).isEqualTo(ude());
        var errors = answer.body().at("/errors");
        assertThat(errors.size()).isEqualTo(1);
        assertThat(errors.at("/0/path").toString()).isEqualTo("[\"nodes\",1]");
        assertThat(errors.at("/0/extensions/code").asString()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void aNonCanonicalIdIsMalformed() {
        var answer =
                api.ask(Caller.VIEWER, "query ($id: ID!) { partner(id: $id) { name } }", Map.of("id", ude() + "="));
        assertThat(answer.code()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void everyNodeIsFoundByItsId() {
        var contact = addContact("ude");
        var ids = new ArrayList<String>();
        ids.add(ude());
        ids.add(contact);
        ids.add(api.ask(Caller.ANONYMOUS, "{ consortium { id } }")
                .data("/consortium/id")
                .asString());
        ids.add(api.ask(Caller.ANONYMOUS, "{ areasOfActivity { id } }")
                .data("/areasOfActivity/3/id")
                .asString());
        var nodes = api.ask(
                        Caller.ADMIN,
                        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Contact { function(locale: \"en\") }"
                                + " ... on AreaOfActivity { code } ... on Partner { alias } ... on Consortium { timeZone } } }",
                        Map.of("ids", ids))
                .data("/nodes");
        assertThat(nodes.valueStream().map(node -> node.at("/__typename").asString()))
                .containsExactly("Partner", "Contact", "Consortium", "AreaOfActivity");
        assertThat(nodes.valueStream().map(node -> node.at("/id").asString())).containsExactlyElementsOf(ids);
        // Members cannot see a contact that is not visibleToMembers.
        assertThat(api.ask(Caller.STRANGER, "query ($id: ID!) { node(id: $id) { id } }", Map.of("id", contact))
                        .data("/node")
                        .isNull())
                .isTrue();
        removeContact("ude", contact);
    }

    @Test
    void anEmptyPageStatesWhetherThereAreMore() {
        var page = api.ask(
                        Caller.VIEWER,
                        "{ partners(first: 0) { totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }")
                .data("/partners");
        assertThat(page.at("/nodes").size()).isZero();
        assertThat(page.at("/totalCount").asInt()).isPositive();
        assertThat(page.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(page.at("/pageInfo/endCursor").isNull()).isTrue();
        assertThat(api.ask(Caller.VIEWER, "{ partners(last: 0) { pageInfo { hasNextPage hasPreviousPage } } }")
                        .data("/partners/pageInfo/hasPreviousPage")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void anObjectHasTheSameCursorForEveryCaller() {
        var document = "{ partners(first: 3) { edges { cursor node { id } } pageInfo { startCursor endCursor } } }";
        var one = api.ask(Caller.VIEWER, document).data("/partners");
        var other = api.ask(Caller.STRANGER, document).data("/partners");
        assertThat(one.at("/pageInfo/endCursor")).isEqualTo(one.at("/edges/2/cursor"));
        assertThat(one.at("/pageInfo/startCursor")).isEqualTo(one.at("/edges/0/cursor"));
        assertThat(one.at("/edges/0")).isEqualTo(other.at("/edges/0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            en              | Harbour
            de              | Hafen
            de-AT, en;q=0.9 | Hafen
            tr, en;q=0.5    | Harbour
            -               | Hafen
            nonsense;;;     | Hafen
            """)
    void aTextIsShownInTheLanguageOfTheRequest(@Nullable String header, String expected) {
        var headers = header == null ? Map.<String, String>of() : Map.of("Accept-Language", header);
        var name = api.ask(
                        Api.token("office@consortium.sandbox"),
                        headers,
                        "{ partnerByAlias(alias: \"harbour\") { name english: name(locale: \"en\") } }",
                        Map.of())
                .data("/partnerByAlias");
        assertThat(name.at("/name").asString()).containsIgnoringCase(expected);
        assertThat(name.at("/english").asString()).containsIgnoringCase("harbour");
    }

    @Test
    void allViolationsOfAnInputAreReportedTogether() {
        var version = world.partner("housing").version();
        var input = new HashMap<String, @Nullable Object>();
        input.put("partnerId", new GlobalId("Partner", world.id("housing").value()).text());
        input.put("expectedVersion", 9_999);
        input.put("name", List.of(Map.of("locale", "de", "text", "Name"), Map.of("locale", "en", "text", " ")));
        input.put("kind", null);
        input.put("areas", List.of("MOBILITY", "NOWHERE"));
        input.put("website", "nonsense");
        input.put("address", Map.of("city", "", "country", "XX"));
        input.put("memberUntil", "1999-01-01");
        var errors = api.ask(
                        Caller.OFFICE,
                        "mutation ($input: EditPartnerInput!) { editPartner(input: $input) { userErrors { code rule path } } }",
                        Map.of("input", input))
                .data("/editPartner/userErrors");
        assertThat(errors.valueStream().map(ConventionsTest::ruleAndPath))
                .containsExactlyInAnyOrder(
                        "text.blank input.name.1.text",
                        "kind.required input.kind",
                        "area.unknown input.areas.1",
                        "website.syntax input.website",
                        "address.blank input.address.city",
                        "address.country input.address.country",
                        "membership.dates input.memberUntil");
        assertThat(world.partner("housing").version()).isEqualTo(version);
    }

    private static String ruleAndPath(JsonNode error) {
        return error.at("/rule").asString() + " "
                + String.join(
                        ".",
                        error.at("/path")
                                .valueStream()
                                .map(step -> step.asString())
                                .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            memberSince     | "yesterday"                            | input.memberSince
            name            | [{"locale": "en"}]                     | input.name.0.text
            name            | [{"locale": "en", "text": 5}]          | input.name.0.text
            kind            | "CASTLE"                               | input.kind
            address         | {"city": "Duisburg"}                   | input.address.country
            address         | "Duisburg"                             | input.address
            expectedVersion | "one"                                  | input.expectedVersion
            """)
    void aVariableOfTheWrongTypeIsReportedWithItsPath(String field, String json, String path) {
        var input = "{\"partnerId\": \"x\", \"expectedVersion\": 0, \"" + field + "\": " + json + "}";
        var body =
                "{\"query\": \"mutation ($input: EditPartnerInput!) { editPartner(input: $input) { userErrors { rule } } }\","
                        + " \"variables\": {\"input\": " + input + "}}";
        var answer = api.json(Api.token("office@consortium.sandbox"), body);
        assertThat(answer.code()).as(answer.body().toString()).isEqualTo("BAD_REQUEST");
        assertThat(answer.body().at("/errors/0/extensions/variable").asString())
                .as(answer.body().toString())
                .isEqualTo(path);
        assertThat(answer.body().at("/errors/0/message").asString()).startsWith(path + ": ");
    }

    @Test
    void aStaleEditReturnsTheCurrentPartner() {
        var answer = api.ask(
                Caller.OFFICE,
                "mutation ($id: ID!) { editPartner(input: { partnerId: $id, expectedVersion: 9999, website: \"https://www.example.org\" })"
                        + " { partner { alias version } userErrors { code currentVersion } } }",
                Map.of("id", ude()));
        assertThat(answer.data("/editPartner/userErrors/0/code").asString()).isEqualTo("CONFLICT");
        assertThat(answer.data("/editPartner/partner/alias").asString()).isEqualTo("ude");
        assertThat(answer.data("/editPartner/partner/version"))
                .isEqualTo(answer.data("/editPartner/userErrors/0/currentVersion"));
    }

    @Test
    void violationsAreNotReportedToCallersWithoutPermission() {
        for (var caller : List.of(Caller.ANONYMOUS, Caller.STRANGER, Caller.EDITOR)) {
            var answer = api.ask(
                    caller,
                    "mutation ($id: ID!) { editPartner(input: { partnerId: $id, expectedVersion: 9999, website: \"nonsense\", name: [] })"
                            + " { userErrors { rule } } }",
                    Map.of("id", ude()));
            assertThat(answer.code()).isIn("UNAUTHENTICATED", "FORBIDDEN");
            assertThat(answer.body().toString()).doesNotContain("website", "CONFLICT");
        }
    }

    @Test
    void aReservedAliasIsRefused() {
        var answer = api.ask(
                Caller.OFFICE,
                "mutation { recordProspect(input: { alias: \"dropped-by-us\", kind: OTHER, name: [{ locale: \"en\", text: \"Another\" }] })"
                        + " { partner { id } userErrors { rule path } } }");
        assertThat(answer.data("/recordProspect/userErrors/0/rule").asString()).isEqualTo("alias.reserved");
    }

    @Test
    void aContactIsAddedEditedAndRemoved() {
        var contact = addContact("ude");
        var edited = change(
                "editPartnerContact",
                "contact { id function(locale: \"en\") email phone }",
                Map.of(
                        "partnerId",
                        ude(),
                        "contactId",
                        contact,
                        "expectedVersion",
                        world.partner("ude").version(),
                        "phone",
                        "+49 203 0000000"));
        assertThat(edited.data("/editPartnerContact/contact/id").asString()).isEqualTo(contact);
        assertThat(edited.data("/editPartnerContact/contact/email").asString()).isEqualTo("press@example.org");
        assertThat(edited.data("/editPartnerContact/contact/phone").asString()).isEqualTo("+49 203 0000000");
        var stale = change(
                "editPartnerContact",
                "partner { version } contact { id }",
                Map.of("partnerId", ude(), "contactId", contact, "expectedVersion", 0, "phone", "+49 203 1111111"));
        assertThat(stale.data("/editPartnerContact/userErrors/0/code").asString())
                .isEqualTo("CONFLICT");
        assertThat(stale.data("/editPartnerContact/partner/version").asLong())
                .isEqualTo(world.partner("ude").version());
        assertThat(stale.data("/editPartnerContact/contact").isNull()).isTrue();
        removeContact("ude", contact);
    }

    private String addContact(String alias) {
        var added = change(
                "addPartnerContact",
                "partner { alias } contact { id function(locale: \"en\") }",
                Map.of(
                        "partnerId", ude(),
                        "function", List.of(Map.of("locale", "en", "text", "Press office")),
                        "email", "press@example.org"));
        assertThat(added.data("/addPartnerContact/partner/alias").asString()).isEqualTo(alias);
        assertThat(added.data("/addPartnerContact/contact/function").asString()).isEqualTo("Press office");
        return added.data("/addPartnerContact/contact/id").asString();
    }

    private void removeContact(String alias, String contact) {
        var removed = change(
                "removePartnerContact",
                "partner { alias contacts { id } } removedContactId",
                Map.of("partnerId", ude(), "contactId", contact));
        assertThat(removed.data("/removePartnerContact/removedContactId").asString())
                .isEqualTo(contact);
        assertThat(removed.data("/removePartnerContact/partner/alias").asString())
                .isEqualTo(alias);
        assertThat(removed.data("/removePartnerContact/partner/contacts").size())
                .isZero();
    }

    private Answer change(String mutation, String selection, Map<String, ?> input) {
        var type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1) + "Input";
        return api.ask(
                Caller.ADMIN,
                "mutation ($input: " + type + "!) { " + mutation + "(input: $input) { " + selection
                        + " userErrors { code rule path currentVersion } } }",
                Map.of("input", input));
    }
}

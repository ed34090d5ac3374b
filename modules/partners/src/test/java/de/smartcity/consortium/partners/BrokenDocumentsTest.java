package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;

/** Rules apply to new input only: stored partners are read, listed and suspended even if they break a later rule. */
@ModuleTest
class BrokenDocumentsTest {

    private static final String EVERYTHING = """
            { id alias name nameTranslations { locale text } summary kind status statusReason areas { code } website memberSince memberUntil
              identifiers { type value preferred } address { lines postalCode city country point { longitude latitude } }
              contacts { id function email phone visibleToMembers } hiddenFields version viewerCanSuspend }""";

    private static final List<String> LANGUAGES = List.of("da", "de", "en", "fr", "nl", "tr");

    @Autowired
    private Asked asked;

    @Autowired
    private Given given;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private PartnerManagement management;

    static List<Arguments> brokenFields() {
        var many = IntStream.range(0, 25)
                .mapToObj(n -> identifier("WIKIDATA", "Q" + (n + 1), true))
                .toList();
        return List.of(
                broken("profile.name", text("en", " "), "name", List.of(input("en", " ")), "text.blank"),
                broken(
                        "profile.name",
                        text("en", "x".repeat(300)),
                        "name",
                        List.of(input("en", "x".repeat(300))),
                        "text.long"),
                broken(
                        "profile.name",
                        text("not a tag", "Name"),
                        "name",
                        List.of(input("not a tag", "Name")),
                        "locale.unknown"),
                broken("profile.name", text("EN", "Name"), "name", List.of(input("E", "Name")), "locale.unknown"),
                broken("profile.name", new Document("texts", new Document()), "name", List.of(), "text.empty"),
                broken("profile.name", null, "name", null, "name.required"),
                broken("profile.kind", null, "kind", null, "kind.required"),
                broken("profile.areas", null, null, null, null),
                broken("profile.identifiers", null, null, null, null),
                broken(
                        "profile.summary",
                        text("de", "x".repeat(5_000)),
                        "summary",
                        List.of(input("de", "x".repeat(5_000))),
                        "text.long"),
                broken(
                        "profile.summary",
                        new Document("texts", LANGUAGES.stream().collect(Collectors.toMap(tag -> tag, tag -> "Text"))),
                        "summary",
                        LANGUAGES.stream().map(tag -> input(tag, "Text")).toList(),
                        "text.languages"),
                broken("profile.website", "no address", "website", "no address", "website.syntax"),
                broken("profile.areas", List.of("no area", "GONE"), "areas", List.of("no area", "GONE"), "area.syntax"),
                broken(
                        "profile.identifiers",
                        List.of(identifier("ROR", "wrong", false)),
                        "identifiers",
                        List.of(identifier("ROR", "wrong", false)),
                        "identifier.ror.syntax"),
                broken("profile.identifiers", many, "identifiers", many, "identifiers.many"),
                broken("profile.address", address("XX", 999), "address", address("XX", 999), "address.country"),
                broken("profile.memberUntil", "1999-01-01", "memberUntil", "1999-01-01", "membership.dates"),
                broken("alias", "NOT AN ALIAS", null, null, null),
                broken("statusReason", "x".repeat(5_000), null, null, null),
                broken("contacts", contacts(30), null, null, null),
                broken("contacts", null, null, null, null),
                broken("derived.tasks", null, null, null, null),
                broken("derived.search", List.of("prefix", "of", "earlier", "versions"), null, null, null),
                broken("keyedChanges", null, null, null, null));
    }

    private static Arguments broken(
            String path,
            @Nullable Object stored,
            @Nullable String field,
            @Nullable Object given,
            @Nullable String rule) {
        return Arguments.of(path, stored, field, given, rule);
    }

    private static Document text(String tag, String text) {
        return new Document("texts", new Document(tag, text));
    }

    private static Map<String, Object> input(String locale, String text) {
        return Map.of("locale", locale, "text", text);
    }

    private static Map<String, Object> identifier(String type, String value, boolean preferred) {
        return Map.of("type", type, "value", value, "preferred", preferred);
    }

    private static Map<String, Object> address(String country, double longitude) {
        return Map.of(
                "lines",
                List.of("", "x".repeat(300)),
                "city",
                " ",
                "country",
                country,
                "point",
                Map.of("longitude", longitude, "latitude", -999.0));
    }

    private static List<Document> contacts(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new Document("_id", UUID.randomUUID())
                        .append("function", text("en", "x".repeat(500)))
                        .append("email", "no address")
                        .append("phone", "no number")
                        .append("visibleToMembers", true))
                .toList();
    }

    @ParameterizedTest(name = "{0}: {4}")
    @MethodSource("brokenFields")
    void aBrokenPartnerIsReadListedAndSuspendedAndAnEditNamesTheRule(
            String path,
            @Nullable Object stored,
            @Nullable String field,
            @Nullable Object value,
            @Nullable String rule) {
        var partner = given.partner(PartnerStatus.ACTIVE);
        mongo.getCollection("partners")
                .updateOne(
                        Filters.eq("_id", partner.id().value()),
                        stored == null ? Updates.unset(path) : Updates.set(path, stored));

        assertThat(asked.<Object>data(
                        Callers.office(),
                        "query ($id: ID!) { partner(id: $id) " + EVERYTHING + " }",
                        Map.of("id", Asked.globalId(partner)),
                        "partner"))
                .isNotNull();
        List<Map<String, Object>> listed = asked.data(
                Callers.office(),
                "{ partners(first: 100) { nodes " + EVERYTHING + " } }",
                Map.of(),
                "partners",
                "nodes");
        assertThat(listed).anyMatch(node -> Asked.globalId(partner).equals(node.get("id")));
        if (field != null) {
            assertThat(rulesOf(partner.id(), field, value)).contains(rule);
        }

        management.suspend(partner.id(), "For a test", Change.by(Actor.system(), Instant.now()));
        assertThat(given.now(partner.id()).status()).isEqualTo(PartnerStatus.SUSPENDED);
        // Fields that the edit does not give stay.
        assertThat(rulesOf(partner.id(), field != null && field.equals("summary") ? "website" : "summary", null))
                .isEmpty();
    }

    private List<String> rulesOf(PartnerId id, String field, @Nullable Object value) {
        var input = new HashMap<String, @Nullable Object>();
        input.put("partnerId", Asked.globalId(given.now(id)));
        input.put(
                "expectedVersion",
                Objects.requireNonNull(given.now(id).version()).intValue());
        input.put(field, value);
        List<Map<String, String>> errors = asked.data(
                Callers.office(),
                "mutation ($input: EditPartnerInput!) { editPartner(input: $input) { userErrors { rule } } }",
                Map.of("input", input),
                "editPartner",
                "userErrors");
        var rules = new ArrayList<String>();
        errors.forEach(error -> rules.add(error.get("rule")));
        return rules;
    }
}

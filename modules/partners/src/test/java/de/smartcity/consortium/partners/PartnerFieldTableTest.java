package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import graphql.schema.GraphQLFieldDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;

/**
 * The fields of a partner that each caller sees: the public, other members, the partner's own people, the office; and callers who see a hidden
 * partner in a visible object that refers to it. No audience names members one by one, so there is no such column.
 */
@ModuleTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartnerFieldTableTest {

    private static final String TABLE = """
            field               | PUBLIC | CONSORTIUM | OWN | OFFICE | REFERENCE
            id                  | yes    | yes        | yes | yes    | yes
            name                | yes    | yes        | yes | yes    | yes
            nameTranslations    | yes    | yes        | yes | yes    | yes
            kind                | yes    | yes        | yes | yes    | yes
            summary             | yes    | yes        | yes | yes    |
            summaryTranslations | yes    | yes        | yes | yes    |
            areas               | yes    | yes        | yes | yes    |
            website             | yes    | yes        | yes | yes    |
            hiddenFields        | yes    | yes        |     |        | yes
            version             |        |            | yes | yes    |
            updatedAt           |        |            | yes | yes    |
            createdAt           |        | yes        | yes | yes    |
            alias               |        | yes        | yes | yes    |
            status              |        | yes        | yes | yes    |
            identifiers         |        | yes        | yes | yes    |
            address             |        | yes        | yes | yes    |
            contacts            |        | yes        | yes | yes    |
            memberSince         |        | yes        | yes | yes    |
            memberUntil         |        | yes        | yes | yes    |
            legalEntity         |        | yes        | yes | yes    |
            signaturesRequired  |        | yes        | yes | yes    |
            statusReason        |        |            | yes | yes    |
            activity            |        |            | yes | yes    |
            viewerCanEdit       |        |            | yes | yes    |
            viewerCanSuspend    |        |            |     | yes    |
            viewerCanReinstate  |        |            |     |        |
            viewerCanDrop       |        |            |     |        |
            """;

    private static final Map<String, String> BELOW = Map.of(
            "nameTranslations", "{ text }",
            "summaryTranslations", "{ text }",
            "areas", "{ code }",
            "identifiers", "{ value }",
            "address", "{ city }",
            "contacts", "{ id }",
            "legalEntity", "{ name register registerNumber seat }",
            "activity", "{ nodes { type } }");

    private static final String FILL = """
            mutation ($id: ID!, $version: Int!) { editPartner(input: { partnerId: $id, expectedVersion: $version,
              summary: [{ locale: "en", text: "A summary" }], website: "https://www.example.org", areas: ["MOBILITY"],
              identifiers: [{ type: ROR, value: "04mz5ra38" }], address: { city: "Duisburg", country: "DE" }, memberUntil: "2030-12-31",
              legalEntity: { name: "Some GmbH", register: "Amtsgericht Duisburg", registerNumber: "HRB 1", seat: "Duisburg" },
              signaturesRequired: 2 }) {
                userErrors { rule message } } }""";

    @Autowired
    private Asked asked;

    private final Map<String, Function<String, @Nullable Object>> views = new LinkedHashMap<>();
    private String full = "";

    @BeforeAll
    void aFullPartner(@Autowired Given given, @Autowired PartnerManagement management) {
        var partner = fill(given, given.partner(PartnerStatus.ACTIVE));
        management.suspend(partner.id(), "For a test", Change.by(Actor.system(), Instant.now()));
        management.reinstate(partner.id(), "After a test", Change.by(Actor.system(), Instant.now()));
        var other = given.partner(PartnerStatus.ACTIVE);

        // An account of a partner that is suspended later, and the office, changed the other partner before.
        var hidden = fill(given, given.partner(PartnerStatus.ACTIVE));
        management.suspend(other.id(), "For a test", Change.by(officeOf(hidden), Instant.now()));
        management.reinstate(other.id(), "After a test", Change.by(officeOf(hidden), Instant.now()));
        management.suspend(hidden.id(), "For a test", Change.by(Actor.system(), Instant.now()));

        var id = Asked.globalId(partner);
        full = id;
        views.put("PUBLIC", field -> of(Actor.anonymous(), id, field));
        views.put("CONSORTIUM", field -> of(Callers.of(other, Role.PARTNER_ADMIN), id, field));
        views.put("OWN", field -> of(Callers.of(given.now(partner.id()), Role.PARTNER_ADMIN), id, field));
        views.put("OFFICE", field -> of(Callers.office(), id, field));
        views.put("REFERENCE", field -> referred(other, field));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> referred(other, "id") != null && isShown(of(Callers.office(), id, "activity")));
    }

    private Partner fill(Given given, Partner partner) {
        List<?> errors = asked.data(
                Callers.office(),
                FILL,
                Map.of(
                        "id",
                        Asked.globalId(partner),
                        "version",
                        Objects.requireNonNull(partner.version()).intValue()),
                "editPartner",
                "userErrors");
        assertThat(errors).isEmpty();
        return given.now(partner.id());
    }

    private static Actor officeOf(Partner partner) {
        var organisation = new Organisation(
                Objects.requireNonNull(partner.organisation()),
                partner.id(),
                partner.alias(),
                partner.status(),
                Set.of());
        return Actor.acting(Actor.Kind.PERSON, new AccountId("official"), true, organisation, List.of(organisation));
    }

    private @Nullable Object of(Actor actor, String id, String field) {
        return asked.<@Nullable Object>data(
                actor,
                "query ($id: ID!) { partner(id: $id) { field: " + field + BELOW.getOrDefault(field, "") + " } }",
                Map.of("id", id),
                "partner",
                "field");
    }

    private @Nullable Object referred(Partner in, String field) {
        List<Map<String, Map<String, Object>>> nodes = asked.data(
                Callers.of(in, Role.VIEWER),
                "query ($id: ID!) { partner(id: $id) { activity(first: 2) { nodes { partner { field: " + field
                        + BELOW.getOrDefault(field, "") + " } } } } }",
                Map.of("id", Asked.globalId(in)),
                "partner",
                "activity",
                "nodes");
        var partner = nodes.isEmpty() ? null : nodes.getFirst().get("partner");
        return partner == null ? null : partner.get("field");
    }

    static List<Arguments> cells() {
        var columns = columns();
        return rows().flatMap(row -> columns.stream()
                        .map(column -> Arguments.of(
                                row[0],
                                column,
                                columns.indexOf(column) + 1 < row.length
                                        && row[columns.indexOf(column) + 1].equals("yes"))))
                .toList();
    }

    private static List<String> columns() {
        return Arrays.stream(TABLE.lines().findFirst().orElseThrow().split("\\|"))
                .skip(1)
                .map(String::strip)
                .toList();
    }

    private static Stream<String[]> rows() {
        return TABLE.lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new));
    }

    @Test
    void everyFieldHasARow(@Autowired GraphQlSource source) {
        var fields = source.schema().getObjectType("Partner").getFieldDefinitions().stream()
                .map(GraphQLFieldDefinition::getName)
                .toList();
        assertThat(rows().map(row -> row[0]).toList()).containsExactlyInAnyOrderElementsOf(fields);
    }

    @ParameterizedTest(name = "{0} seen from {1}: {2}")
    @MethodSource("cells")
    void theFieldIsVisibleOrHidden(String field, String from, boolean shown) {
        assertThat(isShown(Objects.requireNonNull(views.get(from)).apply(field)))
                .isEqualTo(shown);
    }

    private static boolean isShown(@Nullable Object value) {
        if (value instanceof Map<?, ?> map && map.containsKey("nodes")) {
            return isShown(map.get("nodes"));
        }
        return value instanceof Boolean hint ? hint : value instanceof List<?> list ? !list.isEmpty() : value != null;
    }

    @Test
    void exactlyTheHiddenFieldsAreNamed() {
        for (var column : columns()) {
            var named = new HashSet<>((List<?>) Objects.requireNonNull(
                    Objects.requireNonNull(views.get(column)).apply("hiddenFields")));
            var expected = rows().filter(row -> !row[0].startsWith("viewerCan") && !row[0].equals("hiddenFields"))
                    .filter(row -> columns().indexOf(column) + 1 >= row.length
                            || !row[columns().indexOf(column) + 1].equals("yes"))
                    .map(row -> row[0])
                    .collect(Collectors.toSet());
            assertThat(named).as(column).isEqualTo(expected);
        }
    }

    @Test
    void hiddenFieldsDoNotDependOnStoredValues(@Autowired Given given) {
        var empty = Asked.globalId(given.partner(PartnerStatus.ACTIVE));
        for (var actor : List.of(Actor.anonymous(), Callers.office())) {
            assertThat(of(actor, empty, "hiddenFields")).isEqualTo(of(actor, full, "hiddenFields"));
        }
    }

    @Test
    void onlyWhoMayEditSeesTheVersion(@Autowired Given given) {
        var partner = given.partner(PartnerStatus.ACTIVE);
        for (var role : Role.values()) {
            var actor = Callers.of(partner, role);
            for (var field : List.of("version", "updatedAt")) {
                assertThat(of(actor, Asked.globalId(partner), field) != null)
                        .as("%s for %s", field, role)
                        .isEqualTo(role == Role.PARTNER_ADMIN);
            }
        }
    }

    @Test
    void membersSeeTheContactsForMembersAndOwnPeopleAll() {
        assertThat((List<?>) Objects.requireNonNull(views.get("CONSORTIUM")).apply("contacts"))
                .hasSize(1);
        assertThat((List<?>) Objects.requireNonNull(views.get("OWN")).apply("contacts"))
                .hasSize(2);
        assertThat((List<?>) Objects.requireNonNull(views.get("OFFICE")).apply("contacts"))
                .hasSize(2);
    }
}

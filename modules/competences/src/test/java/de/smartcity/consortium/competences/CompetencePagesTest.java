package de.smartcity.consortium.competences;

import static de.smartcity.consortium.competences.CompetenceFixtures.concept;
import static de.smartcity.consortium.competences.CompetenceFixtures.deprecated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.competences.CompetenceRows.ConceptRow;
import de.smartcity.consortium.competences.CompetenceRows.MappingRow;
import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The lists of competent partners and of competences, and what is found by code and by id. */
@CompetenceTest
@Import(ProfileSteps.class)
@TestPropertySource(properties = "consortium.jobs.interval=20ms")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompetencePagesTest {

    private static final String COMPETENT = """
            query ($first: Int, $after: String, $last: Int, $before: String, $code: String!, $level: CompetenceLevel!) {
              connection: competentPartners(first: $first, after: $after, last: $last, before: $before, competence: $code, minLevel: $level) {
                totalCount totalCountIsExact nodes { partner { name } } edges { cursor node { partner { name } } }
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }""";
    private static final String COMPETENCES = """
            query ($first: Int, $after: String, $last: Int, $before: String, $filter: CompetenceFilter) {
              connection: competences(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
                totalCount totalCountIsExact nodes { code } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }""";

    /** Who is found: by members and the office, and by everybody else. Each has the filter, then the names in their order. */
    private static final String FOUND = """
            competence | level    | MEMBER                                          | OTHERS
            NETWORKS   | KNOWS    | Ärger, Alpha, beta, Gamma, Member 1, Member 2   | Alpha, beta, Gamma, Member 1, Member 2
            NETWORKS   | DELIVERS | Ärger, Alpha, Gamma, Member 1, Member 2         | Alpha, Gamma, Member 1, Member 2
            NETWORKS   | LEADS    | Ärger                                           |
            NETWORK_5G | KNOWS    | Ärger, Gamma                                    | Gamma
            NETWORK_5G | LEADS    | Ärger                                           |
            WIRELESS   | KNOWS    | Ärger, Gamma                                    | Gamma
            FIBRE      | KNOWS    | beta                                            | beta
            FIBRE      | DELIVERS |                                                 |
            DATA       | KNOWS    | beta                                            |
            DATA       | LEADS    | beta                                            |
            TRAM       | KNOWS    |                                                 |
            LOGISTICS  | KNOWS    | Delta, Member 2                                 | Delta
            PORTS      | KNOWS    |                                                 |
            """;

    @Autowired
    private Asked asked;

    @Autowired
    private ProfileSteps steps;

    @Autowired
    private Profiles profiles;

    private final Map<String, Partner> partners = new HashMap<>();
    private final Map<String, Actor> callers = new LinkedHashMap<>();

    @BeforeAll
    void profilesOfEachKind(
            @Autowired Given given, @Autowired PartnerManagement management, @Autowired VocabularyImport vocabulary) {
        var concepts = new ArrayList<>(CompetenceFixtures.concepts());
        var wireless = of(concept("WIRELESS", "NETWORKS", "LIVING", "Wireless", "Funk"), 2, List.of());
        concepts.add(wireless);
        concepts.add(
                of(concept("TRAM", "LOGISTICS", "MOBILITY", "Tramways", "Tram"), 2, List.of("Straßenbahn", "Métro")));
        vocabulary.load(new VocabularyRow(2, concepts));

        member(given, "Alpha", Profiles.entry("NETWORKS", "DELIVERS", "PUBLIC"));
        member(given, "Ärger", Profiles.entry("NETWORK_5G", "LEADS"));
        member(given, "beta", Profiles.entry("DATA", "LEADS"), Profiles.entry("FIBRE", "KNOWS", "PUBLIC"));
        member(given, "Gamma", Profiles.entry("WIRELESS", "DELIVERS", "PUBLIC"));
        member(given, "Delta", Profiles.entry("LOGISTICS", "LEADS", "PUBLIC"));
        member(given, "Member 1", Profiles.entry("NETWORKS", "DELIVERS", "PUBLIC"));
        member(given, "Member 2", Profiles.entry("NETWORKS", "DELIVERS", "PUBLIC"), Profiles.entry("RAIL", "LEADS"));
        member(given, "Suspended", Profiles.entry("NETWORKS", "LEADS", "PUBLIC"));
        var drafting = given.partner("drafting", "Drafting", PartnerStatus.ACTIVE);
        profiles.draft(drafting, Profiles.entry("NETWORKS", "LEADS", "PUBLIC"));
        profiles.draft(partner("Delta"), Profiles.entry("NETWORKS", "LEADS", "PUBLIC"));
        var onboarding = given.partner("onboarding", "Onboarding", PartnerStatus.ONBOARDING);
        profiles.draft(onboarding, Profiles.entry("NETWORKS", "LEADS", "PUBLIC"));

        concepts.set(concepts.indexOf(wireless), deprecated(wireless, 3, "NETWORK_5G"));
        vocabulary.load(new VocabularyRow(3, concepts));
        var suspended = partner("Suspended");
        management.suspend(suspended.id(), "For a test", Change.by(Actor.system(), Instant.now()));

        callers.put("MEMBER", Callers.of(partner("Alpha"), Role.VIEWER));
        callers.put("ITSELF", Callers.of(partner("beta"), Role.EDITOR));
        callers.put("DRAFTING", Profiles.editor(drafting));
        callers.put("OFFICE", Callers.office());
        callers.put("ANONYMOUS", Actor.anonymous());
        callers.put("ONBOARDING", Profiles.editor(onboarding));
        callers.put("SUSPENDED", Profiles.editor(given.now(suspended.id())));
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        !steps.competent(Callers.office(), "NETWORKS", "KNOWS").contains("Suspended"));
    }

    private void member(Given given, String name, CompetenceFixtures.Entry... entries) {
        var partner = given.partner("p" + partners.size(), name, PartnerStatus.ACTIVE);
        partners.put(name, partner);
        profiles.published(partner, entries);
    }

    private Partner partner(String name) {
        return Objects.requireNonNull(partners.get(name));
    }

    /** With other words in German, and a mapping if there are any. */
    private static ConceptRow of(ConceptRow concept, int since, List<String> alternatives) {
        return new ConceptRow(
                concept.code(),
                concept.area(),
                concept.broader(),
                since,
                null,
                null,
                concept.label(),
                alternatives.isEmpty() ? Map.of() : Map.of("de", alternatives),
                alternatives.isEmpty()
                        ? null
                        : List.of(new MappingRow(
                                "ESCO",
                                "http://data.europa.eu/esco/skill/1",
                                "CLOSE",
                                "ESCO 1.2, looked up in a test")));
    }

    private Actor caller(String name) {
        return Objects.requireNonNull(callers.get(name));
    }

    static Stream<List<String>> found() {
        return FOUND.lines()
                .skip(1)
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::trim).toList());
    }

    private static List<String> names(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split(", "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MEMBER", "ITSELF", "DRAFTING", "OFFICE", "ANONYMOUS", "ONBOARDING", "SUSPENDED"})
    void partnersAreFoundByWhatACallerSeesOfTheirEntriesInTheOrderOfTheirNames(String caller) {
        var column = List.of("MEMBER", "ITSELF", "DRAFTING", "OFFICE").contains(caller) ? 2 : 3;
        found().forEach(row -> {
            assertThat(steps.competent(caller(caller), row.get(0), row.get(1)))
                    .as("%s", row)
                    .isEqualTo(names(row.get(column)));
            assertThat(page(COMPETENT, caller(caller), competent(row.get(0), row.get(1))))
                    .containsEntry("totalCount", names(row.get(column)).size())
                    .containsEntry("totalCountIsExact", true);
        });
    }

    @Test
    void anEntryThatIsNotShownFindsNobodyAndOneThatIsFoundIsShown() {
        List<Map<String, Object>> nodes = asked.data(
                Actor.anonymous(),
                "{ competentPartners(competence: \"FIBRE\") { nodes { entries { competence { code } claimedLevel } } } }",
                Map.of(),
                "competentPartners",
                "nodes");
        assertThat(nodes)
                .containsExactly(Map.of(
                        "entries", List.of(Map.of("competence", Map.of("code", "FIBRE"), "claimedLevel", "KNOWS"))));
    }

    private static Map<String, Object> competent(String code, String level) {
        return Map.of("code", code, "level", level);
    }

    private Map<String, Object> page(String document, Actor actor, Map<String, ?> variables) {
        return asked.data(actor, document, variables, "connection");
    }

    @ParameterizedTest
    @CsvSource({"MEMBER, 1", "MEMBER, 2", "MEMBER, 5", "MEMBER, 6", "ANONYMOUS, 1", "ANONYMOUS, 3", "OFFICE, 4"})
    void pagesHaveEachPartnerOnceInBothDirections(String caller, int size) {
        var variables = new HashMap<String, Object>(competent("NETWORKS", "KNOWS"));
        var expected = steps.competent(caller(caller), "NETWORKS", "KNOWS");
        assertThat(all(COMPETENT, caller(caller), variables, size, true))
                .isEqualTo(expected.stream()
                        .map(name -> Map.of("partner", Map.of("name", name)))
                        .toList());
        assertThat(all(COMPETENT, caller(caller), variables, size, false))
                .isEqualTo(expected.stream()
                        .map(name -> Map.of("partner", Map.of("name", name)))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20})
    void pagesHaveEachCompetenceOnceInBothDirections(int size) {
        var variables = Map.<String, Object>of("filter", Map.of("includeDeprecated", true));
        var expected = Stream.of(
                        "NETWORK_5G", "DATA", "FIBRE", "LOGISTICS", "NETWORKS", "PORTS", "RAIL", "TRAM", "WIRELESS")
                .map(code -> Map.of("code", code))
                .toList();
        assertThat(all(COMPETENCES, Actor.anonymous(), variables, size, true)).isEqualTo(expected);
        assertThat(all(COMPETENCES, Actor.anonymous(), variables, size, false)).isEqualTo(expected);
    }

    /** The nodes of all pages, in the order of the list. */
    private List<Object> all(String document, Actor actor, Map<String, Object> variables, int size, boolean forwards) {
        var nodes = new ArrayList<Object>();
        @Nullable Object cursor = null;
        for (var pages = 0; pages < 20; pages++) {
            var asking = new HashMap<String, @Nullable Object>(variables);
            asking.put(forwards ? "first" : "last", size);
            asking.put(forwards ? "after" : "before", cursor);
            Map<String, Object> page = asked.data(actor, document, asking, "connection");
            var found = (List<?>) Objects.requireNonNull(page.get("nodes"));
            assertThat(found).hasSizeLessThanOrEqualTo(size);
            nodes.addAll(forwards ? nodes.size() : 0, found);
            var info = (Map<?, ?>) Objects.requireNonNull(page.get("pageInfo"));
            assertThat(info.get(forwards ? "hasPreviousPage" : "hasNextPage")).isEqualTo(pages > 0);
            if (Objects.equals(info.get(forwards ? "hasNextPage" : "hasPreviousPage"), false)) {
                return nodes;
            }
            cursor = info.get(forwards ? "endCursor" : "startCursor");
        }
        throw new AssertionError("The pages do not end");
    }

    @Test
    void theCursorOfAnotherListIsRefused() {
        var ofCompetences = cursor(page(COMPETENCES, Actor.anonymous(), Map.of("first", 1)));
        var ofPartners = cursor(page(COMPETENT, Actor.anonymous(), with(competent("NETWORKS", "KNOWS"), "first", 1)));
        for (var cursor : List.of(ofCompetences, "nonsense")) {
            assertThat(code(COMPETENT, with(competent("NETWORKS", "KNOWS"), "after", cursor)))
                    .isEqualTo("BAD_REQUEST");
        }
        for (var cursor : List.of(ofPartners, "nonsense")) {
            assertThat(code(COMPETENCES, Map.of("after", cursor))).isEqualTo("BAD_REQUEST");
        }
    }

    private static String cursor(Map<String, Object> page) {
        return String.valueOf(((Map<?, ?>) Objects.requireNonNull(page.get("pageInfo"))).get("endCursor"));
    }

    private static Map<String, Object> with(Map<String, Object> variables, String name, Object value) {
        var more = new HashMap<>(variables);
        more.put(name, value);
        return more;
    }

    private String code(String document, Map<String, ?> variables) {
        return Asked.code(asked.ask(Actor.anonymous(), document, variables));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNKNOWN", "networks", "", "5G", "A__B", "$where"})
    void aCompetenceThatDoesNotExistIsABadRequest(String competence) {
        assertThat(code(COMPETENT, competent(competence, "KNOWS"))).isEqualTo("BAD_REQUEST");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { }                                                  | NETWORK_5G DATA FIBRE LOGISTICS NETWORKS PORTS RAIL TRAM
            { includeDeprecated: true, broader: "NETWORKS" }     | NETWORK_5G FIBRE WIRELESS
            { firstLevel: true, area: "MOBILITY" }               | LOGISTICS
            { firstLevel: true, broader: "NETWORKS" }            |
            { broader: "NETWORKS" }                              | NETWORK_5G FIBRE
            { broader: "FIBRE" }                                 |
            { broader: "UNKNOWN" }                               |
            { area: "MOBILITY" }                                 | LOGISTICS PORTS RAIL TRAM
            { area: "MOBILITY", broader: "NETWORKS" }            |
            { area: "ELSEWHERE" }                                |
            { text: "netz" }                                     | NETWORK_5G NETWORKS
            { text: "NET" }                                      | NETWORK_5G NETWORKS
            { text: "glas" }                                     | FIBRE
            { text: "hafen" }                                    | PORTS
            { text: "Häfen" }                                    | PORTS
            { text: "schienenguterverk" }                        | RAIL
            { text: "strassenb" }                                | TRAM
            { text: "Straßenbahn" }                              | TRAM
            { text: "metro" }                                    | TRAM
            { text: "more rail" }                                | RAIL
            { text: "funk" }                                     |
            { text: "funk", includeDeprecated: true }            | WIRELESS
            { text: "fibre", area: "MOBILITY" }                  |
            { text: "net", area: "LIVING", broader: "NETWORKS" } | NETWORK_5G
            { text: "bahn" }                                     |
            """)
    void competencesAreFoundByLabelAndOtherWordsByAreaAndByWhatTheyAreAPartOf(String filter, @Nullable String codes) {
        for (var actor : List.of(Actor.anonymous(), caller("MEMBER"), caller("SUSPENDED"), Callers.office())) {
            List<Map<String, String>> nodes = asked.data(
                    actor,
                    "{ competences(filter: " + filter + ") { nodes { code } } }",
                    Map.of(),
                    "competences",
                    "nodes");
            assertThat(nodes.stream().map(node -> node.get("code")))
                    .isEqualTo(codes == null ? List.of() : List.of(codes.split(" ")));
        }
    }

    @Test
    void aTextThatIsTooLongIsABadRequest() {
        assertThat(code(COMPETENCES, Map.of("filter", Map.of("text", "a".repeat(201)))))
                .isEqualTo("BAD_REQUEST");
        assertThat(code(COMPETENCES, Map.of("filter", Map.of("broader", "networks"))))
                .isEqualTo("BAD_REQUEST");
        assertThat(code(COMPETENCES, Map.of("first", 101))).isEqualTo("BAD_REQUEST");
    }

    @Test
    void aCompetenceShowsAllOfItToEverybody() {
        var document = """
                query ($code: String!) { competence(code: $code) { id code label(locale: "de") labelTranslations { locale text }
                  alternatives { locale text } area { code } broader { code narrower { code } } narrower { code } since deprecated deprecatedSince
                  replacedBy { code label } mappings { scheme uri match source } } }""";
        for (var actor : List.of(Actor.anonymous(), caller("SUSPENDED"), caller("ONBOARDING"), Callers.office())) {
            Map<String, Object> tram = asked.data(actor, document, Map.of("code", "TRAM"), "competence");
            assertThat(tram)
                    .containsEntry("id", new GlobalId("Competence", "TRAM").text())
                    .containsEntry("label", "Tram")
                    .containsEntry(
                            "alternatives",
                            List.of(
                                    Map.of("locale", "de", "text", "Straßenbahn"),
                                    Map.of("locale", "de", "text", "Métro")))
                    .containsEntry("area", Map.of("code", "MOBILITY"))
                    .containsEntry("since", 2)
                    .containsEntry("deprecated", false)
                    .containsEntry("replacedBy", null)
                    .containsEntry(
                            "mappings",
                            List.of(Map.of(
                                    "scheme", "ESCO",
                                    "uri", "http://data.europa.eu/esco/skill/1",
                                    "match", "CLOSE",
                                    "source", "ESCO 1.2, looked up in a test")));
            Map<String, Object> wireless = asked.data(actor, document, Map.of("code", "WIRELESS"), "competence");
            assertThat(wireless)
                    .containsEntry("deprecated", true)
                    .containsEntry("deprecatedSince", 3)
                    .containsEntry("replacedBy", Map.of("code", "NETWORK_5G", "label", "5G networks"))
                    .containsEntry("narrower", List.of());
            // The deprecated one is not listed.
            assertThat(wireless.get("broader"))
                    .asString()
                    .contains("NETWORK_5G", "FIBRE")
                    .doesNotContain("WIRELESS");
        }
    }

    @Test
    void aCompetenceThatDoesNotExistIsNull() {
        assertThat(asked.<@Nullable Object>data(
                        Actor.anonymous(), "{ competence(code: \"UNKNOWN\") { id } }", Map.of(), "competence"))
                .isNull();
        assertThat(code("{ competence(code: \"networks\") { id } }", Map.of())).isEqualTo("BAD_REQUEST");
    }

    @Test
    void nodesOfBothTypesAreFoundByTheirIdsAndHiddenOnesAreNull() {
        var fibre = new GlobalId("Competence", "FIBRE").text();
        var ids = List.of(
                fibre,
                ProfileSteps.globalId(partner("Alpha")),
                ProfileSteps.globalId(partner("Ärger")),
                ProfileSteps.globalId(partner("Suspended")),
                new GlobalId("Competence", "UNKNOWN").text(),
                new GlobalId("CompetenceProfile", UUID.randomUUID()).text());
        var expected = new HashMap<String, List<String>>();
        expected.put("ANONYMOUS", List.of("FIBRE", "Alpha", "null", "null", "null", "null"));
        expected.put("SUSPENDED", List.of("FIBRE", "Alpha", "null", "null", "null", "null"));
        expected.put("MEMBER", List.of("FIBRE", "Alpha", "Ärger", "null", "null", "null"));
        expected.put("OFFICE", List.of("FIBRE", "Alpha", "Ärger", "Suspended", "null", "null"));
        expected.forEach((caller, shown) -> {
            List<@Nullable Map<String, Object>> nodes = asked.data(
                    caller(caller),
                    "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Competence { code } ... on CompetenceProfile { partner { name } } } }",
                    Map.of("ids", ids),
                    "nodes");
            for (var at = 0; at < ids.size(); at++) {
                assertThat(String.valueOf(nodes.get(at)))
                        .as("%s %d", caller, at)
                        .contains(shown.get(at));
            }
        });
        assertThat(asked.<Map<String, Object>>data(
                        Actor.anonymous(),
                        "query ($id: ID!) { node(id: $id) { id __typename } }",
                        Map.of("id", fibre),
                        "node"))
                .isEqualTo(Map.of("id", fibre, "__typename", "Competence"));
    }
}

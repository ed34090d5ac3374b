package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.introspection.IntrospectionQueryBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The consortium that the sandbox loads, as seen by the public and the office. */
@EndToEnd
class DuisburgTest {

    @Autowired
    private Api api;

    @Test
    void theConsortiumHasItsGoalsAreasAndAwards() {
        var consortium = api.ask(
                        Caller.ANONYMOUS,
                        "{ consortium { name locales goals { text(locale: \"en\") } areas { code } contact { function(locale: \"en\") }"
                                + " awards { title(locale: \"en\") date } } }")
                .data("/consortium");
        assertThat(consortium.at("/name").asString()).isEqualTo("Smart City Duisburg");
        assertThat(consortium.at("/goals").size()).isEqualTo(3);
        assertThat(consortium
                        .at("/areas")
                        .valueStream()
                        .map(area -> area.at("/code").asString()))
                .containsExactly(
                        "E_GOVERNMENT", "BROADBAND_5G", "ECONOMY", "INFRASTRUCTURE", "EDUCATION", "MOBILITY", "LIVING");
        assertThat(consortium.at("/awards/0/date").asString()).isEqualTo("2019-05-28");
        assertThat(consortium.at("/contact/function").asString()).isNotBlank();
    }

    /** The limits are for others. */
    @Test
    void toolsReadTheSchemaAndAPortalReadsAllOfAPageAtOnce() {
        var introspection = IntrospectionQueryBuilder.build(
                IntrospectionQueryBuilder.Options.defaultOptions().typeRefFragmentDepth(9));
        var schema = api.ask(Caller.ANONYMOUS, introspection);
        assertThat(schema.failed()).as("%s", schema.body().path("errors")).isFalse();
        assertThat(schema.data("/__schema/types").size()).isGreaterThan(40);
        // Of 8 MB.
        assertThat(schema.body().toString().length()).isLessThan(2_000_000);

        var page = api.ask(
                        Caller.VIEWER,
                        "query ($n: Int) { partners(first: $n, orderBy: { field: NAME }) { totalCount pageInfo { endCursor }"
                                + " nodes { " + PartnerRequests.FIELDS + " } } }",
                        Map.of("n", 50))
                .data("/partners/nodes");
        assertThat(page.size()).isEqualTo(10);
        assertThat(page.get(0).propertyStream().count()).isGreaterThan(20);
    }

    @Test
    void theTwelvePartnersAndTheProspectAreLoaded() {
        var nodes = api.ask(Caller.OFFICE, "{ partners(first: 100) { nodes { alias status memberSince } } }")
                .data("/partners/nodes");
        assertThat(nodes.valueStream()
                        .filter(node -> !node.at("/memberSince").isNull())
                        .map(node -> node.at("/alias").asString()))
                .contains(
                        "duisburg",
                        "ude",
                        "ims",
                        "huawei",
                        "utilities",
                        "recycling",
                        "housing",
                        "chamber",
                        "employers",
                        "economy",
                        "tourism");
        assertThat(nodes.valueStream().map(node -> node.at("/alias").asString()))
                .contains("harbour", "zbt");
    }

    @Test
    void fictitiousDataIsMarkedAsDemonstration() {
        var prospect = api.ask(Caller.OFFICE, "{ partnerByAlias(alias: \"zbt\") { summaryTranslations { text } } }")
                .data("/partnerByAlias/summaryTranslations");
        assertThat(prospect.valueStream()
                        .map((JsonNode text) -> text.at("/text").asString()))
                .isNotEmpty()
                .allMatch(DuisburgTest::isMarked);
    }

    /** Harbour, which has logistics, is no member in this deployment. */
    @Test
    void itShowsWhoCovers5GAndMicroelectronicsAndThatNobodyCoversLogistics() {
        var coverage = api.ask(Caller.VIEWER, """
                        { coverage(needs: [{ competence: "NETWORK_5G", level: LEADS }, { competence: "MICROELECTRONICS", level: DELIVERS },
                            { competence: "LOGISTICS", level: KNOWS, importance: WISH }, { competence: "ONLINE_PUBLIC_SERVICES", level: LEADS,
                            importance: WISH }]) {
                          partners { partner { alias } missesMust availability { state } needs { covered best { kind entry { competence { code }
                            claimedLevel evidencedLevel } } } }
                          uncovered { competence { code } } teams { partners { alias } } } }""").data("/coverage");
        assertThat(coverage.at("/partners").size()).as("%s", coverage).isPositive();
        assertThat(best(coverage, "huawei", 0)).isEqualTo("true EXACT NETWORK_5G LEADS LEADS");
        assertThat(best(coverage, "ude", 0)).isEqualTo("false EXACT NETWORK_5G KNOWS KNOWS");
        assertThat(best(coverage, "ims", 1)).startsWith("true NARROWER MICROELECTRONICS_");
        assertThat(best(coverage, "duisburg", 3)).isEqualTo("false BROADER E_GOVERNMENT LEADS DELIVERS");
        assertThat(texts(coverage.at("/uncovered"), "/competence/code"))
                .containsExactly("LOGISTICS", "ONLINE_PUBLIC_SERVICES");
        assertThat(coverage.at("/teams").size()).isEqualTo(1);
        assertThat(texts(coverage.at("/teams/0/partners"), "/alias")).containsExactlyInAnyOrder("huawei", "ims");
    }

    /** Whether the partner covers the need, and by which entry best. */
    private static String best(JsonNode coverage, String alias, int need) {
        return coverage.at("/partners")
                .valueStream()
                .filter(partner -> partner.at("/partner/alias").asString().equals(alias))
                .map(partner -> partner.at("/needs/" + need))
                .map(found -> String.join(
                        " ",
                        found.at("/covered").asString(),
                        found.at("/best/kind").asString(),
                        found.at("/best/entry/competence/code").asString(),
                        found.at("/best/entry/claimedLevel").asString(),
                        found.at("/best/entry/evidencedLevel").asString()))
                .findFirst()
                .orElse("none");
    }

    private static List<String> texts(JsonNode nodes, String pointer) {
        return nodes.valueStream().map(node -> node.at(pointer).asString("")).toList();
    }

    @Test
    void whatIsMadeUpOfProfilesIsMarkedAsDemonstration() {
        var partners = api.ask(Caller.OFFICE, """
                        { partners(first: 20) { nodes { alias competenceProfile { contactFunctionTranslations { text }
                          entries { competence { code } descriptionTranslations { text } evidence { issuer url } } } } } }""")
                .data("/partners/nodes")
                .valueStream()
                .filter(partner -> !partner.at("/competenceProfile").isNull())
                .toList();
        assertThat(partners.stream().map(partner -> partner.at("/alias").asString()))
                .containsExactlyInAnyOrder(
                        "duisburg", "ude", "ims", "huawei", "utilities", "recycling", "housing", "economy", "tourism");
        for (var partner : partners) {
            var profile = partner.at("/competenceProfile");
            assertThat(texts(profile.at("/contactFunctionTranslations"), "/text"))
                    .isNotEmpty()
                    .allMatch(DuisburgTest::isMarked);
            var entries = profile.at("/entries");
            assertThat(entries.size()).isPositive();
            for (var entry : entries) {
                // Nothing is known of it.
                if (partner.at("/alias").asString().equals("huawei")) {
                    assertThat(texts(entry.at("/descriptionTranslations"), "/text"))
                            .isNotEmpty()
                            .allMatch(DuisburgTest::isMarked);
                }
                assertThat(entry.at("/evidence").valueStream())
                        .allMatch(evidence -> isMarked(evidence.at("/issuer").asString("")
                                + evidence.at("/url").asString("")));
            }
        }
    }

    private static boolean isMarked(String text) {
        return Stream.of("Demonstration data", "Demonstrationsdaten", "https://example.org/demonstration/")
                .anyMatch(text::contains);
    }

    @Test
    void aPartnerIsFoundByWordsInAnyLanguage() {
        for (var text : new String[] {"universitat", "UNIVERSITÄT", "universitaet", "univers ess", "essen duisburg"}) {
            var found = api.ask(
                            Caller.VIEWER,
                            "query ($t: String) { partners(filter: { text: $t, kinds: [UNIVERSITY] }) { nodes { alias } } }",
                            Map.of("t", text))
                    .data("/partners/nodes");
            assertThat(found.valueStream().map(node -> node.at("/alias").asString()))
                    .as(text)
                    .containsExactly("ude");
        }
    }

    @Test
    void theVocabularyHas80To120CompetencesInTwoLevelsAndTwoLanguages() {
        var vocabulary = api.ask(
                        Caller.ANONYMOUS,
                        "{ all: competences(first: 0) { totalCount } tree: competences(first: 60, filter: { firstLevel: true }) { nodes { code"
                                + " area { code } broader { code } labelTranslations { locale } narrower { code area { code }"
                                + " broader { code } labelTranslations { locale } } } } }")
                .data("");
        var tree = vocabulary.at("/tree/nodes").valueStream().toList();
        var narrower = tree.stream()
                .flatMap(concept -> concept.at("/narrower").valueStream())
                .toList();
        assertThat(tree.size() + narrower.size())
                .isEqualTo(vocabulary.at("/all/totalCount").asInt())
                .isBetween(80, 120);
        assertThat(tree).allSatisfy(concept -> {
            assertThat(concept.at("/broader").isNull()).isTrue();
            assertThat(concept.at("/narrower").valueStream()).allSatisfy(part -> {
                assertThat(part.at("/area")).isEqualTo(concept.at("/area"));
                assertThat(part.at("/broader/code")).isEqualTo(concept.at("/code"));
            });
        });
        assertThat(Stream.concat(tree.stream(), narrower.stream()))
                .allSatisfy(concept -> assertThat(concept.at("/labelTranslations")
                                .valueStream()
                                .map(label -> label.at("/locale").asString()))
                        .containsExactly("de", "en"));
        assertThat(tree.stream().map(concept -> concept.at("/area/code").asString()))
                .contains(
                        "E_GOVERNMENT", "BROADBAND_5G", "ECONOMY", "INFRASTRUCTURE", "EDUCATION", "MOBILITY", "LIVING");
    }
}

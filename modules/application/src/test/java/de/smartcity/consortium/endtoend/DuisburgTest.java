package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.introspection.IntrospectionQueryBuilder;
import java.util.Map;
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
        assertThat(api.ask(Caller.ANONYMOUS, introspection)
                        .data("/__schema/types")
                        .size())
                .isGreaterThan(40);

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
                .allMatch(text -> text.contains("Demonstration data") || text.contains("Demonstrationsdaten"));
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
}

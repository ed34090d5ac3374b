package de.smartcity.consortium.competences;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.competences.application.CoverageReading.GivenNeed;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.ModuleCommands;
import de.smartcity.consortium.partners.ModuleCommands.Sent;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;
import org.springframework.test.context.TestPropertySource;

/** What another capability gets of the vocabulary and of profiles, and shows through a field of its own. */
@CompetenceTest
@Import({ModuleCommands.class, CandidateSearchTest.Elsewhere.class})
@TestPropertySource(properties = {"consortium.jobs.interval=1h", "consortium.limits.cost=100000000"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CandidateSearchTest {

    private static final String SCHEMA = """
            extend type Query {
              candidates(of: [CompetenceNeedInput!]!, exclude: [ID!], first: Int! = 20): Coverage
            }
            """;

    private static final String SHOWN = """
            { partners { partner { id name } score missesMust availability { state }
                needs { need { competence { code } level importance } covered score
                  best { kind score entry { competence { code } } } covering { score } } }
              uncovered { competence { code } } teams { partners { id } score } }""";

    private static final Map<String, Object> NOBODY =
            Map.of("partners", List.of(), "uncovered", List.of(), "teams", List.of());

    @Autowired
    private Asked asked;

    @Autowired
    private Sent sent;

    @Autowired
    private CompetenceLookup competences;

    private @Nullable Partner best;

    /** Another capability. */
    @TestConfiguration
    static class Elsewhere {

        @Bean
        GraphQlSourceBuilderCustomizer fieldOfAnotherCapability() {
            return builder -> builder.schemaResources(new ByteArrayResource(SCHEMA.getBytes(StandardCharsets.UTF_8)));
        }

        @Bean
        Candidates candidates(CandidateSearch search) {
            return new Candidates(search);
        }
    }

    @Controller
    static class Candidates {

        private final CandidateSearch search;

        Candidates(CandidateSearch search) {
            this.search = search;
        }

        @QueryMapping
        CandidateCoverage candidates(
                @Argument List<GivenNeed> of,
                @Argument @Nullable List<String> exclude,
                @Argument int first,
                Actor actor) {
            return search.candidates(
                    of.stream()
                            .map(need ->
                                    new Need(CompetenceCode.parse(need.competence()), need.level(), need.importance()))
                            .toList(),
                    exclude == null
                            ? Set.of()
                            : exclude.stream()
                                    .map(id -> new PartnerId(GlobalId.parse(id, "Partner")))
                                    .collect(Collectors.toSet()),
                    first,
                    actor);
        }
    }

    @BeforeAll
    void profiles(@Autowired Given given, @Autowired Profiles profiles, @Autowired VocabularyImport vocabulary) {
        best = given.partner("best", "Best", PartnerStatus.ACTIVE);
        profiles.published(
                best, Profiles.entry("NETWORK_5G", "LEADS", "PUBLIC"), Profiles.entry("DATA", "KNOWS", "CONSORTIUM"));
        profiles.published(
                given.partner("other", "Other", PartnerStatus.ACTIVE),
                Profiles.entry("PORTS", "LEADS", "PUBLIC"),
                Profiles.entry("FIBRE", "KNOWS", "CONSORTIUM"));
        var concepts = new ArrayList<>(CompetenceFixtures.concepts());
        IntStream.range(0, 12)
                .forEach(n ->
                        concepts.add(CompetenceFixtures.concept("MORE_" + n, null, "LIVING", "More " + n, "M " + n)));
        concepts.replaceAll(row -> row.code().equals("RAIL") ? CompetenceFixtures.deprecated(row, 2, "PORTS") : row);
        vocabulary.load(new VocabularyRow(2, concepts));
    }

    private static Map<String, Object> need(String importance, String code) {
        return Map.of("importance", importance, "competence", code, "level", "KNOWS");
    }

    private static List<Map<String, Object>> needs(String... codes) {
        return Arrays.stream(codes).map(code -> need("MUST", code)).toList();
    }

    private Map<String, Object> candidates(Actor actor, List<Map<String, Object>> needs, Partner... exclude) {
        return answer(actor, "candidates", "of", needs, exclude);
    }

    private Map<String, Object> answer(
            Actor actor, String field, String argument, List<Map<String, Object>> needs, Partner... exclude) {
        return asked.data(
                actor,
                "query ($needs: [CompetenceNeedInput!]!, $exclude: [ID!]) { " + field + "(" + argument
                        + ": $needs, exclude: $exclude) " + SHOWN + " }",
                Map.of(
                        "needs",
                        needs,
                        "exclude",
                        Arrays.stream(exclude).map(Asked::globalId).toList()),
                field);
    }

    private List<Actor> actors() {
        return List.of(Actor.anonymous(), Callers.of(Objects.requireNonNull(best)), Callers.office());
    }

    @Test
    void candidatesAreThoseOfACoverage() {
        var needs = List.of(need("MUST", "NETWORKS"), need("WISH", "RAIL"), need("MUST", "DATA"));
        for (var actor : actors()) {
            var candidates = candidates(actor, needs);
            assertThat(candidates).isEqualTo(answer(actor, "coverage", "needs", needs));
            assertThat(candidates.get("partners"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .hasSize(2);

            var excluding = Objects.requireNonNull(best);
            assertThat(candidates(actor, needs, excluding))
                    .isNotEqualTo(candidates)
                    .isEqualTo(answer(actor, "coverage", "needs", needs, excluding));
        }
    }

    @Test
    void aNeedWhoseCompetenceIsGoneDoesNotCount() {
        for (var actor : actors()) {
            assertThat(candidates(actor, needs("GONE", "NETWORKS", "GONE_TOO", "DATA")))
                    .isEqualTo(candidates(actor, needs("NETWORKS", "DATA")));
            assertThat(candidates(actor, needs("GONE"))).isEqualTo(NOBODY);
        }
    }

    @Test
    void theFirstTwelveNeedsCount() {
        var codes = new ArrayList<>(List.of("GONE", "NETWORKS", "GONE_TOO"));
        IntStream.range(0, 11).forEach(n -> codes.add("MORE_" + n));
        var twelve = candidates(Callers.office(), needs(codes.toArray(String[]::new)));
        assertThat(twelve.get("uncovered"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(11);

        codes.add("DATA");
        codes.add("PORTS");
        assertThat(candidates(Callers.office(), needs(codes.toArray(String[]::new))))
                .isEqualTo(twelve);
    }

    @Test
    void noNeedsTakeNoCommandAndSomeTakeThoseOfACoverage() {
        for (var actor : actors()) {
            assertThat(sent.of(
                            asked,
                            () -> assertThat(candidates(actor, List.of())).isEqualTo(NOBODY)))
                    .isEmpty();
            var needs = needs("NETWORKS", "DATA");
            assertThat(sent.of(asked, () -> candidates(actor, needs)))
                    .isEqualTo(sent.of(asked, () -> answer(actor, "coverage", "needs", needs)))
                    .containsExactly(
                            "find competenceProfiles",
                            "find competenceProfiles",
                            "find competences",
                            "find competences",
                            "find partners");
        }
    }

    @Test
    void asManyAreListedAsAskedFor() {
        for (var needs : List.of("[]", "[{ competence: \"NETWORKS\", level: KNOWS, importance: MUST }]")) {
            for (var first : List.of(-1, 101)) {
                assertThat(Asked.code(listed(needs, first))).isEqualTo("BAD_REQUEST");
            }
            for (var first : List.of(0, 100)) {
                assertThat(listed(needs, first)).doesNotContainKey("errors");
            }
        }
    }

    private Map<String, Object> listed(String needs, int first) {
        return asked.ask(
                Actor.anonymous(),
                "{ candidates(of: " + needs + ", first: " + first + ") { partners { score } } }",
                Map.of());
    }

    @Test
    void theCostCountsTwelveNeeds() {
        var costs = new HashMap<String, Object>();
        for (var selection : List.of("uncovered { level }", "partners { needs { score } }")) {
            var answer =
                    asked.ask(Actor.anonymous(), "{ candidates(of: [], first: 2) { " + selection + " } }", Map.of());
            var cost = (Map<?, ?>) ((Map<?, ?>) Objects.requireNonNull(answer.get("extensions"))).get("cost");
            costs.put(
                    selection,
                    Objects.requireNonNull(Objects.requireNonNull(cost).get("requested")));
        }
        assertThat(costs)
                .isEqualTo(Map.of(
                        "uncovered { level }", 1 + 12 * 2L,
                        "partners { needs { score } }", 1 + 2 * (1 + 12 * 2L)));
    }

    @Test
    void competencesExistWhileTheVocabularyHasThem() {
        var codes = List.of("DATA", "GONE", "RAIL", "MORE_3").stream()
                .map(CompetenceCode::new)
                .toList();
        var existing = new ArrayList<CompetenceCode>();

        assertThat(sent.of(asked, () -> existing.addAll(competences.existing(codes))))
                .containsExactly("find competences");
        assertThat(existing)
                .as("also a deprecated one")
                .containsExactlyInAnyOrder(
                        new CompetenceCode("DATA"), new CompetenceCode("RAIL"), new CompetenceCode("MORE_3"));
        assertThat(competences.existing(List.of())).isEmpty();
    }
}

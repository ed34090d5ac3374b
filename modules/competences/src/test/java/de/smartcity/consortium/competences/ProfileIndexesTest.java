package de.smartcity.consortium.competences;

import static de.smartcity.consortium.competences.CompetenceFixtures.deprecated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.sandbox.IndexJudge;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Each question about profiles and competences is served by the index that is meant for it, and so is what the service itself asks. */
@CompetenceTest
@Import(ProfileSteps.class)
@TestPropertySource(properties = "consortium.jobs.interval=20ms")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfileIndexesTest {

    private static final String PARTNER = DerivedPaths.sort("partner");
    private static final String LABEL = DerivedPaths.sort("label");
    private static final String AUDIENCE = DerivedPaths.AUDIENCE;
    private static final String FACETS = DerivedPaths.FACETS;
    private static final String SEARCH = DerivedPaths.SEARCH;

    /** Of the vocabulary: a filter, its conditions besides that of the audience, and what leads the indexes that serve it. */
    enum Filter {
        NONE("includeDeprecated: true", "", Set.of(AUDIENCE)),
        CURRENT("includeDeprecated: false", " " + FACETS + "=", Set.of(FACETS)),
        AREA("area: \"LIVING\"", " " + FACETS + "=", Set.of(FACETS)),
        BROADER("broader: \"NETWORKS\"", " " + FACETS + "=", Set.of(FACETS)),
        TEXT(
                "text: \"net more\", includeDeprecated: true",
                " " + SEARCH + "= " + DerivedPaths.SEARCH_ENTRIES + ".tokens=",
                Set.of(SEARCH)),
        ALL(
                "text: \"net\", area: \"LIVING\", broader: \"NETWORKS\"",
                " " + FACETS + "= " + SEARCH + "= " + DerivedPaths.SEARCH_ENTRIES + ".tokens=",
                Set.of(FACETS, SEARCH));

        private final String argument;
        private final String conditions;
        private final Set<String> leading;

        Filter(String argument, String conditions, Set<String> leading) {
            this.argument = argument;
            this.conditions = conditions;
            this.leading = leading;
        }
    }

    @Autowired
    private Asked asked;

    @Autowired
    private ProfileSteps steps;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Given given;

    private final Map<String, Actor> actors = new LinkedHashMap<>();
    private @Nullable Partner owner;

    @BeforeAll
    void oneOfEachStatus() {
        owner = given.partner(PartnerStatus.ACTIVE);
        profiles.published(owner(), Profiles.entry("NETWORK_5G", "LEADS", "PUBLIC"));
        actors.put("ANONYMOUS", Actor.anonymous());
        actors.put("ONBOARDING", Callers.of(given.partner(PartnerStatus.ONBOARDING)));
        actors.put("SUSPENDED", Callers.of(given.partner(PartnerStatus.SUSPENDED)));
        actors.put("MEMBER", Callers.of(given.partner(PartnerStatus.ACTIVE)));
        actors.put("OFFICE", Callers.office());
    }

    private Partner owner() {
        return Objects.requireNonNull(owner);
    }

    private static void assertServed(String question, String... keys) {
        assertThat(IndexJudge.ofThisProcess().questions()).containsEntry(question, Set.of(List.of(keys)));
    }

    private static void soonServed(String question, String... keys) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertServed(question, keys));
    }

    static Stream<Arguments> questions() {
        return Stream.of(Filter.values())
                .flatMap(filter -> Stream.of("ANONYMOUS", "ONBOARDING", "SUSPENDED", "MEMBER", "OFFICE")
                        .map(asker -> Arguments.of(filter, asker)));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aQuestionAboutTheVocabularyHasItsIndex(Filter filter, String asker) {
        for (var page : List.of("first: 2", "last: 2")) {
            asked.data(
                    Objects.requireNonNull(actors.get(asker)),
                    "{ competences(" + page + ", filter: { " + filter.argument + " }) { totalCount nodes { label } } }",
                    Map.of());
        }
        var served = filter.leading.stream().map(first -> List.of(first, LABEL)).toList();
        var question = "competences: " + AUDIENCE + "=" + filter.conditions;
        assertThat(IndexJudge.ofThisProcess().questions())
                .containsEntry(question + " by " + LABEL, Set.copyOf(served))
                .containsEntry(question + " by -" + LABEL, Set.copyOf(served))
                // For the total.
                .containsEntry(question, Set.copyOf(served));
    }

    @Test
    void competentPartnersAreFoundByFacets() {
        for (var actor : actors.values()) {
            for (var page : List.of("first: 2", "last: 2")) {
                asked.data(
                        actor,
                        "{ competentPartners(" + page
                                + ", competence: \"NETWORKS\", minLevel: DELIVERS) { totalCount nodes { id } } }",
                        Map.of());
            }
        }
        var question = "competenceProfiles: " + AUDIENCE + "= " + FACETS + "=";
        assertServed(question + " by " + PARTNER, FACETS, PARTNER);
        assertServed(question + " by -" + PARTNER, FACETS, PARTNER);
        assertServed(question, FACETS, PARTNER);
    }

    @Test
    void candidatesAreFoundByFacetsAndShownByTheirIds() {
        for (var actor : actors.values()) {
            asked.data(
                    actor,
                    "{ coverage(needs: [{ competence: \"NETWORKS\", level: LEADS }, { competence: \"DATA\", level: KNOWS }]) { partners { score } } }",
                    Map.of());
        }
        assertServed("competenceProfiles: " + AUDIENCE + "= " + FACETS + "= by " + PARTNER, FACETS, PARTNER);
        assertServed("competenceProfiles: _id= " + AUDIENCE + "=", "_id");
        assertThat(IndexJudge.ofThisProcess().questions())
                .as("the whole vocabulary is an exception")
                .containsEntry("competences: by _id", Set.of());
    }

    @Test
    void profilesAndCompetencesAreFoundByTheirIds() {
        for (var actor : actors.values()) {
            steps.shown(actor, owner(), "id entries { competence { broader { narrower { code } } } }");
            asked.data(
                    actor,
                    "query ($id: ID!) { node(id: $id) { id } competence(code: \"DATA\") { label } }",
                    Map.of("id", ProfileSteps.globalId(owner())));
        }
        assertServed("competenceProfiles: _id= " + AUDIENCE + "=", "_id");
        assertServed("competences: _id= " + AUDIENCE + "=", "_id");
    }

    @Test
    void whatIsDueIsFoundByItsDay() {
        soonServed("competenceProfiles: dueOn<> by dueOn", "dueOn");
    }

    @Test
    void profilesOfDeprecatedCompetencesAreFoundByThem(@Autowired VocabularyImport vocabulary) {
        vocabulary.load(new VocabularyRow(
                2,
                CompetenceFixtures.concepts().stream()
                        .map(row -> row.code().equals("RAIL") ? deprecated(row, 2, null) : row)
                        .toList()));
        soonServed("competences: deprecatedSince<>", "deprecatedSince");
        soonServed("competenceProfiles: currentCompetences=", "currentCompetences");
    }

    @Test
    void theProfilesOfFilesAreFoundByThemAndReviewedById(@Autowired FileReading reading) {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var file = steps.upload(Profiles.editor(partner));
        profiles.published(
                partner,
                Profiles.entry("DATA", "LEADS", "PUBLIC", ProfileSteps.certificate("2026-01-01", "2999-12-31", file)));
        assertThat(reading.find(file.id(), Actor.anonymous())).isPresent();
        assertServed("competenceProfiles: " + AUDIENCE + "= files=", "files");
        profiles.published(partner, Profiles.entry("DATA", "LEADS"));
        soonServed("competenceProfiles: _id=", "_id");
    }

    @Test
    void tasksAreFoundByTheirHolders() {
        asked.data(Profiles.editor(owner()), "{ viewer { taskCount tasks { nodes { kind } } } }", Map.of());
        assertServed(
                "competenceProfiles: " + AUDIENCE + "= " + DerivedPaths.TASK_HOLDERS + "=", DerivedPaths.TASK_HOLDERS);
    }

    @Test
    void waitingEventsAreFoundByTheirTime() {
        profiles.draft(given.partner(PartnerStatus.ACTIVE), Profiles.entry("DATA", "KNOWS"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                IndexJudge.ofThisProcess().questions().entrySet())
                        .anySatisfy(question -> {
                            assertThat(question.getKey()).startsWith("competenceProfiles: outbox.events.at");
                            assertThat(question.getValue()).contains(List.of("outbox.events.at"));
                        }));
    }
}

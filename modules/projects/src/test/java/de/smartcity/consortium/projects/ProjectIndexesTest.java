package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.graphql.GlobalId;
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
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Each question about projects (filter, order, kind of actor) is served by the index that is meant for it, and so is what the service itself asks. */
@ProjectTest
@TestPropertySource(properties = "consortium.jobs.interval=20ms")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectIndexesTest {

    private static final String TITLE = DerivedPaths.sort("title");
    private static final String STARTS_ON = DerivedPaths.sort("startsOn");

    enum Filter {
        NONE("", Set.of(), true),
        PHASES("phases: [IDEA, CONCEPT]", Set.of(DerivedPaths.FACETS), true),
        AREAS("areas: [\"LIVING\"]", Set.of(DerivedPaths.FACETS), true),
        MEMBER("member: $partner", Set.of(DerivedPaths.FACETS), true),
        ROLE("member: $partner, role: PARTNER", Set.of(DerivedPaths.FACETS), false),
        COORDINATOR("coordinator: $partner", Set.of(DerivedPaths.FACETS), false),
        GATE_OPEN("gateOpen: COUNCIL", Set.of(DerivedPaths.FACETS), false),
        FOUNDING_LETTER("foundingLetter: $letter", Set.of(DerivedPaths.FACETS), false),
        TEXT("text: \"pro\"", Set.of(DerivedPaths.SEARCH), true),
        PHASES_AND_TEXT("phases: [IDEA], text: \"a\"", Set.of(DerivedPaths.FACETS, DerivedPaths.SEARCH), true);

        private final String argument;
        private final Set<String> selecting;
        private final boolean open;

        Filter(String argument, Set<String> selecting, boolean open) {
            this.argument = argument;
            this.selecting = selecting;
            this.open = open;
        }

        private Set<String> leading() {
            return selecting.isEmpty() ? Set.of(DerivedPaths.AUDIENCE) : selecting;
        }

        /** Its conditions without that of the audience, as IndexJudge writes them. */
        private String conditions() {
            var conditions = new TreeSet<String>();
            selecting.forEach(path -> conditions.add(path + "="));
            if (selecting.contains(DerivedPaths.SEARCH)) {
                conditions.add(DerivedPaths.SEARCH_ENTRIES + ".tokens=");
            }
            return conditions.stream().map(condition -> " " + condition).collect(Collectors.joining());
        }
    }

    @Autowired
    private Asked asked;

    @Autowired
    private ProjectSteps steps;

    private final Map<String, Actor> actors = new LinkedHashMap<>();
    private @Nullable Partner coordinator;
    private @Nullable Partner member;
    private String letter = "";

    @BeforeAll
    void oneOfEachStatus(@Autowired Given given) {
        coordinator = given.partner(PartnerStatus.ACTIVE);
        member = given.partner(PartnerStatus.ACTIVE);
        letter = steps.letter(coordinator(), member());
        actors.put("ANONYMOUS", Actor.anonymous());
        actors.put("ONBOARDING", ProjectSteps.viewer(given.partner(PartnerStatus.ONBOARDING)));
        actors.put("SUSPENDED", ProjectSteps.viewer(given.partner(PartnerStatus.SUSPENDED)));
        actors.put("MEMBER", ProjectSteps.viewer(member()));
        actors.put("OFFICE", Callers.office());
    }

    private Partner coordinator() {
        return Objects.requireNonNull(coordinator);
    }

    private Partner member() {
        return Objects.requireNonNull(member);
    }

    static Stream<Arguments> questions() {
        return Stream.of(Filter.values())
                .flatMap(filter -> Stream.of("NAME", "START")
                        .flatMap(order -> Stream.of("ASC", "DESC")
                                .flatMap(direction -> (filter.open
                                                ? Stream.of("ANONYMOUS", "ONBOARDING", "SUSPENDED", "MEMBER", "OFFICE")
                                                : Stream.of("MEMBER", "OFFICE"))
                                        .map(asker -> Arguments.of(filter, order, direction, asker)))));
    }

    @ParameterizedTest(name = "{0} by {1} {2} as {3}")
    @MethodSource("questions")
    void aQuestionHasItsIndex(Filter filter, String order, String direction, String asker) {
        var conditions = filter.argument
                .replace("$partner", "\"" + Asked.globalId(coordinator()) + "\"")
                .replace("$letter", "\"" + letter + "\"");
        var document = "{ jointProjects(first: 10, filter: { " + conditions + " }, orderBy: { field: " + order
                + ", direction: " + direction + " }) { totalCount nodes { title } } }";
        assertThat(asked.ask(Objects.requireNonNull(actors.get(asker)), document, Map.of()))
                .doesNotContainKey("errors");
        var path = order.equals("NAME") ? TITLE : STARTS_ON;
        var question = "jointProjects: " + DerivedPaths.AUDIENCE + "=" + filter.conditions();
        assertThat(IndexJudge.ofThisProcess().questions())
                .containsEntry(
                        question + " by " + (direction.equals("DESC") ? "-" : "") + path,
                        filter.leading().stream()
                                .map(first -> List.of(first, path))
                                .collect(Collectors.toSet()));
    }

    /** What is found by its id may be in any order. */
    @ParameterizedTest
    @CsvSource({"NAME, ASC", "NAME, DESC", "START, ASC", "START, DESC"})
    void projectsOfAnOwnReferenceAndOfAHiddenLetterAreFoundByTheirIds(String order, String direction) {
        var hidden = new GlobalId("LetterOfIntent", UUID.randomUUID()).text();
        for (var filter : List.of(
                "ownReference: { system: \"SAP\", key: \"P-1\" }",
                "foundingLetter: \"" + hidden + "\"",
                "ownReference: { system: \"SAP\", key: \"P-1\" }, foundingLetter: \"" + letter + "\"")) {
            asked.data(
                    ProjectSteps.viewer(member()),
                    "{ jointProjects(filter: { " + filter + " }, orderBy: { field: " + order + ", direction: "
                            + direction + " }) { totalCount nodes { id } } }",
                    Map.of());
        }
        var path = order.equals("NAME") ? TITLE : STARTS_ON;
        var by = " by " + (direction.equals("DESC") ? "-" : "") + path;
        assertServed("jointProjects: _id= " + DerivedPaths.AUDIENCE + "=" + by, "_id");
        assertThat(IndexJudge.ofThisProcess().questions())
                .containsEntry(
                        "jointProjects: _id= " + DerivedPaths.AUDIENCE + "= " + DerivedPaths.FACETS + "=" + by,
                        Set.of(List.of("_id"), List.of(DerivedPaths.FACETS, path)));
        assertServed("ownReferences: " + DerivedPaths.AUDIENCE + "= keys=", "keys");
    }

    @Test
    void formerProjectsAreFoundByTheirReader() {
        asked.data(ProjectSteps.viewer(member()), "{ formerProjects { nodes { id } } }", Map.of());
        assertServed(
                "jointProjects: " + DerivedPaths.AUDIENCE + "= by -" + DerivedPaths.sort("createdAt"),
                DerivedPaths.AUDIENCE,
                DerivedPaths.sort("createdAt"));
    }

    @Test
    void aProjectIsFoundByItsId() {
        var project = steps.propose(coordinator(), Map.of());
        asked.data(Callers.office(), "query ($id: ID!) { jointProject(id: $id) { id } }", Map.of("id", project));
        assertServed("jointProjects: _id= " + DerivedPaths.AUDIENCE + "=", "_id");
    }

    @Test
    void theProjectsOfPartnersAreFoundByFacets() {
        steps.propose(coordinator(), Map.of("visibility", "PUBLIC"));
        asked.data(
                Actor.anonymous(),
                "{ partners(first: 10) { nodes { projects(first: 2) { nodes { id } } } } }",
                Map.of());
        assertServed(
                "jointProjects: " + DerivedPaths.AUDIENCE + "= " + DerivedPaths.FACETS + "= by " + TITLE,
                DerivedPaths.FACETS,
                TITLE);
    }

    @Test
    void copiesAndFilesAreFoundByTheirKeys(@Autowired FileReading reading) {
        var project = steps.propose(coordinator(), Map.of());
        steps.join(project, coordinator(), member());
        var file = steps.attach(project, coordinator(), "MEMBERS");
        steps.leave(project, member(), ProjectSteps.today());
        asked.data(
                ProjectSteps.viewer(member()),
                "query ($id: ID!) { jointProject(id: $id) { asLeft { title } } }",
                Map.of("id", project));
        assertServed("projectCopies: _id=", "_id");
        assertThat(reading.find(file.id(), ProjectSteps.viewer(member()))).isPresent();
        assertServed("jointProjects: allFiles= " + DerivedPaths.AUDIENCE + "=", "allFiles");
        assertServed("projectCopies: allFiles= reader=", "allFiles");
    }

    @Test
    void whatIsDueIsFoundByItsDay() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertServed("jointProjects: dueOn<> by dueOn", "dueOn"));
    }

    @Test
    void theProjectsOfAPartnerWhoseStatusChangesAreFoundByItAndNoted() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertServed("jointProjects: followed=", "followed");
            assertServed("projectsToFollow: at<> by at", "at");
        });
    }

    @Test
    void tasksAreFoundByTheirHolders() {
        asked.data(
                ProjectSteps.signatory(coordinator()), "{ viewer { taskCount tasks { nodes { kind } } } }", Map.of());
        assertServed(
                "jointProjects: " + DerivedPaths.AUDIENCE + "= " + DerivedPaths.TASK_HOLDERS + "=",
                DerivedPaths.TASK_HOLDERS);
    }

    private static void assertServed(String question, String... keys) {
        assertThat(IndexJudge.ofThisProcess().questions()).containsEntry(question, Set.of(List.of(keys)));
    }
}

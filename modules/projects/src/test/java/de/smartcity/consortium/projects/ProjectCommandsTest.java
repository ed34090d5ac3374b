package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.ModuleCommands;
import de.smartcity.consortium.partners.ModuleCommands.Sent;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The number of commands does not depend on how many projects, members, files and needs there are. */
@ProjectTest
@Import(ModuleCommands.class)
@TestPropertySource(properties = {"consortium.jobs.interval=1h", "consortium.limits.cost=100000000"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectCommandsTest {

    private static final String PROJECT = """
            { id title areas { code name } coordinator { id name } members { partner { id name areas { name } } role invitation { inviter { name } } }
              viewerMembership { partner { name } } needs { level competence { code label } } gates { kind document { id } }
              files { file { id sha256 } by { name } } foundingLetter { id title } ownReferences { references { key } }
              asLeft { title members { partner { name } } files { file { id } by { name } } areas { name } needs { competence { code } } }
              nextPhase { missing { code } } activity(first: 2) { nodes { id type partner { name } } } viewerCanEdit hiddenFields }""";
    private static final String PROJECTS =
            "query ($n: Int!) { jointProjects(first: $n) { totalCount nodes " + PROJECT + " } }";
    private static final String ONE = "query ($id: ID!) { jointProject(id: $id) " + PROJECT + " }";
    private static final String OF_PARTNERS =
            "query ($n: Int!) { partners(first: $n) { nodes { id projects(first: 3) { nodes " + PROJECT + " } } } }";
    private static final String OF_LETTERS =
            "query ($n: Int!) { letters(first: $n) { nodes { id projects(first: 3) { nodes " + PROJECT + " } } } }";

    @Autowired
    private Asked asked;

    @Autowired
    private Sent sent;

    @Autowired
    private ProjectSteps steps;

    private List<Partner> partners = List.of();
    private String small = "";
    private String large = "";

    @BeforeAll
    void someProjectsAndALargeOne(@Autowired Given given) {
        partners = given.members(14);
        for (var n = 0; n < 6; n++) {
            withEverything("a" + n, 3, 1);
        }
        small = withEverything("b", 3, 1);
        large = withEverything("c", 12, 3);
    }

    /** A project from a letter of its own, with so many members, of which the last has left. */
    private String withEverything(String title, int members, int of) {
        var coordinator = partners.getFirst();
        var others = partners.subList(1, members).toArray(Partner[]::new);
        var letter = steps.letter(coordinator, others);
        var competences = List.of("FIBRE", "PORTS", "DATA");
        var fields = new HashMap<String, Object>(Map.of(
                "title", ProjectSteps.text(title),
                "visibility", "CONSORTIUM",
                // Of some partners there are others, which are then read, too.
                "areas", List.of("LIVING"),
                "needs",
                        competences.subList(0, of).stream()
                                .map(each -> Map.of("competence", each, "level", "KNOWS"))
                                .toList()));
        var project = steps.found(letter, fields, coordinator, others);
        steps.accept(project, others);
        for (var n = 0; n < of; n++) {
            steps.attach(project, partners.get(1 + n % 2), n == 0 ? "PROJECT" : "MEMBERS");
        }
        asked.data(
                ProjectSteps.editor(coordinator),
                "mutation ($input: SetOwnReferencesInput!) { setOwnReferences(input: $input) { userErrors { rule } } }",
                Map.of(
                        "input",
                        Map.of(
                                "projectId",
                                project,
                                "expectedVersion",
                                0,
                                "references",
                                List.of(Map.of("system", "SAP", "key", title)))));
        steps.leave(project, partners.get(members - 1), ProjectSteps.today());
        return project;
    }

    private Actor viewer(int partner) {
        return ProjectSteps.viewer(partners.get(partner));
    }

    @Test
    void aPageOfTwoProjectsAndOneOfEightTakeTheSameCommands() {
        for (var actor : List.of(viewer(0), viewer(1), viewer(13), Callers.office())) {
            var two = commands(() -> asked.data(actor, PROJECTS, Map.of("n", 2)));
            assertThat(commands(() -> asked.data(actor, PROJECTS, Map.of("n", 8))))
                    .isEqualTo(two);
        }
    }

    @Test
    void twoProjectsAndSevenThatAPartnerHasLeftTakeTheSameCommands() {
        var two = commands(() -> asked.data(viewer(2), PROJECTS, Map.of("n", 2)));
        assertThat(two).contains("find projectCopies");
        assertThat(commands(() -> asked.data(viewer(2), PROJECTS, Map.of("n", 7))))
                .isEqualTo(two);
    }

    @Test
    void aSmallProjectAndALargeOneTakeTheSameCommands() {
        for (var actor : List.of(viewer(0), viewer(1), viewer(13), Callers.office())) {
            var few = commands(() -> asked.data(actor, ONE, Map.of("id", small)));
            assertThat(commands(() -> asked.data(actor, ONE, Map.of("id", large))))
                    .isEqualTo(few);
        }
    }

    @Test
    void theProjectsOfAFewPartnersAndOfManyTakeTheSameCommands() {
        for (var actor : List.of(viewer(0), Callers.office())) {
            // The order is by name: the first is the coordinator.
            var two = commands(() -> asked.data(actor, OF_PARTNERS, Map.of("n", 6)));
            assertThat(commands(() -> asked.data(actor, OF_PARTNERS, Map.of("n", 14))))
                    .isEqualTo(two);
        }
    }

    @Test
    void theProjectsOfAFewLettersAndOfManyTakeTheSameCommands() {
        var two = commands(() -> asked.data(viewer(0), OF_LETTERS, Map.of("n", 2)));
        assertThat(commands(() -> asked.data(viewer(0), OF_LETTERS, Map.of("n", 8))))
                .isEqualTo(two);
    }

    @Test
    void projectsAloneTakeOneCommand() {
        assertThat(commands(() -> asked.data(
                        viewer(0),
                        "{ jointProjects(first: 8) { nodes { title phase startsOn nextPhase { phase } viewerCanEdit handOver { appointed } } } }",
                        Map.of())))
                .containsExactly("find jointProjects");
        assertThat(commands(() -> asked.data(
                        viewer(0),
                        "{ jointProjects(first: 8) { nodes { coordinator { name } members { partner { name } role } } } }",
                        Map.of())))
                .as("the coordinators before the other members")
                .containsExactly("find jointProjects", "find partners", "find partners");
        assertThat(commands(() -> asked.data(
                        viewer(2), "{ formerProjects { nodes { asLeft { title members { role } } } } }", Map.of())))
                .containsExactly("find jointProjects", "find projectCopies");
    }

    @Test
    void aChangeReadsTheProjectAndWritesOnce() {
        for (var project : List.of(small, large)) {
            assertThat(commands(() -> steps.made(
                            ProjectSteps.editor(partners.getFirst()),
                            "setGates",
                            ProjectSteps.of(project, Map.of("gates", List.of("COUNCIL"))))))
                    .containsExactly(
                            // Then the answer.
                            "find jointProjects", "find jointProjects", "update jointProjects");
        }
    }

    private List<String> commands(Runnable question) {
        return sent.of(asked, question);
    }
}

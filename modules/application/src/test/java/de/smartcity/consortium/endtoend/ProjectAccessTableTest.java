package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.endtoend.GivenProjects.Organisation;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.JointProject;
import de.smartcity.consortium.projects.model.JointProjects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * {@link AccessTableTest} for joint projects: those that the university coordinates, or has been asked into by the Fraunhofer institute, as
 * {@link GivenProjects} makes them. VIEWER is the one who was named to represent it. What is not {@code done} has changed nothing.
 */
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectAccessTableTest {

    private static final String TABLE = """
            field                                     | ANONYMOUS       | STRANGER           | VIEWER              | EDITOR              | SIGNATORY    | ADMIN               | SUSPENDED      | ONBOARDING     | OFFICE
            Query.jointProject proposed               | -               | -                  | seen                | seen                | seen         | seen                | -              | -              | seen
            Query.jointProject consortium             | -               | seen               | seen                | seen                | seen         | seen                | -              | -              | seen
            Query.jointProject public                 | seen            | seen               | seen                | seen                | seen         | seen                | seen           | seen           | seen
            Query.jointProject invited                | -               | -                  | seen                | seen                | seen         | seen                | -              | -              | seen
            Query.jointProject left                   | -               | -                  | seen                | seen                | seen         | seen                | -              | -              | seen
            Query.jointProjects proposed              | -               | -                  | seen                | seen                | seen         | seen                | -              | -              | seen
            Query.jointProjects consortium            | -               | seen               | seen                | seen                | seen         | seen                | -              | -              | seen
            Query.jointProjects public                | seen            | seen               | seen                | seen                | seen         | seen                | seen           | seen           | seen
            Query.jointProjects invited               | -               | -                  | seen                | seen                | seen         | seen                | -              | -              | seen
            Query.jointProjects left                  | -               | -                  | -                   | -                   | -            | -                   | -              | -              | seen
            Query.formerProjects left                 | UNAUTHENTICATED | -                  | seen                | seen                | seen         | seen                | HIDDEN_FIELD   | HIDDEN_FIELD   | HIDDEN_FIELD
            Query.candidateMembers proposed           | -               | -                  | seen                | seen                | seen         | seen                | -              | -              | seen
            Query.candidateMembers public             | -               | seen               | seen                | seen                | seen         | seen                | -              | -              | seen
            Query.candidateMembers left               | -               | -                  | -                   | -                   | -            | -                   | -              | -              | seen
            Mutation.proposeProject none              | UNAUTHENTICATED | done               | ROLE_MISSING        | done                | ROLE_MISSING | done                | PARTNER_STATUS | PARTNER_STATUS | NO_ACTING_ORGANISATION
            Mutation.foundProject letter              | NOT_FOUND       | OTHER_ORGANISATION | ROLE_MISSING        | done                | done         | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.recordOngoingProject none        | UNAUTHENTICATED | OFFICE_ONLY        | OFFICE_ONLY         | OFFICE_ONLY         | OFFICE_ONLY  | OFFICE_ONLY         | OFFICE_ONLY    | OFFICE_ONLY    | done
            Mutation.editProject proposed             | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.editProject public               | UNAUTHENTICATED | OTHER_ORGANISATION | ROLE_MISSING        | done                | ROLE_MISSING | done                | OTHER_ORGANISATION | OTHER_ORGANISATION | NO_ACTING_ORGANISATION
            Mutation.advanceProject proposed          | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.returnProject concept            | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.pauseProject proposed            | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.resumeProject paused             | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.cancelProject proposed           | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.setGates proposed                | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.recordGate gated                 | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | done
            Mutation.attachProjectFile upload         | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.removeProjectFile attached       | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.inviteProjectMember proposed     | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.acceptProjectInvitation invited  | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | ROLE_MISSING        | done         | ROLE_MISSING        | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.declineProjectInvitation invited | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | ROLE_MISSING        | done         | ROLE_MISSING        | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.withdrawProjectInvitation inviting | NOT_FOUND     | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.handOverCoordination shared      | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | ROLE_MISSING        | done         | ROLE_MISSING        | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.acceptCoordination offered       | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | ROLE_MISSING        | done         | ROLE_MISSING        | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.declineCoordination offered      | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | ROLE_MISSING        | done         | ROLE_MISSING        | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.withdrawHandOver handedOver      | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | ROLE_MISSING        | done         | ROLE_MISSING        | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.appointCoordinator shared        | NOT_FOUND       | NOT_FOUND          | OFFICE_ONLY         | OFFICE_ONLY         | OFFICE_ONLY  | OFFICE_ONLY         | NOT_FOUND      | NOT_FOUND      | coordinator.able
            Mutation.nameRepresentative proposed      | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | ROLE_MISSING        | done         | ROLE_MISSING        | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.acceptRepresentation named       | NOT_FOUND       | NOT_FOUND          | done                | representation.none | representation.none | representation.none | NOT_FOUND | NOT_FOUND    | NO_ACTING_ORGANISATION
            Mutation.endRepresentation named          | NOT_FOUND       | NOT_FOUND          | done                | ROLE_MISSING        | done         | ROLE_MISSING        | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.leaveProject member              | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | ROLE_MISSING        | done         | ROLE_MISSING        | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.withdrawLeave leaving            | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | ROLE_MISSING        | done         | ROLE_MISSING        | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.setOwnReferences proposed        | NOT_FOUND       | NOT_FOUND          | ROLE_MISSING        | done                | ROLE_MISSING | done                | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.setOwnReferences public          | UNAUTHENTICATED | done               | ROLE_MISSING        | done                | ROLE_MISSING | done                | PARTNER_STATUS | PARTNER_STATUS | NO_ACTING_ORGANISATION
            Mutation.setOwnReferences left            | NOT_FOUND       | NOT_FOUND          | NOT_FOUND           | NOT_FOUND           | NOT_FOUND    | NOT_FOUND           | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            """;

    @Autowired
    private Api api;

    @Autowired
    private World world;

    @Autowired
    private JointProjects projects;

    private GivenProjects given;
    /** Those that nobody has changed yet, by their states. */
    private final Map<String, ProjectTarget> unchanged = new HashMap<>();

    @BeforeAll
    void findPartners() {
        given = new GivenProjects(api.graphQl(), organisation("ude"), organisation("ims"));
    }

    private Organisation organisation(String alias) {
        return Organisation.ofSandbox(new GlobalId("Partner", world.id(alias).value()).text(), alias);
    }

    /** The fields of Query and Mutation that have a row here. */
    static Stream<String> fields() {
        return rows().map(row -> row.getFirst().split(" ")[0]);
    }

    private static Stream<List<String>> rows() {
        return TABLE.lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList());
    }

    static List<Arguments> cells() {
        var cells = new ArrayList<Arguments>();
        rows().forEach(row -> {
            for (var caller : Caller.values()) {
                cells.add(Arguments.of(row.getFirst(), caller, row.get(caller.ordinal() + 1)));
            }
        });
        return cells;
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @MethodSource("cells")
    void theCallerGetsTheExpectedResult(String row, Caller caller, String expected) {
        var field = row.split(" ")[0].split("\\.");
        var state = row.split(" ")[1];
        var target = unchanged.computeIfAbsent(state, wanted -> given.in(wanted.equals("letter") ? "none" : wanted));
        assertThat(
                        field[0].equals("Query")
                                ? question(caller, field[1], target)
                                : change(caller, field[1], state, target))
                .isEqualTo(expected);
    }

    private String question(Caller caller, String field, ProjectTarget target) {
        var document = switch (field) {
            case "jointProject" -> "query ($v: ID!) { found: jointProject(id: $v) { id } }";
            case "jointProjects" ->
                "query ($v: String!) { found: jointProjects(filter: { text: $v }) { nodes { id } } }";
            // The newest that somebody has left who has left this one is this one.
            case "formerProjects" -> "{ found: formerProjects(first: 1) { nodes { id } } }";
            case "candidateMembers" ->
                "query ($v: ID!) { found: candidateMembers(projectId: $v) { partners { partner { id } } } }";
            default -> throw new AssertionError("No query for " + field);
        };
        var answer = api.ask(
                caller, document, Map.of("v", field.equals("jointProjects") ? target.word() : target.project()));
        if (answer.failed()) {
            return answer.refusal();
        }
        var found = answer.data("/found").toString();
        return field.equals("candidateMembers") && found.contains("partners") || found.contains(target.project())
                ? "seen"
                : "-";
    }

    private String change(Caller caller, String field, String state, ProjectTarget target) {
        var before = stored(target);
        var more = new HashMap<String, Object>();
        if (field.equals("foundProject")) {
            more.put("letterId", letter());
        }
        var answer = api.ask(
                caller, ProjectRequests.document(field), Map.of("input", ProjectRequests.input(field, target, more)));
        var outcome = answer.outcome(field);
        if (before.isPresent() && !field.equals("setOwnReferences")) {
            assertThat(Objects.equals(
                            stored(target).orElseThrow().version(), before.get().version()))
                    .as("nothing was changed")
                    .isNotEqualTo(outcome.equals("done"));
        }
        if (outcome.equals("done")) {
            unchanged.remove(state);
        }
        return outcome;
    }

    private Optional<JointProject> stored(ProjectTarget target) {
        return projects.findById(new ProjectId(Target.uuid(target.project())));
    }

    /** The one of the loaded data that is in force and has the university as a party. */
    private String letter() {
        return api.ask(Caller.VIEWER, "{ letters(filter: { text: \"sharing open data\" }) { nodes { id } } }")
                .data("/letters/nodes/0/id")
                .asString();
    }
}

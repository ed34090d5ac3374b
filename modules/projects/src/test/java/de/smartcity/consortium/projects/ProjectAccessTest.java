package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;

/**
 * Who may do what with a project: each verb for each kind of caller. The coordinator C and the member M have a representative and a deputy each, the
 * associated A named one who has not accepted, and so has the invited I one who has; L leaves, F has left, X was suspended as a member.
 */
@ProjectTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectAccessTest {

    /** Verbs that are the same callers' by the same rule. */
    private static final Map<String, List<String>> VERBS = Map.of(
            "coordinate",
            List.of("editProject", "advanceProject", "returnProject", "pauseProject", "setGates"),
            "substitute",
            List.of("resumeProject", "cancelProject", "inviteProjectMember", "withdrawProjectInvitation"),
            "answer",
            List.of("acceptProjectInvitation", "declineProjectInvitation"),
            "answerOffer",
            List.of("acceptCoordination", "declineCoordination"));

    /** Of those whom a project concerns, and of the office, whoever else sees the project. The project is of C, the letter of C and M. */
    private static final String INSIDE = """
            caller      | proposeProject | foundProject | recordOngoingProject | coordinate | substitute | recordGate | attachProjectFile | removeProjectFile | appointCoordinator
            C.EDITOR    | made           | made         | OFFICE               | made       | made       | made       | made              | made              | OFFICE
            C.ADMIN     | made           | made         | OFFICE               | made       | made       | made       | made              | made              | OFFICE
            C.SIGNATORY | ROLE           | made         | OFFICE               | ROLE       | ROLE       | ROLE       | ROLE              | ROLE              | OFFICE
            C.PERSON    | ROLE           | ROLE         | OFFICE               | ROLE       | ROLE       | ROLE       | ROLE              | ROLE              | OFFICE
            C.VIEWER    | ROLE           | ROLE         | OFFICE               | ROLE       | ROLE       | ROLE       | ROLE              | ROLE              | OFFICE
            C.APP       | made           | made         | OFFICE               | made       | made       | made       | made              | made              | OFFICE
            M.EDITOR    | made           | made         | OFFICE               | OTHER      | OTHER      | OTHER      | made              | made              | OFFICE
            M.SIGNATORY | ROLE           | made         | OFFICE               | OTHER      | OTHER      | OTHER      | ROLE              | ROLE              | OFFICE
            M.PERSON    | ROLE           | ROLE         | OFFICE               | OTHER      | OTHER      | OTHER      | ROLE              | ROLE              | OFFICE
            M.APP       | made           | made         | OFFICE               | OTHER      | OTHER      | OTHER      | made              | made              | OFFICE
            A.ALL       | made           | OTHER        | OFFICE               | OTHER      | OTHER      | OTHER      | made              | OTHER             | OFFICE
            I.ALL       | made           | OTHER        | OFFICE               | OTHER      | OTHER      | OTHER      | OTHER             | OTHER             | OFFICE
            L.ALL       | made           | OTHER        | OFFICE               | OTHER      | OTHER      | OTHER      | made              | OTHER             | OFFICE
            F.ALL       | made           | OTHER        | OFFICE               | OTHER      | OTHER      | OTHER      | OTHER             | OTHER             | OFFICE
            OFFICE      | NO_ORG         | NO_ORG       | made                 | NO_ORG     | NO_ORG     | made       | NO_ORG            | NO_ORG            | coordinator.able
            M.OFFICE    | made           | made         | made                 | OTHER      | OTHER      | made       | made              | made              | coordinator.able
            """;

    /** The invitation is I's, the offer of the coordination M's. */
    private static final String CONSENTING = """
            caller      | answer   | handOverCoordination | answerOffer   | withdrawHandOver | leaveProject       | withdrawLeave
            C.EDITOR    | ROLE     | ROLE                 | ROLE          | ROLE             | ROLE               | ROLE
            C.ADMIN     | ROLE     | ROLE                 | ROLE          | ROLE             | ROLE               | ROLE
            C.SIGNATORY | CONFLICT | made                 | handOver.none | made             | coordinator.leaves | membership.state
            C.PERSON    | CONFLICT | made                 | handOver.none | made             | coordinator.leaves | membership.state
            C.DEPUTY    | CONFLICT | made                 | handOver.none | made             | coordinator.leaves | membership.state
            C.VIEWER    | ROLE     | ROLE                 | ROLE          | ROLE             | ROLE               | ROLE
            C.APP       | PERSON   | PERSON               | PERSON        | PERSON           | PERSON             | PERSON
            M.EDITOR    | ROLE     | OTHER                | ROLE          | OTHER            | ROLE               | ROLE
            M.SIGNATORY | CONFLICT | OTHER                | made          | OTHER            | made               | membership.state
            M.PERSON    | CONFLICT | OTHER                | made          | OTHER            | made               | membership.state
            M.DEPUTY    | CONFLICT | OTHER                | made          | OTHER            | made               | membership.state
            M.VIEWER    | ROLE     | OTHER                | ROLE          | OTHER            | ROLE               | ROLE
            M.APP       | PERSON   | OTHER                | PERSON        | OTHER            | PERSON             | PERSON
            A.ALL       | CONFLICT | OTHER                | handOver.none | OTHER            | made               | membership.state
            A.NAMED     | ROLE     | OTHER                | ROLE          | OTHER            | ROLE               | ROLE
            I.ALL       | made     | OTHER                | handOver.none | OTHER            | membership.state   | membership.state
            I.EDITOR    | ROLE     | OTHER                | ROLE          | OTHER            | ROLE               | ROLE
            I.PERSON    | made     | OTHER                | handOver.none | OTHER            | membership.state   | membership.state
            I.APP       | PERSON   | OTHER                | PERSON        | OTHER            | PERSON             | PERSON
            L.ALL       | CONFLICT | OTHER                | handOver.none | OTHER            | membership.state   | made
            F.ALL       | CONFLICT | OTHER                | handOver.none | OTHER            | membership.state   | membership.state
            OFFICE      | NO_ORG   | NO_ORG               | NO_ORG        | NO_ORG           | NO_ORG             | NO_ORG
            M.OFFICE    | CONFLICT | OTHER                | made          | OTHER            | made               | membership.state
            """;

    /** The representation that ends is that of M's representative. */
    private static final String PEOPLE = """
            caller      | nameRepresentative | acceptRepresentation | endRepresentation
            C.EDITOR    | ROLE               | representation.none  | ROLE
            C.ADMIN     | ROLE               | representation.none  | ROLE
            C.SIGNATORY | made               | representation.none  | representation.none
            C.PERSON    | ROLE               | representation.none  | ROLE
            C.APP       | PERSON             | PERSON               | PERSON
            M.EDITOR    | ROLE               | representation.none  | ROLE
            M.SIGNATORY | made               | representation.none  | made
            M.PERSON    | ROLE               | representation.none  | made
            M.DEPUTY    | ROLE               | representation.none  | ROLE
            M.APP       | PERSON             | PERSON               | PERSON
            A.ALL       | made               | representation.none  | representation.none
            A.NAMED     | ROLE               | made                 | ROLE
            I.ALL       | made               | representation.none  | representation.none
            I.EDITOR    | ROLE               | representation.none  | ROLE
            I.PERSON    | ROLE               | representation.none  | ROLE
            I.APP       | PERSON             | PERSON               | PERSON
            L.ALL       | made               | representation.none  | representation.none
            F.ALL       | OTHER              | OTHER                | OTHER
            OFFICE      | NO_ORG             | NO_ORG               | NO_ORG
            M.OFFICE    | made               | representation.none  | made
            """;

    /** Of those whom a project does not concern, where it is PUBLIC. */
    private static final String OUTSIDE = """
            caller     | coordinate | substitute | recordGate | attachProjectFile | removeProjectFile | appointCoordinator | answer | handOverCoordination | answerOffer | withdrawHandOver | leaveProject | withdrawLeave | nameRepresentative | acceptRepresentation | endRepresentation
            STRANGER   | OTHER      | OTHER      | OTHER      | OTHER             | OTHER             | OFFICE             | OTHER  | OTHER                | OTHER       | OTHER            | OTHER        | OTHER         | OTHER              | OTHER                | OTHER
            ONBOARDING | OTHER      | OTHER      | OTHER      | OTHER             | OTHER             | OFFICE             | OTHER  | OTHER                | OTHER       | OTHER            | OTHER        | OTHER         | OTHER              | OTHER                | OTHER
            X.ALL      | OTHER      | OTHER      | OTHER      | STATUS            | OTHER             | OFFICE             | STATUS | OTHER                | STATUS      | OTHER            | STATUS       | STATUS        | STATUS             | STATUS               | STATUS
            ANONYMOUS  | NOBODY     | NOBODY     | NOBODY     | NOBODY            | NOBODY            | NOBODY             | NOBODY | NOBODY               | NOBODY      | NOBODY           | NOBODY       | NOBODY        | NOBODY             | NOBODY               | NOBODY
            UNATTACHED | NO_ORG     | NO_ORG     | NO_ORG     | NO_ORG            | NO_ORG            | NO_ORG             | NO_ORG | NO_ORG               | NO_ORG      | NO_ORG           | NO_ORG       | NO_ORG        | NO_ORG             | NO_ORG               | NO_ORG
            """;

    /** Whoever sees no letter of the consortium finds none. */
    private static final String BEGINNING = """
            caller     | proposeProject | foundProject | recordOngoingProject
            STRANGER   | made           | OTHER        | OFFICE
            ONBOARDING | STATUS         | NOT_FOUND    | OFFICE
            X.ALL      | STATUS         | NOT_FOUND    | OFFICE
            ANONYMOUS  | NOBODY         | NOT_FOUND    | NOBODY
            UNATTACHED | NO_ORG         | NO_ORG       | NO_ORG
            """;

    private static final List<String> BEGINNINGS = List.of("proposeProject", "foundProject", "recordOngoingProject");

    @Autowired
    private ProjectSteps steps;

    private final Map<String, Partner> partners = new HashMap<>();
    private final Map<String, Actor> callers = new LinkedHashMap<>();
    /** Projects on which verbs are refused, by visibility and what has to be their state. */
    private final Map<String, String> refusing = new HashMap<>();

    private final Map<String, String> files = new HashMap<>();
    private String letter = "";

    @BeforeAll
    void callers(@Autowired Given given, @Autowired PartnerManagement management) {
        for (var name : List.of("C", "M", "A", "I", "L", "F", "X", "S", "N")) {
            partners.put(name, given.partner(PartnerStatus.ACTIVE));
        }
        for (var name : List.of("C", "M", "A", "I", "L", "F")) {
            var of = partner(name);
            callers.put(name + ".EDITOR", ProjectSteps.editor(of));
            callers.put(name + ".ADMIN", ProjectSteps.person(of, "admin", Role.PARTNER_ADMIN));
            callers.put(name + ".SIGNATORY", ProjectSteps.signatory(of));
            callers.put(name + ".PERSON", ProjectSteps.person(of, "representative", Role.VIEWER));
            callers.put(name + ".DEPUTY", ProjectSteps.person(of, "deputy", Role.VIEWER));
            callers.put(name + ".NAMED", ProjectSteps.person(of, "named", Role.VIEWER));
            callers.put(name + ".VIEWER", ProjectSteps.viewer(of));
            callers.put(
                    name + ".APP",
                    ProjectSteps.account(
                            Actor.Kind.APP, false, of, PartnerStatus.ACTIVE, "app", Role.EDITOR, Role.SIGNATORY));
            callers.put(name + ".ALL", ProjectSteps.all(of));
        }
        callers.put(
                "M.OFFICE",
                ProjectSteps.account(
                        Actor.Kind.PERSON,
                        true,
                        partner("M"),
                        PartnerStatus.ACTIVE,
                        "office",
                        Role.PARTNER_ADMIN,
                        Role.SIGNATORY));
        letter = steps.letter(partner("C"), partner("M"));
        for (var visibility : List.of("MEMBERS", "CONSORTIUM", "PUBLIC")) {
            for (var verb : verbs().toList()) {
                refusing.computeIfAbsent(visibility + state(verb), key -> project(visibility, verb, true));
            }
        }
        management.suspend(partner("X").id(), "For a test", Change.by(Actor.system(), Instant.now()));
        callers.put("X.ALL", ProjectSteps.all(given.now(partner("X").id())));
        callers.put("STRANGER", ProjectSteps.all(partner("S")));
        callers.put("ONBOARDING", ProjectSteps.all(given.partner(PartnerStatus.ONBOARDING)));
        callers.put("ANONYMOUS", Actor.anonymous());
        callers.put(
                "UNATTACHED",
                Actor.unattached(
                        Actor.Kind.PERSON,
                        new AccountId("nobody"),
                        false,
                        NoActingOrganisation.NO_MEMBERSHIP,
                        List.of()));
        callers.put("OFFICE", Callers.office());
    }

    private Partner partner(String name) {
        return Objects.requireNonNull(partners.get(name));
    }

    private Actor caller(String name) {
        return Objects.requireNonNull(callers.get(name));
    }

    private static Stream<List<String>> lines(String table) {
        return table.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toList());
    }

    private static Stream<Arguments> cells(String table) {
        var lines = lines(table).toList();
        var cells = new ArrayList<Arguments>();
        for (var line : lines.subList(1, lines.size())) {
            for (var column = 1; column < line.size(); column++) {
                var of = lines.getFirst().get(column);
                for (var verb : VERBS.getOrDefault(of, List.of(of))) {
                    cells.add(Arguments.of(line.getFirst(), verb, line.get(column)));
                }
            }
        }
        return cells.stream();
    }

    private static Stream<String> verbs() {
        return Stream.of(INSIDE, CONSENTING, PEOPLE)
                .flatMap(
                        table -> lines(table).findFirst().orElseThrow().stream().skip(1))
                .flatMap(of -> VERBS.getOrDefault(of, List.of(of)).stream());
    }

    static Stream<Arguments> inside() {
        return Stream.of(INSIDE, CONSENTING, PEOPLE).flatMap(ProjectAccessTest::cells);
    }

    static Stream<Arguments> outside() {
        return cells(OUTSIDE);
    }

    static Stream<Arguments> beginning() {
        return cells(BEGINNING);
    }

    @Test
    void theTablesHaveEveryVerb(@Autowired GraphQlSource source) {
        var own = source.schema().getMutationType().getFieldDefinitions().stream()
                .filter(field -> ((GraphQLObjectType) field.getType()).getFieldDefinition("project") != null)
                .map(GraphQLFieldDefinition::getName);
        assertThat(verbs()).containsExactlyInAnyOrderElementsOf(own.toList());
    }

    @ParameterizedTest(name = "{1} by {0}: {2}")
    @MethodSource("inside")
    void whoMayDoWhat(String caller, String verb, String outcome) {
        var project = outcome.equals("made") && !BEGINNINGS.contains(verb)
                ? project("MEMBERS", verb, false)
                : of("MEMBERS", verb);
        // Who has left sees a copy, and nothing that it could change.
        var left = caller.startsWith("F.") && !BEGINNINGS.contains(verb);
        tried(caller, verb, project, left ? "NOT_FOUND" : outcome);
        if (!outcome.equals("made")) {
            for (var visibility : List.of("CONSORTIUM", "PUBLIC")) {
                tried(caller, verb, of(visibility, verb), outcome);
            }
        }
    }

    @ParameterizedTest(name = "{1} by {0}: {2}")
    @MethodSource("outside")
    void whomAProjectDoesNotConcern(String caller, String verb, String outcome) {
        tried(caller, verb, of("PUBLIC", verb), outcome);
        var none = caller.equals("UNATTACHED") ? outcome : "NOT_FOUND";
        tried(caller, verb, of("CONSORTIUM", verb), caller.equals("STRANGER") ? outcome : none);
        tried(caller, verb, of("MEMBERS", verb), none);
    }

    @ParameterizedTest(name = "{1} by {0}: {2}")
    @MethodSource("beginning")
    void whoBeginsAProject(String caller, String verb, String outcome) {
        tried(caller, verb, of("PUBLIC", verb), outcome);
    }

    private String of(String visibility, String verb) {
        return Objects.requireNonNull(refusing.get(visibility + state(verb)));
    }

    private void tried(String caller, String verb, String project, String outcome) {
        var before = steps.version(project);
        var answer = steps.answer(caller(caller), verb, input(verb, project, caller));
        assertThat(outcome(answer)).as("%s by %s: %s", verb, caller, answer).isEqualTo(outcome);
        if (!outcome.equals("made")) {
            assertThat(steps.version(project))
                    .as("a refused verb changes nothing")
                    .isEqualTo(before);
        }
    }

    private static String outcome(Map<String, Object> answer) {
        var outcome = ProjectSteps.outcome(answer);
        return switch (outcome) {
            case "ROLE_MISSING" -> "ROLE";
            case "OTHER_ORGANISATION" -> "OTHER";
            case "PERSON_ONLY" -> "PERSON";
            case "PARTNER_STATUS" -> "STATUS";
            case "NOT_SIGNED_IN" -> "NOBODY";
            case "NO_ACTING_ORGANISATION" -> "NO_ORG";
            case "OFFICE_ONLY" -> "OFFICE";
            default -> outcome.startsWith("digest.stale") ? "CONFLICT" : outcome.split(" ")[0];
        };
    }

    /** What a verb needs that other verbs do not. */
    private static String state(String verb) {
        return switch (verb) {
            case "resumeProject", "returnProject" -> verb;
            case "acceptCoordination", "declineCoordination", "withdrawHandOver" -> "offered";
            default -> "";
        };
    }

    /** A project in the state in which the verb can be called. @param suspending whether X is a member of it, too */
    private String project(String visibility, String verb, boolean suspending) {
        var project = steps.propose(
                partner("C"),
                Map.of(
                        "visibility",
                        visibility,
                        "summary",
                        ProjectSteps.text("A summary"),
                        "areas",
                        List.of("LIVING")));
        steps.join(project, partner("C"), partner("M"), partner("L"), partner("F"));
        if (suspending) {
            steps.join(project, partner("C"), partner("X"));
        }
        steps.invite(project, partner("C"), partner("A"), "ASSOCIATED");
        steps.accept(project, partner("A"));
        steps.invite(project, partner("C"), partner("I"));
        for (var name : List.of("C", "M", "I")) {
            steps.represent(project, partner(name), caller(name + ".PERSON"), caller(name + ".DEPUTY"));
        }
        steps.made(
                ProjectSteps.signatory(partner("A")),
                "nameRepresentative",
                ProjectSteps.of(project, Map.of("account", ProjectSteps.accountOf(caller("A.NAMED")))));
        steps.leave(project, partner("L"), ProjectSteps.today().plusDays(30));
        steps.leave(project, partner("F"), ProjectSteps.today());
        files.put(project, steps.attach(project, partner("M"), "MEMBERS").globalId());
        var coordinator = ProjectSteps.editor(partner("C"));
        steps.made(coordinator, "setGates", ProjectSteps.of(project, Map.of("gates", List.of("COUNCIL"))));
        switch (state(verb)) {
            case "resumeProject" ->
                steps.made(coordinator, "pauseProject", ProjectSteps.of(project, Map.of("reason", "For a test")));
            case "returnProject" ->
                steps.made(coordinator, "advanceProject", ProjectSteps.of(project, Map.of("phase", "CONCEPT")));
            case "offered" ->
                steps.made(
                        ProjectSteps.signatory(partner("C")),
                        "handOverCoordination",
                        ProjectSteps.of(project, Map.of("partnerId", Asked.globalId(partner("M")))));
            default -> {}
        }
        return project;
    }

    private Map<String, Object> input(String verb, String project, String caller) {
        return switch (verb) {
            case "proposeProject" -> Map.of("title", ProjectSteps.text("Another project"));
            case "foundProject" -> Map.of("letterId", letter, "title", ProjectSteps.text("A founded project"));
            case "recordOngoingProject" ->
                Map.of(
                        "title",
                        ProjectSteps.text("A recorded project"),
                        "phase",
                        "IDEA",
                        "members",
                        ProjectSteps.recorded(partner("C")));
            default -> ProjectSteps.of(project, more(verb, project, caller));
        };
    }

    private Map<String, Object> more(String verb, String project, String caller) {
        return switch (verb) {
            case "editProject" -> Map.of("expectedVersion", steps.version(project), "acronym", "EDITED");
            case "advanceProject" -> Map.of("phase", "CONCEPT");
            case "returnProject" -> Map.of("phase", "IDEA", "reason", "For a test");
            case "pauseProject", "cancelProject" -> Map.of("reason", "For a test");
            case "setGates" -> Map.of("gates", List.of("COUNCIL", "FUNDING"));
            case "recordGate" ->
                Map.of("gate", "COUNCIL", "state", "WAIVED", "decidedBy", "City council", "reason", "Not needed");
            case "attachProjectFile" -> Map.of("file", file(caller));
            case "removeProjectFile" -> Map.of("file", Objects.requireNonNull(files.get(project)));
            case "inviteProjectMember" -> ProjectSteps.terms(partner("N"), "PARTNER");
            case "acceptProjectInvitation", "declineProjectInvitation", "withdrawProjectInvitation" ->
                Map.of("digest", steps.digest(project, partner("I")));
            case "handOverCoordination" -> Map.of("partnerId", Asked.globalId(partner("M")));
            case "appointCoordinator" -> Map.of("partnerId", Asked.globalId(partner("M")), "reason", "For a test");
            case "nameRepresentative" -> Map.of("account", "somebody else");
            case "endRepresentation" -> Map.of("account", ProjectSteps.accountOf(caller("M.PERSON")));
            default -> Map.of();
        };
    }

    /** A file of the caller's partner, if it has one. */
    private String file(String caller) {
        var owner = partners.getOrDefault(caller.substring(0, 1), partner("C"));
        return steps.upload(caller.contains(".") && !caller.startsWith("X") ? owner : partner("C"))
                .globalId();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C.EDITOR", "C.ALL", "M.ALL", "F.ALL", "STRANGER", "OFFICE"})
    void untilTheCoordinatorHasConfirmedTheOfficePerformsItsVerbs(String caller) {
        var project = unconfirmed();
        for (var verb : Set.of(
                "editProject",
                "advanceProject",
                "pauseProject",
                "resumeProject",
                "setGates",
                "recordGate",
                "inviteProjectMember",
                "withdrawProjectInvitation",
                "cancelProject")) {
            if (verb.equals("resumeProject")) {
                steps.made(Callers.office(), "pauseProject", ProjectSteps.of(project, Map.of("reason", "For a test")));
            }
            tried(caller, verb, project, caller.equals("OFFICE") ? "made" : "OTHER");
            if (verb.equals("pauseProject") || verb.equals("resumeProject") || verb.equals("cancelProject")) {
                project = unconfirmed();
            }
        }
    }

    /** C, which is to coordinate it, and F, which is invited, have not answered; M is a member. */
    private String unconfirmed() {
        var project = steps.record(
                Map.of(
                        "visibility",
                        "CONSORTIUM",
                        "summary",
                        ProjectSteps.text("A summary"),
                        "areas",
                        List.of("LIVING")),
                partner("C"),
                partner("M"),
                partner("F"),
                partner("I"));
        steps.accept(project, partner("M"));
        steps.made(Callers.office(), "setGates", ProjectSteps.of(project, Map.of("gates", List.of("COUNCIL"))));
        return project;
    }

    @Test
    void inAnUnconfirmedProjectEditorsOfMembersAttachFilesAndThoseOfInvitedPartnersDoNot() {
        var project = unconfirmed();
        tried("M.EDITOR", "attachProjectFile", project, "made");
        tried("C.EDITOR", "attachProjectFile", project, "OTHER");
        tried("I.EDITOR", "attachProjectFile", project, "OTHER");
        tried("M.OFFICE", "attachProjectFile", project, "made");
    }

    @Test
    void onceTheCoordinatorHasConfirmedTheOfficeDoesNotActForIt() {
        var project = unconfirmed();
        steps.accept(project, partner("C"));
        tried("OFFICE", "editProject", project, "NO_ORG");
        tried("OFFICE", "inviteProjectMember", project, "NO_ORG");
        tried("OFFICE", "recordGate", project, "made");
        tried("C.EDITOR", "editProject", project, "made");
    }

    @Test
    void whileTheCoordinatorCannotActTheOfficeHasAWayOn(
            @Autowired Given given,
            @Autowired PartnerManagement management,
            @Autowired Job<ProjectId> statusesInProjects) {
        var coordinator = given.partner(PartnerStatus.ACTIVE);
        var projects = new ArrayList<String>();
        for (var n = 0; n < 2; n++) {
            var project = steps.propose(
                    coordinator, Map.of("summary", ProjectSteps.text("A summary"), "areas", List.of("LIVING")));
            steps.join(project, coordinator, partner("M"));
            steps.invite(project, coordinator, partner("I"));
            steps.made(
                    ProjectSteps.editor(coordinator),
                    "setGates",
                    ProjectSteps.of(project, Map.of("gates", List.of("COUNCIL"))));
            projects.add(project);
        }
        var paused = projects.getLast();
        steps.made(
                ProjectSteps.editor(coordinator), "pauseProject", ProjectSteps.of(paused, Map.of("reason", "A test")));
        management.suspend(coordinator.id(), "For a test", Change.by(Actor.system(), Instant.now()));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            var now = new Moment(Instant.now(), ZoneOffset.UTC);
            statusesInProjects
                    .due()
                    .find(now, 100)
                    .forEach(id -> statusesInProjects.verb().accept(id, now));
            return projects.stream().allMatch(each -> steps.stored(each).coordinatorUnable());
        });

        var project = projects.getFirst();
        for (var verb : List.of("editProject", "advanceProject", "pauseProject", "setGates", "attachProjectFile")) {
            tried("OFFICE", verb, project, "NO_ORG");
            tried("M.EDITOR", verb, project, verb.equals("attachProjectFile") ? "made" : "OTHER");
        }
        for (var verb : List.of("appointCoordinator", "inviteProjectMember", "withdrawProjectInvitation")) {
            tried("M.ALL", verb, project, verb.equals("appointCoordinator") ? "OFFICE" : "OTHER");
            tried("OFFICE", verb, project, "made");
        }
        tried("C.SIGNATORY", "withdrawHandOver", project, "NOT_FOUND");
        tried("M.SIGNATORY", "withdrawHandOver", project, "OTHER");
        tried("OFFICE", "withdrawHandOver", project, "made");
        tried("OFFICE", "recordGate", project, "made");
        tried("OFFICE", "resumeProject", paused, "made");
        tried("OFFICE", "cancelProject", paused, "made");
    }

    @Test
    void everybodyIsToldWhetherItMayProposeAndFound(@Autowired Asked asked) {
        for (var line : Stream.of(INSIDE, BEGINNING)
                .flatMap(table -> lines(table).skip(1))
                .toList()) {
            assertThat(asked.<Map<String, Boolean>>data(
                            caller(line.getFirst()),
                            "{ viewer { canProposeProjects canFoundProjects } }",
                            Map.of(),
                            "viewer"))
                    .as(line.getFirst())
                    .isEqualTo(Map.of(
                            "canProposeProjects",
                            line.get(1).equals("made"),
                            "canFoundProjects",
                            // Whether its organisation is a party depends on the letter.
                            Set.of("made", "OTHER").contains(line.get(2))));
        }
    }
}

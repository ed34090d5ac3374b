package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** All pages together, in both directions and as every kind of caller, have exactly the projects of the table here, and no filter finds a project by what the caller does not see of it. */
@ProjectTest
@TestPropertySource(properties = "consortium.jobs.interval=1h")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProjectPagesTest {

    /**
     * Two projects of each kind: its coordinator first, its members with their roles, who is invited and who has left. Partners are named by letters: the
     * Owner, its Partner, the iNvited one, the Former member, the strangers X, who asks, and Y. The recorded one waits for Y to confirm as its coordinator.
     */
    private static final String TABLE = """
            kind     | visibility | phase     | area      | coordinator | partners | associated | invited | former | open    | letter | starts
            mine     | MEMBERS    | CONCEPT   | LIVING    | O           | P        |            | N       | F      | COUNCIL | yes    | 2027-03-01
            shown    | CONSORTIUM | CONCEPT   | LIVING    | O           | P        |            | N       | F      | COUNCIL | yes    | 2027-01-01
            open     | PUBLIC     | CONCEPT   | LIVING    | O           | P        |            | N       | F      | COUNCIL | yes    | 2027-02-01
            hidden   | MEMBERS    | IDEA      | MOBILITY  | Y           |          | P          |         |        |         |        |
            theirs   | CONSORTIUM | IDEA      | MOBILITY  | Y           |          | P          |         |        | FUNDING |        |
            public   | PUBLIC     | IDEA      | MOBILITY  | Y           | O        |            |         |        |         |        | 2028-01-01
            recorded | CONSORTIUM | EXECUTION | EDUCATION |             | O        |            | Y       |        |         |        | 2020-01-01
            """;

    private static final int COPIES = 2;

    /** These tests make further projects, which the others would find. */
    private static final int LAST = Integer.MAX_VALUE;

    /** How much of a project a caller sees, from nothing to all. */
    private enum Sight {
        NONE,
        PUBLIC,
        CONSORTIUM,
        INVITED,
        INSIDE
    }

    /** A line of the table. */
    private record Kind(Map<String, String> cells) {

        String is(String column) {
            return Objects.requireNonNull(cells.get(column));
        }

        boolean hasMember(char partner) {
            return (is("coordinator") + is("partners") + is("associated")).indexOf(partner) >= 0;
        }

        boolean hasRole(char partner, String role) {
            var column = switch (role) {
                case "COORDINATOR" -> "coordinator";
                case "PARTNER" -> "partners";
                default -> "associated";
            };
            return is(column).indexOf(partner) >= 0;
        }
    }

    private static final String PAGE = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
    private static final String PROJECTS = """
            query ($first: Int, $after: String, $last: Int, $before: String, $filter: JointProjectFilter, $orderBy: JointProjectOrder) {
              connection: jointProjects(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
                totalCount totalCountIsExact nodes { id } %s } }""".formatted(PAGE);
    private static final String FORMER = """
            query ($first: Int, $after: String, $last: Int, $before: String) {
              connection: formerProjects(first: $first, after: $after, last: $last, before: $before) { nodes { id } %s } }""".formatted(PAGE);
    private static final String OF_PARTNER = """
            query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
              partner(id: $id) { connection: projects(first: $first, after: $after, last: $last, before: $before) { nodes { id } %s } } }""".formatted(PAGE);
    private static final String OF_LETTER = """
            query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
              letter(id: $id) { connection: projects(first: $first, after: $after, last: $last, before: $before) { nodes { id } %s } } }""".formatted(PAGE);

    @Autowired
    private Asked asked;

    @Autowired
    private ProjectSteps steps;

    private final Map<Character, Partner> partners = new HashMap<>();
    private final Map<String, Actor> callers = new LinkedHashMap<>();
    /** By global id; by title they have the order of the table. */
    private final Map<String, Kind> projects = new LinkedHashMap<>();

    private String letter = "";

    @BeforeAll
    void projectsOfEachKind(@Autowired Given given) {
        for (var name : "OPNFXY".toCharArray()) {
            partners.put(name, given.partner(PartnerStatus.ACTIVE));
        }
        letter = steps.letter(partner('O'), partner('P'), partner('N'), partner('F'));
        var kinds = kinds();
        for (var copy = 0; copy < COPIES; copy++) {
            for (var kind : kinds) {
                var title = (char) ('a' + kinds.indexOf(kind)) + " word " + kind.is("kind");
                projects.put(made(kind, title), kind);
            }
        }
        callers.put("OWNER", ProjectSteps.viewer(partner('O')));
        callers.put("PARTNER", ProjectSteps.viewer(partner('P')));
        callers.put("INVITED", ProjectSteps.viewer(partner('N')));
        callers.put("FORMER", ProjectSteps.viewer(partner('F')));
        callers.put("STRANGER", ProjectSteps.all(partner('X')));
        callers.put("ONBOARDING", ProjectSteps.all(given.partner(PartnerStatus.ONBOARDING)));
        callers.put("SUSPENDED", ProjectSteps.all(given.partner(PartnerStatus.SUSPENDED)));
        callers.put("PUBLIC", Actor.anonymous());
        callers.put("OFFICE", Callers.office());
    }

    private static List<Kind> kinds() {
        var lines = TABLE.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::trim).toList())
                .toList();
        return lines.stream()
                .skip(1)
                .map(line -> {
                    var cells = new HashMap<String, String>();
                    for (var column = 0; column < line.size(); column++) {
                        cells.put(lines.getFirst().get(column), line.get(column));
                    }
                    return new Kind(cells);
                })
                .toList();
    }

    private String made(Kind kind, String title) {
        var fields = new HashMap<String, Object>(Map.of(
                "title", ProjectSteps.text(title),
                "acronym", "acr" + kind.is("kind"),
                "summary", ProjectSteps.text("sum" + kind.is("kind")),
                "visibility", kind.is("visibility"),
                "areas", List.of(kind.is("area"))));
        if (kind.is("kind").equals("recorded")) {
            fields.put("phase", kind.is("phase"));
            fields.put("startedOn", kind.is("starts"));
            var project = steps.record(fields, partner('Y'), partner('O'));
            steps.accept(project, partner('O'));
            return project;
        }
        if (!kind.is("starts").isEmpty()) {
            fields.put("plannedStartsOn", kind.is("starts"));
        }
        var coordinator = partner(kind.is("coordinator").charAt(0));
        var project = kind.is("letter").equals("yes")
                ? steps.found(letter, fields, coordinator)
                : steps.propose(coordinator, fields);
        for (var role : Map.of("partners", "PARTNER", "associated", "ASSOCIATED", "former", "PARTNER")
                .entrySet()) {
            for (var name : kind.is(role.getKey()).toCharArray()) {
                steps.invite(project, coordinator, partner(name), role.getValue());
                steps.accept(project, partner(name));
            }
        }
        for (var name : kind.is("invited").toCharArray()) {
            steps.invite(project, coordinator, partner(name), "PARTNER");
        }
        for (var name : kind.is("former").toCharArray()) {
            steps.leave(project, partner(name), ProjectSteps.today());
        }
        if (!kind.is("open").isEmpty()) {
            steps.made(
                    ProjectSteps.editor(coordinator),
                    "setGates",
                    ProjectSteps.of(project, Map.of("gates", List.of(kind.is("open"), "BOARD"))));
            steps.made(
                    ProjectSteps.editor(coordinator),
                    "recordGate",
                    ProjectSteps.of(
                            project, Map.of("gate", "BOARD", "state", "WAIVED", "decidedBy", "Board", "reason", "No")));
        }
        if (kind.is("phase").equals("CONCEPT")) {
            steps.made(
                    ProjectSteps.editor(coordinator),
                    "advanceProject",
                    ProjectSteps.of(project, Map.of("phase", "CONCEPT")));
        }
        return project;
    }

    private Partner partner(char name) {
        return Objects.requireNonNull(partners.get(name));
    }

    private Actor caller(String name) {
        return Objects.requireNonNull(callers.get(name));
    }

    private static char letterOf(String caller) {
        return switch (caller) {
            case "OWNER" -> 'O';
            case "PARTNER" -> 'P';
            case "INVITED" -> 'N';
            case "FORMER" -> 'F';
            case "STRANGER" -> 'X';
            default -> ' ';
        };
    }

    private static Sight sight(String caller, Kind kind) {
        var own = letterOf(caller);
        if (caller.equals("OFFICE") || kind.hasMember(own)) {
            return Sight.INSIDE;
        }
        if (kind.is("invited").indexOf(own) >= 0) {
            return Sight.INVITED;
        }
        return switch (kind.is("visibility")) {
            case "PUBLIC" -> own == ' ' ? Sight.PUBLIC : Sight.CONSORTIUM;
            case "CONSORTIUM" -> own == ' ' ? Sight.NONE : Sight.CONSORTIUM;
            default -> Sight.NONE;
        };
    }

    /** The projects of which a caller sees so much, and for which this holds, by title. */
    private List<String> expected(String caller, Sight least, Predicate<Kind> holds) {
        var order = kinds();
        return projects.entrySet().stream()
                .filter(project ->
                        sight(caller, project.getValue()).compareTo(least) >= 0 && holds.test(project.getValue()))
                .sorted(Comparator.comparing(project -> order.indexOf(project.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<?, ?> connection(Map<String, Object> answer, String... path) {
        assertThat(answer).doesNotContainKey("errors");
        var at = (Map<?, ?>) Objects.requireNonNull(answer.get("data"));
        for (var step : path) {
            at = (Map<?, ?>) Objects.requireNonNull(at.get(step));
        }
        return at;
    }

    private static List<String> ids(Map<?, ?> connection) {
        return ((List<?>) Objects.requireNonNull(connection.get("nodes")))
                .stream()
                        .map(node -> String.valueOf(((Map<?, ?>) node).get("id")))
                        .toList();
    }

    private static @Nullable Object info(Map<?, ?> connection, String field) {
        return ((Map<?, ?>) Objects.requireNonNull(connection.get("pageInfo"))).get(field);
    }

    /** All pages, forwards and backwards. */
    private List<String> walk(Actor actor, String document, Map<String, ?> variables, int size, String... path) {
        var forwards = new ArrayList<String>();
        var given = new HashMap<String, @Nullable Object>(variables);
        given.put("first", size);
        while (true) {
            var page = connection(asked.ask(actor, document, given), path);
            forwards.addAll(ids(page));
            if (!Boolean.TRUE.equals(info(page, "hasNextPage"))) {
                break;
            }
            given.put("after", info(page, "endCursor"));
        }
        var backwards = new ArrayList<String>();
        given = new HashMap<>(variables);
        given.put("last", size);
        while (true) {
            var page = connection(asked.ask(actor, document, given), path);
            backwards.addAll(0, ids(page));
            if (!Boolean.TRUE.equals(info(page, "hasPreviousPage"))) {
                break;
            }
            given.put("before", info(page, "startCursor"));
        }
        assertThat(backwards).isEqualTo(forwards);
        assertThat(forwards).doesNotHaveDuplicates();
        return forwards;
    }

    private void found(Map<String, ?> filter, Sight least, BiPredicate<String, Kind> holds) {
        for (var caller : callers.keySet()) {
            if (refused(caller, least)) {
                assertThat(ProjectSteps.outcome(asked.ask(caller(caller), PROJECTS, Map.of("filter", filter))))
                        .as("%s for %s", filter, caller)
                        .isEqualTo(caller.equals("PUBLIC") ? "NOT_SIGNED_IN" : "HIDDEN_FIELD");
                continue;
            }
            var page = connection(asked.ask(caller(caller), PROJECTS, Map.of("filter", filter)), "connection");
            var expected = expected(caller, least, kind -> holds.test(caller, kind));
            assertThat(ids(page)).as("%s for %s", filter, caller).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(page.get("totalCount")).as("%s for %s", filter, caller).isEqualTo(expected.size());
        }
    }

    private void found(Map<String, ?> filter, Sight least, Predicate<Kind> holds) {
        found(filter, least, (caller, kind) -> holds.test(kind));
    }

    /** Whoever could see the field in no project is refused. */
    private static boolean refused(String caller, Sight least) {
        return least.compareTo(Sight.PUBLIC) > 0
                && List.of("ONBOARDING", "SUSPENDED", "PUBLIC").contains(caller);
    }

    @Test
    void projectsByTitle() {
        for (var caller : callers.keySet()) {
            var expected = expected(caller, Sight.PUBLIC, kind -> true);
            for (var size : List.of(1, 3, 100)) {
                var all = walk(caller(caller), PROJECTS, Map.of(), size, "connection");
                assertThat(all).as("%s, %d a page", caller, size).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(all.stream().map(id -> Objects.requireNonNull(projects.get(id))))
                        .containsExactlyElementsOf(expected.stream()
                                .map(id -> Objects.requireNonNull(projects.get(id)))
                                .toList());
                var reversed = walk(
                        caller(caller),
                        PROJECTS,
                        Map.of("orderBy", Map.of("field", "NAME", "direction", "DESC")),
                        size,
                        "connection");
                assertThat(reversed).isEqualTo(all.reversed());
            }
        }
    }

    @Test
    void projectsByTheirStartThoseWithoutOneLast() {
        for (var caller : callers.keySet()) {
            for (var size : List.of(2, 100)) {
                var all =
                        walk(caller(caller), PROJECTS, Map.of("orderBy", Map.of("field", "START")), size, "connection");
                assertThat(all)
                        .as(caller)
                        .containsExactlyInAnyOrderElementsOf(expected(caller, Sight.PUBLIC, kind -> true));
                assertThat(all.stream().map(id -> start(Objects.requireNonNull(projects.get(id)))))
                        .as(caller)
                        .isSorted();
                assertThat(walk(
                                caller(caller),
                                PROJECTS,
                                Map.of("orderBy", Map.of("field", "START", "direction", "DESC")),
                                size,
                                "connection"))
                        .isEqualTo(all.reversed());
            }
        }
    }

    private static String start(Kind kind) {
        return kind.is("starts").isEmpty() ? "9999" : kind.is("starts");
    }

    @Test
    void projectsInPhases() {
        for (var phases :
                List.of(List.of("IDEA"), List.of("CONCEPT", "EXECUTION"), List.of("CLOSING"), List.<String>of())) {
            found(Map.of("phases", phases), Sight.PUBLIC, kind -> phases.contains(kind.is("phase")));
        }
    }

    @Test
    void projectsOfAreas() {
        for (var areas : List.of(List.of("LIVING"), List.of("MOBILITY", "EDUCATION"), List.of("MOBILITY"))) {
            found(Map.of("areas", areas), Sight.PUBLIC, kind -> areas.contains(kind.is("area")));
        }
    }

    @Test
    void projectsOfAMember() {
        for (var name : partners.keySet()) {
            found(
                    Map.of("member", Asked.globalId(partner(name))),
                    Sight.PUBLIC,
                    (caller, kind) -> kind.hasMember(name)
                            || (letterOf(caller) == name && kind.is("invited").indexOf(name) >= 0));
        }
    }

    @Test
    void projectsByTheRoleOfAMember() {
        for (var role : List.of("COORDINATOR", "PARTNER", "ASSOCIATED")) {
            for (var name : partners.keySet()) {
                found(
                        Map.of("member", Asked.globalId(partner(name)), "role", role),
                        Sight.INSIDE,
                        kind -> kind.hasRole(name, role));
            }
        }
    }

    @Test
    void projectsByTheRoleOfTheCaller() {
        for (var role : List.of("COORDINATOR", "PARTNER", "ASSOCIATED")) {
            for (var caller : List.of("OWNER", "PARTNER", "INVITED", "FORMER", "STRANGER")) {
                var page = connection(
                        asked.ask(caller(caller), PROJECTS, Map.of("filter", Map.of("role", role))), "connection");
                assertThat(ids(page))
                        .as("%s as %s", caller, role)
                        .containsExactlyInAnyOrderElementsOf(
                                expected(caller, Sight.INSIDE, kind -> kind.hasRole(letterOf(caller), role)));
            }
            assertThat(Asked.code(asked.ask(Callers.office(), PROJECTS, Map.of("filter", Map.of("role", role)))))
                    .as("the office is no member")
                    .isEqualTo("BAD_REQUEST");
        }
    }

    @Test
    void projectsOfACoordinator() {
        for (var name : partners.keySet()) {
            found(
                    Map.of("coordinator", Asked.globalId(partner(name))),
                    Sight.CONSORTIUM,
                    kind -> kind.hasRole(name, "COORDINATOR"));
        }
    }

    @Test
    void projectsOfWhichAGateIsOpen() {
        for (var gate : List.of("COUNCIL", "FUNDING", "BOARD")) {
            found(
                    Map.of("gateOpen", gate),
                    Sight.INSIDE,
                    kind -> kind.is("open").equals(gate));
        }
    }

    @Test
    void projectsOfALetter() {
        found(
                Map.of("foundingLetter", letter),
                Sight.INSIDE,
                kind -> kind.is("letter").equals("yes"));
    }

    @Test
    void projectsByWordsOfTitleAcronymAndSummary() {
        for (var kind : kinds()) {
            var name = kind.is("kind");
            for (var text : List.of(name, "ACR" + name, "sum" + name, "word acr" + name + " sum" + name)) {
                found(Map.of("text", text), Sight.PUBLIC, kind::equals);
            }
        }
        found(Map.of("text", "wor"), Sight.PUBLIC, kind -> true);
        found(Map.of("text", "summine acrshown"), Sight.PUBLIC, kind -> false);
    }

    @Test
    void allConditionsHoldAtOnce() {
        var partner = Asked.globalId(partner('P'));
        var owner = Asked.globalId(partner('O'));
        found(
                Map.of("phases", List.of("CONCEPT"), "member", partner),
                Sight.PUBLIC,
                kind -> kind.is("phase").equals("CONCEPT") && kind.hasMember('P'));
        found(
                Map.of("areas", List.of("MOBILITY"), "text", "word"),
                Sight.PUBLIC,
                kind -> kind.is("area").equals("MOBILITY"));
        found(
                Map.of("phases", List.of("IDEA", "CONCEPT"), "areas", List.of("LIVING"), "text", "open"),
                Sight.PUBLIC,
                kind -> kind.is("kind").equals("open"));
        found(
                Map.of("coordinator", owner, "member", partner),
                Sight.CONSORTIUM,
                kind -> kind.hasRole('O', "COORDINATOR") && kind.hasMember('P'));
        found(
                Map.of("coordinator", owner, "phases", List.of("CONCEPT"), "text", "shown"),
                Sight.CONSORTIUM,
                kind -> kind.is("kind").equals("shown"));
        found(
                Map.of("gateOpen", "COUNCIL", "foundingLetter", letter, "member", owner, "role", "COORDINATOR"),
                Sight.INSIDE,
                kind -> kind.is("letter").equals("yes"));
        found(
                Map.of("gateOpen", "FUNDING", "text", "theirs", "areas", List.of("MOBILITY")),
                Sight.INSIDE,
                kind -> kind.is("kind").equals("theirs"));
        // The owner sees both fields, but not in the same project.
        found(Map.of("gateOpen", "FUNDING", "coordinator", Asked.globalId(partner('O'))), Sight.INSIDE, kind -> false);
    }

    @Test
    void aFilteredListHasPagesInEachOrder() {
        var filter = Map.of("phases", List.of("CONCEPT", "IDEA"), "text", "word");
        for (var caller : callers.keySet()) {
            for (var order : List.of("NAME", "START")) {
                assertThat(walk(
                                caller(caller),
                                PROJECTS,
                                Map.of("filter", filter, "orderBy", Map.of("field", order)),
                                1,
                                "connection"))
                        .as("%s by %s", caller, order)
                        .containsExactlyInAnyOrderElementsOf(expected(
                                caller, Sight.PUBLIC, kind -> !kind.is("phase").equals("EXECUTION")));
            }
        }
    }

    @Test
    void formerProjectsFromTheNewest() {
        var left = projects.entrySet().stream()
                .filter(project -> project.getValue().is("former").equals("F"))
                .map(Map.Entry::getKey)
                .toList();
        for (var size : List.of(1, 4, 100)) {
            assertThat(walk(caller("FORMER"), FORMER, Map.of(), size, "connection"))
                    .isEqualTo(left.reversed());
        }
        for (var caller : List.of("OWNER", "PARTNER", "INVITED", "STRANGER")) {
            assertThat(walk(caller(caller), FORMER, Map.of(), 10, "connection")).isEmpty();
        }
        for (var caller : List.of("ONBOARDING", "SUSPENDED", "OFFICE")) {
            assertThat(ProjectSteps.outcome(asked.ask(caller(caller), FORMER, Map.of())))
                    .as(caller)
                    .isEqualTo("HIDDEN_FIELD");
        }
        assertThat(ProjectSteps.outcome(asked.ask(Actor.anonymous(), FORMER, Map.of())))
                .isEqualTo("NOT_SIGNED_IN");
    }

    @Test
    @Order(LAST)
    void aProjectThatAPartnerJoinsAgainIsNoFormerOne(@Autowired Given given) {
        var again = given.partner(PartnerStatus.ACTIVE);
        var coordinator = given.partner(PartnerStatus.ACTIVE);
        var project = steps.propose(coordinator, Map.of());
        steps.join(project, coordinator, again);
        steps.leave(project, again, ProjectSteps.today());
        assertThat(walk(ProjectSteps.viewer(again), FORMER, Map.of(), 10, "connection"))
                .containsExactly(project);
        steps.invite(project, coordinator, again);
        assertThat(walk(ProjectSteps.viewer(again), FORMER, Map.of(), 10, "connection"))
                .containsExactly(project);
        steps.accept(project, again);
        assertThat(walk(ProjectSteps.viewer(again), FORMER, Map.of(), 10, "connection"))
                .isEmpty();
    }

    @Test
    void projectsOfOnePartner() {
        for (var caller : callers.keySet()) {
            for (var name : partners.keySet()) {
                var expected = expected(
                        caller,
                        Sight.PUBLIC,
                        kind -> kind.hasMember(name)
                                || (letterOf(caller) == name
                                        && kind.is("invited").indexOf(name) >= 0));
                for (var size : List.of(2, 100)) {
                    assertThat(walk(
                                    caller(caller),
                                    OF_PARTNER,
                                    Map.of("id", Asked.globalId(partner(name))),
                                    size,
                                    "partner",
                                    "connection"))
                            .as("%s on %s", caller, name)
                            .containsExactlyInAnyOrderElementsOf(expected);
                }
            }
        }
    }

    @Test
    void projectsOfOneLetter() {
        for (var caller : List.of("OWNER", "PARTNER", "INVITED", "FORMER", "STRANGER", "OFFICE")) {
            assertThat(walk(caller(caller), OF_LETTER, Map.of("id", letter), 2, "letter", "connection"))
                    .as(caller)
                    .containsExactlyInAnyOrderElementsOf(expected(
                            caller, Sight.INSIDE, kind -> kind.is("letter").equals("yes")));
        }
    }

    @Test
    void manyPartnersHaveTheirProjects() {
        for (var caller : List.of("OWNER", "STRANGER", "OFFICE")) {
            var answer = connection(
                    asked.ask(
                            caller(caller),
                            "{ partners(first: 100) { nodes { id projects(first: 3) { nodes { id } pageInfo { hasNextPage } } } } }",
                            Map.of()),
                    "partners");
            for (var node : (List<?>) Objects.requireNonNull(answer.get("nodes"))) {
                var of = (Map<?, ?>) node;
                var name = partners.keySet().stream()
                        .filter(each -> Asked.globalId(partner(each)).equals(of.get("id")))
                        .findFirst();
                name.ifPresent(found -> {
                    var all = expected(caller, Sight.PUBLIC, kind -> kind.hasMember(found));
                    var page = (Map<?, ?>) Objects.requireNonNull(of.get("projects"));
                    assertThat(all).as("%s on %s", caller, found).containsAll(ids(page));
                    assertThat(ids(page)).hasSize(Math.min(3, all.size()));
                    assertThat(info(page, "hasNextPage")).isEqualTo(all.size() > 3);
                });
            }
        }
    }

    @Test
    @Order(LAST)
    void whatIsInsertedMeanwhileMovesNothing(@Autowired Given given) {
        var coordinator = given.partner(PartnerStatus.ACTIVE);
        var viewer = ProjectSteps.viewer(coordinator);
        var filter = Map.of("member", Asked.globalId(coordinator));
        var made = new ArrayList<String>();
        for (var title : List.of("b", "d", "f", "h")) {
            made.add(steps.propose(coordinator, Map.of("title", ProjectSteps.text(title))));
        }
        var first = connection(asked.ask(viewer, PROJECTS, Map.of("filter", filter, "first", 2)), "connection");
        assertThat(ids(first)).isEqualTo(made.subList(0, 2));
        steps.propose(coordinator, Map.of("title", ProjectSteps.text("a")));
        var between = steps.propose(coordinator, Map.of("title", ProjectSteps.text("e")));
        steps.edit(made.getFirst(), coordinator, Map.of("title", ProjectSteps.text("aa")));
        var cursor = Objects.requireNonNull(info(first, "endCursor"));
        assertThat(ids(connection(
                        asked.ask(viewer, PROJECTS, Map.of("filter", filter, "first", 10, "after", cursor)),
                        "connection")))
                .containsExactly(between, made.get(2), made.get(3));
        assertThat(Asked.code(asked.ask(viewer, PROJECTS, Map.of("first", 1, "after", cursor))))
                .as("a cursor is of one list")
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    void aProjectIsFoundByTheCallersOwnReference() {
        var project = expected("STRANGER", Sight.PUBLIC, kind -> kind.is("kind").equals("shown"))
                .getFirst();
        var reference = Map.of("system", "SAP", "key", "P-1");
        asked.data(
                caller("STRANGER"),
                "mutation ($input: SetOwnReferencesInput!) { setOwnReferences(input: $input) { userErrors { rule } } }",
                Map.of("input", Map.of("projectId", project, "expectedVersion", 0, "references", List.of(reference))));
        for (var filter : List.of(
                Map.of("ownReference", reference),
                Map.of("ownReference", reference, "phases", List.of("CONCEPT"), "text", "word"))) {
            assertThat(ids(connection(asked.ask(caller("STRANGER"), PROJECTS, Map.of("filter", filter)), "connection")))
                    .containsExactly(project);
        }
        for (var filter : List.of(
                Map.of("ownReference", reference, "phases", List.of("IDEA")),
                Map.of("ownReference", Map.of("system", "SAP", "key", "P-2")))) {
            assertThat(ids(connection(asked.ask(caller("STRANGER"), PROJECTS, Map.of("filter", filter)), "connection")))
                    .isEmpty();
        }
        assertThat(ids(connection(
                        asked.ask(caller("OWNER"), PROJECTS, Map.of("filter", Map.of("ownReference", reference))),
                        "connection")))
                .isEmpty();
    }

    @Test
    @Order(LAST)
    void byALetterThatIsHiddenFromAMemberItFindsNothing(@Autowired Given given) {
        var coordinator = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var member = given.partner(PartnerStatus.ACTIVE);
        var hidden = steps.letter("PARTIES", coordinator, party);
        var project = steps.found(hidden, Map.of(), coordinator, party);
        steps.accept(project, party);
        steps.join(project, coordinator, member);
        var other = steps.propose(coordinator, Map.of());
        steps.join(other, coordinator, member);
        for (var actor : List.of(ProjectSteps.viewer(coordinator), ProjectSteps.viewer(party), Callers.office())) {
            var page = connection(
                    asked.ask(actor, PROJECTS, Map.of("filter", Map.of("foundingLetter", hidden))), "connection");
            assertThat(ids(page)).containsExactly(project);
            assertThat(page.get("totalCount")).isEqualTo(1);
            assertThat(foundingLetter(actor, project)).containsEntry("foundingLetter", Map.of("id", hidden));
        }
        var none = new GlobalId("LetterOfIntent", UUID.randomUUID()).text();
        var stranger = given.partner(PartnerStatus.ACTIVE);
        for (var actor : List.of(ProjectSteps.all(member), ProjectSteps.all(stranger), Actor.anonymous())) {
            for (var more : List.of(
                    Map.of(),
                    Map.of("member", Asked.globalId(coordinator)),
                    Map.of("coordinator", Asked.globalId(coordinator), "text", "founded"))) {
                var of = new ArrayList<Map<String, Object>>();
                for (var letter : List.of(hidden, none)) {
                    var filter = new HashMap<Object, Object>(more);
                    filter.put("foundingLetter", letter);
                    of.add(asked.ask(actor, PROJECTS, Map.of("filter", filter, "first", 1)));
                }
                assertThat(of.getFirst()).isEqualTo(of.getLast());
            }
        }
        var page = connection(
                asked.ask(ProjectSteps.all(member), PROJECTS, Map.of("filter", Map.of("foundingLetter", hidden))),
                "connection");
        assertThat(ids(page)).isEmpty();
        assertThat(page.get("totalCount")).isEqualTo(0);
        assertThat(foundingLetter(ProjectSteps.all(member), project))
                .containsEntry("foundingLetter", null)
                .isEqualTo(foundingLetter(ProjectSteps.all(member), other));
    }

    private Map<String, @Nullable Object> foundingLetter(Actor actor, String project) {
        return asked.data(
                actor,
                "query ($id: ID!) { jointProject(id: $id) { foundingLetter { id } hiddenFields } }",
                Map.of("id", project),
                "jointProject");
    }

    @ParameterizedTest
    @CsvSource({"member, x", "coordinator, x", "foundingLetter, x", "text, aaaaaaaaaaa"})
    void aMalformedFilterIsRefused(String field, String value) {
        var filter = Map.of(field, field.equals("text") ? value.repeat(20) : value);
        assertThat(Asked.code(asked.ask(caller("OWNER"), PROJECTS, Map.of("filter", filter))))
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    @Order(LAST)
    void candidatesAreThoseWhoCoverTheNeedsButTheMembersThatTheCallerSees(@Autowired Given given) {
        var names = List.of('O', 'P', 'N', 'X', 'Y');
        for (var name : names) {
            publish(partner(name));
        }
        var needs = Map.of("needs", List.of(Map.of("competence", "FIBRE", "level", "KNOWS")));
        var fields = new HashMap<String, Object>(needs);
        fields.put("visibility", "CONSORTIUM");
        var project = steps.propose(partner('O'), fields);
        steps.join(project, partner('O'), partner('P'));
        steps.invite(project, partner('O'), partner('N'));

        assertThat(candidates("OWNER", project)).isEqualTo(Set.of('X', 'Y'));
        assertThat(candidates("PARTNER", project)).isEqualTo(Set.of('X', 'Y'));
        assertThat(candidates("OFFICE", project)).isEqualTo(Set.of('X', 'Y'));
        assertThat(candidates("INVITED", project)).as("it sees itself").isEqualTo(Set.of('X', 'Y'));
        assertThat(candidates("STRANGER", project))
                .as("nothing shows that one is invited")
                .isEqualTo(Set.of('N', 'X', 'Y'));
        assertThat(candidates("PUBLIC", project)).isNull();
        assertThat(candidates("ONBOARDING", project)).isNull();

        var hidden = steps.propose(partner('O'), needs);
        assertThat(candidates("STRANGER", hidden)).isNull();
        assertThat(candidates("OWNER", hidden)).isEqualTo(Set.of('P', 'N', 'X', 'Y'));
        var open = steps.propose(partner('O'), Map.of("visibility", "PUBLIC"));
        assertThat(candidates("PUBLIC", open)).as("needs are not public").isNull();
        assertThat(candidates("STRANGER", open)).as("it needs nothing").isEmpty();
    }

    private void publish(Partner partner) {
        var entry = Map.of(
                "competence", "FIBRE",
                "claimedLevel", "KNOWS",
                "visibility", "CONSORTIUM",
                "evidence", List.of(),
                "description", ProjectSteps.text("What is done"));
        var of = Asked.globalId(partner);
        var edited = asked.<Map<?, ?>>data(
                ProjectSteps.editor(partner),
                "mutation ($input: EditCompetenceProfileInput!) { editCompetenceProfile(input: $input) { profile { version } userErrors { rule } } }",
                Map.of("input", Map.of("partnerId", of, "expectedVersion", 0, "entries", List.of(entry))),
                "editCompetenceProfile",
                "profile");
        var published = asked.<Map<?, ?>>data(
                ProjectSteps.person(partner, "admin", Role.PARTNER_ADMIN),
                "mutation ($input: PublishCompetenceProfileInput!) { publishCompetenceProfile(input: $input) { userErrors { rule } } }",
                Map.of(
                        "input",
                        Map.of("partnerId", of, "expectedVersion", Objects.requireNonNull(edited.get("version")))),
                "publishCompetenceProfile");
        assertThat(published.get("userErrors")).isEqualTo(List.of());
    }

    private @Nullable Set<Character> candidates(String caller, String project) {
        var found = asked.<@Nullable Map<?, ?>>data(
                caller(caller),
                "query ($id: ID!) { candidateMembers(projectId: $id) { partners { partner { id } score } } }",
                Map.of("id", project),
                "candidateMembers");
        if (found == null) {
            return null;
        }
        var names = new HashSet<Character>();
        for (var each : (List<?>) Objects.requireNonNull(found.get("partners"))) {
            var id = ((Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) each).get("partner"))).get("id");
            partners.keySet().stream()
                    .filter(name -> Asked.globalId(partner(name)).equals(id))
                    .forEach(names::add);
        }
        return Collections.unmodifiableSet(names);
    }
}

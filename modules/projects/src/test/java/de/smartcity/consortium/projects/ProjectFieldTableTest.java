package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;

/**
 * The fields of a project that each caller sees: its coordinator C, its members M and L, the invited I, the former member F, the office and others. What
 * is hidden is null or empty, and named among the hidden fields; what is not is not named.
 */
@ProjectTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectFieldTableTest {

    /** The PUBLIC project for everybody, that of the CONSORTIUM for its members, that of its MEMBERS for whom it concerns; nothing where it is hidden. */
    private static final String PROJECT = """
            field                         | PUBLIC | CONSORTIUM | INVITED | FORMER | MEMBER | COORDINATOR | OFFICE
            id                            | value  | value      | value   | value  | value  | value       | value
            title                         | value  | value      | value   |        | value  | value       | value
            titleTranslations             | value  | value      | value   |        | value  | value       | value
            acronym                       | value  | value      | value   |        | value  | value       | value
            summary                       | value  | value      | value   |        | value  | value       | value
            summaryTranslations           | value  | value      | value   |        | value  | value       | value
            contactFunction               |        | value      | value   |        | value  | value       | value
            contactFunctionTranslations   |        | value      | value   |        | value  | value       | value
            areas                         | value  | value      | value   |        | value  | value       | value
            phase                         | value  | value      | value   |        | value  | value       | value
            paused                        |        |            |         |        | value  | value       | value
            startsOn                      | value  | value      | value   |        | value  | value       | value
            plannedStartsOn               |        |            |         |        | value  | value       | value
            plannedEndsOn                 |        |            |         |        | value  | value       | value
            startedOn                     |        |            |         |        | value  | value       | value
            endedOn                       |        |            |         |        | null   | null        | null
            visibility                    |        |            |         |        | value  | value       | value
            coordinator                   |        | value      | value   |        | value  | value       | value
            members                       | value  | value      | value   |        | value  | value       | value
            viewerMembership              | null   | null       | value   |        | value  | value       | null
            gates                         |        |            |         |        | value  | value       | value
            needs                         |        | value      | value   |        | value  | value       | value
            references                    |        |            |         |        | value  | value       | value
            files                         | value  | value      | value   |        | value  | value       | value
            handOver                      |        |            |         |        | value  | value       | value
            nextPhase                     |        |            |         |        | value  | value       | value
            foundingLetter                |        |            |         |        | value  | value       | value
            asLeft                        | null   | null       | null    | value  | null   | null        | null
            activity                      |        |            |         |        | value  | value       | value
            createdAt                     | value  | value      | value   | value  | value  | value       | value
            updatedAt                     |        |            |         |        |        | value       |
            version                       |        |            |         |        |        | value       |
            ownReferences                 | null   | null       | null    | null   | null   | null        | null
            viewerCanEdit                 | false  | false      | false   | false  | false  | true        | false
            viewerCanAdvance              | false  | false      | false   | false  | false  | true        | false
            viewerCanRecordGates          | false  | false      | false   | false  | false  | true        | true
            viewerCanInvite               | false  | false      | false   | false  | false  | true        | false
            viewerCanAttachFiles          | false  | false      | false   | false  | true   | true        | false
            viewerCanAnswer               | false  | false      | true    | false  | false  | false       | false
            viewerCanLeave                | false  | false      | false   | false  | true   | false       | false
            viewerCanWithdrawLeave        | false  | false      | false   | false  | false  | false       | false
            viewerCanHandOver             | false  | false      | false   | false  | false  | false       | false
            viewerCanAnswerHandOver       | false  | false      | false   | false  | true   | false       | false
            viewerCanWithdrawHandOver     | false  | false      | false   | false  | false  | true        | false
            viewerCanAppointCoordinator   | false  | false      | false   | false  | false  | false       | false
            viewerCanNameRepresentatives  | false  | false      | true    | false  | true   | true        | false
            viewerCanAcceptRepresentation | false  | false      | false   | false  | true   | false       | false
            """;

    /** Of the member that leaves; of the invited partner for itself. */
    private static final String MEMBER = """
            field           | PUBLIC | CONSORTIUM | INVITED | MEMBER | COORDINATOR | OFFICE | LEAVING | ITSELF
            partner         | value  | value      | value   | value  | value       | value  | value   | value
            role            |        |            |         | value  | value       | value  | value   | value
            state           |        |            |         | value  | value       | value  | value   | value
            since           | value  | value      | value   | value  | value       | value  | value   | null
            leavingOn       |        |            |         | value  | value       | value  | value   | null
            until           |        |            |         | null   | null        | null   | null    | null
            invitation      |        |            |         | value  | value       | value  | value   | value
            answer          |        |            |         | value  | value       | value  | value   | null
            representatives |        |            |         | value  | value       | value  | value   | value
            """;

    private static final String FILE = """
            field    | PUBLIC | CONSORTIUM | INVITED | MEMBER | COORDINATOR | OFFICE
            file     | value  | value      | value   | value  | value       | value
            audience |        |            |         | value  | value       | value
            by       |        |            |         | value  | value       | value
            """;

    private static final Map<String, String> BELOW = Map.ofEntries(
            Map.entry("titleTranslations", "{ text }"),
            Map.entry("summaryTranslations", "{ text }"),
            Map.entry("contactFunctionTranslations", "{ text }"),
            Map.entry("areas", "{ code }"),
            Map.entry("coordinator", "{ id }"),
            Map.entry("members", "{ partner { id } }"),
            Map.entry("viewerMembership", "{ partner { id } }"),
            Map.entry("gates", "{ kind state }"),
            Map.entry("needs", "{ level competence { code } }"),
            Map.entry("references", "{ kind value }"),
            Map.entry("files", "{ file { id } }"),
            Map.entry("handOver", "{ to { id } appointed }"),
            Map.entry("nextPhase", "{ phase missing { code } }"),
            Map.entry("foundingLetter", "{ id }"),
            Map.entry("asLeft", "{ at title }"),
            Map.entry("activity", "{ nodes { type } }"),
            Map.entry("ownReferences", "{ id }"),
            Map.entry("partner", "{ id }"),
            Map.entry("invitation", "{ role asked digest inviter { id } }"),
            Map.entry("answer", "{ account at }"),
            Map.entry("representatives", "{ account deputy }"),
            Map.entry("file", "{ id sha256 }"),
            Map.entry("by", "{ id }"));

    private static final String COPY = """
            { at title acronym phase paused visibility contactFunction plannedStartsOn startedOn areas { code } needs { level }
              references { value } gates { kind state } members { partner { id } role since until } files { file { id } audience by { id } } }""";

    @Autowired
    private Asked asked;

    @Autowired
    private ProjectSteps steps;

    @Autowired
    private FileReading reading;

    private final Map<String, Partner> partners = new HashMap<>();
    private final Map<String, Actor> callers = new LinkedHashMap<>();
    private final Map<String, String> projects = new HashMap<>();

    @BeforeAll
    void aProjectOfEachVisibility(@Autowired Given given) {
        for (var name : List.of("C", "M", "L", "I", "F", "S")) {
            partners.put(name, given.partner(PartnerStatus.ACTIVE));
        }
        var letter = steps.letter(partner("C"), partner("M"), partner("L"), partner("I"), partner("F"));
        for (var visibility : List.of("PUBLIC", "CONSORTIUM", "MEMBERS")) {
            projects.put(visibility, withEverything(letter, visibility));
        }
        callers.put("PUBLIC", Actor.anonymous());
        callers.put("CONSORTIUM", ProjectSteps.all(partner("S")));
        callers.put("INVITED", ProjectSteps.all(partner("I")));
        callers.put("ITSELF", ProjectSteps.viewer(partner("I")));
        callers.put("FORMER", ProjectSteps.all(partner("F")));
        callers.put("MEMBER", ProjectSteps.all(partner("M")));
        callers.put("LEAVING", ProjectSteps.viewer(partner("L")));
        callers.put("COORDINATOR", ProjectSteps.all(partner("C")));
        callers.put("OFFICE", Callers.office());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> projects.values().stream()
                        .allMatch(each ->
                                !steps.stored(each).outbox().events().iterator().hasNext()));
    }

    private String withEverything(String letter, String visibility) {
        var coordinator = ProjectSteps.editor(partner("C"));
        var fields = new HashMap<String, Object>(Map.of(
                "acronym", "ACR",
                "summary", ProjectSteps.text("A summary"),
                "contactFunction", ProjectSteps.text("Project office"),
                "areas", List.of("LIVING"),
                "plannedStartsOn", "2027-01-01",
                "plannedEndsOn", "2028-01-01",
                "visibility", visibility,
                "needs", List.of(Map.of("competence", "FIBRE", "level", "DELIVERS")),
                "references", List.of(Map.of("kind", "URL", "value", "https://example.org"))));
        var project = steps.found(letter, fields, partner("C"), partner("M"), partner("L"), partner("F"), partner("I"));
        steps.accept(project, partner("M"), partner("L"), partner("F"));
        steps.made(coordinator, "setGates", ProjectSteps.of(project, Map.of("gates", List.of("COUNCIL"))));
        steps.attach(project, partner("M"), "PROJECT");
        steps.leave(project, partner("F"), ProjectSteps.today());
        steps.leave(project, partner("L"), ProjectSteps.today().plusDays(10));
        steps.attach(project, partner("M"), "MEMBERS");
        steps.represent(
                project,
                partner("L"),
                ProjectSteps.person(partner("L"), "representative", Role.VIEWER),
                ProjectSteps.person(partner("L"), "deputy", Role.VIEWER));
        for (var name : List.of("M", "I")) {
            steps.made(
                    ProjectSteps.signatory(partner(name)),
                    "nameRepresentative",
                    ProjectSteps.of(
                            project,
                            Map.of(
                                    "account",
                                    name.equals("M") ? ProjectSteps.accountOf(ProjectSteps.all(partner("M"))) : "x")));
        }
        steps.made(
                coordinator,
                "recordGate",
                ProjectSteps.of(
                        project,
                        Map.of("gate", "COUNCIL", "state", "WAIVED", "decidedBy", "City council", "reason", "None")));
        for (var phase : List.of("CONCEPT", "PREPARATION", "EXECUTION")) {
            steps.made(coordinator, "advanceProject", ProjectSteps.of(project, Map.of("phase", phase)));
        }
        steps.made(
                ProjectSteps.signatory(partner("C")),
                "handOverCoordination",
                ProjectSteps.of(project, Map.of("partnerId", Asked.globalId(partner("M")))));
        return project;
    }

    private Partner partner(String name) {
        return Objects.requireNonNull(partners.get(name));
    }

    private Actor caller(String name) {
        return Objects.requireNonNull(callers.get(name));
    }

    private String project(String visibility) {
        return Objects.requireNonNull(projects.get(visibility));
    }

    private String projectFor(String caller) {
        return project(caller.equals("PUBLIC") || caller.equals("CONSORTIUM") ? caller : "MEMBERS");
    }

    private static List<List<String>> lines(String table) {
        return table.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::trim).toList())
                .toList();
    }

    static Stream<Arguments> cells() {
        var tables = new LinkedHashMap<String, String>();
        tables.put("JointProject", PROJECT);
        tables.put("ProjectMember", MEMBER);
        tables.put("ProjectFile", FILE);
        var cells = new ArrayList<Arguments>();
        tables.forEach((type, table) -> {
            var lines = lines(table);
            for (var line : lines.subList(1, lines.size())) {
                for (var column = 1; column < line.size(); column++) {
                    cells.add(
                            Arguments.of(type, line.getFirst(), lines.getFirst().get(column), line.get(column)));
                }
            }
        });
        return cells.stream();
    }

    @ParameterizedTest(name = "{1} of {0} for {2}: {3}")
    @MethodSource("cells")
    void whoSeesWhat(String type, String field, String caller, String expected) {
        assertThat(described(type, field, caller(caller), projectFor(caller))).isEqualTo(expected);
    }

    @Test
    void aFormerMemberSeesOfAProjectOfTheConsortiumWhatTheConsortiumSees() {
        for (var line : lines(PROJECT).subList(1, lines(PROJECT).size())) {
            var field = line.getFirst();
            assertThat(described("JointProject", field, caller("FORMER"), project("CONSORTIUM")))
                    .as(field)
                    .isEqualTo(field.equals("asLeft") ? "value" : line.get(2));
        }
    }

    @Test
    void theTablesHaveEveryField(@Autowired GraphQlSource source) {
        for (var table : Map.of("JointProject", PROJECT, "ProjectMember", MEMBER, "ProjectFile", FILE)
                .entrySet()) {
            var fields = ((GraphQLObjectType)
                            Objects.requireNonNull(source.schema().getType(table.getKey())))
                    .getFieldDefinitions().stream()
                            .map(GraphQLFieldDefinition::getName)
                            .filter(field -> !field.equals("hiddenFields"));
            assertThat(lines(table.getValue()).stream().skip(1).map(List::getFirst))
                    .containsExactlyInAnyOrderElementsOf(fields.toList());
        }
    }

    /** Whether the field has a value, null is one, or it is hidden; what a viewer may do as true or false. */
    private String described(String type, String field, Actor actor, String project) {
        var selection = field + BELOW.getOrDefault(field, "") + " hiddenFields";
        var path = switch (type) {
            case "ProjectMember" -> "members { partner { id } " + selection + " }";
            case "ProjectFile" -> "files { file { id } " + selection + " }";
            default -> selection;
        };
        var shown = Objects.requireNonNull(asked.<@Nullable Map<?, ?>>data(
                actor,
                "query ($id: ID!) { jointProject(id: $id) { " + path + " } }",
                Map.of("id", project),
                "jointProject"));
        if (type.equals("ProjectMember")) {
            var of = actor.equals(caller("ITSELF")) ? partner("I") : partner("L");
            shown = list(shown, "members").stream()
                    .filter(member -> Map.of("id", Asked.globalId(of)).equals(member.get("partner")))
                    .findFirst()
                    .orElseThrow();
        } else if (type.equals("ProjectFile")) {
            shown = list(shown, "files").getFirst();
        }
        var value = shown.get(field);
        if (value instanceof Map<?, ?> page && page.containsKey("nodes")) {
            value = page.get("nodes");
        }
        var isHidden = ((List<?>) Objects.requireNonNull(shown.get("hiddenFields"))).contains(field);
        if (value == null || List.of().equals(value)) {
            return isHidden ? "" : "null";
        }
        assertThat(isHidden).as("%s has a value: %s", field, value).isFalse();
        return field.startsWith("viewerCan") ? value.toString() : "value";
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> list(Map<?, ?> of, String field) {
        return (List<Map<?, ?>>) Objects.requireNonNull(of.get(field));
    }

    private @Nullable Map<?, ?> shown(Actor actor, String project, String selection) {
        return asked.<@Nullable Map<?, ?>>data(
                actor,
                "query ($id: ID!) { jointProject(id: $id) { " + selection + " } }",
                Map.of("id", project),
                "jointProject");
    }

    private List<String> members(Actor actor, String project, String arguments) {
        var shown =
                Objects.requireNonNull(shown(actor, project, "members" + arguments + " { partner { id } role state }"));
        return list(shown, "members").stream()
                .map(member -> name(member.get("partner"))
                        + (member.get("role") == null ? "" : " " + member.get("role") + " " + member.get("state")))
                .sorted()
                .toList();
    }

    private String name(@Nullable Object partner) {
        return partners.entrySet().stream()
                .filter(each -> Map.of("id", Asked.globalId(each.getValue())).equals(partner))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoIsInvitedIsSeenFromInsideAndByItself() {
        assertThat(members(Actor.anonymous(), project("PUBLIC"), "")).containsExactly("C", "L", "M");
        assertThat(members(caller("CONSORTIUM"), project("CONSORTIUM"), "")).containsExactly("C", "L", "M");
        assertThat(members(caller("FORMER"), project("CONSORTIUM"), "")).containsExactly("C", "L", "M");
        assertThat(members(caller("INVITED"), project("MEMBERS"), ""))
                .containsExactly("C", "I PARTNER INVITED", "L", "M");
        for (var caller : List.of("MEMBER", "OFFICE", "LEAVING")) {
            assertThat(members(caller(caller), project("MEMBERS"), ""))
                    .containsExactly(
                            "C COORDINATOR ACTIVE", "I PARTNER INVITED", "L PARTNER LEAVING", "M PARTNER ACTIVE");
        }
    }

    @Test
    void whoeverIsNotConcernedSeesNothingOfAMembersProject() {
        for (var caller : List.of("CONSORTIUM", "PUBLIC")) {
            assertThat(shown(caller(caller), project("MEMBERS"), "id")).isNull();
        }
        assertThat(shown(Actor.anonymous(), project("CONSORTIUM"), "id")).isNull();
    }

    @Test
    void theMembersOfADayHaveTheRolesOfThatDayAndFormerOnesAreSeenFromInside() {
        var project =
                steps.record(Map.of("visibility", "PUBLIC"), partner("C"), partner("M"), partner("F"), partner("I"));
        steps.accept(project, partner("C"), partner("M"), partner("F"));
        steps.made(
                ProjectSteps.signatory(partner("C")),
                "handOverCoordination",
                ProjectSteps.of(project, Map.of("partnerId", Asked.globalId(partner("M")))));
        steps.made(ProjectSteps.signatory(partner("M")), "acceptCoordination", ProjectSteps.of(project));
        steps.leave(project, partner("F"), ProjectSteps.today());

        var yesterday = "(on: \"" + ProjectSteps.today().minusDays(1) + "\")";
        for (var caller : List.of("MEMBER", "OFFICE")) {
            assertThat(members(caller(caller), project, yesterday))
                    .containsExactly("C COORDINATOR ACTIVE", "F PARTNER LEFT", "M PARTNER ACTIVE");
            assertThat(members(caller(caller), project, "(on: \"" + ProjectSteps.today() + "\")"))
                    .containsExactly("C PARTNER ACTIVE", "M COORDINATOR ACTIVE");
            assertThat(members(caller(caller), project, "(on: \"2020-01-01\")")).isEmpty();
        }
        for (var actor : List.of(Actor.anonymous(), caller("CONSORTIUM"))) {
            assertThat(members(actor, project, yesterday)).containsExactly("C", "M");
            assertThat(members(actor, project, "")).containsExactly("C", "M");
        }
        assertThat(members(caller("INVITED"), project, yesterday)).containsExactly("C", "M");
    }

    @Test
    void theCopyOfWhoLeftKeepsWhatThereWas() {
        var project = steps.propose(
                partner("C"),
                Map.of(
                        "title", ProjectSteps.text("Before"),
                        "acronym", "OLD",
                        "contactFunction", ProjectSteps.text("Project office"),
                        "plannedStartsOn", "2027-01-01",
                        "areas", List.of("LIVING"),
                        "references", List.of(Map.of("kind", "CORDIS", "value", "101"))));
        steps.join(project, partner("C"), partner("M"), partner("F"));
        steps.made(
                ProjectSteps.editor(partner("C")),
                "setGates",
                ProjectSteps.of(project, Map.of("gates", List.of("FUNDING"))));
        var before = steps.attach(project, partner("M"), "MEMBERS");
        var removed = steps.attach(project, partner("C"), "PROJECT");
        steps.leave(project, partner("F"), ProjectSteps.today());
        var copy = Objects.requireNonNull(shown(caller("FORMER"), project, "asLeft " + COPY));
        assertThat(copy)
                .asString()
                .contains(
                        "at=" + ProjectSteps.today(),
                        "title=Before",
                        "acronym=OLD",
                        "phase=IDEA",
                        "visibility=MEMBERS",
                        "contactFunction=Project office",
                        "plannedStartsOn=2027-01-01",
                        "code=LIVING",
                        "value=101",
                        "kind=FUNDING",
                        Asked.globalId(partner("F")),
                        Asked.globalId(partner("M")),
                        before.globalId(),
                        removed.globalId(),
                        "audience=MEMBERS");

        steps.edit(project, partner("C"), Map.of("title", ProjectSteps.text("After"), "visibility", "CONSORTIUM"));
        var after = steps.attach(project, partner("M"), "MEMBERS");
        steps.made(
                ProjectSteps.editor(partner("C")),
                "removeProjectFile",
                ProjectSteps.of(project, Map.of("file", removed.globalId())));
        steps.join(project, partner("C"), partner("I"));
        assertThat(shown(caller("FORMER"), project, "asLeft " + COPY)).isEqualTo(copy);
        assertThat(shown(caller("FORMER"), project, "title")).isEqualTo(Map.of("title", "After"));

        assertThat(sees("FORMER", before)).isTrue();
        assertThat(sees("FORMER", removed)).as("a file of the copy").isTrue();
        assertThat(sees("FORMER", after)).isFalse();
        assertThat(sees("MEMBER", after)).isTrue();
        assertThat(sees("CONSORTIUM", before)).isFalse();

        // It is a member again, and keeps its copy.
        steps.join(project, partner("C"), partner("F"));
        assertThat(shown(caller("FORMER"), project, "asLeft " + COPY)).isEqualTo(copy);
        assertThat(shown(caller("FORMER"), project, "viewerMembership { state } paused"))
                .isEqualTo(Map.of("viewerMembership", Map.of("state", "ACTIVE"), "paused", false));
        assertThat(sees("FORMER", after)).isTrue();
        assertThat(shown(caller("MEMBER"), project, "asLeft " + COPY))
                .as("a copy is of who left alone")
                .isEqualTo(Collections.singletonMap("asLeft", null));
    }

    @Test
    void filesAreSeenByWhoeverSeesTheFieldThatShowsThem() {
        var project = project("CONSORTIUM");
        var files = steps.stored(project).files();
        var open = files.getFirst().file();
        var closed = files.getLast().file();
        for (var caller : callers.keySet()) {
            var seesOpen = !caller.equals("PUBLIC");
            var seesClosed =
                    List.of("MEMBER", "LEAVING", "COORDINATOR", "OFFICE").contains(caller);
            assertThat(sees(caller, open)).as("open for %s", caller).isEqualTo(seesOpen);
            assertThat(sees(caller, closed)).as("closed for %s", caller).isEqualTo(seesClosed);
            if (seesOpen) {
                assertThat(list(
                                Objects.requireNonNull(shown(caller(caller), project, "files { file { id } }")),
                                "files"))
                        .hasSize(seesClosed ? 2 : 1);
            }
        }
        assertThat(sees(
                        "FORMER",
                        steps.stored(project("MEMBERS")).files().getFirst().file()))
                .as("its copy has it")
                .isTrue();
        assertThat(sees(
                        "CONSORTIUM",
                        steps.stored(project("MEMBERS")).files().getFirst().file()))
                .isFalse();
    }

    @Test
    void theDocumentOfAGateIsSeenFromInside() {
        var project = steps.propose(partner("C"), Map.of("visibility", "PUBLIC"));
        steps.join(project, partner("C"), partner("M"));
        steps.made(
                ProjectSteps.editor(partner("C")),
                "setGates",
                ProjectSteps.of(project, Map.of("gates", List.of("COUNCIL"))));
        var document = steps.upload(partner("C"));
        steps.made(
                ProjectSteps.editor(partner("C")),
                "recordGate",
                ProjectSteps.of(
                        project,
                        Map.of(
                                "gate", "COUNCIL",
                                "state", "PASSED",
                                "decidedOn", "2026-01-01",
                                "decidedBy", "City council",
                                "reference", "1/26",
                                "document", document.globalId())));
        assertThat(sees("MEMBER", document)).isTrue();
        assertThat(sees("OFFICE", document)).isTrue();
        assertThat(sees("CONSORTIUM", document)).isFalse();
        assertThat(sees("PUBLIC", document)).isFalse();
        assertThat(shown(caller("MEMBER"), project, "gates { document { id } }"))
                .asString()
                .contains(document.globalId());
    }

    private boolean sees(String caller, FileView file) {
        return sees(caller, file.id());
    }

    private boolean sees(String caller, FileId file) {
        return reading.find(file, caller(caller)).isPresent();
    }
}

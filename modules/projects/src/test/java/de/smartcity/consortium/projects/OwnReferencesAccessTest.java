package de.smartcity.consortium.projects;

import static de.smartcity.consortium.projects.OwnReferencesSteps.input;
import static de.smartcity.consortium.projects.OwnReferencesSteps.reference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal.Reason;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.projects.application.OwnReferencesReading;
import de.smartcity.consortium.projects.model.ProjectVisibility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Who notes own references to which project, and who sees them: the organisation alone. */
@ModuleTest
@Import({GivenProjects.class, GivenProjects.Accounts.class, OwnReferencesSteps.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnReferencesAccessTest {

    /** The owner is a member of each project; the others are not. */
    private static final String TABLE = """
            caller            | PUBLIC                 | CONSORTIUM             | MEMBERS                | UNKNOWN
            O.EDITOR          | made                   | made                   | made                   | NOT_FOUND
            O.ADMIN           | made                   | made                   | made                   | NOT_FOUND
            O.APP             | made                   | made                   | made                   | NOT_FOUND
            O.OFFICE          | made                   | made                   | made                   | NOT_FOUND
            O.SIGNATORY       | ROLE_MISSING           | ROLE_MISSING           | ROLE_MISSING           | NOT_FOUND
            O.VIEWER          | ROLE_MISSING           | ROLE_MISSING           | ROLE_MISSING           | NOT_FOUND
            MEMBER            | made                   | made                   | NOT_FOUND              | NOT_FOUND
            ONBOARDING        | PARTNER_STATUS         | NOT_FOUND              | NOT_FOUND              | NOT_FOUND
            SUSPENDED         | PARTNER_STATUS         | NOT_FOUND              | NOT_FOUND              | NOT_FOUND
            ANONYMOUS         | NOT_SIGNED_IN          | NOT_FOUND              | NOT_FOUND              | NOT_FOUND
            UNATTACHED        | NO_ACTING_ORGANISATION | NO_ACTING_ORGANISATION | NO_ACTING_ORGANISATION | NO_ACTING_ORGANISATION
            OFFICE            | NO_ACTING_ORGANISATION | NO_ACTING_ORGANISATION | NO_ACTING_ORGANISATION | NOT_FOUND
            """;

    private static final String EVERYTHING =
            "id project { id } references { system key } createdAt version updatedAt viewerCanEdit hiddenFields";

    private static final String EVENTS = "activity { nodes { type account changed reason details { field } } }";

    @Autowired
    private Asked asked;

    @Autowired
    private OwnReferencesSteps steps;

    @Autowired
    private OwnReferencesReading reading;

    private final Map<String, ProjectId> projects = new HashMap<>();
    private final Map<String, Actor> callers = new HashMap<>();
    private @Nullable Partner owner;
    private @Nullable Partner member;
    private int keys;

    @BeforeAll
    void aProjectOfEachVisibility(@Autowired Given given, @Autowired GivenProjects made) {
        owner = given.partner(PartnerStatus.ACTIVE);
        member = given.partner(PartnerStatus.ACTIVE);
        for (var visibility : ProjectVisibility.values()) {
            projects.put(visibility.name(), made.project(visibility, owner()));
        }
        projects.put("UNKNOWN", new ProjectId(UUID.randomUUID()));
        var all = new Role[] {Role.PARTNER_ADMIN, Role.SIGNATORY};
        callers.put("O.EDITOR", Callers.of(owner(), Role.EDITOR));
        callers.put("O.ADMIN", Callers.of(owner(), Role.PARTNER_ADMIN));
        callers.put("O.APP", OwnReferencesSteps.account(Actor.Kind.APP, false, owner(), Role.EDITOR));
        callers.put("O.OFFICE", OwnReferencesSteps.account(Actor.Kind.PERSON, true, owner(), Role.EDITOR));
        callers.put("O.SIGNATORY", Callers.of(owner(), Role.SIGNATORY));
        callers.put("O.VIEWER", Callers.of(owner(), Role.VIEWER));
        callers.put("MEMBER", Callers.of(member(), all));
        callers.put("ONBOARDING", Callers.of(given.partner(PartnerStatus.ONBOARDING), all));
        callers.put("SUSPENDED", Callers.of(given.partner(PartnerStatus.SUSPENDED), all));
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

    private Partner owner() {
        return Objects.requireNonNull(owner);
    }

    private Partner member() {
        return Objects.requireNonNull(member);
    }

    private Actor caller(String name) {
        return Objects.requireNonNull(callers.get(name));
    }

    private ProjectId project(String of) {
        return Objects.requireNonNull(projects.get(of));
    }

    private String newKey() {
        return "P-" + keys++;
    }

    static Stream<Arguments> cells() {
        var lines = TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toList())
                .toList();
        var cells = new ArrayList<Arguments>();
        for (var line : lines.subList(1, lines.size())) {
            for (var column = 1; column < line.size(); column++) {
                cells.add(Arguments.of(line.getFirst(), lines.getFirst().get(column), line.get(column)));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @MethodSource("cells")
    void whoNotesReferences(String caller, String of, String outcome) {
        var actor = caller(caller);
        var version = actor.organisation().isEmpty()
                ? 0
                : steps.version(caller.equals("MEMBER") ? member() : owner(), project(of));
        var before = storedOfAll();
        var answer = steps.answer(actor, input(project(of), version, reference("SAP", newKey())));
        assertThat(OwnReferencesSteps.outcome(answer)).as("%s", answer).isEqualTo(outcome);
        if (outcome.equals("made")) {
            assertThat(storedOfAll()).isNotEqualTo(before);
        } else {
            assertThat(storedOfAll()).as("a refused verb changes nothing").isEqualTo(before);
        }
    }

    private List<@Nullable Object> storedOfAll() {
        var stored = new ArrayList<@Nullable Object>();
        projects.values().forEach(project -> {
            stored.add(steps.stored(owner(), project));
            stored.add(steps.stored(member(), project));
        });
        return stored;
    }

    @ParameterizedTest
    @CsvSource({
        "O.EDITOR, true",
        "O.APP, true",
        "O.OFFICE, true",
        "O.VIEWER, false",
        "MEMBER, true",
        "ONBOARDING, false",
        "SUSPENDED, false",
        "UNATTACHED, false",
        "ANONYMOUS, false",
        "OFFICE, false"
    })
    void theViewerIsToldWhetherItMay(String caller, boolean may) {
        assertThat(asked.<Boolean>data(
                        caller(caller),
                        "{ viewer { canSetOwnReferences } }",
                        Map.of(),
                        "viewer",
                        "canSetOwnReferences"))
                .isEqualTo(may);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUBLIC", "CONSORTIUM", "MEMBERS"})
    void eachOrganisationSeesItsOwn(String of) {
        steps.set(owner(), project(of), reference("SAP", newKey()), reference("Jira", newKey()));
        var expected =
                Objects.requireNonNull(steps.stored(owner(), project(of))).getList("references", Map.class);
        for (var caller : List.of("O.EDITOR", "O.VIEWER", "O.SIGNATORY", "O.APP", "O.OFFICE")) {
            var shown = Objects.requireNonNull(steps.shown(caller(caller), project(of), EVERYTHING));
            assertThat((List<?>) shown.get("references")).as(caller).hasSameSizeAs(expected);
            assertThat(shown)
                    .containsEntry("id", OwnReferencesSteps.globalId(owner(), project(of)))
                    .containsEntry("project", Map.of("id", GivenProjects.globalId(project(of))));
            var edits = !List.of("O.VIEWER", "O.SIGNATORY").contains(caller);
            assertThat(shown)
                    .containsEntry("viewerCanEdit", edits)
                    .containsEntry("hiddenFields", edits ? List.of() : List.of("updatedAt", "version"))
                    .containsEntry("version", edits ? steps.version(owner(), project(of)) : null);
            assertThat(shown.get("createdAt")).isNotNull();
            assertThat(shown.get("updatedAt") != null).isEqualTo(edits);
            assertThat(asked.<Map<String, Object>>data(
                            caller(caller),
                            "query ($id: ID!) { node(id: $id) { ... on OwnReferences { " + EVERYTHING + " } } }",
                            Map.of("id", OwnReferencesSteps.globalId(owner(), project(of))),
                            "node"))
                    .isEqualTo(shown);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MEMBER", "ONBOARDING", "SUSPENDED", "ANONYMOUS", "OFFICE"})
    void nobodyElseSeesThem(String caller) {
        steps.set(owner(), project("PUBLIC"), reference("SAP", newKey()));
        if (caller.equals("MEMBER")) {
            steps.set(member(), project("PUBLIC"), reference("SAP", "of the member"));
            assertThat(steps.shown(caller(caller), project("PUBLIC"), "references { key }"))
                    .isEqualTo(Map.of("references", List.of(Map.of("key", "of the member"))));
        } else {
            assertThat(steps.shown(caller(caller), project("PUBLIC"), EVERYTHING))
                    .isNull();
        }
        // As for own references that do not exist.
        for (var about : List.of(project("PUBLIC"), project("UNKNOWN"))) {
            var id = OwnReferencesSteps.globalId(owner(), about);
            assertThat(asked.<Map<String, @Nullable Object>>data(
                            caller(caller),
                            "query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }",
                            Map.of("id", id)))
                    .hasToString("{node=null, nodes=[null]}");
        }
    }

    @Test
    void aSuspendedPartnerDoesNotSeeItsOwn() {
        steps.set(owner(), project("PUBLIC"), reference("SAP", newKey()));
        for (var status : List.of(PartnerStatus.SUSPENDED, PartnerStatus.ONBOARDING)) {
            var then = OwnReferencesSteps.account(Actor.Kind.PERSON, false, owner(), status, Role.PARTNER_ADMIN);
            assertThat(steps.shown(then, project("PUBLIC"), EVERYTHING)).isNull();
            assertThat(asked.<@Nullable Object>data(
                            then,
                            "query ($id: ID!) { node(id: $id) { id } }",
                            Map.of("id", OwnReferencesSteps.globalId(owner(), project("PUBLIC"))),
                            "node"))
                    .isNull();
        }
    }

    @Test
    void theirEventsConcernTheOrganisationAlone() {
        steps.set(owner(), project("PUBLIC"), reference("SAP", newKey()));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(steps.shown(caller("O.VIEWER"), project("PUBLIC"), EVENTS))
                        .asString()
                        .contains("OWN_REFERENCES_SET", "changed=[references]", "details=[]", "reason=null"));
        for (var caller : callers.entrySet()) {
            if (!caller.getKey().equals("UNATTACHED")) {
                var project = asked.<@Nullable Object>data(
                        caller.getValue(),
                        "query ($id: ID!) { node(id: $id) { ... on JointProject { activity(first: 100) { nodes { type } } } } }",
                        Map.of("id", GivenProjects.globalId(project("PUBLIC"))));
                assertThat(String.valueOf(project))
                        .as("nothing happens to the project")
                        .doesNotContain("OWN_REFERENCES_SET");
            }
        }
    }

    @Test
    void anOrganisationFindsItsProjectsByTheirKeys() {
        var of = project("CONSORTIUM");
        steps.set(owner(), of, reference("SAP", "found"), reference("Jira", "found, too"));
        steps.set(member(), project("PUBLIC"), reference("SAP", "found"));
        for (var caller : List.of("O.EDITOR", "O.VIEWER", "O.APP", "O.OFFICE")) {
            assertThat(reading.find(" SAP", "found ", caller(caller))).contains(of);
            assertThat(reading.find("Jira", "found, too", caller(caller))).contains(of);
            for (var unknown : List.of(List.of("sap", "found"), List.of("SAP", "found, too"), List.of("SAP", "f"))) {
                assertThat(reading.find(unknown.getFirst(), unknown.getLast(), caller(caller)))
                        .isEmpty();
            }
        }
        assertThat(reading.find("SAP", "found", caller("MEMBER"))).contains(project("PUBLIC"));
        assertThat(reading.find("Jira", "found, too", caller("MEMBER"))).isEmpty();
        steps.set(owner(), of, reference("Jira", "found, too"));
        assertThat(reading.find("SAP", "found", caller("O.EDITOR"))).isEmpty();
    }

    /** Before what was given is looked at. */
    @ParameterizedTest
    @CsvSource({
        "ONBOARDING, HIDDEN_FIELD",
        "SUSPENDED, HIDDEN_FIELD",
        "UNATTACHED, HIDDEN_FIELD",
        "OFFICE, HIDDEN_FIELD",
        "ANONYMOUS, NOT_SIGNED_IN"
    })
    void whoeverHasNoneIsRefusedToLookForThem(String caller, Reason reason) {
        for (var key : List.of("found", "")) {
            assertThat(Objects.requireNonNull(catchThrowableOfType(
                                    Forbidden.class, () -> reading.find("SAP", key, caller(caller))))
                            .refusal()
                            .reason())
                    .isEqualTo(reason);
        }
    }

    private Map<String, Object> filtered(Actor actor, String system, String key) {
        return asked.ask(
                actor,
                "query ($of: OwnReferenceFilter!) { jointProjects(filter: { ownReference: $of }) { totalCount nodes { id } } }",
                Map.of("of", Map.of("system", system, "key", key)));
    }

    @Test
    void aListIsFilteredByOwnReferences(@Autowired Given given, @Autowired GivenProjects made) {
        var coordinator = given.partner(PartnerStatus.ACTIVE);
        var of = made.project(ProjectVisibility.CONSORTIUM, coordinator);
        steps.set(owner(), of, reference("SAP", "filtered"));
        for (var caller : List.of("O.EDITOR", "O.VIEWER", "O.OFFICE")) {
            assertThat(filtered(caller(caller), "SAP", "filtered"))
                    .asString()
                    .contains("totalCount=1", GivenProjects.globalId(of));
            assertThat(filtered(caller(caller), "SAP", "unknown")).asString().contains("totalCount=0");
        }
        assertThat(filtered(caller("MEMBER"), "SAP", "filtered")).asString().contains("totalCount=0");
        assertThat(OwnReferencesSteps.outcome(filtered(caller("OFFICE"), "SAP", "filtered")))
                .isEqualTo("HIDDEN_FIELD");
        assertThat(OwnReferencesSteps.outcome(filtered(Actor.anonymous(), "SAP", "filtered")))
                .isEqualTo("NOT_SIGNED_IN");
        assertThat(OwnReferencesSteps.outcome(filtered(caller("O.VIEWER"), "SAP", " ")))
                .isEqualTo("BAD_REQUEST");
        // What it noted does not show a project that it does not see any more.
        made.show(of, coordinator, ProjectVisibility.MEMBERS);
        assertThat(filtered(caller("O.EDITOR"), "SAP", "filtered")).asString().contains("totalCount=0");
    }

    @Test
    void aKeyThatNoReferenceCanHaveIsRefused() {
        assertThatThrownBy(() -> reading.find("", "x".repeat(101), caller("O.VIEWER")))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations()).hasSize(2));
    }
}

package de.smartcity.consortium.projects;

import static de.smartcity.consortium.projects.OwnReferencesSteps.editor;
import static de.smartcity.consortium.projects.OwnReferencesSteps.input;
import static de.smartcity.consortium.projects.OwnReferencesSteps.payload;
import static de.smartcity.consortium.projects.OwnReferencesSteps.reference;
import static de.smartcity.consortium.projects.OwnReferencesSteps.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.ModuleCommands;
import de.smartcity.consortium.partners.ModuleCommands.Sent;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.projects.application.OwnReferencesReading;
import de.smartcity.consortium.projects.model.OwnReference;
import de.smartcity.consortium.projects.model.OwnReferencesId;
import de.smartcity.consortium.projects.model.ProjectVisibility;
import de.smartcity.consortium.sandbox.IndexJudge;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoOperations;

/** How own references are replaced: uniquely, once for each key of a request, and without losing what somebody else has written. */
@ModuleTest
@Import({GivenProjects.class, GivenProjects.Accounts.class, OwnReferencesSteps.class, ModuleCommands.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnReferencesChangesTest {

    private static final OwnReference SAP = reference("SAP", "P-1");
    private static final OwnReference JIRA = reference("Jira", "SMART");

    @Autowired
    private Asked asked;

    @Autowired
    private OwnReferencesSteps steps;

    @Autowired
    private GivenProjects projects;

    @Autowired
    private Given given;

    @Autowired
    private MongoOperations mongo;

    private @Nullable Partner owner;
    private @Nullable ProjectId project;

    @BeforeEach
    void aMemberOfAProject() {
        owner = given.partner(PartnerStatus.ACTIVE);
        project = projects.project(ProjectVisibility.MEMBERS, owner());
    }

    private Partner owner() {
        return Objects.requireNonNull(owner);
    }

    private ProjectId project() {
        return Objects.requireNonNull(project);
    }

    private static Object shown(OwnReference... references) {
        return Stream.of(references)
                .map(each -> Map.of("system", each.system(), "key", each.key()))
                .toList();
    }

    private static OwnReference keptInJira(ProjectId project) {
        return reference("Jira", project.value().toString());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> own(Map<String, Object> answer) {
        return (Map<String, Object>) Objects.requireNonNull(payload(answer).get("ownReferences"));
    }

    @Test
    void theListIsReplaced() {
        assertThat(steps.shown(editor(owner()), project(), "id")).isNull();
        assertThat(own(steps.set(owner(), project(), SAP, JIRA)))
                .containsEntry("version", 1)
                .containsEntry("references", shown(SAP, JIRA))
                .containsEntry("project", Map.of("id", GivenProjects.globalId(project())));
        assertThat(own(steps.set(owner(), project(), JIRA)))
                .containsEntry("version", 2)
                .containsEntry("references", shown(JIRA));
        assertThat(own(steps.set(owner(), project())))
                .as("the version is needed for the next change")
                .containsEntry("version", 3)
                .containsEntry("references", List.of());
        assertThat(own(steps.set(owner(), project()))).containsEntry("version", 3);
    }

    @Test
    void nothingIsStoredUntilSomethingIsNoted() {
        assertThat(payload(steps.set(owner(), project()))).containsEntry("ownReferences", null);
        assertThat(steps.stored(owner(), project())).isNull();
    }

    @Test
    void allThatIsWrongIsReportedAtItsPlace() {
        var wrong = steps.answer(
                editor(owner()),
                input(project(), 0, reference(" ", "x".repeat(101)), SAP, SAP, reference("S".repeat(51), "a\u0007b")));
        assertThat(rules(wrong))
                .containsExactly(
                        "ownReference.blank references/0/system",
                        "ownReference.long references/0/key",
                        "ownReference.long references/3/system",
                        "ownReference.characters references/3/key");
        assertThat(payload(wrong)).containsEntry("ownReferences", null);
        assertThat(rules(steps.answer(editor(owner()), input(project(), 0, SAP, JIRA, SAP))))
                .containsExactly("ownReference.twice references/2");
        var many =
                IntStream.range(0, 21).mapToObj(n -> reference("SAP", "P-" + n)).toArray(OwnReference[]::new);
        assertThat(rules(steps.answer(editor(owner()), input(project(), 0, many))))
                .containsExactly("ownReferences.many references");
        assertThat(steps.stored(owner(), project())).isNull();
    }

    @Test
    void anotherVersionIsAConflictThatShowsWhatThereIs() {
        steps.set(owner(), project(), SAP);
        for (var version : List.of(0, 2)) {
            var answer = steps.answer(editor(owner()), input(project(), version, JIRA));
            assertThat(rules(answer)).containsExactly("version.stale expectedVersion");
            assertThat(answer).asString().contains("code=CONFLICT", "currentVersion=1");
            assertThat(own(answer)).containsEntry("version", 1).containsEntry("references", shown(SAP));
        }
        assertThat(rules(steps.answer(
                        editor(owner()), input(projects.project(ProjectVisibility.MEMBERS, owner()), 1, JIRA))))
                .containsExactly("version.stale expectedVersion");
    }

    @Test
    void oneKeyOfOneSystemIsOfOneProject() {
        var second = projects.project(ProjectVisibility.PUBLIC, owner());
        var third = projects.project(ProjectVisibility.CONSORTIUM, owner());
        steps.set(owner(), project(), SAP);
        steps.set(owner(), second, JIRA);
        var taken = steps.answer(
                editor(owner()), input(third, 0, JIRA, reference("SAP", "P-2"), SAP, reference("Jira", "P-1")));
        assertThat(rules(taken)).containsExactly("ownReference.taken references/0", "ownReference.taken references/2");
        assertThat(steps.stored(owner(), third)).isNull();
        // Also where there is something already.
        steps.set(owner(), third, reference("SAP", "P-3"));
        assertThat(rules(steps.answer(editor(owner()), input(third, 1, reference("SAP", "P-3"), SAP))))
                .containsExactly("ownReference.taken references/1");
        assertThat(steps.version(owner(), third)).isOne();

        // What one project has no more, another one may have; upper and lower case differ.
        steps.set(owner(), third, reference("sap", "P-1"), reference("SAP", "p-1"));
        steps.set(owner(), project());
        steps.set(owner(), second, SAP);
    }

    @Test
    void otherPartnersMayHaveTheSameKeys() {
        var other = given.partner(PartnerStatus.ACTIVE);
        var common = projects.project(ProjectVisibility.CONSORTIUM, owner());
        steps.set(owner(), common, SAP, JIRA);
        steps.set(other, common, JIRA, SAP);
        assertThat(steps.shown(editor(owner()), common, "references { system key }"))
                .isEqualTo(Map.of("references", shown(SAP, JIRA)));
    }

    /** A unique index takes two empty lists for equal. */
    @Test
    void anyNumberOfProjectsMayHaveNone() {
        for (var each : List.of(
                project(),
                projects.project(ProjectVisibility.PUBLIC, owner()),
                projects.project(ProjectVisibility.PUBLIC, owner()))) {
            steps.set(owner(), each, SAP);
            steps.set(owner(), each);
            assertThat(Objects.requireNonNull(steps.stored(owner(), each))).doesNotContainKey("keys");
        }
    }

    @Test
    void ofManyWhoGiveOneKeyToSeveralProjectsAtOnceOneSucceeds() throws Exception {
        for (var round = 0; round < 5; round++) {
            var key = reference("SAP", "wanted " + round);
            var about = IntStream.range(0, 6)
                    .mapToObj(n -> projects.project(ProjectVisibility.PUBLIC, owner()))
                    .toList();
            // Some note something for the first time, the others have noted something.
            about.subList(0, 3).forEach(each -> steps.set(owner(), each, reference("Own", String.valueOf(each))));
            var answers = Asked.together(about.stream()
                    .map(each -> (Callable<Map<String, Object>>) () -> steps.answer(
                            editor(owner()), input(each, steps.version(owner(), each), keptInJira(each), key)))
                    .toList());
            assertThat(answers.stream().map(answer -> rules(answer)))
                    .containsOnlyOnce(List.of())
                    .allMatch(rules -> rules.isEmpty() || rules.equals(List.of("ownReference.taken references/1")));
            assertThat(mongo.getCollection("ownReferences")
                            .countDocuments(Filters.eq("keys", key.storedKey(owner().id()))))
                    .isOne();
        }
    }

    @Test
    void ofManyWhoReplaceTheSameListAtOnceOneSucceedsAndTheOthersSeeIt() throws Exception {
        for (var first : List.of(true, false)) {
            var version = steps.version(owner(), project());
            var answers = Asked.together(IntStream.range(0, 8)
                    .mapToObj(n -> (Callable<Map<String, Object>>) () ->
                            steps.answer(editor(owner()), input(project(), version, reference("SAP", first + " " + n))))
                    .toList());
            assertThat(answers.stream().map(OwnReferencesSteps::rules))
                    .containsOnlyOnce(List.of())
                    .allMatch(rules -> rules.isEmpty() || rules.equals(List.of("version.stale expectedVersion")));
            assertThat(answers.stream()
                            .map(answer -> own(answer).get("references"))
                            .distinct())
                    .hasSize(1);
            assertThat(steps.version(owner(), project())).isEqualTo(version + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChangeThatIsRepeatedWithItsKeyIsMadeOnce(boolean begins) throws Exception {
        if (!begins) {
            steps.set(owner(), project(), JIRA);
        }
        var version = steps.version(owner(), project());
        var editor = editor(owner());
        var key = Asked.newKey();
        var same = input(project(), version, SAP);
        // Four at once, and then some more.
        var answers = Asked.together(
                Collections.nCopies(4, (Callable<Map<String, Object>>) () -> steps.answer(editor, key, same)));
        assertThat(Set.copyOf(answers)).hasSize(1);
        assertThat(payload(answers.getFirst())).containsEntry("userErrors", List.of());
        assertThat(steps.version(owner(), project())).isEqualTo(version + 1);
        assertThat(steps.answer(editor, key, same)).isEqualTo(answers.getFirst());
        assertThat(Asked.code(steps.answer(editor, key, input(project(), version, JIRA))))
                .isEqualTo("BAD_REQUEST");
        assertThat(Asked.code(steps.answer(Callers.of(owner(), Role.VIEWER), key, same)))
                .isEqualTo("FORBIDDEN");

        // Also when they have changed since, and then as they are now; another account's key is another one.
        steps.set(owner(), project(), JIRA, reference("SAP", "P-2"));
        assertThat(own(steps.answer(editor, key, same)))
                .containsEntry("version", version + 2)
                .containsEntry("references", shown(JIRA, reference("SAP", "P-2")));
        assertThat(rules(steps.answer(
                        OwnReferencesSteps.account(Actor.Kind.APP, false, owner(), Role.EDITOR), key, same)))
                .containsExactly("version.stale expectedVersion");
    }

    @Test
    void aRefusalIsNotKeptWithItsKey() {
        var key = Asked.newKey();
        var second = projects.project(ProjectVisibility.PUBLIC, owner());
        steps.set(owner(), second, SAP);
        var taken = input(project(), 0, SAP);
        for (var n = 0; n < 2; n++) {
            assertThat(rules(steps.answer(editor(owner()), key, taken)))
                    .containsExactly("ownReference.taken references/0");
        }
        steps.set(owner(), second);
        assertThat(rules(steps.answer(editor(owner()), key, taken))).isEmpty();
    }

    @Test
    void whoDoesNotSeeTheProjectAnyMoreSeesAndChangesItsReferencesWithoutIt() {
        var coordinator = given.partner(PartnerStatus.ACTIVE);
        var common = projects.project(ProjectVisibility.CONSORTIUM, coordinator);
        steps.set(owner(), common, SAP);
        projects.show(common, coordinator, ProjectVisibility.MEMBERS);
        assertThat(asked.<Map<String, @Nullable Object>>data(
                        editor(owner()),
                        "query ($id: ID!) { node(id: $id) { ... on OwnReferences { project { id } references { key } } } }",
                        Map.of("id", OwnReferencesSteps.globalId(owner(), common)),
                        "node"))
                .hasToString("{project=null, references=[{key=P-1}]}");
        // The key can be used for another project.
        assertThat(own(steps.set(owner(), common)))
                .containsEntry("project", null)
                .containsEntry("version", 2);
        steps.set(owner(), project(), SAP);
        // Whoever has noted nothing does not learn that the project exists, nor does a suspended partner that has.
        for (var actor : List.of(
                editor(given.partner(PartnerStatus.ACTIVE)),
                OwnReferencesSteps.account(Actor.Kind.PERSON, false, owner(), PartnerStatus.SUSPENDED, Role.EDITOR),
                Callers.office())) {
            assertThat(Asked.code(steps.answer(actor, input(common, 2, JIRA))))
                    .isEqualTo(actor.isOffice() ? "FORBIDDEN" : "NOT_FOUND");
        }
    }

    @Test
    void aListOfProjectsTakesOneCommandForAllOwnReferences(@Autowired Sent sent) {
        var ids = IntStream.range(0, 12)
                .mapToObj(n -> projects.project(ProjectVisibility.PUBLIC, owner()))
                .peek(each -> steps.set(owner(), each, keptInJira(each)))
                .map(GivenProjects::globalId)
                .toList();
        for (var actor : List.of(editor(owner()), Callers.office(), Actor.anonymous())) {
            List<List<String>> commands = Stream.of(1, 12)
                    .map(count -> sent.of(asked, () -> {
                        var answer = asked.ask(
                                actor,
                                "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on JointProject { title ownReferences { references { key } project { title ownReferences { id } } } } } }",
                                Map.of("ids", ids.subList(0, count)));
                        assertThat(answer).doesNotContainKey("errors");
                        assertThat(String.valueOf(answer).split("key=", -1))
                                .hasSize(actor.organisation().isPresent() ? count + 1 : 1);
                    }))
                    .toList();
            assertThat(commands.getLast()).isEqualTo(commands.getFirst());
            assertThat(commands.getFirst().contains("find ownReferences"))
                    .isEqualTo(actor.organisation().isPresent());
        }
    }

    @Test
    void whatIsAskedHasItsIndex(@Autowired OwnReferencesReading reading) {
        steps.set(owner(), project(), SAP);
        assertThat(reading.find("SAP", "P-1", editor(owner()))).contains(project());
        assertThat(rules(steps.answer(
                        editor(owner()), input(projects.project(ProjectVisibility.PUBLIC, owner()), 0, SAP))))
                .hasSize(1);
        assertThat(steps.shown(editor(owner()), project(), "id")).isNotNull();
        assertServed("_id= " + DerivedPaths.AUDIENCE + "=", "_id");
        assertServed(DerivedPaths.AUDIENCE + "= keys=", "keys");
        assertServed("_id=", "_id");
        assertThat(IndexJudge.ofThisProcess().questions())
                .containsEntry("ownReferences: _id? keys=", Set.of(List.of("keys")));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                IndexJudge.ofThisProcess().questions().entrySet())
                        .anySatisfy(question -> {
                            assertThat(question.getKey()).startsWith("ownReferences: outbox.events.at");
                            assertThat(question.getValue()).contains(List.of("outbox.events.at"));
                        }));
    }

    private static void assertServed(String question, String... keys) {
        assertThat(IndexJudge.ofThisProcess().questions())
                .containsEntry("ownReferences: " + question, Set.of(List.of(keys)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "project",
                "references",
                "references.0.system",
                "references.1.key",
                "keys",
                "createdAt",
                "updatedAt"
            })
    void referencesThatLackSomethingAreReadWithTheOthersAndRepaired(String path) {
        var second = projects.project(ProjectVisibility.PUBLIC, owner());
        steps.set(owner(), project(), SAP, JIRA);
        steps.set(owner(), second, reference("SAP", "P-2"));
        mongo.getCollection("ownReferences")
                .updateOne(
                        Filters.eq(
                                "_id",
                                OwnReferencesId.of(owner().id(), project()).value()),
                        Updates.unset(path));
        var answer = asked.ask(
                editor(owner()),
                """
                query ($ids: [ID!]!) { nodes(ids: $ids) { ... on JointProject { ownReferences { id project { id } references { system key }
                  createdAt version updatedAt viewerCanEdit hiddenFields activity { nodes { type } } } } } }""",
                Map.of("ids", List.of(GivenProjects.globalId(project()), GivenProjects.globalId(second))));
        assertThat(answer).doesNotContainKey("errors");
        assertThat(answer).asString().contains("key=P-2");
        steps.set(owner(), project(), JIRA);
        assertThat(steps.shown(editor(owner()), project(), "references { system key }"))
                .isEqualTo(Map.of("references", shown(JIRA)));
    }
}

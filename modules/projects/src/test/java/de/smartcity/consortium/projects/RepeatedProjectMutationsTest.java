package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.graphql.IdempotencyKey;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.test.context.TestPropertySource;

/** A mutation of a project that is repeated with its Idempotency-Key has one effect and the same answer. */
@ProjectTest
@TestPropertySource(properties = "consortium.jobs.interval=1h")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedProjectMutationsTest {

    /** Those of which the input can differ. */
    private static final Set<String> MORE = Set.of(
            "proposeProject",
            "foundProject",
            "recordOngoingProject",
            "editProject",
            "returnProject",
            "pauseProject",
            "cancelProject",
            "setGates",
            "recordGate",
            "attachProjectFile",
            "inviteProjectMember",
            "declineProjectInvitation",
            "appointCoordinator",
            "nameRepresentative",
            "leaveProject");

    private static final Set<String> LESS = Set.of(
            "advanceProject",
            "resumeProject",
            "removeProjectFile",
            "acceptProjectInvitation",
            "withdrawProjectInvitation",
            "handOverCoordination",
            "acceptCoordination",
            "declineCoordination",
            "withdrawHandOver",
            "acceptRepresentation",
            "endRepresentation",
            "withdrawLeave");

    @Autowired
    private Asked asked;

    @Autowired
    private ProjectSteps steps;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private Given given;

    @Autowired
    private PartnerManagement management;

    private @Nullable Partner coordinator;
    private @Nullable Partner member;
    private @Nullable Partner invited;
    private String letter = "";

    @BeforeAll
    void partners() {
        coordinator = given.partner(PartnerStatus.ACTIVE);
        member = given.partner(PartnerStatus.ACTIVE);
        invited = given.partner(PartnerStatus.ACTIVE);
        letter = steps.letter(coordinator(), member());
    }

    private Partner coordinator() {
        return Objects.requireNonNull(coordinator);
    }

    private Partner member() {
        return Objects.requireNonNull(member);
    }

    private Partner invited() {
        return Objects.requireNonNull(invited);
    }

    static Stream<String> verbs() {
        return Stream.concat(MORE.stream(), LESS.stream()).sorted();
    }

    static Stream<String> verbsOfWhichTheInputCanDiffer() {
        return verbs().filter(MORE::contains);
    }

    private Actor named() {
        return ProjectSteps.person(member(), "named", Role.VIEWER);
    }

    private Actor actor(String verb) {
        return switch (verb) {
            case "recordOngoingProject", "appointCoordinator" -> Callers.office();
            case "acceptProjectInvitation", "declineProjectInvitation" -> ProjectSteps.signatory(invited());
            case "handOverCoordination", "withdrawHandOver" -> ProjectSteps.signatory(coordinator());
            case "acceptCoordination",
                    "declineCoordination",
                    "nameRepresentative",
                    "endRepresentation",
                    "leaveProject",
                    "withdrawLeave" -> ProjectSteps.signatory(member());
            case "acceptRepresentation" -> named();
            default -> ProjectSteps.editor(coordinator());
        };
    }

    /** A project for which the mutation can be called; null for those that make one. */
    private @Nullable String projectFor(String verb) {
        if (Set.of("proposeProject", "foundProject", "recordOngoingProject").contains(verb)) {
            return null;
        }
        if (verb.equals("appointCoordinator")) {
            return projectOfASuspendedCoordinator();
        }
        var project = steps.propose(
                coordinator(), Map.of("summary", ProjectSteps.text("A summary"), "areas", List.of("LIVING")));
        var editor = ProjectSteps.editor(coordinator());
        steps.join(project, coordinator(), member());
        if (!verb.equals("inviteProjectMember")) {
            steps.invite(project, coordinator(), invited());
        }
        switch (verb) {
            case "returnProject" ->
                steps.made(editor, "advanceProject", ProjectSteps.of(project, Map.of("phase", "CONCEPT")));
            case "resumeProject" ->
                steps.made(editor, "pauseProject", ProjectSteps.of(project, Map.of("reason", "For a test")));
            case "recordGate" ->
                steps.made(editor, "setGates", ProjectSteps.of(project, Map.of("gates", List.of("COUNCIL"))));
            case "acceptCoordination", "declineCoordination", "withdrawHandOver" ->
                steps.made(
                        ProjectSteps.signatory(coordinator()),
                        "handOverCoordination",
                        ProjectSteps.of(project, Map.of("partnerId", Asked.globalId(member()))));
            case "acceptRepresentation", "endRepresentation" ->
                steps.made(
                        ProjectSteps.signatory(member()),
                        "nameRepresentative",
                        ProjectSteps.of(project, Map.of("account", ProjectSteps.accountOf(named()))));
            case "withdrawLeave" ->
                steps.leave(project, member(), ProjectSteps.today().plusDays(10));
            default -> {}
        }
        return project;
    }

    private String projectOfASuspendedCoordinator() {
        var unable = given.partner(PartnerStatus.ACTIVE);
        var project = steps.propose(unable, Map.of());
        steps.join(project, unable, member());
        management.suspend(unable.id(), "For a test", Change.by(Actor.system(), Instant.now()));
        return project;
    }

    /** A valid input, and with another number another one. */
    private Map<String, Object> input(String verb, @Nullable String project, int number) {
        var input = new HashMap<String, Object>();
        if (project == null) {
            input.put("title", ProjectSteps.text("Project " + number));
            if (verb.equals("foundProject")) {
                input.put("letterId", letter);
            }
            if (verb.equals("recordOngoingProject")) {
                input.put("phase", "IDEA");
                input.put("members", ProjectSteps.recorded(coordinator(), member()));
            }
            return input;
        }
        input.put("projectId", project);
        input.putAll(
                switch (verb) {
                    case "editProject" -> Map.of("expectedVersion", steps.version(project), "acronym", "ACR" + number);
                    case "advanceProject" -> Map.of("phase", "CONCEPT");
                    case "returnProject" -> Map.of("phase", "IDEA", "reason", "Reason " + number);
                    case "pauseProject", "cancelProject" -> Map.of("reason", "Reason " + number);
                    case "setGates" -> Map.of("gates", List.of(number == 1 ? "COUNCIL" : "FUNDING"));
                    case "recordGate" ->
                        Map.of("gate", "COUNCIL", "state", "WAIVED", "decidedBy", "Council", "reason", "No " + number);
                    case "attachProjectFile" ->
                        Map.of("file", steps.upload(coordinator()).globalId());
                    case "removeProjectFile" ->
                        Map.of(
                                "file",
                                steps.attach(project, coordinator(), "MEMBERS").globalId());
                    case "inviteProjectMember" -> {
                        var terms = ProjectSteps.terms(invited(), "PARTNER");
                        terms.put("asked", "To do " + number);
                        yield terms;
                    }
                    case "acceptProjectInvitation", "withdrawProjectInvitation" ->
                        Map.of("digest", steps.digest(project, invited()));
                    case "declineProjectInvitation" ->
                        Map.of("digest", steps.digest(project, invited()), "comment", "Comment " + number);
                    case "handOverCoordination" -> Map.of("partnerId", Asked.globalId(member()));
                    case "appointCoordinator" ->
                        Map.of("partnerId", Asked.globalId(member()), "reason", "Reason " + number);
                    case "nameRepresentative" -> Map.of("account", "account-" + number);
                    case "endRepresentation" -> Map.of("account", ProjectSteps.accountOf(named()));
                    case "leaveProject" ->
                        Map.of("on", ProjectSteps.today().plusDays(number - 1).toString());
                    default -> Map.<String, Object>of();
                });
        return input;
    }

    private Map<String, Object> ask(String verb, IdempotencyKey key, Map<String, Object> input) {
        return ask(actor(verb), verb, key, input);
    }

    private Map<String, Object> ask(Actor actor, String verb, IdempotencyKey key, Map<String, Object> input) {
        return asked.ask(
                actor,
                key,
                ProjectSteps.document(
                        verb,
                        "{ project { id title acronym phase paused members { partner { id } role state } } userErrors { code rule } }"),
                Map.of("input", input));
    }

    /** All projects and copies but for the outbox, which the relay empties. */
    private List<Document> stored() {
        var stored = new ArrayList<Document>();
        for (var collection : List.of("jointProjects", "projectCopies")) {
            mongo.getCollection(collection)
                    .find()
                    .sort(Sorts.ascending("_id"))
                    .limit(10_000)
                    .into(stored);
        }
        stored.forEach(project -> project.remove("outbox"));
        return stored;
    }

    private static void assertDone(Map<String, Object> answer) {
        assertThat(ProjectSteps.outcome(answer)).as("%s", answer).isEqualTo("made");
    }

    @Test
    void everyMutationIsThere(@Autowired GraphQlSource source) {
        var mutations = Objects.requireNonNull(source.schema().getMutationType()).getFieldDefinitions().stream()
                .filter(mutation -> ((GraphQLObjectType) mutation.getType()).getField("project") != null)
                .map(GraphQLFieldDefinition::getName);
        assertThat(Stream.concat(MORE.stream(), LESS.stream())).containsExactlyInAnyOrderElementsOf(mutations.toList());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aRepeatedMutationHasOneEffectAndTheSameAnswer(String verb) {
        var input = input(verb, projectFor(verb), 1);
        var key = Asked.newKey();
        var before = stored();
        var first = ask(verb, key, input);
        assertDone(first);
        var after = stored();
        assertThat(after).isNotEqualTo(before);
        for (var n = 0; n < 2; n++) {
            assertThat(ask(verb, key, input)).isEqualTo(first);
        }
        assertThat(stored()).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("verbsOfWhichTheInputCanDiffer")
    void anotherInputWithTheSameKeyIsABadRequest(String verb) {
        var project = projectFor(verb);
        var input = input(verb, project, 1);
        var other = input(verb, project, 2);
        var key = Asked.newKey();
        assertDone(ask(verb, key, input));
        var after = stored();
        var answer = ask(verb, key, other);
        assertThat(Asked.code(answer)).isEqualTo("BAD_REQUEST");
        assertThat(answer).asString().doesNotContain(key.values().getFirst());
        assertThat(stored()).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void severalAtOnceWithOneKeyHaveOneEffect(String verb) throws Exception {
        var project = projectFor(verb);
        var input = input(verb, project, 1);
        var key = Asked.newKey();
        var count = stored().size();
        var version = project == null ? 0 : steps.version(project);
        var answers = Asked.together(IntStream.range(0, 4)
                .mapToObj(n -> (Callable<Map<String, Object>>) () -> ask(verb, key, input))
                .toList());
        assertThat(answers).allSatisfy(RepeatedProjectMutationsTest::assertDone);
        assertThat(Set.copyOf(answers)).hasSize(1);
        if (project == null) {
            assertThat(stored()).hasSize(count + 1);
        } else {
            assertThat(steps.version(project)).isEqualTo(version + 1);
        }
    }

    @Test
    void aMemberThatHasAcceptedIsNotAppointedAgain() {
        var verb = "appointCoordinator";
        var project = projectOfASuspendedCoordinator();
        var input = input(verb, project, 1);
        var key = Asked.newKey();
        assertDone(ask(verb, key, input));
        steps.made(ProjectSteps.signatory(member()), "acceptCoordination", ProjectSteps.of(project));
        var after = stored();
        assertThat(ask(verb, Asked.newKey(), input)).asString().contains("rule=coordinator.able");
        assertDone(ask(verb, key, input));
        assertThat(stored()).isEqualTo(after);
        assertThat(steps.stored(project).coordinator()).contains(member().id());
    }

    @ParameterizedTest
    @CsvSource({
        "declineProjectInvitation, MEMBERS,    NOT_FOUND",
        "declineProjectInvitation, CONSORTIUM, ROLE_MISSING",
        "leaveProject,             MEMBERS,    NOT_FOUND",
        "leaveProject,             CONSORTIUM, ROLE_MISSING"
    })
    void aRepresentativeRepeatsWhatEndedItsRepresentation(String verb, String visibility, String refused) {
        var project = Objects.requireNonNull(projectFor(verb));
        steps.edit(project, coordinator(), Map.of("visibility", visibility));
        var partner = verb.equals("leaveProject") ? member() : invited();
        var representative = ProjectSteps.person(partner, "representative", Role.VIEWER);
        var deputy = ProjectSteps.person(partner, "deputy", Role.VIEWER);
        steps.represent(project, partner, representative, deputy);
        var input = input(verb, project, 1);
        var other = input(verb, project, 2);
        var key = Asked.newKey();
        var first = ask(representative, verb, key, input);
        assertDone(first);
        var after = stored();
        assertThat(ask(representative, verb, key, input)).isEqualTo(first);
        assertThat(Asked.code(ask(representative, verb, key, other))).isEqualTo("BAD_REQUEST");
        for (var answer : List.of(
                ask(representative, verb, Asked.newKey(), input),
                ask(representative, verb, new IdempotencyKey(List.of()), input),
                ask(deputy, verb, key, input),
                ask(deputy, verb, key, other))) {
            assertThat(ProjectSteps.outcome(answer)).isEqualTo(refused);
        }
        assertThat(stored()).isEqualTo(after);
    }

    @Test
    void whoDeclinedSeesTheProjectNoMoreUnlessItRepeatsThat() {
        var verb = "declineProjectInvitation";
        var input = input(verb, projectFor(verb), 1);
        var key = Asked.newKey();
        var first = ask(verb, key, input);
        assertThat(first).asString().contains("project=null");
        assertThat(Asked.code(ask(verb, Asked.newKey(), input))).isEqualTo("NOT_FOUND");
        assertThat(Asked.code(ask(verb, new IdempotencyKey(List.of()), input))).isEqualTo("NOT_FOUND");
        assertThat(ask(verb, key, input)).isEqualTo(first);
    }
}

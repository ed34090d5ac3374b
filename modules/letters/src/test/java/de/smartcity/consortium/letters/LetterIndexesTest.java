package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.files.application.FileUploads;
import de.smartcity.consortium.files.application.FileUploads.Upload;
import de.smartcity.consortium.graphql.IdempotencyKey;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterSteps.Terms;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.sandbox.IndexJudge;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Each question about letters (filter, order, kind of actor) is served by the index that is meant for it, and so is what the service itself asks. */
@LetterTest
@TestPropertySource(properties = "consortium.jobs.interval=20ms")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LetterIndexesTest {

    private static final String CREATED_AT = DerivedPaths.sort("createdAt");

    enum Filter {
        NONE("", Set.of()),
        STATES("states: [IN_FORCE, DRAFT]", Set.of(DerivedPaths.FACETS)),
        PARTY("party: $partner", Set.of(DerivedPaths.FACETS)),
        AWAITING_MY_ANSWER("awaitingMyAnswer: true", Set.of(DerivedPaths.FACETS)),
        TEXT("text: \"absicht erkl\"", Set.of(DerivedPaths.SEARCH)),
        ENDS_BEFORE("endsBefore: \"2999-12-31\"", Set.of(DerivedPaths.FACETS)),
        STATES_AND_TEXT("states: [IN_FORCE], text: \"a\"", Set.of(DerivedPaths.FACETS, DerivedPaths.SEARCH)),
        ALL(
                "states: [OFFERED], party: $partner, awaitingMyAnswer: true, text: \"a\", endsBefore: \"2030-01-01\"",
                Set.of(DerivedPaths.FACETS, DerivedPaths.SEARCH));

        private final String argument;
        private final Set<String> selecting;

        Filter(String argument, Set<String> selecting) {
            this.argument = argument;
            this.selecting = selecting;
        }

        /** The first key of each index that serves it. */
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
            if (argument.contains("endsBefore")) {
                conditions.add(DerivedPaths.sort("endsOn") + "<>");
            }
            return conditions.stream().map(condition -> " " + condition).collect(Collectors.joining());
        }
    }

    @Autowired
    private Asked asked;

    @Autowired
    private LetterSteps steps;

    private final Map<String, Actor> actors = new LinkedHashMap<>();
    private @Nullable Partner owner;
    private @Nullable Partner other;

    @BeforeAll
    void oneOfEachStatus(@Autowired Given given) {
        owner = given.partner(PartnerStatus.ACTIVE);
        other = given.partner(PartnerStatus.ACTIVE);
        actors.put("ANONYMOUS", Actor.anonymous());
        actors.put("ONBOARDING", Written.signatory(given.partner(PartnerStatus.ONBOARDING)));
        actors.put("SUSPENDED", Written.signatory(given.partner(PartnerStatus.SUSPENDED)));
        actors.put("MEMBER", Written.signatory(other()));
        actors.put("OFFICE", Callers.office());
    }

    private Partner owner() {
        return Objects.requireNonNull(owner);
    }

    private Partner other() {
        return Objects.requireNonNull(other);
    }

    static Stream<Arguments> questions() {
        return Stream.of(Filter.values())
                .flatMap(filter -> Stream.of("ASC", "DESC")
                        .flatMap(direction -> Stream.of("ANONYMOUS", "ONBOARDING", "SUSPENDED", "MEMBER", "OFFICE")
                                .map(asker -> Arguments.of(filter, direction, asker))));
    }

    @ParameterizedTest(name = "{0} {1} as {2}")
    @MethodSource("questions")
    void aQuestionHasItsIndex(Filter filter, String direction, String asker) {
        var conditions = filter.argument.replace("$partner", "\"" + Asked.globalId(owner()) + "\"");
        var document = "{ letters(first: 10, filter: { " + conditions + " }, orderBy: { field: CREATED_AT, direction: "
                + direction + " }) { totalCount nodes { title } } }";
        assertThat(asked.ask(Objects.requireNonNull(actors.get(asker)), document, Map.of()))
                .doesNotContainKey("errors");
        var served = filter.leading().stream()
                .map(first -> List.of(first, CREATED_AT))
                .collect(Collectors.toSet());
        var question = "letters: " + DerivedPaths.AUDIENCE + "=" + filter.conditions();
        assertThat(IndexJudge.ofThisProcess().questions())
                .containsEntry(question + " by " + (direction.equals("DESC") ? "-" : "") + CREATED_AT, served)
                // For the total.
                .containsEntry(question, served);
    }

    @Test
    void aLetterIsFoundByItsId() {
        var letter = steps.offered(owner(), new Terms().among(owner(), other()));
        asked.data(
                Callers.office(),
                "query ($id: ID!) { letter(id: $id) { id } }",
                Map.of("id", LetterSteps.globalId(letter)));
        assertServed("letters: _id= " + DerivedPaths.AUDIENCE + "=", "_id");
    }

    @Test
    void theLettersOfPartnersAreFoundByFacets() {
        var ofPartners = "{ partners(first: 10) { nodes { letters(first: 2) { nodes { id } } } } }";
        steps.inForce(owner(), new Terms().among(owner(), other()).visibleTo(LetterVisibility.PUBLIC), other());
        asked.data(Actor.anonymous(), ofPartners, Map.of());
        assertServed("letters: " + DerivedPaths.FACETS + "=", DerivedPaths.FACETS, CREATED_AT);
        asked.data(
                Actor.anonymous(),
                "query ($id: ID!) { partner(id: $id) { letters { nodes { id } } } }",
                Map.of("id", Asked.globalId(owner())));
        assertServed(
                "letters: " + DerivedPaths.AUDIENCE + "= " + DerivedPaths.FACETS + "= by -" + CREATED_AT,
                DerivedPaths.FACETS,
                CREATED_AT);
    }

    @Test
    void theTextsOfEditionsAreFoundByTheirDigests() {
        var letter = steps.offered(owner(), new Terms().among(owner(), other()));
        asked.data(
                Callers.office(),
                "query ($id: ID!) { letter(id: $id) { editions { text { content } } } verifyLetter(letterId: $id) { verified } }",
                Map.of("id", LetterSteps.globalId(letter)));
        assertServed("letterEditions: _id=", "_id");
    }

    @Test
    void whatIsDueIsFoundByItsDay() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertServed("letters: dueOn<> by dueOn", "dueOn"));
    }

    @Test
    void theLettersOfFilesAreFoundByThem(@Autowired FileUploads uploads, @Autowired FileReading reading) {
        var pdf = upload(uploads, Written.editor(owner()));
        steps.draft(owner(), new Terms().among(owner(), other()).attaching(pdf));
        assertThat(reading.find(pdf, Written.editor(owner()))).isPresent();
        assertServed("letters: " + DerivedPaths.AUDIENCE + "= files=", "files");
    }

    @Test
    void theFilesOfALetterAreReviewedByItsId(@Autowired FileUploads uploads) {
        var letter = steps.draft(
                owner(), new Terms().among(owner(), other()).attaching(upload(uploads, Written.editor(owner()))));
        steps.deleteDraft(letter, owner());
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertServed("letters: _id=", "_id"));
    }

    private static FileId upload(FileUploads uploads, Actor actor) {
        var pdf = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        return uploads.upload(new Upload("a.pdf", "application/pdf", pdf.length, new ByteArrayInputStream(pdf)), actor)
                .id();
    }

    @Test
    void tasksAreFoundByTheirHolders() {
        asked.data(Written.signatory(owner()), "{ viewer { taskCount tasks { nodes { kind } } } }", Map.of());
        assertServed(
                "letters: " + DerivedPaths.AUDIENCE + "= " + DerivedPaths.TASK_HOLDERS + "=",
                DerivedPaths.TASK_HOLDERS);
    }

    @Test
    void waitingEventsAreFoundByTheirTime() {
        steps.draft(owner(), new Terms());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                IndexJudge.ofThisProcess().questions().entrySet())
                        .anySatisfy(question -> {
                            assertThat(question.getKey()).startsWith("letters: outbox.events.at");
                            assertThat(question.getValue()).contains(List.of("outbox.events.at"));
                        }));
    }

    @Test
    void aDeletedDraftIsFoundByItsIdForTheChangesThatWereMadeBefore() {
        var letter = steps.draft(owner(), new Terms());
        var input = Map.of("input", Map.of("letterId", LetterSteps.globalId(letter), "expectedVersion", (int)
                steps.version(letter)));
        var key = new IdempotencyKey(List.of(UUID.randomUUID().toString()));
        var document =
                "mutation ($input: DeleteLetterDraftInput!) { deleteLetterDraft(input: $input) { letter { id } userErrors { rule } } }";
        for (var n = 0; n < 2; n++) {
            assertThat(asked.ask(Written.editor(owner()), key, document, input)).doesNotContainKey("errors");
        }
        assertServed("letters: _id= keyedChanges.changes.key=", "_id");
    }

    private static void assertServed(String question, String... keys) {
        assertThat(IndexJudge.ofThisProcess().questions()).containsEntry(question, Set.of(List.of(keys)));
    }
}

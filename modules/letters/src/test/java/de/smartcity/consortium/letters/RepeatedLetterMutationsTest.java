package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.files.application.FileUploads;
import de.smartcity.consortium.files.application.FileUploads.Upload;
import de.smartcity.consortium.graphql.IdempotencyKey;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterSteps.Terms;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.test.context.TestPropertySource;

/** A mutation of a letter that is repeated with its Idempotency-Key has one effect and the same answer. */
@LetterTest
@TestPropertySource(properties = "consortium.jobs.interval=1h")
class RepeatedLetterMutationsTest {

    private static final String PAYLOAD =
            "letter { id version state title editions { number state termination { reason on }"
                    + " parties { answer { state } notice { reason on } until } } draft { number } }";

    private static final Set<String> BY_A_PARTY =
            Set.of("signLetter", "declineLetter", "liftReservation", "withdrawFromLetter", "withdrawNotice");

    /** A mutation, and the role of who may call it. */
    private record Row(String field, Role role) {

        String document() {
            var type = Character.toUpperCase(field.charAt(0)) + field.substring(1) + "Input";
            return "mutation ($input: " + type + "!) { " + field + "(input: $input) { " + PAYLOAD
                    + " userErrors { code rule } } }";
        }

        @Override
        public String toString() {
            return field;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("draftLetter", Role.EDITOR),
                new Row("editLetter", Role.EDITOR),
                new Row("deleteLetterDraft", Role.EDITOR),
                new Row("offerLetter", Role.SIGNATORY),
                new Row("withdrawOffer", Role.SIGNATORY),
                new Row("signLetter", Role.SIGNATORY),
                new Row("declineLetter", Role.SIGNATORY),
                new Row("liftReservation", Role.SIGNATORY),
                new Row("withdrawFromLetter", Role.SIGNATORY),
                new Row("terminateLetter", Role.SIGNATORY),
                new Row("withdrawNotice", Role.SIGNATORY),
                new Row("amendLetter", Role.SIGNATORY));
    }

    @Autowired
    private Asked asked;

    @Autowired
    private LetterSteps steps;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private FileUploads uploads;

    private final Partner owner;
    private final Partner party;

    RepeatedLetterMutationsTest(@Autowired Given given) {
        owner = given.partner(PartnerStatus.ACTIVE);
        party = given.partner(PartnerStatus.ACTIVE);
    }

    private static Row row(String field) {
        return rows().filter(row -> row.field().equals(field)).findFirst().orElseThrow();
    }

    private Terms terms() {
        return new Terms().among(owner, party);
    }

    /** A letter for which the mutation can be called; null for the one that makes a letter. */
    private @Nullable LetterId letterFor(Row row) {
        return switch (row.field()) {
            case "draftLetter" -> null;
            case "editLetter", "deleteLetterDraft", "offerLetter" -> steps.draft(owner, terms());
            case "withdrawOffer", "signLetter", "declineLetter" -> steps.offered(owner, terms());
            case "liftReservation" -> {
                var letter = steps.offered(owner, terms());
                steps.signWithReservation(letter, party);
                yield letter;
            }
            case "withdrawFromLetter", "terminateLetter", "amendLetter" -> steps.inForce(owner, terms(), party);
            case "withdrawNotice" -> {
                var letter = steps.inForce(owner, terms(), party);
                steps.leave(letter, party);
                yield letter;
            }
            default -> throw new IllegalArgumentException(row.field());
        };
    }

    private Actor actor(Row row, Role... roles) {
        var partner = BY_A_PARTY.contains(row.field()) ? party : owner;
        return Written.person(partner, "somebody", roles);
    }

    private Actor actor(Row row) {
        return actor(row, row.role());
    }

    /** A valid input about this letter, and with another number another one. */
    private Map<String, Object> input(Row row, @Nullable LetterId letter, int number) {
        var input = new HashMap<String, Object>();
        if (letter == null) {
            input.put("title", List.of(Written.text("de", "Brief " + number)));
            input.put("parties", List.of(Map.of("partnerId", Asked.globalId(party))));
            return input;
        }
        input.put("letterId", LetterSteps.globalId(letter));
        switch (row.field()) {
            case "editLetter" -> {
                input.put("expectedVersion", (int) steps.version(letter));
                input.put("noticeDays", number);
            }
            case "deleteLetterDraft", "offerLetter" ->
                input.put("expectedVersion", (int) steps.version(letter) + number - 1);
            case "withdrawOffer", "withdrawNotice" ->
                input.put("digest", number == 1 ? steps.digest(letter) : "0".repeat(64));
            case "signLetter" -> {
                input.putAll(Written.signature(LetterSteps.globalId(letter), steps.digest(letter)));
                input.put("function", "Function " + number);
            }
            case "declineLetter" -> {
                input.put("digest", steps.digest(letter));
                input.put("comment", "Comment " + number);
            }
            case "liftReservation" -> {
                input.put("digest", steps.digest(letter));
                input.put("function", "Mayor");
                input.put("decidedOn", "2026-01-01");
                input.put("reference", "Reference " + number);
            }
            case "withdrawFromLetter", "terminateLetter" -> {
                input.putAll(Written.notice(LetterSteps.globalId(letter), steps.digest(letter)));
                input.put("reason", "Reason " + number);
            }
            case "amendLetter" -> {
                // Nothing but the letter.
            }
            default -> throw new AssertionError("No input for " + row.field());
        }
        return input;
    }

    private Map<String, Object> ask(Row row, Actor actor, IdempotencyKey key, Map<String, Object> input) {
        return asked.ask(actor, key, row.document(), Map.of("input", input));
    }

    /** All letters but for the outbox, which the relay empties, and all that was offered. */
    private List<Document> stored() {
        var stored = new ArrayList<Document>();
        for (var collection : List.of("letters", "letterEditions")) {
            mongo.getCollection(collection)
                    .find()
                    .sort(Sorts.ascending("_id"))
                    .limit(10_000)
                    .into(stored);
        }
        stored.forEach(letter -> letter.remove("outbox"));
        return stored;
    }

    private static void assertDone(Row row, Map<String, Object> answer) {
        assertThat(answer).doesNotContainKey("errors");
        assertThat(answer.get("data")).asString().contains(row.field(), "userErrors=[]");
    }

    @Test
    void everyMutationHasARow(@Autowired GraphQlSource source) {
        var mutations = Objects.requireNonNull(source.schema().getMutationType()).getFieldDefinitions().stream()
                .filter(mutation -> ((GraphQLObjectType) mutation.getType()).getField("letter") != null)
                .map(GraphQLFieldDefinition::getName);
        assertThat(rows().map(Row::field)).containsExactlyInAnyOrderElementsOf(mutations.toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRepeatedMutationHasOneEffectAndTheSameAnswer(Row row) {
        var input = input(row, letterFor(row), 1);
        var key = Asked.newKey();
        var before = stored();
        var first = ask(row, actor(row), key, input);
        assertDone(row, first);
        var after = stored();
        assertThat(after).isNotEqualTo(before);
        for (var n = 0; n < 3; n++) {
            assertThat(ask(row, actor(row), key, input)).isEqualTo(first);
        }
        assertThat(stored()).isEqualTo(after);
    }

    /** amendLetter takes nothing but the letter, and another letter has its own keys. */
    static Stream<Row> rowsOfWhichTheInputCanDiffer() {
        return rows().filter(row -> !row.field().equals("amendLetter"));
    }

    @ParameterizedTest
    @MethodSource("rowsOfWhichTheInputCanDiffer")
    void anotherInputWithTheSameKeyIsABadRequest(Row row) {
        var letter = letterFor(row);
        var input = input(row, letter, 1);
        var other = input(row, letter, 2);
        var key = Asked.newKey();
        assertDone(row, ask(row, actor(row), key, input));
        var after = stored();
        var answer = ask(row, actor(row), key, other);
        assertThat(Asked.code(answer)).isEqualTo("BAD_REQUEST");
        assertThat(answer).asString().doesNotContain(key.values().getFirst());
        assertThat(stored()).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signLetter", "declineLetter"})
    void anAnswerIsRepeatedAlsoWhenTheOfferIsWithdrawn(String verb) {
        var row = row(verb);
        var letter = Objects.requireNonNull(letterFor(row));
        var input = input(row, letter, 1);
        var key = Asked.newKey();
        assertDone(row, ask(row, actor(row), key, input));
        steps.withdraw(letter, owner);
        var after = stored();
        assertDone(row, ask(row, actor(row), key, input));
        assertThat(stored()).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anAccountThatLostTheRoleMayNotRepeatIt(Row row) {
        var input = input(row, letterFor(row), 1);
        var key = Asked.newKey();
        assertDone(row, ask(row, actor(row), key, input));
        var after = stored();
        assertThat(Asked.code(ask(row, actor(row, Role.VIEWER), key, input))).isEqualTo("FORBIDDEN");
        assertThat(stored()).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void severalAtOnceWithOneKeyHaveOneEffect(Row row) throws Exception {
        for (var round = 0; round < 3; round++) {
            var letter = letterFor(row);
            var input = input(row, letter, 1);
            var key = Asked.newKey();
            var letters = stored().size();
            var version = letter == null ? 0 : steps.version(letter);
            var answers = Asked.together(IntStream.range(0, 4)
                    .mapToObj(n -> (Callable<Map<String, Object>>) () -> ask(row, actor(row), key, input))
                    .toList());
            assertThat(answers).allSatisfy(answer -> assertDone(row, answer));
            assertThat(Set.copyOf(answers)).hasSize(1);
            if (letter == null) {
                assertThat(stored()).hasSize(letters + 1);
            } else {
                assertThat(steps.version(letter)).isEqualTo(version + 1);
            }
        }
    }

    @Test
    void twoRepeatedDraftsAtOnceMakeOneLetterWithItsFile() throws Exception {
        var row = row("draftLetter");
        for (var round = 0; round < 5; round++) {
            var pdf = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
            var file = uploads.upload(
                    new Upload("a.pdf", "application/pdf", pdf.length, new ByteArrayInputStream(pdf)), actor(row));
            var input = input(row, null, 1);
            input.put("document", file.globalId());
            var key = Asked.newKey();
            var letters = stored().size();
            Callable<Map<String, Object>> draft = () -> ask(row, actor(row), key, input);
            var answers = Asked.together(List.of(draft, draft));
            assertThat(answers).allSatisfy(answer -> assertDone(row, answer));
            assertThat(answers.getFirst()).isEqualTo(answers.getLast());
            assertThat(stored()).hasSize(letters + 1);
            var claim = Objects.requireNonNull(mongo.getCollection("files")
                            .find(Filters.eq("_id", file.id().value()))
                            .first())
                    .get("claim", Document.class);
            assertThat(LetterSteps.globalId(new LetterId(claim.get("aggregate", UUID.class))))
                    .isEqualTo(idOf(answers.getFirst()));
        }
    }

    private static Object idOf(Map<String, Object> answer) {
        var payload = ((Map<?, ?>) Objects.requireNonNull(answer.get("data"))).get("draftLetter");
        var letter = ((Map<?, ?>) Objects.requireNonNull(payload)).get("letter");
        return Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(letter)).get("id"));
    }

    @Test
    void aDeletedDraftIsFoundOnlyByTheAccountAndTheKeyThatDeletedIt() {
        var row = row("deleteLetterDraft");
        var letter = letterFor(row);
        var input = input(row, letter, 1);
        var key = Asked.newKey();
        var first = ask(row, actor(row), key, input);
        assertDone(row, first);
        assertThat(first).asString().contains("letter=null");

        assertThat(Asked.code(ask(row, actor(row), Asked.newKey(), input))).isEqualTo("NOT_FOUND");
        assertThat(Asked.code(ask(row, actor(row), new IdempotencyKey(List.of()), input)))
                .isEqualTo("NOT_FOUND");
        for (var other : List.of(
                Written.person(owner, "another", Role.EDITOR),
                Written.person(party, "somebody", Role.EDITOR),
                Callers.office(),
                Actor.anonymous())) {
            assertThat(Asked.code(ask(row, other, key, input))).isEqualTo("NOT_FOUND");
        }
        assertThat(ask(row, actor(row), key, input)).isEqualTo(first);
    }

    @Test
    void whatWasMadeBeforeADraftWasDeletedIsAnsweredAndNotMadeAgain() {
        var draft = row("draftLetter");
        var edit = row("editLetter");
        var delete = row("deleteLetterDraft");
        var draftKey = Asked.newKey();
        var editKey = Asked.newKey();
        var drafted = ask(draft, actor(draft), draftKey, input(draft, null, 1));
        var letter = Written.letterId(String.valueOf(idOf(drafted)));
        var edited = input(edit, letter, 1);
        assertDone(edit, ask(edit, actor(edit), editKey, edited));
        assertDone(delete, ask(delete, actor(delete), Asked.newKey(), input(delete, letter, 1)));
        var after = stored();

        assertDone(draft, ask(draft, actor(draft), draftKey, input(draft, null, 1)));
        assertDone(edit, ask(edit, actor(edit), editKey, edited));
        assertThat(Asked.code(ask(edit, actor(edit), Asked.newKey(), edited))).isEqualTo("NOT_FOUND");
        assertThat(stored()).isEqualTo(after);
    }

    @Test
    void theDraftOfALaterEditionIsDeletedOnce() {
        var row = row("deleteLetterDraft");
        var letter = steps.inForce(owner, terms(), party);
        steps.amend(letter, owner);
        var input = input(row, letter, 1);
        var key = Asked.newKey();
        var first = ask(row, actor(row), key, input);
        assertDone(row, first);
        steps.amend(letter, owner);
        assertThat(ask(row, actor(row), key, input)).asString().contains("draft={number=2}");
        assertThat(steps.now(letter).draft()).isPresent();
    }

    @Test
    void aRepeatedEditIsAnsweredAlthoughItsVersionIsOldAndWithTheLetterAsItIsNow() {
        var row = row("editLetter");
        var letter = Objects.requireNonNull(letterFor(row));
        var input = input(row, letter, 1);
        var key = Asked.newKey();
        assertDone(row, ask(row, actor(row), key, input));
        steps.offer(letter, owner);
        var again = ask(row, actor(row), key, input);
        assertDone(row, again);
        assertThat(again).asString().contains("state=OFFERED");
        assertThat(ask(row, actor(row), Asked.newKey(), input)).asString().contains("edition.noDraft");
    }

    @Test
    void aRepeatedSignatureIsAnsweredWhenTheLetterHasComeIntoForce() {
        var row = row("signLetter");
        var letter = Objects.requireNonNull(letterFor(row));
        var input = input(row, letter, 1);
        var key = Asked.newKey();
        assertDone(row, ask(row, actor(row), key, input));
        steps.sign(letter, owner);
        var again = ask(row, actor(row), key, input);
        assertDone(row, again);
        assertThat(again).asString().contains("state=IN_FORCE");
        assertThat(steps.now(letter)
                        .inForce()
                        .orElseThrow()
                        .findAnswer(party.id())
                        .orElseThrow()
                        .signatures())
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = PartnerStatus.class,
            names = {"ONBOARDING", "ACTIVE"})
    void whoLeftAtOnceGetsTheSameAnswerAgain(PartnerStatus status, @Autowired Given given) {
        var row = row("withdrawFromLetter");
        var leaving = given.partner(status);
        var letter = steps.inForce(owner, terms().among(leaving).withNotice(0), party, leaving);
        var key = Asked.newKey();
        var input = input(row, letter, 1);
        var first = ask(row, Written.signatory(leaving), key, input);
        assertDone(row, first);
        var after = stored();
        assertThat(steps.now(letter).inForce().orElseThrow().parties()).containsExactly(owner.id(), party.id());
        assertThat(ask(row, Written.signatory(leaving), key, input)).isEqualTo(first);
        assertThat(stored()).isEqualTo(after);
    }

    /** Only an ACTIVE partner still sees the letter. */
    @Test
    void whoLeftAndSeesTheLetterNoMoreLearnsOnlyOfItsOwnChange(@Autowired Given given) {
        var row = row("withdrawFromLetter");
        var leaving = given.partner(PartnerStatus.ONBOARDING);
        var letter = steps.inForce(owner, terms().among(leaving).withNotice(0), party, leaving);
        var key = Asked.newKey();
        var input = input(row, letter, 1);
        assertDone(row, ask(row, Written.signatory(leaving), key, input));
        assertThat(Asked.code(ask(row, Written.signatory(leaving), Asked.newKey(), input)))
                .isEqualTo("NOT_FOUND");
        for (var other : List.of(
                Written.person(leaving, "signatory", Role.VIEWER),
                Written.person(leaving, "another", Role.SIGNATORY),
                Written.account(Actor.Kind.PERSON, leaving, PartnerStatus.SUSPENDED, "signatory", Role.SIGNATORY))) {
            assertThat(Asked.code(ask(row, other, key, input))).isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void whoEndedALetterAtOnceGetsTheSameAnswerAgain() {
        var row = row("terminateLetter");
        var letter = steps.inForce(owner, terms().withNotice(0), party);
        var key = Asked.newKey();
        var input = input(row, letter, 1);
        var first = ask(row, actor(row), key, input);
        assertDone(row, first);
        assertThat(first).asString().contains("state=TERMINATED");
        assertThat(ask(row, actor(row), key, input)).isEqualTo(first);
        assertThat(ask(row, actor(row), Asked.newKey(), input)).asString().contains("digest.stale");
    }

    @Test
    void theSameKeyOfAnotherAccountOrTargetHasItsOwnEffect() {
        var row = row("signLetter");
        var letter = Objects.requireNonNull(letterFor(row));
        var other = Objects.requireNonNull(letterFor(row));
        var key = Asked.newKey();
        for (var signer : List.of(Written.signatory(party), Written.signatory(owner))) {
            for (var n = 0; n < 2; n++) {
                assertDone(row, ask(row, signer, key, input(row, letter, 1)));
            }
        }
        assertThat(steps.now(letter).inForce()).isPresent();
        assertDone(row, ask(row, Written.signatory(party), key, input(row, other, 1)));
        assertThat(steps.now(other).lastOffered().orElseThrow().parties()).containsExactly(party.id());
    }

    @Test
    void aRefusalIsNotKept() {
        var row = row("signLetter");
        var letter = letterFor(row);
        var key = Asked.newKey();
        var input = input(row, letter, 1);
        input.put("function", " ");
        for (var n = 0; n < 2; n++) {
            assertThat(ask(row, actor(row), key, input)).asString().contains("function.blank");
        }
        var corrected = input(row, letter, 1);
        assertDone(row, ask(row, actor(row), key, corrected));
        assertThat(Asked.code(ask(row, actor(row), key, input))).isEqualTo("BAD_REQUEST");
    }
}

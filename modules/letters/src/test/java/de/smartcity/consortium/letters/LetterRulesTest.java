package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.files.application.FileUploads;
import de.smartcity.consortium.files.application.FileUploads.Upload;
import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterSteps.Terms;
import de.smartcity.consortium.letters.application.LetterTexts;
import de.smartcity.consortium.letters.model.AnswerState;
import de.smartcity.consortium.letters.model.EditionState;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;

/** Rules that take more than the model: the schema, files, and what is stored. */
@LetterTest
class LetterRulesTest {

    private static final String OTHER_DIGEST = "0".repeat(64);
    private static final LocalDate DAY = LocalDate.of(2999, 1, 10);
    private static final byte[] PDF = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    /** Of one pixel. */
    private static final byte[] PNG = HexFormat.of()
            .parseHex("89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
                    + "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082");

    @Autowired
    private Asked asked;

    @Autowired
    private Written written;

    @Autowired
    private LetterSteps steps;

    @Autowired
    private FileUploads uploads;

    @Autowired
    private MongoOperations mongo;

    private final Partner initiator;
    private final Partner party;
    private final Partner member;

    LetterRulesTest(@Autowired Given given) {
        initiator = given.partner(PartnerStatus.ACTIVE);
        party = given.partner(PartnerStatus.ACTIVE);
        member = given.partner(PartnerStatus.ACTIVE);
    }

    private Map<String, Object> edit(String letter) {
        return new HashMap<>(Map.of("letterId", letter, "expectedVersion", written.version(letter, initiator)));
    }

    private Map<String, Object> offer(String letter) {
        return Map.of("letterId", letter, "expectedVersion", written.version(letter, initiator));
    }

    // Drafts and offers

    @ParameterizedTest
    @CsvSource({
        "title, title.required",
        "visibility, visibility.required",
        "publishText, publishText.required",
        "minimumMethod, minimumMethod.required",
        "noticeDays, noticeDays.range",
        "accessionObjectionDays, accessionObjectionDays.range"
    })
    void anEditGivesNoNullForWhatALetterAlwaysHas(String field, String rule) {
        var letter = written.draft(initiator, party);
        var input = new HashMap<String, @Nullable Object>(edit(letter));
        input.put(field, null);
        assertThat(written.rules(Written.editor(initiator), "editLetter", input))
                .containsExactly(rule + " input." + field);
    }

    @Test
    void anEditGivesNullForWhatALetterCanLack() {
        var letter = written.draft(Map.of("inForceOn", "2999-01-01", "endsOn", "2999-12-31"), initiator, party);
        var input = new HashMap<String, @Nullable Object>(edit(letter));
        for (var field :
                List.of("text", "bindingLocale", "document", "annexes", "parties", "lapsesOn", "inForceOn", "endsOn")) {
            input.put(field, null);
        }
        written.made(Written.editor(initiator), "editLetter", input);
        assertThat(written.rules(Written.signatory(initiator), "offerLetter", offer(letter)))
                .containsExactlyInAnyOrder(
                        "text.missing input.text",
                        "bindingLocale.required input.bindingLocale",
                        "parties.few input.parties",
                        "lapsesOn.required input.lapsesOn");
    }

    @Test
    void aLetterDoesNotEndBeforeTheLastDayToAnswer() {
        var letter = written.draft(Map.of("lapsesOn", "2999-01-31", "endsOn", "2999-01-30"), initiator, party);
        assertThat(written.rules(Written.signatory(initiator), "offerLetter", offer(letter)))
                .containsExactly("endsOn.early input.endsOn");

        var input = edit(letter);
        input.put("endsOn", "2999-01-31");
        written.made(Written.editor(initiator), "editLetter", input);
        written.offer(letter, initiator);
    }

    // Answers

    @Test
    void aQualifiedSignatureIsInAPdf() {
        var letter = written.draft(initiator, party);
        var digest = written.offer(letter, initiator);
        var signatory = Written.signatory(party);
        var input = new HashMap<>(Written.signature(letter, digest));
        input.put("method", "QUALIFIED");

        input.put("document", upload("signed.png", "image/png", PNG, signatory).globalId());
        assertThat(written.rules(signatory, "signLetter", input)).containsExactly("document.mediaType input.document");
        assertThat(signatures(letter)).isZero();

        var pdf = upload("signed.pdf", "application/pdf", PDF, signatory);
        input.put("document", pdf.globalId());
        written.made(signatory, "signLetter", input);
        assertThat(signatures(letter)).isEqualTo(1);
    }

    @Test
    void aPowerOfAttorneyIsInAnyFile() {
        var letter = written.draft(initiator, party);
        var digest = written.offer(letter, initiator);
        var signatory = Written.signatory(party);
        var input = new HashMap<>(Written.signature(letter, digest));
        input.put("mandate", "POWER_OF_ATTORNEY");
        input.put(
                "powerOfAttorney",
                upload("power.png", "image/png", PNG, signatory).globalId());
        written.made(signatory, "signLetter", input);
        assertThat(signatures(letter)).isEqualTo(1);
    }

    private long signatures(String letter) {
        return steps.now(Written.letterId(letter)).lastOffered().orElseThrow().answers().stream()
                .mapToLong(answer -> answer.signatures().size())
                .sum();
    }

    private FileView upload(String name, String mediaType, byte[] bytes, Actor actor) {
        return uploads.upload(new Upload(name, mediaType, bytes.length, new ByteArrayInputStream(bytes)), actor);
    }

    @Test
    void aQualifiedSignatureMeetsThatPaperIsDemanded() {
        var letter = written.draft(Map.of("minimumMethod", "PAPER"), initiator, party);
        var digest = written.offer(letter, initiator);
        var signatory = Written.signatory(party);
        var input = new HashMap<>(Written.signature(letter, digest));
        assertThat(written.rules(signatory, "signLetter", input))
                .containsExactly("signature.methodTooWeak input.method");
        input.put("method", "PAPER");
        assertThat(written.rules(signatory, "signLetter", input)).containsExactly("method.paper input.method");
        input.put("method", "QUALIFIED");
        input.put(
                "document",
                upload("signed.pdf", "application/pdf", PDF, signatory).globalId());
        written.made(signatory, "signLetter", input);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signLetter",
                "declineLetter",
                "liftReservation",
                "withdrawOffer",
                "withdrawFromLetter",
                "terminateLetter",
                "withdrawNotice"
            })
    void anotherDigestIsAConflictAtItsPlace(String verb) {
        var letter = written.draft(initiator, party);
        written.offer(letter, initiator);
        var input = new HashMap<String, Object>(Map.of("letterId", letter, "digest", OTHER_DIGEST));
        switch (verb) {
            case "signLetter" -> input.putAll(Written.signature(letter, OTHER_DIGEST));
            case "declineLetter" -> input.put("comment", "No");
            case "liftReservation" -> input.putAll(Written.lifting(letter, OTHER_DIGEST));
            case "withdrawFromLetter", "terminateLetter" -> input.putAll(Written.notice(letter, OTHER_DIGEST));
            default -> assertThat(verb).isIn("withdrawOffer", "withdrawNotice");
        }
        var payload = written.payload(Written.signatory(initiator), verb, input);
        // Without the version, which not everybody sees.
        assertThat(String.valueOf(payload.get("userErrors")))
                .contains("code=CONFLICT", "rule=digest.stale", "path=[input, digest]", "currentVersion=null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"editLetter", "deleteLetterDraft", "offerLetter"})
    void anotherVersionIsAConflictAtItsPlace(String verb) {
        var letter = written.draft(initiator, party);
        var actor = verb.equals("offerLetter") ? Written.signatory(initiator) : Written.editor(initiator);
        assertThat(written.rules(actor, verb, Map.of("letterId", letter, "expectedVersion", 77)))
                .containsExactly("version.stale input.expectedVersion");
    }

    @Test
    void nobodyAnswersAfterTheLastDayWhileASignedEditionWaitsForItsFirst() {
        var last = LocalDate.of(2999, 1, 10);
        var letter = waitingFrom(last);
        steps.on(last);
        steps.sign(letter, member);
        assertThat(answer(letter)).isEqualTo(AnswerState.SIGNED);

        var other = waitingFrom(last);
        steps.on(last.plusDays(1));
        assertThatThrownBy(() -> steps.sign(other, member)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> steps.decline(other, member)).isInstanceOf(Conflict.class);
        assertThat(answer(other)).isEqualTo(AnswerState.WAITING);

        steps.settle(other, LocalDate.of(2999, 2, 1));
        assertThat(steps.now(other).inForce()).isPresent();
        steps.on(LocalDate.of(2999, 2, 1));
        assertThatThrownBy(() -> steps.sign(other, member)).isInstanceOf(Conflict.class);
    }

    /** Signed by the required parties, and not by the optional one. */
    private LetterId waitingFrom(LocalDate lastDayToAnswer) {
        steps.on(lastDayToAnswer.minusDays(5));
        var terms = new Terms()
                .among(initiator, party)
                .andMaybe(member)
                .lapsing(lastDayToAnswer)
                .from(LocalDate.of(2999, 2, 1));
        var letter = steps.inForce(initiator, terms, party);
        assertThat(steps.now(letter).lastOffered().orElseThrow().state()).isEqualTo(EditionState.OFFERED);
        return letter;
    }

    private AnswerState answer(LetterId letter) {
        return steps.now(letter)
                .lastOffered()
                .orElseThrow()
                .findAnswer(member.id())
                .orElseThrow()
                .state();
    }

    // Leaving and ending

    private List<String> rules(Partner by, String verb, LetterId letter) {
        var input = new HashMap<>(Written.notice(LetterSteps.globalId(letter), steps.digest(letter)));
        if (verb.equals("withdrawNotice")) {
            input.keySet().removeAll(Set.of("function", "reason"));
        }
        return written.rules(Written.signatory(by), verb, input);
    }

    @ParameterizedTest
    @ValueSource(strings = {"withdrawFromLetter", "terminateLetter"})
    void allThatIsWrongInANoticeIsNamedAtOnce(String verb) {
        var letter = steps.inForce(initiator, new Terms().among(initiator, party), party);
        var actor = Written.signatory(verb.equals("terminateLetter") ? initiator : party);
        var input = new HashMap<>(Written.notice(LetterSteps.globalId(letter), steps.digest(letter)));
        input.putAll(Map.of("function", " ", "reason", "\n"));
        assertThat(written.rules(actor, verb, input))
                .containsExactlyInAnyOrder("function.blank input.function", "reason.blank input.reason");
        input.putAll(Map.of("function", "x".repeat(101), "reason", "x".repeat(501)));
        assertThat(written.rules(actor, verb, input))
                .containsExactlyInAnyOrder("function.long input.function", "reason.long input.reason");
        input.putAll(Map.of("function", "x".repeat(100), "reason", "x".repeat(500)));
        written.made(actor, verb, input);
    }

    @Test
    void aNoticeIsGivenOnceAndWithdrawnOnce() {
        var letter = steps.inForce(initiator, new Terms().among(initiator, party, member), party, member);
        assertThat(rules(initiator, "withdrawFromLetter", letter)).containsExactly("initiator.leaves input");
        for (var partner : List.of(initiator, party)) {
            var verb = partner == initiator ? "terminateLetter" : "withdrawFromLetter";
            assertThat(rules(partner, "withdrawNotice", letter)).containsExactly("notice.none input");
            assertThat(rules(partner, verb, letter)).isEmpty();
            assertThat(rules(partner, verb, letter)).containsExactly("notice.given input");
            assertThat(rules(partner, "withdrawNotice", letter)).isEmpty();
            assertThat(rules(partner, "withdrawNotice", letter)).containsExactly("notice.none input");
        }
    }

    @Test
    void onlyWhoHasSignedWhatIsInForceAndHasNotLeftGivesNotice() {
        var letter = steps.offered(
                initiator, new Terms().among(initiator, party).andMaybe(member).withNotice(0));
        steps.sign(letter, party);
        for (var verb : List.of("withdrawFromLetter", "withdrawNotice")) {
            assertThat(rules(party, verb, letter)).as("not in force").containsExactly("digest.stale input.digest");
        }
        assertThat(rules(initiator, "terminateLetter", letter)).containsExactly("digest.stale input.digest");

        steps.sign(letter, initiator);
        steps.signWithReservation(letter, member);
        assertThat(rules(member, "withdrawFromLetter", letter))
                .as("not signed for good")
                .containsExactly("digest.stale input.digest");

        written.made(
                Written.signatory(member),
                "liftReservation",
                Written.lifting(LetterSteps.globalId(letter), steps.digest(letter)));
        assertThat(rules(party, "withdrawFromLetter", letter)).isEmpty();
        for (var verb : List.of("withdrawFromLetter", "withdrawNotice")) {
            assertThat(rules(party, verb, letter)).as("left").containsExactly("digest.stale input.digest");
        }
    }

    /** What is shown of who was a party when. */
    private List<Map<String, Object>> parties(Actor actor, LetterId letter) {
        List<Map<String, List<Map<String, Object>>>> editions = asked.data(
                actor,
                "query ($id: ID!) { letter(id: $id) { editions { parties { since notice { by { name function } reason on } until } } } }",
                Map.of("id", LetterSteps.globalId(letter)),
                "letter",
                "editions");
        return Objects.requireNonNull(editions.getFirst().get("parties"));
    }

    @Test
    void eachPartyHasTheDaysOfItsMembership() {
        steps.on(DAY);
        var letter = steps.inForce(
                initiator, new Terms().among(initiator, party).andMaybe(member).withNotice(30), party);
        steps.on(DAY.plusDays(5));
        steps.sign(letter, member);
        steps.leave(letter, member);
        var notice = Map.of(
                "by", Map.of("name", name(member), "function", "Managing director"),
                "reason", "We have other plans.",
                "on", DAY.plusDays(35).toString());
        assertThat(parties(Written.editor(party), letter))
                .containsExactly(
                        membership(DAY, null, null),
                        membership(DAY, null, null),
                        membership(DAY.plusDays(5), notice, null));

        steps.settle(letter, DAY.plusDays(35));
        for (var actor : List.of(Written.editor(initiator), Written.editor(member), Callers.office())) {
            assertThat(parties(actor, letter).getLast())
                    .isEqualTo(membership(DAY.plusDays(5), notice, DAY.plusDays(35)));
        }
    }

    private static String name(Partner partner) {
        return "Name of " + Written.signatory(partner).account().orElseThrow().value();
    }

    private static Map<String, @Nullable Object> membership(
            LocalDate since, @Nullable Object notice, @Nullable LocalDate until) {
        var shown = new HashMap<String, @Nullable Object>();
        shown.put("since", since.toString());
        shown.put("notice", notice);
        shown.put("until", until == null ? null : until.toString());
        return shown;
    }

    @Test
    void theEditionHasTheNoticeThatItEnds() {
        steps.on(DAY);
        var letter =
                steps.inForce(initiator, new Terms().among(initiator, party).withNotice(30), party);
        steps.terminate(letter, initiator);
        var document = "query ($id: ID!) { letter(id: $id) { state editions { state closedSince"
                + " termination { by { name function } reason on } } } }";
        var termination = Map.of(
                "by", Map.of("name", name(initiator), "function", "Managing director"),
                "reason", "We have other plans.",
                "on", DAY.plusDays(30).toString());
        var edition = new HashMap<String, @Nullable Object>();
        edition.put("state", "IN_FORCE");
        edition.put("closedSince", null);
        edition.put("termination", termination);
        Map<String, String> id = Map.of("id", LetterSteps.globalId(letter));
        assertThat(asked.<Map<String, Object>>data(Written.editor(party), document, id, "letter"))
                .isEqualTo(Map.of("state", "IN_FORCE", "editions", List.of(edition)));

        steps.settle(letter, DAY.plusDays(30));
        edition.put("state", "TERMINATED");
        edition.put("closedSince", DAY.plusDays(30).toString());
        assertThat(asked.<Map<String, Object>>data(Written.editor(party), document, id, "letter"))
                .isEqualTo(Map.of("state", "TERMINATED", "editions", List.of(edition)));
    }

    @Test
    void whereALetterIsPublishedWhoLeftIsNotNamed() {
        var letter = steps.inForce(
                initiator,
                new Terms()
                        .among(initiator, party, member)
                        .visibleTo(LetterVisibility.PUBLIC)
                        .withNotice(0),
                party,
                member);
        steps.leave(letter, member);
        var document =
                "query ($id: ID!, $party: ID!) { letter(id: $id) { parties { id } editions { parties { partner { id } } } }"
                        + " letters(filter: { party: $party }) { totalCount } }";
        var variables = Map.of("id", LetterSteps.globalId(letter), "party", Asked.globalId(member));
        Map<String, Object> published = asked.data(Actor.anonymous(), document, variables);
        assertThat(published.toString())
                .contains(Asked.globalId(initiator), Asked.globalId(party), "totalCount=0")
                .doesNotContain(Asked.globalId(member));
        for (var actor : List.of(Written.editor(party), Written.editor(member), Callers.office())) {
            Map<String, Object> inside = asked.data(actor, document, variables);
            assertThat(inside.toString()).contains(Asked.globalId(member), "totalCount=1");
        }
    }

    @Test
    void whoLeftIsNotAskedAgain() {
        var letter = steps.inForce(
                initiator, new Terms().among(initiator, party, member).withNotice(0), party, member);
        steps.leave(letter, member);
        steps.amend(letter, initiator);
        assertThat(steps.now(letter).draft().orElseThrow().terms().partners())
                .containsExactly(initiator.id(), party.id());
    }

    // Texts

    private static final String TEXTS = """
            query($id: ID!) { letter(id: $id) { editions {
              number digest canonicalForm document { name } text { contentTranslations { locale text } content(locale: "en") } } } }""";

    private Map<?, ?> edition(String letter, int number, Actor actor) {
        List<?> editions =
                Objects.requireNonNull(asked.<List<?>>data(actor, TEXTS, Map.of("id", letter), "letter", "editions"));
        return (Map<?, ?>) editions.stream()
                .filter(edition -> ((Map<?, ?>) edition).get("number") instanceof Integer its && its == number)
                .findFirst()
                .orElseThrow();
    }

    /** Replaces the edition in force by one that is agreed anew by the same parties. */
    private void supersede(String letter, boolean publishText) {
        written.made(Written.signatory(initiator), "amendLetter", Map.of("letterId", letter));
        var input = edit(letter);
        input.put("publishText", publishText);
        written.made(Written.editor(initiator), "editLetter", input);
        var digest = written.offer(letter, initiator);
        List.of(initiator, party).forEach(partner -> written.sign(letter, digest, Written.signatory(partner)));
    }

    private String published() {
        var pdf = upload("letter.pdf", "application/pdf", PDF, Written.editor(initiator));
        return written.inForce(
                Map.of("visibility", "CONSORTIUM", "publishText", true, "document", pdf.globalId()), initiator, party);
    }

    @Test
    void theTextOfASupersededEditionIsPublishedAsLongAsThatOfTheEditionInForceIs() {
        var fellow = Written.editor(member);
        var letter = published();
        assertThat(edition(letter, 1, fellow).toString()).contains("We cooperate.", "letter.pdf");

        supersede(letter, true);
        assertThat(edition(letter, 1, fellow).toString()).contains("We cooperate.", "letter.pdf");
        assertThat(edition(letter, 2, fellow).toString()).contains("We cooperate.", "letter.pdf");

        supersede(letter, false);
        for (var number : List.of(1, 2, 3)) {
            var edition = edition(letter, number, fellow);
            assertThat(edition.get("text")).isNull();
            assertThat(edition.get("document")).isNull();
            assertThat(edition.get("canonicalForm")).isNull();
        }
        for (var actor : List.of(Written.editor(initiator), Written.editor(party), Callers.office())) {
            for (var number : List.of(1, 2, 3)) {
                assertThat(edition(letter, number, actor).toString())
                        .contains("We cooperate.", "letter.pdf", "letter-edition/1");
            }
        }
    }

    @Test
    void theCanonicalFormIsShownToPartiesAndTheOffice() {
        var letter = published();
        for (var actor : List.of(Written.editor(initiator), Written.editor(party), Callers.office())) {
            assertThat(edition(letter, 1, actor).get("canonicalForm"))
                    .asString()
                    .startsWith("letter-edition/1\n" + Written.letterId(letter).value() + "\n1\n{");
        }
        assertThat(edition(letter, 1, Written.editor(member)).get("canonicalForm"))
                .isNull();
    }

    @Test
    void whatWasAlteredIsShownToNobodyAndAllElseIs() {
        var letter = published();
        supersede(letter, true);
        var digest = String.valueOf(edition(letter, 1, Callers.office()).get("digest"));
        alterText(digest);

        for (var actor :
                List.of(Written.editor(initiator), Written.editor(party), Callers.office(), Written.editor(member))) {
            var altered = edition(letter, 1, actor);
            assertThat(altered.get("text")).isNull();
            assertThat(altered.get("canonicalForm")).isNull();
            assertThat(edition(letter, 2, actor).toString()).contains("We cooperate.");
        }
        assertThat(edition(letter, 2, Written.editor(party)).get("canonicalForm"))
                .isNotNull();
    }

    private void alterText(String digest) {
        var editions = mongo.getCollection(LetterTexts.EDITIONS);
        var form = Objects.requireNonNull(
                        editions.find(Filters.eq("_id", digest)).first())
                .getString("canonicalForm");
        editions.updateOne(
                Filters.eq("_id", digest), Updates.set("canonicalForm", form.replace("We cooperate.", "We fight.")));
    }

    // What is signed is what is stored

    static Stream<Arguments> alterations() {
        return Stream.of(
                Arguments.of("letterEditions", Updates.set("canonicalForm", "letter-edition/1\nx\n1\n{}")),
                Arguments.of("letterEditions", Updates.unset("canonicalForm")),
                Arguments.of("letters", Updates.set("editions.0.terms.noticeDays", 1)),
                Arguments.of("letters", Updates.set("editions.0.terms.title.texts.de", "Kaufvertrag")));
    }

    @ParameterizedTest
    @MethodSource("alterations")
    void nobodySignsAnEditionThatWasAlteredInTheDatabase(String collection, Bson alteration) {
        var letter = steps.offered(initiator, new Terms().among(initiator, party, member));
        steps.signWithReservation(letter, member);
        var digest = steps.digest(letter);
        mongo.getCollection(collection)
                .updateOne(Filters.eq("_id", collection.equals("letters") ? letter.value() : digest), alteration);
        var id = LetterSteps.globalId(letter);
        assertThat(written.rules(Written.signatory(party), "signLetter", Written.signature(id, digest)))
                .containsExactly("edition.altered input");
        assertThat(written.rules(Written.signatory(member), "liftReservation", Written.lifting(id, digest)))
                .containsExactly("edition.altered input");
        assertThat(steps.now(letter)
                        .editions()
                        .getFirst()
                        .findAnswer(party.id())
                        .orElseThrow()
                        .signatures())
                .isEmpty();
        steps.decline(letter, party);
        steps.withdraw(letter, initiator);
    }

    @Test
    void allThatIsWrongInALiftingIsNamedAtOnce() {
        var letter = steps.offered(initiator, new Terms().among(initiator, party));
        steps.signWithReservation(letter, party);
        var input = new HashMap<>(Written.lifting(LetterSteps.globalId(letter), steps.digest(letter)));
        input.putAll(Map.of("function", " ", "reference", " ", "decidedOn", "2999-01-01"));
        assertThat(written.rules(Written.signatory(party), "liftReservation", input))
                .containsExactlyInAnyOrder(
                        "function.blank input.function",
                        "reference.blank input.reference",
                        "decidedOn.future input.decidedOn");
    }

    // What differs between editions

    @Test
    void changesSinceNamesWhatWasFixedOfThePartiesAndTheirOrder() {
        var letter = steps.offered(initiator, new Terms().among(initiator, party, member));
        steps.withdraw(letter, initiator);
        mongo.getCollection("partners")
                .updateOne(
                        Filters.eq("_id", party.id().value()),
                        Updates.combine(
                                Updates.set("profile.signaturesRequired", 2),
                                Updates.set(
                                        "profile.legalEntity",
                                        new Document("name", "Another GmbH").append("seat", "Elsewhere"))));
        steps.offerAnother(letter, initiator, new Terms().among(initiator, member, party));
        List<Map<String, Map<String, Object>>> editions = asked.data(
                Written.signatory(initiator),
                "query ($id: ID!) { letter(id: $id) { editions { changesSince(edition: 1) { changes { field partner { id } before after } } } } }",
                Map.of("id", LetterSteps.globalId(letter)),
                "letter",
                "editions");
        List<?> changes = (List<?>) Objects.requireNonNull(
                Objects.requireNonNull(editions.getLast().get("changesSince")).get("changes"));
        assertThat(changes.stream().map(change -> {
                    var of = (Map<?, ?>) change;
                    var partner = (Map<?, ?>) of.get("partner");
                    return of.get("field") + " " + (partner == null ? "-" : partner.get("id")) + " " + of.get("after");
                }))
                .containsExactlyInAnyOrder(
                        "parties - null",
                        "legalEntity " + Asked.globalId(party) + " Another GmbH, Elsewhere",
                        "signaturesRequired " + Asked.globalId(party) + " 2");
    }

    @Test
    void changesSinceNamesAnotherOrderOfAnnexes() {
        var first = upload("a.pdf");
        var second = upload("b.pdf");
        var letter = written.draft(Map.of("annexes", List.of(first, second)), initiator, party);
        written.offer(letter, initiator);
        written.made(
                Written.signatory(initiator),
                "withdrawOffer",
                Map.of("letterId", letter, "digest", steps.digest(Written.letterId(letter))));
        written.made(Written.signatory(initiator), "amendLetter", Map.of("letterId", letter));
        var edit = edit(letter);
        edit.put("annexes", List.of(second, first));
        written.made(Written.editor(initiator), "editLetter", edit);
        List<Map<String, Object>> changes = asked.data(
                Written.signatory(initiator),
                "query ($id: ID!) { letter(id: $id) { draft { changesSince(edition: 1) { changes { field before after } } } } }",
                Map.of("id", letter),
                "letter",
                "draft",
                "changesSince",
                "changes");
        assertThat(changes)
                .containsExactly(Map.of("field", "annexes", "before", "a.pdf, b.pdf", "after", "b.pdf, a.pdf"));
    }

    private String upload(String name) {
        return uploads.upload(
                        new Upload(name, "application/pdf", PDF.length, new ByteArrayInputStream(PDF)),
                        Written.editor(initiator))
                .globalId();
    }

    // Tasks and buttons

    @Test
    void aPartyThatTwoEditionsWaitForHasOneTaskAndItIsTheMoreUrgent() {
        var soon = LocalDate.of(2999, 1, 10);
        var letter =
                steps.inForce(initiator, new Terms().among(initiator, member).andMaybe(party), member);
        steps.offerAnother(
                letter, initiator, new Terms().among(initiator, member, party).lapsing(soon));
        List<Map<String, Object>> tasks = asked.data(
                Written.signatory(party),
                "{ viewer { tasks(first: 100) { nodes { kind due } } } }",
                Map.of(),
                "viewer",
                "tasks",
                "nodes");
        assertThat(tasks.stream().filter(task -> Objects.equals(task.get("kind"), "SIGN_LETTER")))
                .containsExactly(Map.of("kind", "SIGN_LETTER", "due", soon.toString()));
    }

    @Test
    void whoHasSignedIsNotAskedAgainButTheOtherPersonIs() {
        written.signingJointly(party);
        var letter = steps.offered(initiator, new Terms().among(initiator, party));
        var one = Written.person(party, "one", Role.SIGNATORY);
        var two = Written.person(party, "two", Role.SIGNATORY);
        assertThat(buttons(one, letter)).containsExactly("viewerCanDecline", "viewerCanSign");
        reserve(one, letter);
        assertThat(buttons(one, letter)).containsExactly("viewerCanDecline");
        assertThat(buttons(two, letter)).containsExactly("viewerCanDecline", "viewerCanSign");
        reserve(two, letter);
        assertThat(buttons(two, letter)).containsExactly("viewerCanDecline", "viewerCanLiftReservation");
        written.made(two, "liftReservation", Written.lifting(LetterSteps.globalId(letter), steps.digest(letter)));
        assertThat(buttons(two, letter)).containsExactly("viewerCanDecline");
        assertThat(buttons(one, letter)).containsExactly("viewerCanDecline", "viewerCanLiftReservation");
    }

    @Test
    void buttonsToLeaveAndToEndAreOfThePartiesThatMay() {
        steps.on(DAY);
        var letter = steps.inForce(
                initiator, new Terms().among(initiator, party).andMaybe(member).withNotice(30), party);
        assertThat(buttons(Written.signatory(initiator), letter)).containsExactly("viewerCanTerminate");
        assertThat(buttons(Written.signatory(party), letter)).containsExactly("viewerCanLeave");
        assertThat(buttons(Written.signatory(member), letter)).containsExactly("viewerCanDecline", "viewerCanSign");
        for (var partner : List.of(initiator, party)) {
            var app = Written.account(Actor.Kind.APP, partner, PartnerStatus.ACTIVE, "app", Role.SIGNATORY);
            for (var actor : List.of(app, Written.editor(partner), Callers.office())) {
                assertThat(buttons(actor, letter)).isEmpty();
            }
        }

        steps.leave(letter, party);
        steps.terminate(letter, initiator);
        for (var partner : List.of(initiator, party)) {
            assertThat(buttons(Written.signatory(partner), letter)).containsExactly("viewerCanWithdrawNotice");
        }
        steps.withdrawNotice(letter, initiator);
        assertThat(buttons(Written.signatory(initiator), letter)).containsExactly("viewerCanTerminate");

        steps.sign(letter, member);
        steps.settle(letter, DAY.plusDays(30));
        assertThat(buttons(Written.signatory(party), letter)).isEmpty();
        assertThat(buttons(Written.signatory(initiator), letter)).containsExactly("viewerCanTerminate");
        steps.on(DAY.plusDays(40));
        steps.terminate(letter, initiator);
        steps.settle(letter, DAY.plusDays(70));
        for (var partner : List.of(initiator, party, member)) {
            assertThat(buttons(Written.signatory(partner), letter)).isEmpty();
        }
    }

    @Test
    void theInitiatorHasATaskWhileAPartyLeavesAndTheOthersWhileItEndsTheLetter() {
        steps.on(DAY);
        var letter = steps.inForce(
                initiator, new Terms().among(initiator, party, member).withNotice(30), party, member);
        steps.leave(letter, member);
        steps.on(DAY.plusDays(5));
        steps.leave(letter, party);
        assertThat(tasks(initiator)).containsExactly("LETTER_PARTY_LEAVING " + DAY.plusDays(30));
        assertThat(tasks(party)).isEmpty();

        steps.withdrawNotice(letter, member);
        steps.terminate(letter, initiator);
        assertThat(tasks(initiator)).containsExactly("LETTER_PARTY_LEAVING " + DAY.plusDays(35));
        for (var partner : List.of(party, member)) {
            assertThat(tasks(partner)).containsExactly("LETTER_ENDING " + DAY.plusDays(35));
        }

        steps.withdrawNotice(letter, initiator);
        assertThat(tasks(party)).isEmpty();
        steps.settle(letter, DAY.plusDays(35));
        assertThat(tasks(initiator)).isEmpty();

        steps.on(DAY.plusDays(40));
        steps.terminate(letter, initiator);
        assertThat(tasks(member)).containsExactly("LETTER_ENDING " + DAY.plusDays(70));
        assertThat(tasks(party)).as("it has left").isEmpty();
        steps.settle(letter, DAY.plusDays(70));
        assertThat(tasks(member)).isEmpty();
    }

    private List<String> tasks(Partner partner) {
        List<Map<String, Object>> tasks = asked.data(
                Written.editor(partner),
                "{ viewer { tasks(first: 100) { nodes { kind due subject { ... on LetterOfIntent { id } } } } } }",
                Map.of(),
                "viewer",
                "tasks",
                "nodes");
        return tasks.stream()
                .filter(task -> String.valueOf(task.get("kind")).startsWith("LETTER_"))
                .map(task -> task.get("kind") + " " + task.get("due"))
                .toList();
    }

    private void reserve(Actor actor, LetterId letter) {
        var input = new HashMap<>(Written.signature(LetterSteps.globalId(letter), steps.digest(letter)));
        input.put("reservation", Map.of("body", "City council", "expectedBy", "2999-01-01"));
        written.made(actor, "signLetter", input);
    }

    private List<String> buttons(Actor actor, LetterId letter) {
        Map<String, Object> shown = asked.data(
                actor,
                "query ($id: ID!) { letter(id: $id) { viewerCanSign viewerCanDecline viewerCanLiftReservation"
                        + " viewerCanLeave viewerCanTerminate viewerCanWithdrawNotice } }",
                Map.of("id", LetterSteps.globalId(letter)),
                "letter");
        return shown.entrySet().stream()
                .filter(button -> Boolean.TRUE.equals(button.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}

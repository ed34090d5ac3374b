package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.activity.ActivityStatus;
import de.smartcity.consortium.activity.JobStatus;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterSteps.Terms;
import de.smartcity.consortium.letters.model.EditionState;
import de.smartcity.consortium.letters.model.LetterOfIntent;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** Rules apply to new input only: stored letters that break a later one are read, listed, changed where that makes sense, settled and verified. */
@LetterTest
@Import(BrokenLettersTest.Time.class)
@TestPropertySource(properties = {"consortium.jobs.interval=20ms", "consortium.limits.cost=100000000"})
class BrokenLettersTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final String EDITION = """
            { number state title titleTranslations { locale text } text { content } canonicalForm document { id } annexes { id } bindingLocale
              parties { partner { id } requirement legalEntity { name } signaturesRequired answer { state signatures { digest } declined { comment } } }
              visibility publishText minimumMethod noticeDays accessionObjectionDays lapsesOn inForceOn endsOn inForceSince closedSince offeredAt
              digest changesSince(edition: 1) { changes { field before after } } hiddenFields }""";
    private static final String LETTER = """
            { id title titleTranslations { locale } state initiator { id } parties { id } awaitingMyAnswer currentEdition EDITION draft EDITION
              editions EDITION activity { nodes { type } } createdAt updatedAt version viewerCanEdit viewerCanOffer viewerCanWithdraw
              viewerCanAmend viewerCanSign viewerCanDecline viewerCanLiftReservation hiddenFields }""".replace("EDITION", EDITION);

    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        SettableClock clockOfBrokenLetters() {
            return new SettableClock(TODAY.atTime(12, 0).atZone(BERLIN).toInstant());
        }
    }

    @Autowired
    private Asked asked;

    @Autowired
    private Written written;

    @Autowired
    private LetterSteps steps;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private SettableClock clock;

    @Autowired
    private ActivityStatus status;

    private final Partner owner;
    private final Partner party;

    BrokenLettersTest(@Autowired Given given) {
        owner = given.partner(PartnerStatus.ACTIVE);
        party = given.partner(PartnerStatus.ACTIVE);
    }

    private Terms terms() {
        return new Terms()
                .among(owner, party)
                .visibleTo(LetterVisibility.PUBLIC)
                .until(LetterSteps.NEVER);
    }

    private static Arguments broken(String path, @Nullable Object stored, String... differences) {
        return Arguments.of(path, stored, List.of(differences));
    }

    /** What an offered edition lacks or has, and what its verification names. */
    static List<Arguments> brokenOffers() {
        return List.of(
                broken("editions.0.terms.title", null, "title.de"),
                broken("editions.0.terms.title", new Document("texts", new Document()), "title.de"),
                broken("editions.0.terms.title.texts.de", "x".repeat(1_000), "title.de"),
                broken("editions.0.terms.title", text("not a tag", "Titel"), "title.de", "title.not a tag"),
                broken("editions.0.terms.bindingLocale", null, "bindingLocale"),
                broken("editions.0.terms.bindingLocale", "xx", "bindingLocale"),
                broken("editions.0.terms.visibility", null, "visibility"),
                broken("editions.0.terms.publishText", null, "publishText"),
                broken("editions.0.terms.minimumMethod", null, "minimumMethod"),
                broken("editions.0.terms.noticeDays", null, "noticeDays"),
                broken("editions.0.terms.noticeDays", -7, "noticeDays"),
                broken("editions.0.terms.accessionObjectionDays", null, "accessionObjectionDays"),
                broken("editions.0.terms.lapsesOn", null, "lapsesOn"),
                broken("editions.0.terms.endsOn", "1999-01-01", "endsOn"),
                broken("editions.0.terms.inForceOn", "1999-01-01", "inForceOn"),
                broken("editions.0.terms.annexes", null),
                broken(
                        "editions.0.answers.1.legalEntity",
                        new Document("name", " ").append("seat", ""),
                        "parties.1.legalEntity.name",
                        "parties.1.legalEntity.seat"),
                broken("editions.0.answers.1.requirement", null, "parties.1.requirement"),
                broken("editions.0.answers.1.signaturesRequired", 99, "parties.1.signaturesRequired"),
                broken("editions.0.answers.1.signatures", null),
                broken("editions.0.answers.1.liftings", null),
                broken("editions.0.textLanguages", null, "textLanguages"),
                broken("editions.0.textWords", null),
                broken("editions.0.notices", null),
                broken("editions.0.offeredAt", null),
                broken("derived.tasks", null),
                broken("derived.search", null),
                broken("files", null),
                broken("dueOn", null));
    }

    private static Document text(String tag, String text) {
        return new Document("texts", new Document(tag, text));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("brokenOffers")
    void aBrokenOfferIsReadListedVerifiedAnsweredAndWithdrawn(
            String path, @Nullable Object stored, List<String> differences) {
        var letter = steps.offered(owner, terms());
        var whole = steps.offered(owner, terms());
        breakAt(letter, path, stored);

        assertRead(letter, whole);
        assertThat(differences(letter)).isEqualTo(differences);
        assertThat(differences(whole)).isEmpty();
        var signature = Written.signature(id(letter), steps.digest(letter));
        if (differences.isEmpty()) {
            assertMade(Written.signatory(party), "signLetter", signature);
        } else {
            assertThat(written.rules(Written.signatory(party), "signLetter", signature))
                    .as("nobody signs what was not offered")
                    .containsExactly("edition.altered input");
            steps.decline(letter, party);
        }
        assertMade(
                Written.signatory(owner),
                "withdrawOffer",
                Map.of("letterId", id(letter), "digest", steps.digest(letter)));
        assertThat(lastState(letter)).isEqualTo(EditionState.WITHDRAWN);
        assertMade(Written.signatory(owner), "amendLetter", Map.of("letterId", id(letter)));
        assertRead(letter, whole);
        assertMade(
                Written.editor(owner),
                "editLetter",
                Map.of("letterId", id(letter), "expectedVersion", steps.version(letter), "publishText", true));
    }

    @Test
    void aDraftIsNotEditedSoThatItLacksWhatAnOfferNeeds() {
        var letter = steps.draft(owner, terms());
        for (var field : List.of("title", "visibility", "publishText", "minimumMethod")) {
            var input = new HashMap<String, @Nullable Object>(
                    Map.of("letterId", id(letter), "expectedVersion", steps.version(letter)));
            input.put(field, null);
            assertThat(written.rules(Written.editor(owner), "editLetter", input))
                    .containsExactly(field + ".required input." + field);
        }
    }

    /** Who signs is in the answers, too, so that it is verified and withdrawn; but nobody else sees it after that. */
    @Test
    void anOfferWithoutPartiesIsReadVerifiedAndWithdrawn() {
        var letter = steps.offered(owner, terms());
        var whole = steps.offered(owner, terms());
        breakAt(letter, "editions.0.terms.parties", null);
        assertRead(letter, whole);
        steps.withdraw(letter, owner);
        for (var actor : List.of(Written.editor(owner), Callers.office())) {
            assertReads(actor, letter);
        }
    }

    /** Nobody can answer it, and it is not complete without answers. */
    @Test
    void anOfferWithoutAnswersIsReadVerifiedAndWithdrawn() {
        var letter = steps.offered(owner, terms());
        var whole = steps.offered(owner, terms());
        breakAt(letter, "editions.0.answers", null);

        assertRead(letter, whole);
        assertThat(differences(letter))
                .contains("parties.0.partner", "parties.1.requirement", "parties.1.signaturesRequired")
                .allMatch(path -> path.startsWith("parties."));
        assertThat(String.valueOf(written.answer(
                        Written.signatory(party), "signLetter", Written.signature(id(letter), steps.digest(letter)))))
                .contains("FORBIDDEN");
        steps.withdraw(letter, owner);
        assertThat(lastState(letter)).isEqualTo(EditionState.WITHDRAWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "editions.0.terms.endsOn",
                "editions.0.terms.visibility",
                "editions.0.terms.publishText",
                "editions.0.terms.title",
                "editions.0.terms.parties",
                "editions.0.terms.lapsesOn",
                "editions.0.inForceSince",
                "editions.0.completedOn",
                "editions.0.answers",
                "editions.0.digest"
            })
    void whatIsBrokenInForceIsReadByEverybodyAndAmended(String path) {
        var letter = steps.inForce(owner, terms(), party);
        breakAt(letter, path, null);

        assertRead(letter, letter);
        assertReads(Actor.anonymous(), letter);
        assertThat(differences(letter)).isNotNull();
        steps.amend(letter, owner);
        assertRead(letter, letter);
        steps.edit(letter, owner, terms());
        steps.offer(letter, owner);
        steps.sign(letter, owner, party);
        assertThat(steps.now(letter).editions())
                .extracting(edition -> edition.state())
                .containsExactly(EditionState.SUPERSEDED, EditionState.IN_FORCE);
        assertRead(letter, letter);
    }

    @Test
    void aLetterWithoutEditionsIsListed() {
        var letter = steps.inForce(owner, terms(), party);
        var whole = steps.inForce(owner, terms(), party);
        breakAt(letter, "editions", null);
        for (var actor : List.of(Written.editor(owner), Written.editor(party), Callers.office(), Actor.anonymous())) {
            assertReads(actor, letter);
            assertReads(actor, whole);
        }
        assertThat(written.answer(Written.signatory(owner), "amendLetter", Map.of("letterId", id(whole))))
                .doesNotContainKey("errors");
    }

    @Test
    void whatADraftLacksIsSaidByItsOfferAndGivenByAnEdit() {
        var given = new HashMap<String, Object>();
        given.put("title", List.of(Written.text("de", "Titel")));
        given.put("visibility", "PARTIES");
        given.put("publishText", false);
        given.put("minimumMethod", "IN_APP");
        given.put("noticeDays", 90);
        given.put("accessionObjectionDays", 30);
        given.put("lapsesOn", LetterSteps.NEVER.toString());
        given.forEach((field, value) -> {
            var letter = steps.draft(owner, terms());
            breakAt(letter, "editions.0.terms." + field, null);
            assertReads(Written.editor(owner), letter);
            assertThat(written.rules(
                            Written.signatory(owner),
                            "offerLetter",
                            Map.of("letterId", id(letter), "expectedVersion", steps.version(letter))))
                    .as(field)
                    .contains(field + (field.endsWith("Days") ? ".range" : ".required") + " input." + field);
            assertMade(
                    Written.editor(owner),
                    "editLetter",
                    Map.of("letterId", id(letter), "expectedVersion", steps.version(letter), field, value));
            steps.offer(letter, owner);
            assertThat(differences(letter)).isEmpty();
        });
    }

    @Test
    void aDraftWithoutPartiesOrTextIsEditedAndDeleted() {
        for (var path : List.of("editions.0.terms.parties", "draftText", "editions.0.terms.bindingLocale")) {
            var letter = steps.draft(owner, terms());
            breakAt(letter, path, null);
            assertReads(Written.editor(owner), letter);
            assertThat(written.rules(
                            Written.signatory(owner),
                            "offerLetter",
                            Map.of("letterId", id(letter), "expectedVersion", steps.version(letter))))
                    .as(path)
                    .hasSize(path.endsWith("bindingLocale") ? 0 : 1);
            if (steps.now(letter).draft().isPresent()) {
                steps.edit(letter, owner, terms());
                steps.deleteDraft(letter, owner);
                assertThat(steps.now(letter).isDeleted()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no canonical form", "letter-edition/1\nx\n1\n{\"text\":", "{\"text\":{}}", "{\"text\":7}"})
    void whatWasOfferedIsGoneOrDamagedAndAllElseIsShown(String canonicalForm) {
        var letter = steps.offered(owner, terms());
        var whole = steps.offered(owner, terms());
        var stored = mongo.getCollection("letterEditions");
        var itself = Filters.eq("_id", steps.digest(letter));
        if (canonicalForm.isEmpty()) {
            stored.deleteOne(itself);
        } else {
            stored.updateOne(itself, Updates.set("canonicalForm", canonicalForm));
        }

        assertRead(letter, whole);
        assertThat(text(letter)).isNull();
        assertThat(text(whole)).isEqualTo("Wir arbeiten zusammen.");
        assertThat(differences(letter)).containsAnyOf("canonicalForm", "digest");
        assertThat(differences(whole)).isEmpty();
        assertThat(written.rules(
                        Written.signatory(party), "signLetter", Written.signature(id(letter), steps.digest(letter))))
                .containsExactly("edition.altered input");
        steps.decline(letter, party);
        steps.withdraw(letter, owner);
        assertMade(Written.signatory(owner), "amendLetter", Map.of("letterId", id(letter)));
        assertThat(steps.now(letter).draft().orElseThrow().terms().text())
                .as("it is not offered without being written anew")
                .isNull();
        assertThat(written.rules(
                        Written.signatory(owner),
                        "offerLetter",
                        Map.of("letterId", id(letter), "expectedVersion", steps.version(letter))))
                .contains("text.missing input.text");
        assertRead(letter, whole);
    }

    @Test
    void atMostAHundredDifferencesAreNamed(@Autowired Given given) {
        var parties = new ArrayList<>(given.members(40));
        parties.add(owner);
        var letter = steps.offered(owner, new Terms().among(parties.toArray(Partner[]::new)));
        mongo.getCollection("letterEditions")
                .updateOne(Filters.eq("_id", steps.digest(letter)), Updates.set("canonicalForm", "{}"));
        assertThat(differences(letter)).hasSize(100).contains("accessionObjectionDays");
    }

    @Test
    void theJobSettlesWhatItCanAndGoesOnWithTheOthers() {
        var lapsesOn = TODAY.plusDays(3);
        var unreadable = steps.offered(owner, terms().lapsing(lapsesOn));
        var withoutDay = steps.offered(owner, terms().lapsing(lapsesOn));
        var withoutParties = steps.offered(owner, terms().lapsing(lapsesOn));
        var withoutAnswers = steps.offered(owner, terms().lapsing(lapsesOn));
        var withoutTitle = steps.offered(owner, terms().lapsing(lapsesOn));
        var withoutDerived = steps.offered(owner, terms().lapsing(lapsesOn));
        var ended = steps.inForce(owner, terms().until(lapsesOn), party);
        var whole = steps.offered(owner, terms().lapsing(lapsesOn));
        breakAt(unreadable, "editions.0.state", "STATE_OF_A_LATER_VERSION");
        breakAt(withoutDay, "editions.0.terms.lapsesOn", null);
        breakAt(withoutParties, "editions.0.terms.parties", null);
        breakAt(withoutAnswers, "editions.0.answers", null);
        breakAt(withoutTitle, "editions.0.terms.title", null);
        breakAt(withoutDerived, "derived", null);
        breakAt(ended, "editions.0.terms.visibility", null);
        try {
            clock.set(lapsesOn.plusDays(1).atStartOfDay(BERLIN).toInstant());
            for (var letter : List.of(withoutParties, withoutAnswers, withoutTitle, withoutDerived, whole)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> lastState(letter) == EditionState.LAPSED);
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> lastState(ended) == EditionState.EXPIRED);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> steps.now(withoutDay).dueOn() == null);
            await().atMost(Duration.ofSeconds(20)).until(() -> job().failed() == 1);
            assertThat(lastState(withoutDay)).isEqualTo(EditionState.OFFERED);
        } finally {
            breakAt(unreadable, "editions.0.state", "OFFERED");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> lastState(unreadable) == EditionState.LAPSED);
        await().atMost(Duration.ofSeconds(20)).until(() -> job().failed() == 0);
    }

    private JobStatus job() {
        return status.jobs().stream()
                .filter(job -> job.name().equals("settle-letters"))
                .findFirst()
                .orElseThrow();
    }

    private void breakAt(LetterId letter, String path, @Nullable Object stored) {
        Bson change = stored == null ? Updates.unset(path) : Updates.set(path, stored);
        var changed = mongo.getCollection("letters")
                .updateOne(Filters.eq("_id", letter.value()), change)
                .getModifiedCount();
        assertThat(changed).as(path).isLessThanOrEqualTo(1);
    }

    /** Whoever sees these letters sees them, in lists and by their ids. */
    private void assertRead(LetterId broken, LetterId whole) {
        for (var actor : List.of(Written.editor(owner), Written.signatory(party), Callers.office())) {
            assertReads(actor, broken);
            assertReads(actor, whole);
        }
    }

    private void assertReads(Actor actor, LetterId letter) {
        var one = asked.ask(actor, "query ($id: ID!) { letter(id: $id) " + LETTER + " }", Map.of("id", id(letter)));
        assertThat(one).doesNotContainKey("errors");
        assertThat(String.valueOf(one.get("data"))).contains(id(letter));
        List<Map<String, Object>> listed = asked.data(
                actor, "{ letters(first: 5) { totalCount nodes " + LETTER + " } }", Map.of(), "letters", "nodes");
        assertThat(listed).anyMatch(node -> id(letter).equals(node.get("id")));
        assertThat(asked.ask(
                        actor,
                        "query ($id: ID!) { partner(id: $id) { letters(first: 5) { nodes { title parties { id } } } } }",
                        Map.of("id", Asked.globalId(owner))))
                .doesNotContainKey("errors");
    }

    private void assertMade(Actor actor, String mutation, Map<String, ?> input) {
        assertThat(written.payload(actor, mutation, input)).containsEntry("userErrors", List.of());
    }

    /** What a verification of its first edition names. */
    private List<String> differences(LetterId letter) {
        List<Map<String, List<String>>> editions = asked.data(
                Callers.office(),
                "query ($id: ID!) { verifyLetter(letterId: $id) { editions { differences } } }",
                Map.of("id", id(letter)),
                "verifyLetter",
                "editions");
        return Objects.requireNonNull(editions.getFirst().get("differences"));
    }

    private @Nullable Object text(LetterId letter) {
        List<Map<String, @Nullable Map<String, Object>>> editions = asked.data(
                Callers.office(),
                "query ($id: ID!) { letter(id: $id) { editions { text { content } } } }",
                Map.of("id", id(letter)),
                "letter",
                "editions");
        var text = editions.getFirst().get("text");
        return text == null ? null : text.get("content");
    }

    private EditionState lastState(LetterId letter) {
        LetterOfIntent now = steps.now(letter);
        return now.editions().getLast().state();
    }

    private static String id(LetterId letter) {
        return LetterSteps.globalId(letter);
    }
}

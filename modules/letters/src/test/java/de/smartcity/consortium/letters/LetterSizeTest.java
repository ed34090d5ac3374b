package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterSteps.Terms;
import de.smartcity.consortium.letters.model.EditionState;
import de.smartcity.consortium.letters.model.EditionTerms;
import de.smartcity.consortium.letters.model.LetterOfIntent;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.letters.model.LiftingInput;
import de.smartcity.consortium.letters.model.Mandate;
import de.smartcity.consortium.letters.model.PartyTerms;
import de.smartcity.consortium.letters.model.Requirement;
import de.smartcity.consortium.letters.model.Reservation;
import de.smartcity.consortium.letters.model.SignatureInput;
import de.smartcity.consortium.letters.model.SignatureMethod;
import de.smartcity.consortium.partners.LegalEntity;
import de.smartcity.consortium.partners.PartnerFace;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** However much is written into a letter, it can be signed, declined and withdrawn, and settles; and what is too much can be removed. */
@LetterTest
@TestPropertySource(properties = "consortium.jobs.interval=1h")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LetterSizeTest {

    private static final int BUDGET = 6 * 1024 * 1024;
    private static final int EDITION = 1024 * 1024;
    private static final int DOCUMENT = 16 * 1024 * 1024;
    private static final int EDITIONS = 20;
    private static final int PARTIES = 60;
    private static final int SIGNATURES = 10;
    /** 250 events, whose audiences have 124 tokens at most, some of them twice. */
    private static final int OUTBOX = 250 * 10_000;

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final List<String> LANGUAGES = List.of("ar", "de", "en", "ja", "ko");

    /** Texts of one character are as large as they can be with it, texts of many have as many search prefixes as they can. */
    enum Hostile {
        /** Of four bytes. */
        FOUR_BYTES(0x10400, 40),
        /** Of three bytes, of which each is a word. */
        HAN(0x5E00, 200),
        /** Of three bytes, with compatibility forms of up to six characters. */
        SQUARES(0x3300, 80),
        /** Which become three letters each. */
        SYLLABLES(0xAC01, 1_000),
        LETTERS('a', 26);

        private final int first;
        private final int count;

        Hostile(int first, int count) {
            this.first = first;
            this.count = count;
        }

        /** So many characters, different for each seed; with umlauts, for which words are stored twice. */
        String text(int length, int seed) {
            return IntStream.range(0, length)
                    .mapToObj(at -> Character.toString(
                            switch (at % 14) {
                                case 0 -> 'ü';
                                case 1 -> first + Math.floorMod(seed * 31 + at / 14, count);
                                case 13 -> at == length - 1 ? 'x' : ' ';
                                default -> first + Math.floorMod(seed + at, count);
                            }))
                    .collect(Collectors.joining());
        }

        /** So many characters in one line. */
        String line(int length) {
            return Character.toString(first).repeat(length);
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
    private MongoDatabaseFactory databases;

    private List<Partner> members = List.of();

    @BeforeAll
    void sixtyMembers(@Autowired Given given) {
        members = given.members(PARTIES);
    }

    private Partner[] members(int from, int to) {
        return members.subList(from, to).toArray(Partner[]::new);
    }

    private static LocalizedText inAllLanguages(Hostile texts, int length, int seed) {
        return LocalizedText.of(LANGUAGES.stream()
                .collect(Collectors.toMap(tag -> tag, tag -> texts.text(length, seed + 1_000 * tag.hashCode()))));
    }

    @ParameterizedTest
    @EnumSource
    void anEditionWithAllThatItMayHaveKeepsToTheBudget(Hostile texts) {
        var owner = members.getFirst();
        var terms = new Terms()
                .in(inAllLanguages(texts, 300, 1), inAllLanguages(texts, 30_000, 7))
                .among(members(0, PARTIES))
                .visibleTo(LetterVisibility.PUBLIC)
                .withPublicText()
                .until(LetterSteps.NEVER);
        var letter = steps.draft(owner, terms);
        assertThat(size(letter)).isBetween(150_000, EDITION);
        steps.edit(letter, owner, terms.in(inAllLanguages(texts, 300, 2), inAllLanguages(texts, 30_000, 8)));
        steps.offer(letter, owner);
        assertThat(size(letter)).as("its text is stored apart").isBetween(150_000, EDITION);
        for (var partner : members) {
            steps.sign(letter, partner);
        }
        assertThat(steps.now(letter).inForce()).isPresent();
        assertThat(size(letter)).isLessThan(EDITION);
    }

    @Test
    void aLetterThatIsTooLargeIsNotAmendedButSignedLiftedDeclinedWithdrawnAndSettled() {
        var owner = members.get(0);
        var party = members.get(1);
        var other = members.get(2);
        var letter = steps.offered(owner, new Terms().among(owner, party, other));
        tooLarge(letter, owner);
        steps.sign(letter, other);
        steps.signWithReservation(letter, party);
        steps.decline(letter, party);
        steps.signWithReservation(letter, party);
        written.made(
                Written.signatory(party),
                "liftReservation",
                Written.lifting(LetterSteps.globalId(letter), steps.digest(letter)));
        steps.withdraw(letter, owner);

        var before = steps.now(letter);
        assertThat(written.rules(
                        Written.signatory(owner), "amendLetter", Map.of("letterId", LetterSteps.globalId(letter))))
                .containsExactly("document.large input");
        assertThat(steps.now(letter).version()).isEqualTo(before.version());
        assertThat(steps.now(letter).editions()).isEqualTo(before.editions());
        steps.settle(letter, LetterSteps.NEVER.plusDays(1));
        assertThat(lastState(letter)).isEqualTo(EditionState.WITHDRAWN);
    }

    @Test
    void theDraftOfALetterThatIsTooLargeIsShortenedDeletedOrOfferedButNotEditedOtherwise() {
        var owner = members.get(0);
        var party = members.get(1);
        var letter = steps.inForce(owner, new Terms().among(owner, party), party);
        steps.amend(letter, owner);
        tooLarge(letter, owner);
        var before = steps.now(letter);
        var edit = new HashMap<String, Object>(Map.of(
                "letterId", LetterSteps.globalId(letter), "expectedVersion", steps.version(letter), "noticeDays", 7));
        assertThat(written.rules(Written.editor(owner), "editLetter", edit)).containsExactly("document.large input");
        assertThat(steps.now(letter).version()).isEqualTo(before.version());
        assertThat(steps.now(letter).editions()).isEqualTo(before.editions());
        edit.put("title", List.of(Written.text("de", "Kurz")));
        written.made(Written.editor(owner), "editLetter", edit);
        assertThat(size(letter)).as("smaller, but still too large").isGreaterThan(BUDGET);

        steps.offer(letter, owner);
        steps.sign(letter, owner, party);
        assertThat(lastState(letter)).isEqualTo(EditionState.IN_FORCE);
        assertThat(size(letter)).isGreaterThan(BUDGET);
    }

    @Test
    void theDraftOfALetterThatIsTooLargeIsDeletedAndItsOfferLapses() {
        var owner = members.get(0);
        var letter = steps.offered(owner, new Terms().among(members(0, 2)));
        steps.settle(letter, LetterSteps.NEVER.plusDays(1));
        assertThat(lastState(letter)).isEqualTo(EditionState.LAPSED);
        steps.amend(letter, owner);
        tooLarge(letter, owner);
        steps.deleteDraft(letter, owner);
        assertThat(lastState(letter)).isEqualTo(EditionState.LAPSED);
        assertThat(size(letter)).isGreaterThan(BUDGET);
    }

    /** With a signature from before the party declined, as a version with other limits could have stored it. */
    private void tooLarge(LetterId letter, Partner partner) {
        assertThat(steps.now(letter).editions().getFirst().answers().getFirst().partner())
                .isEqualTo(partner.id());
        var signature = new Document(
                        "by",
                        new Document("account", "account")
                                .append("name", "Name")
                                .append("function", "x".repeat(BUDGET))
                                .append("at", Date.from(NOW)))
                .append("digest", steps.digest(letter))
                .append("locale", "de")
                .append("method", "IN_APP")
                .append("mandate", "STATUTORY")
                .append("counts", false);
        mongo.getCollection("letters")
                .updateOne(
                        Filters.eq("_id", letter.value()),
                        Updates.set("editions.0.answers.0.signatures", List.of(signature)));
        assertThat(size(letter)).isGreaterThan(BUDGET);
    }

    @Test
    void aDraftThatIsTooLargeIsRefusedAndAShorterOneIsNot() {
        var owner = members.getFirst();
        var letter = steps.offered(owner, new Terms().among(members(0, 2)));
        steps.withdraw(letter, owner);
        steps.amend(letter, owner);
        tooLarge(letter, owner);
        var longer = Map.of(
                "letterId",
                LetterSteps.globalId(letter),
                "expectedVersion",
                steps.version(letter),
                "text",
                List.of(Written.text("de", "Ein Satz mehr. ".repeat(1_000))));
        assertThat(written.rules(Written.editor(owner), "editLetter", longer)).containsExactly("document.large input");
        mongo.getCollection("letters")
                .updateOne(
                        Filters.eq("_id", letter.value()), Updates.set("editions.0.answers.0.signatures", List.of()));
        written.made(Written.editor(owner), "editLetter", longer);
        assertThat(size(letter)).isLessThan(BUDGET);
    }

    /**
     * Each party signs by two people with reservations of which one is lifted, and declines, as often as it may; all with texts that are as long as they
     * may be. So it may happen to the edition in force, whose parties may all be optional but two, and to the next one.
     */
    @ParameterizedTest
    @EnumSource(names = {"FOUR_BYTES", "HAN", "LETTERS"})
    void belowTheBudgetThereIsRoomForAllAnswersToTwoEditions(Hostile texts) {
        var partners = partners(PARTIES);
        var letter = draft(terms(inAllLanguages(texts, 300, 1), partners));
        offer(letter, texts);
        letter = published(letter);
        var asked = size(stored(letter));
        for (var partner : partners) {
            answer(letter, texts, partner);
            letter = published(letter);
        }
        var answers = size(stored(letter)) - asked;
        assertThat(answers).isGreaterThan(PARTIES * SIGNATURES * 700);
        var derived = size(Objects.requireNonNull(stored(ofManyEditions(texts)).get("derived", Document.class)));
        assertThat((long) BUDGET + 2 * answers + derived + OUTBOX)
                .as("%s bytes of answers to an edition, %s derived", answers, derived)
                .isLessThan(DOCUMENT);
    }

    @Test
    void twentyEditionsOfSixtyPartiesThatSignJointlyKeepToTheBudget() {
        var partners = partners(PARTIES);
        var entity = new LegalEntity("Eine Gesellschaft mbH", "Amtsgericht Duisburg", "HRB 12345", "Duisburg");
        var letter =
                draft(terms(LocalizedText.of(Map.of("de", "Absichtserklärung", "en", "Letter of intent")), partners));
        offer(letter, entity);
        for (var partner : partners) {
            for (var person : people(partner)) {
                sign(letter, person, "Geschäftsführerin", null, "Eine Vorsitzende mit Doppelnamen");
            }
            letter = published(letter);
        }
        var document = stored(letter);
        var derived = size(Objects.requireNonNull(document.get("derived", Document.class)));
        assertThat((long) EDITIONS * (size(document) - derived) + derived)
                .as("%s bytes, of which %s are derived", size(document), derived)
                .isLessThan(BUDGET);
    }

    /** What is derived grows with the parties of all editions, of which there are 120. */
    private static LetterOfIntent ofManyEditions(Hostile texts) {
        var partners = partners(2 * PARTIES);
        var letter = draft(terms(inAllLanguages(texts, 300, 1), partners.subList(0, PARTIES)));
        offer(letter, texts);
        var owner = Change.by(LetterFixtures.signatory(letter.initiator()), NOW);
        for (var number = 2; number <= EDITIONS; number++) {
            letter.withdrawOffer(owner, TODAY, digest(letter));
            letter.amend(owner, TODAY, edition -> LocalizedText.of(Map.of("de", "Text")));
            // Half of them are parties of all editions, and see all the others.
            var parties = new ArrayList<>(partners.subList(0, PARTIES / 2));
            for (var n = 0; n < PARTIES / 2; n++) {
                parties.add(partners.get(PARTIES / 2 + (number * PARTIES / 2 + n) % (3 * PARTIES / 2)));
            }
            var terms = terms(inAllLanguages(texts, 300, number), parties);
            letter.edit(
                    Change.by(LetterFixtures.editor(letter.initiator()), NOW),
                    0,
                    new Edit<>(Set.of("title", "parties"), violations -> terms));
            offer(letter, texts);
        }
        return letter;
    }

    @Test
    void aLetterIsFoundByTheTitleThatIsInForceHoweverManyEditionsFollowed() {
        var owner = members.getFirst();
        var title = new HashMap<>(inAllLanguages(Hostile.LETTERS, 60, 1).texts());
        title.put("de", "Kooperationsvereinbarung");
        var letter = steps.inForce(
                owner,
                new Terms()
                        .in(LocalizedText.of(title), LocalizedText.of(Map.of("de", "Text")))
                        .among(members(0, 2)),
                members.get(1));
        for (var number = 2; number <= EDITIONS; number++) {
            steps.offerAnother(
                    letter,
                    owner,
                    new Terms()
                            .in(inAllLanguages(Hostile.LETTERS, 60, number), LocalizedText.of(Map.of("de", "Text")))
                            .among(members(0, 2)));
            steps.withdraw(letter, owner);
        }
        assertFound(letter, "kooperationsvereinbarung");
    }

    @Test
    void aLetterIsFoundByALongTitleInEachOfItsLanguages() {
        var owner = members.getFirst();
        var title = LANGUAGES.stream()
                .collect(Collectors.toMap(
                        tag -> tag,
                        tag -> "Anfang" + tag + " "
                                + IntStream.range(0, 13)
                                        .mapToObj(n -> tag + (char) ('a' + n) + "überprüfungsausschuss")
                                        .collect(Collectors.joining(" "))
                                        .substring(0, 291)));
        var letter = steps.draft(
                owner,
                new Terms()
                        .in(LocalizedText.of(title), LocalizedText.of(Map.of("de", "Etwas")))
                        .among(members(0, 2)));
        for (var tag : LANGUAGES) {
            assertFound(letter, "anfang" + tag);
        }
    }

    private void assertFound(LetterId letter, String text) {
        List<Map<String, Object>> found = asked.data(
                Written.editor(members.getFirst()),
                "query ($text: String) { letters(filter: { text: $text }, first: 100) { nodes { id } } }",
                Map.of("text", text),
                "letters",
                "nodes");
        assertThat(found.stream().map(node -> node.get("id"))).as(text).contains(LetterSteps.globalId(letter));
    }

    private static List<PartnerId> partners(int count) {
        return IntStream.range(0, count).mapToObj(n -> PartnerId.next()).toList();
    }

    private static LetterOfIntent draft(EditionTerms terms) {
        var owner = terms.partners().getFirst();
        return LetterOfIntent.draft(Change.by(LetterFixtures.editor(owner), NOW), violations -> terms);
    }

    private static EditionTerms terms(LocalizedText title, List<PartnerId> partners) {
        return new EditionTerms(
                title,
                LocalizedText.of(Map.of("de", "Text")),
                "de",
                null,
                List.of(),
                partners.stream()
                        .map(partner -> new PartyTerms(partner, Requirement.REQUIRED))
                        .toList(),
                LetterVisibility.PUBLIC,
                true,
                SignatureMethod.IN_APP,
                90,
                30,
                LetterSteps.NEVER,
                null,
                null);
    }

    private static void offer(LetterOfIntent letter, Hostile texts) {
        offer(letter, new LegalEntity(texts.line(300), texts.line(100), texts.line(100), texts.line(100)));
    }

    private static void offer(LetterOfIntent letter, LegalEntity entity) {
        letter.offer(
                Change.by(LetterFixtures.signatory(letter.initiator()), NOW),
                TODAY,
                0,
                partners -> faces(entity, partners),
                files -> Map.of());
    }

    private static Map<PartnerId, PartnerFace> faces(LegalEntity entity, Collection<PartnerId> partners) {
        return partners.stream()
                .collect(Collectors.toMap(
                        partner -> partner,
                        partner -> new PartnerFace(
                                partner, PartnerStatus.ACTIVE, LocalizedText.of(Map.of("de", "x")), entity, 2)));
    }

    private static List<Change> people(PartnerId partner) {
        return Stream.of("one", "two")
                .map(person -> Change.by(LetterFixtures.person(partner, person, Role.SIGNATORY), NOW))
                .toList();
    }

    private static void sign(
            LetterOfIntent letter, Change person, String function, @Nullable Reservation reservation, String name) {
        var signature = new SignatureInput(
                function, "de", SignatureMethod.IN_APP, Mandate.POWER_OF_ATTORNEY, FileId.next(), null, reservation);
        letter.sign(person, TODAY, digest(letter), violations -> signature, () -> name);
    }

    private static void answer(LetterOfIntent letter, Hostile texts, PartnerId partner) {
        var people = people(partner);
        var reservation = new Reservation(texts.line(200), LetterSteps.NEVER);
        var lifting = new LiftingInput(texts.line(100), TODAY, texts.line(200));
        for (var signed = 2; signed <= SIGNATURES; signed += 2) {
            people.forEach(person -> sign(letter, person, texts.line(100), reservation, texts.line(200)));
            letter.liftReservation(
                    people.getFirst(), TODAY, digest(letter), violations -> lifting, () -> texts.line(200));
            if (signed < SIGNATURES) {
                letter.decline(people.getFirst(), TODAY, digest(letter), texts.line(500));
            }
        }
        letter.liftReservation(people.getLast(), TODAY, digest(letter), violations -> lifting, () -> texts.line(200));
    }

    private static String digest(LetterOfIntent letter) {
        return Objects.requireNonNull(letter.lastOffered().orElseThrow().digest());
    }

    /** The letter when its events are published, since an outbox has room for 250. */
    private LetterOfIntent published(LetterOfIntent letter) {
        var document = stored(letter);
        document.put("outbox", new Document("events", List.of()));
        return mongo.getConverter().read(LetterOfIntent.class, document);
    }

    private EditionState lastState(LetterId letter) {
        return steps.now(letter).editions().getLast().state();
    }

    private Document stored(LetterOfIntent letter) {
        letter.derive("de");
        var document = new Document();
        mongo.getConverter().write(letter, document);
        return document;
    }

    private int size(Document document) {
        return new RawBsonDocument(document, databases.getCodecRegistry().get(Document.class))
                .getByteBuffer()
                .remaining();
    }

    /** Without what the budget does not count. */
    private int size(LetterId letter) {
        return Objects.requireNonNull(mongo.getCollection("letters")
                        .withDocumentClass(RawBsonDocument.class)
                        .find(Filters.eq("_id", letter.value()))
                        .projection(Projections.exclude("outbox", "keyedChanges"))
                        .first())
                .getByteBuffer()
                .remaining();
    }
}

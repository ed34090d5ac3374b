package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterSteps.Terms;
import de.smartcity.consortium.letters.model.Answer;
import de.smartcity.consortium.letters.model.AnswerState;
import de.smartcity.consortium.letters.model.Edition;
import de.smartcity.consortium.letters.model.EditionState;
import de.smartcity.consortium.letters.model.OfferedEditions;
import de.smartcity.consortium.letters.model.Signature;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** Many who sign, decline, offer, edit and withdraw at the same time: nothing is lost, nothing is there twice, and one of two that exclude each other is refused. */
@LetterTest
@TestPropertySource(properties = "consortium.jobs.interval=1h")
class ConcurrentSignaturesTest {

    private static final int ROUNDS = 5;

    @Autowired
    private Given given;

    @Autowired
    private Asked asked;

    @Autowired
    private Written written;

    @Autowired
    private LetterSteps steps;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private OfferedEditions offered;

    /** A member for which two people sign. */
    private Partner joint() {
        return written.signingJointly(given.partner(PartnerStatus.ACTIVE));
    }

    private static Actor signatory(Partner partner, int person) {
        return Written.person(partner, "signatory-" + person, Role.SIGNATORY);
    }

    @Test
    void twelvePartnersOfWhichFourSignJointlySignAtOnceWithoutAConflict() throws Exception {
        var single = given.members(8);
        var joint = IntStream.range(0, 4).mapToObj(n -> joint()).toList();
        var all = new ArrayList<>(single);
        all.addAll(joint);
        var letter = steps.offered(single.getFirst(), new Terms().among(all.toArray(Partner[]::new)));
        var version = steps.version(letter);
        var signers = new ArrayList<Actor>();
        all.forEach(partner -> signers.add(signatory(partner, 1)));
        joint.forEach(partner -> signers.add(signatory(partner, 2)));

        var outcomes =
                together(signers.stream().map(signer -> signing(letter, signer)).toList());

        assertThat(outcomes).containsOnly("made").hasSize(16);
        var edition = steps.now(letter).inForce().orElseThrow();
        assertThat(steps.version(letter)).isEqualTo(version + 16);
        assertThat(edition.answers()).extracting(Answer::state).containsOnly(AnswerState.SIGNED);
        assertThat(edition.answers().stream().flatMap(answer -> answer.signatures().stream()))
                .extracting(signature -> signature.by().account())
                .containsExactlyInAnyOrderElementsOf(signers.stream()
                        .map(signer -> signer.account().orElseThrow())
                        .toList());
        joint.forEach(
                partner -> assertThat(answer(edition, partner).signatures()).hasSize(2));
        awaitEvents(letter, "LETTER_SIGNED", 16);
        awaitEvents(letter, "LETTER_IN_FORCE", 1);
        assertVerified(letter);
    }

    @RepeatedTest(ROUNDS)
    void ofTwoPeopleOfAPartnerForWhichOneSignsOneIsToldThatItHasSigned() throws Exception {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.offered(owner, new Terms().among(owner, party));
        assertThat(together(List.of(signing(letter, signatory(party, 1)), signing(letter, signatory(party, 2)))))
                .containsExactlyInAnyOrder("made", "answer.complete");
        assertThat(answer(letter, party).signatures()).hasSize(1);
        awaitEvents(letter, "LETTER_SIGNED", 1);
    }

    @RepeatedTest(ROUNDS)
    void ofThreePeopleOfAPartnerForWhichTwoSignTwoSign() throws Exception {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = joint();
        var letter = steps.offered(owner, new Terms().among(owner, party));
        assertThat(together(IntStream.range(0, 3)
                        .mapToObj(person -> signing(letter, signatory(party, person)))
                        .toList()))
                .containsExactlyInAnyOrder("made", "made", "answer.complete");
        assertThat(answer(letter, party).signatures())
                .hasSize(2)
                .extracting(signature -> signature.by().account())
                .doesNotHaveDuplicates();
        assertThat(answer(letter, party).state()).isEqualTo(AnswerState.SIGNED);
    }

    @RepeatedTest(ROUNDS)
    void aPersonWhoSignsTwiceAtOnceSignsOnce() throws Exception {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = joint();
        var letter = steps.offered(owner, new Terms().among(owner, party));
        assertThat(together(List.of(signing(letter, signatory(party, 1)), signing(letter, signatory(party, 1)))))
                .containsExactlyInAnyOrder("made", "signature.sameAccount");
        assertThat(answer(letter, party).signatures()).hasSize(1);
        assertThat(answer(letter, party).state()).isEqualTo(AnswerState.PARTLY_SIGNED);
    }

    @RepeatedTest(ROUNDS)
    void whoeverLiftsAReservationTwiceAtOnceLiftsItOnce() throws Exception {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.offered(owner, new Terms().among(owner, party));
        steps.signWithReservation(letter, party);
        Callable<String> lifting = () -> Written.outcome(written.answer(
                signatory(party, 1),
                "liftReservation",
                Written.lifting(LetterSteps.globalId(letter), steps.digest(letter))));
        assertThat(together(List.of(lifting, () -> lifting.call())))
                .containsExactlyInAnyOrder("made", "reservation.none");
        assertThat(answer(letter, party).liftings()).hasSize(1);
        assertThat(answer(letter, party).state()).isEqualTo(AnswerState.SIGNED);
    }

    @RepeatedTest(ROUNDS)
    void aSignatureThatOvertakesANoIsFinalAndOneThatFollowsItCounts() throws Exception {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.offered(owner, new Terms().among(owner, party));
        var outcomes = together(List.of(signing(letter, signatory(party, 1)), declining(letter, signatory(party, 2))));
        var answer = answer(letter, party);
        assertThat(outcomes.getFirst()).isEqualTo("made");
        assertThat(outcomes.getLast()).isIn("made", "answer.final");
        assertThat(answer.state()).isEqualTo(AnswerState.SIGNED);
        assertThat(answer.signatures()).extracting(Signature::counts).containsExactly(true);
        assertThat(answer.declined() != null).isEqualTo(outcomes.getLast().equals("made"));
    }

    @RepeatedTest(ROUNDS)
    void anOfferIsOfWhatItsOffererSawOrIsRefused() throws Exception {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.draft(
                owner, new Terms().titled("Before").saying("As it was.").among(owner, party));
        var version = (int) steps.version(letter);
        var outcomes = together(List.of(
                offering(letter, owner, version),
                () -> Written.outcome(written.answer(
                        Written.editor(owner),
                        "editLetter",
                        Map.of(
                                "letterId",
                                LetterSteps.globalId(letter),
                                "expectedVersion",
                                version,
                                "title",
                                List.of(Written.text("de", "After")),
                                "text",
                                List.of(Written.text("de", "As it became.")))))));

        var now = steps.now(letter);
        assertThat(now.version()).isEqualTo(version + 1L);
        assertThat(now.editions()).hasSize(1);
        if (outcomes.getFirst().equals("made")) {
            // What was edited is not a draft any more.
            assertThat(outcomes.getLast()).isIn("version.stale", "edition.noDraft");
            var edition = now.lastOffered().orElseThrow();
            assertThat(edition.state()).isEqualTo(EditionState.OFFERED);
            assertThat(edition.terms().title().texts()).containsEntry("de", "Before");
            assertThat(offered.findById(steps.digest(letter)).orElseThrow().canonicalForm())
                    .contains("Before", "As it was.")
                    .doesNotContain("After", "As it became.");
            assertVerified(letter);
        } else {
            assertThat(outcomes).containsExactly("version.stale", "made");
            assertThat(now.draft().orElseThrow().terms().title().texts()).containsEntry("de", "After");
        }
    }

    @RepeatedTest(ROUNDS)
    void ofTwoOffersAtOnceOneIsMade() throws Exception {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.draft(owner, new Terms().among(owner, party));
        var version = (int) steps.version(letter);
        var outcomes = together(List.of(offering(letter, owner, version), offering(letter, owner, version)));
        assertThat(outcomes).containsOnlyOnce("made");
        assertThat(steps.now(letter).editions()).hasSize(1);
        assertThat(steps.version(letter)).isEqualTo(version + 1L);
        assertVerified(letter);
        awaitEvents(letter, "LETTER_OFFERED", 1);
    }

    @RepeatedTest(ROUNDS)
    void ofTwoAmendmentsAtOnceOneIsMade() throws Exception {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.inForce(owner, new Terms().among(owner, party), party);
        Callable<String> amending = () -> Written.outcome(written.answer(
                Written.signatory(owner), "amendLetter", Map.of("letterId", LetterSteps.globalId(letter))));
        assertThat(together(List.of(amending, () -> amending.call())))
                .containsExactlyInAnyOrder("made", "edition.open");
        assertThat(steps.now(letter).editions()).hasSize(2);
    }

    @RepeatedTest(2 * ROUNDS)
    void anOfferIsWithdrawnOrComesIntoForceWithItsLastSignatureAndNeverBoth() throws Exception {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.offered(owner, new Terms().among(owner, party));
        steps.sign(letter, owner);
        var digest = steps.digest(letter);
        var outcomes = together(List.of(
                signing(letter, Written.signatory(party)),
                () -> Written.outcome(written.answer(
                        Written.signatory(owner),
                        "withdrawOffer",
                        Map.of("letterId", LetterSteps.globalId(letter), "digest", digest)))));

        var edition = steps.now(letter).editions().getFirst();
        if (outcomes.getFirst().equals("made")) {
            assertThat(outcomes.getLast()).isEqualTo("edition.notOffered");
            assertThat(edition.state()).isEqualTo(EditionState.IN_FORCE);
            assertThat(edition.closedSince()).isNull();
            awaitEvents(letter, "LETTER_IN_FORCE", 1);
            awaitEvents(letter, "LETTER_OFFER_WITHDRAWN", 0);
        } else {
            assertThat(outcomes.getLast()).isEqualTo("made");
            assertThat(edition.state()).isEqualTo(EditionState.WITHDRAWN);
            assertThat(edition.completedOn()).isNull();
            assertThat(edition.inForceSince()).isNull();
            assertThat(answer(edition, party).signatures()).isEmpty();
            awaitEvents(letter, "LETTER_OFFER_WITHDRAWN", 1);
            awaitEvents(letter, "LETTER_IN_FORCE", 0);
        }
    }

    @RepeatedTest(ROUNDS)
    void theLastTwoSignaturesAtOncePutItInForceOnce() throws Exception {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.inForce(owner, new Terms().among(owner, party), party);
        steps.offerAnother(letter, owner, new Terms().among(owner, party));
        assertThat(together(
                        List.of(signing(letter, Written.signatory(owner)), signing(letter, Written.signatory(party)))))
                .containsExactly("made", "made");
        assertThat(steps.now(letter).editions())
                .extracting(Edition::state)
                .containsExactly(EditionState.SUPERSEDED, EditionState.IN_FORCE);
        awaitEvents(letter, "LETTER_IN_FORCE", 2);
    }

    private Callable<String> signing(LetterId letter, Actor signer) {
        var input = Written.signature(LetterSteps.globalId(letter), steps.digest(letter));
        return () -> Written.outcome(written.answer(signer, "signLetter", input));
    }

    private Callable<String> declining(LetterId letter, Actor actor) {
        Map<String, Object> input = Map.of(
                "letterId", LetterSteps.globalId(letter), "digest", steps.digest(letter), "comment", "Not like this");
        return () -> Written.outcome(written.answer(actor, "declineLetter", input));
    }

    private Callable<String> offering(LetterId letter, Partner owner, int version) {
        return () -> Written.outcome(written.answer(
                Written.signatory(owner),
                "offerLetter",
                Map.of("letterId", LetterSteps.globalId(letter), "expectedVersion", version)));
    }

    private Answer answer(LetterId letter, Partner partner) {
        return answer(steps.now(letter).lastOffered().orElseThrow(), partner);
    }

    private static Answer answer(Edition edition, Partner partner) {
        return edition.findAnswer(partner.id()).orElseThrow();
    }

    /** Waits until all of the letter's events are published; then so many are of this type. */
    private void awaitEvents(LetterId letter, String type, int expected) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> steps.now(letter).outbox().events().isEmpty());
        assertThat(mongo.getCollection("activity")
                        .countDocuments(Filters.and(Filters.eq("subject", letter.value()), Filters.eq("type", type))))
                .as(type)
                .isEqualTo(expected);
    }

    private void assertVerified(LetterId letter) {
        Map<String, Object> verified = asked.data(
                Callers.office(),
                "query ($id: ID!) { verifyLetter(letterId: $id) { verified editions { differences } } }",
                Map.of("id", LetterSteps.globalId(letter)),
                "verifyLetter");
        assertThat(verified).containsEntry("verified", true);
    }

    /** The answers in the order of the tasks, which start in any order. */
    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        var starts = new ArrayList<>(tasks);
        Collections.shuffle(starts);
        var running = new IdentityHashMap<Callable<T>, Future<T>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            starts.forEach(task -> running.put(task, threads.submit(task)));
            var answers = new ArrayList<T>();
            for (var task : tasks) {
                answers.add(Objects.requireNonNull(running.get(task)).get());
            }
            return answers;
        }
    }
}

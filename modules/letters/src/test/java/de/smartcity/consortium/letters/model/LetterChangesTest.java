package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static de.smartcity.consortium.letters.LetterFixtures.editor;
import static de.smartcity.consortium.letters.LetterFixtures.signatory;
import static de.smartcity.consortium.letters.LetterFixtures.signature;
import static de.smartcity.consortium.letters.LetterFixtures.signatureWithReservation;
import static de.smartcity.consortium.letters.LetterFixtures.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ChangeKey;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.LetterFixtures;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every change of a letter has in common: it is made once, on what was read, is an event, and keeps to the letter's size. */
class LetterChangesTest {

    private final PartnerId initiator = PartnerId.next();
    private final PartnerId other = PartnerId.next();
    private final PartnerId third = PartnerId.next();

    // Repeated changes

    @Test
    void aLetterIsDraftedOnceWithAKey() {
        var letter = LetterOfIntent.draft(keyed(editor(initiator), "draft", 1), violations -> terms(other));

        assertThat(letter.draftedAgain(keyed(editor(initiator), "draft", 1))).isEqualTo(letter.id());
        assertThatThrownBy(() -> letter.draftedAgain(keyed(editor(initiator), "draft", 2)))
                .isInstanceOf(KeyedChanges.ReusedKey.class);
    }

    @Test
    void aDraftIsEditedAndDeletedOnceWithAKeyAlsoWhenTheLetterIsGone() {
        var letter = draft(terms(other));
        assertMadeOnce(editor(initiator), change -> edit(letter, change, terms(third)));
        assertMadeOnce(editor(initiator), change -> letter.deleteDraft(change, 0));

        assertThatThrownBy(() -> letter.deleteDraft(by(editor(initiator)), 0)).isInstanceOf(NotFound.class);
    }

    @Test
    void aLetterIsOfferedWithdrawnAndAmendedOnceWithAKey() {
        var letter = draft(terms(other));
        assertMadeOnce(signatory(initiator), change -> offer(letter, change));
        assertMadeOnce(signatory(initiator), change -> letter.withdrawOffer(change, TODAY, digest(letter)));
        assertMadeOnce(signatory(initiator), change -> letter.amend(change, TODAY, edition -> null));

        assertThat(letter.editions())
                .extracting(Edition::state)
                .containsExactly(EditionState.WITHDRAWN, EditionState.DRAFT);
    }

    @Test
    void aPartyAnswersOnceWithAKey() {
        var letter = offered(terms(other));
        var person = signatory(other);
        assertMadeOnce(
                person,
                change ->
                        letter.sign(change, TODAY, digest(letter), in -> signatureWithReservation(), () -> "Somebody"));
        assertMadeOnce(person, change -> letter.decline(change, TODAY, digest(letter), "No"));
        assertMadeOnce(
                person,
                change ->
                        letter.sign(change, TODAY, digest(letter), in -> signatureWithReservation(), () -> "Somebody"));
        assertMadeOnce(
                person,
                change -> letter.liftReservation(
                        change,
                        TODAY,
                        digest(letter),
                        in -> new LiftingInput("Mayor", TODAY, "1/26"),
                        () -> "Somebody"));

        var answer = letter.lastOffered().orElseThrow().findAnswer(other).orElseThrow();
        assertThat(answer.state()).isEqualTo(AnswerState.SIGNED);
        assertThat(answer.signatures()).hasSize(2);
    }

    // What was read

    @Test
    void nothingIsDoneWithADraftThatIsNotTheOneThatWasRead() {
        var letter = draft(terms(other));
        var read = 1;

        assertConflict(() ->
                letter.edit(by(editor(initiator)), read, new Edit<>(Set.of("parties"), violations -> terms(third))));
        assertConflict(() -> letter.deleteDraft(by(editor(initiator)), read));
        assertConflict(
                () -> letter.offer(by(signatory(initiator)), TODAY, read, LetterFixtures::faces, files -> Map.of()));
        assertThat(letter.draft().orElseThrow().terms().partners()).containsExactly(initiator, other);
        assertThat(moved(letter)).extracting(LetterChangesTest::type).containsExactly("LETTER_DRAFTED");
    }

    @Test
    void aLetterHasNoVersionUntilItIsStored() {
        assertThat(draft(terms(other)).version()).isNull();
    }

    // Events

    @Test
    void eventsOfAnEditionAreForThoseWhoSeeItAndThoseOfADraftForTheInitiator() {
        var letter = draft(terms(other));
        moved(letter);
        var owner = "owner:" + initiator.value();

        offer(letter, by(signatory(initiator)));
        assertEvents(letter, "LETTER_OFFERED", List.of("office", owner, "party:" + initiator.value(), party(other)));
        letter.withdrawOffer(by(signatory(initiator)), TODAY, digest(letter));
        assertEvents(
                letter, "LETTER_OFFER_WITHDRAWN", List.of("office", owner, "party:" + initiator.value(), party(other)));
        letter.amend(by(signatory(initiator)), TODAY, edition -> terms(other).text());
        assertEvents(letter, "LETTER_AMENDED", List.of(owner));
        edit(letter, by(editor(initiator)), terms(third));
        assertEvents(letter, "LETTER_EDITED", null);
        offer(letter, by(signatory(initiator)));
        assertEvents(letter, "LETTER_OFFERED", List.of("office", owner, "party:" + initiator.value(), party(third)));
        letter.withdrawOffer(by(signatory(initiator)), TODAY, digest(letter));
        moved(letter);
        letter.amend(by(signatory(initiator)), TODAY, edition -> null);
        moved(letter);
        letter.deleteDraft(by(editor(initiator)), 0);
        assertEvents(letter, "LETTER_DRAFT_DELETED", null);
    }

    @Test
    void whatHappensToTwoEditionsOnOneDayAreTwoEventsEachForThoseWhoSeeItsEdition() {
        var letter = offered(endingOn(TODAY.plusDays(10), other));
        sign(letter, initiator);
        sign(letter, other);
        letter.amend(by(signatory(initiator)), TODAY, edition -> terms(third).text());
        edit(letter, by(editor(initiator)), comingIntoForceOn(TODAY.plusDays(11), third));
        offer(letter, by(signatory(initiator)));
        sign(letter, initiator);
        sign(letter, third);
        moved(letter);

        letter.settle(by(Actor.system()), TODAY.plusDays(11));
        var events = moved(letter);
        assertThat(events).extracting(LetterChangesTest::type).containsExactly("LETTER_EXPIRED", "LETTER_IN_FORCE");
        assertThat(events.getFirst().among())
                .contains("former:" + other.value())
                .doesNotContain(party(third));
        assertThat(events.getLast().among()).contains(party(third)).doesNotContain("former:" + other.value());
    }

    @Test
    void theServiceHasToSaveALetterOnlyIfSomethingWasDue() {
        var letter = offered(terms(other));

        assertThat(letter.settle(by(Actor.system()), TODAY)).isFalse();
        assertThat(letter.settle(by(Actor.system()), TODAY.plusDays(31))).isTrue();
        assertThat(letter.settle(by(Actor.system()), TODAY.plusDays(31))).isFalse();
    }

    // Size

    @Test
    void aLetterThatIsTooLargeIsNotDraftedFurtherAndEverythingElseGoesOn() {
        var letter = draft(terms(other));
        assertThat(letter.maxSize()).isEqualTo(6 * 1024 * 1024);
        assertLimited(letter, true);
        edit(letter, by(editor(initiator)), terms(third));
        assertLimited(letter, true);
        offer(letter, by(signatory(initiator)));
        assertLimited(letter, false);
        sign(letter, initiator);
        assertLimited(letter, false);
        letter.decline(by(signatory(third)), TODAY, digest(letter), "No");
        assertLimited(letter, false);
        letter.withdrawOffer(by(signatory(initiator)), TODAY, digest(letter));
        assertLimited(letter, false);
        letter.amend(by(signatory(initiator)), TODAY, edition -> null);
        assertLimited(letter, true);
        letter.deleteDraft(by(editor(initiator)), 0);
        assertLimited(letter, false);
    }

    // Help

    private LetterOfIntent draft(EditionTerms terms) {
        return LetterOfIntent.draft(by(editor(initiator)), violations -> terms);
    }

    private static void edit(LetterOfIntent letter, Change change, EditionTerms terms) {
        letter.edit(change, 0, new Edit<>(Set.of("parties", "lapsesOn", "inForceOn", "endsOn"), violations -> terms));
    }

    private LetterOfIntent offered(EditionTerms terms) {
        var letter = draft(terms);
        offer(letter, by(signatory(initiator)));
        return letter;
    }

    private static void offer(LetterOfIntent letter, Change change) {
        letter.offer(change, TODAY, 0, LetterFixtures::faces, files -> Map.of());
    }

    private static void sign(LetterOfIntent letter, PartnerId partner) {
        letter.sign(by(signatory(partner)), TODAY, digest(letter), violations -> signature(), () -> "Somebody");
    }

    private static EditionTerms endingOn(LocalDate day, PartnerId party) {
        return terms(List.of(new PartyTerms(party, Requirement.REQUIRED)), LetterVisibility.PARTIES, null, day);
    }

    private static EditionTerms comingIntoForceOn(LocalDate day, PartnerId party) {
        return terms(List.of(new PartyTerms(party, Requirement.REQUIRED)), LetterVisibility.PARTIES, day, null);
    }

    private static String digest(LetterOfIntent letter) {
        return Objects.requireNonNull(letter.lastOffered().orElseThrow().digest());
    }

    private static String party(PartnerId partner) {
        return "party:" + partner.value();
    }

    private static Change by(Actor actor) {
        return Change.by(actor, TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC));
    }

    private static Change keyed(Actor actor, String key, int input) {
        return new Change(
                actor,
                TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC),
                ChangeKey.of(actor, "mutation", key, Map.of("input", input)));
    }

    /** A verb that is called with a key, again with it, and again with the key and another input. */
    private static void assertMadeOnce(Actor actor, Consumer<Change> verb) {
        var key = PartnerId.next().value().toString();
        verb.accept(keyed(actor, key, 1));
        assertThatThrownBy(() -> verb.accept(keyed(actor, key, 1))).isInstanceOf(KeyedChanges.AlreadyMade.class);
        assertThatThrownBy(() -> verb.accept(keyed(actor, key, 2))).isInstanceOf(KeyedChanges.ReusedKey.class);
    }

    private static void assertConflict(ThrowingCallable verb) {
        assertThatThrownBy(verb).isInstanceOf(Conflict.class);
    }

    /** @param among null if the changed fields alone decide whom it concerns */
    private static void assertEvents(LetterOfIntent letter, String type, @Nullable Collection<String> among) {
        assertThat(moved(letter)).singleElement().satisfies(added -> {
            assertThat(type(added)).isEqualTo(type);
            if (among == null) {
                assertThat(added.among()).isNull();
            } else {
                assertThat(added.among()).containsExactlyInAnyOrderElementsOf(among);
            }
        });
    }

    /** @param limited whether the last change is refused if it makes the letter too large */
    private static void assertLimited(LetterOfIntent letter, boolean limited) {
        assertThat(moved(letter)).isNotEmpty();
        assertThat(letter.newEvents().isBudgeted()).isEqualTo(limited);
    }

    private static String type(NewEvent added) {
        return added.event().type();
    }

    /** The events since the last call. */
    private static List<NewEvent> moved(LetterOfIntent letter) {
        var moved = new ArrayList<NewEvent>();
        letter.newEvents().moveTo(letter.outbox(), added -> {
            moved.add(added);
            return new EventAudience(List.of(), List.of(), List.of(), Map.of());
        });
        return moved;
    }
}

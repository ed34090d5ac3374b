package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static de.smartcity.consortium.letters.LetterFixtures.assertRule;
import static de.smartcity.consortium.letters.LetterFixtures.editor;
import static de.smartcity.consortium.letters.LetterFixtures.signatory;
import static de.smartcity.consortium.letters.LetterFixtures.signature;
import static de.smartcity.consortium.letters.LetterFixtures.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.LetterFixtures;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Verbs that are called on the day on which something has become due, before the job has come. */
class DueBeforeVerbsTest {

    private static final LocalDate LAPSED = TODAY.plusDays(31);

    private final PartnerId initiator = PartnerId.next();
    private final PartnerId other = PartnerId.next();
    private final PartnerId optional = PartnerId.next();

    @Test
    void aLapsedOfferIsAmended() {
        var letter = offered(null, null);
        amend(letter, LAPSED);
        assertStates(letter, EditionState.LAPSED, EditionState.DRAFT);
        assertThat(letter.editions().getFirst().closedSince()).isEqualTo(LAPSED);
    }

    @Test
    void anEndedLetterIsAmended() {
        var letter = inForce(TODAY.plusDays(5));
        amend(letter, TODAY.plusDays(6));
        assertStates(letter, EditionState.EXPIRED, EditionState.DRAFT);
    }

    @Test
    void aLetterOfWhichANoticeIsDueIsAmended() {
        var letter = inForce(TODAY.plusDays(60));
        amend(letter, TODAY.plusDays(1));
        assertStates(letter, EditionState.IN_FORCE, EditionState.DRAFT);
        assertThat(letter.editions().getFirst().notices()).contains(Notice.ENDS_IN_90_DAYS);
    }

    @Test
    void aSignedEditionIsAmendedFromItsDayOn() {
        var letter = offered(TODAY.plusDays(10), null);
        sign(letter, initiator, TODAY);
        sign(letter, other, TODAY);
        assertRule("edition.open", () -> amend(letter, TODAY.plusDays(9)));
        amend(letter, TODAY.plusDays(10));
        assertStates(letter, EditionState.IN_FORCE, EditionState.DRAFT);
        assertThat(letter.inForce().orElseThrow().inForceSince()).isEqualTo(TODAY.plusDays(10));
    }

    @Test
    void aLapsedOfferIsNeitherWithdrawnNorAnswered() {
        var letter = offered(null, null);
        var digest = digest(letter);
        assertRule("edition.notOffered", () -> letter.withdrawOffer(by(signatory(initiator)), LAPSED, digest));
        assertThatThrownBy(() -> sign(letter, other, LAPSED)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> letter.decline(by(signatory(other)), LAPSED, digest, "No"))
                .isInstanceOf(Conflict.class);
        assertThat(letter.editions())
                .as("a refused verb changes nothing, also not what is due")
                .extracting(Edition::state)
                .containsExactly(EditionState.OFFERED);
    }

    @Test
    void anEndedLetterIsNotAnsweredByItsOptionalParties() {
        var letter = inForce(TODAY.plusDays(5));
        assertThatThrownBy(() -> sign(letter, optional, TODAY.plusDays(6))).isInstanceOf(Conflict.class);
        sign(letter, optional, TODAY.plusDays(5));
        assertThat(letter.editions()
                        .getFirst()
                        .findAnswer(optional)
                        .orElseThrow()
                        .state())
                .isEqualTo(AnswerState.SIGNED);
    }

    @Test
    void anOfferTakesNoteOfTheEndOfWhatIsInForce() {
        var letter = inForce(TODAY.plusDays(5));
        amend(letter, TODAY);
        var further = terms(List.of(new PartyTerms(other, Requirement.REQUIRED)), LetterVisibility.PARTIES, null, null);
        letter.edit(by(editor(initiator)), 0, new Edit<>(Set.of("endsOn", "lapsesOn"), violations -> further));
        letter.offer(by(signatory(initiator)), TODAY.plusDays(6), 0, LetterFixtures::faces, files -> Map.of());
        assertStates(letter, EditionState.EXPIRED, EditionState.OFFERED);
    }

    private void assertStates(LetterOfIntent letter, EditionState... states) {
        assertThat(letter.editions()).extracting(Edition::state).containsExactly(states);
        // What a verb leaves can be settled, derived and amended further.
        letter.settle(by(Actor.system()), TODAY);
        letter.derive("de");
        assertThat(letter.editions()).extracting(Edition::state).containsExactly(states);
    }

    private LetterOfIntent offered(@Nullable LocalDate inForceOn, @Nullable LocalDate endsOn) {
        var terms = terms(
                List.of(new PartyTerms(other, Requirement.REQUIRED), new PartyTerms(optional, Requirement.OPTIONAL)),
                LetterVisibility.PARTIES,
                inForceOn,
                endsOn);
        var letter = LetterOfIntent.draft(by(editor(initiator)), violations -> terms);
        letter.offer(by(signatory(initiator)), TODAY, 0, LetterFixtures::faces, files -> Map.of());
        return letter;
    }

    private LetterOfIntent inForce(LocalDate endsOn) {
        var letter = offered(null, endsOn);
        Stream.of(initiator, other).forEach(partner -> sign(letter, partner, TODAY));
        return letter;
    }

    private void amend(LetterOfIntent letter, LocalDate today) {
        letter.amend(
                by(signatory(initiator)),
                today,
                edition -> LocalizedText.of(Map.of("de", "Wir wollen weiterarbeiten.")));
    }

    private static void sign(LetterOfIntent letter, PartnerId partner, LocalDate today) {
        letter.sign(by(signatory(partner)), today, digest(letter), violations -> signature(), () -> "Somebody");
    }

    private static String digest(LetterOfIntent letter) {
        return Objects.requireNonNull(letter.lastOffered().orElseThrow().digest());
    }

    private static Change by(Actor actor) {
        return Change.by(actor, TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC));
    }
}

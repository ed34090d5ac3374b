package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static de.smartcity.consortium.letters.LetterFixtures.assertRule;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.PartnerId;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a party has answered, whoever signs for it in which order. */
class AnswerTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    @Test
    void onePersonSignsUnlessThePartnerSignsJointly() {
        assertThat(asked(1).state()).isEqualTo(AnswerState.WAITING);
        assertThat(sign(asked(1), "first").state()).isEqualTo(AnswerState.SIGNED);
        assertThat(sign(asked(2), "first").state()).isEqualTo(AnswerState.PARTLY_SIGNED);
        assertThat(sign(sign(asked(2), "first"), "second").state()).isEqualTo(AnswerState.SIGNED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void oneReservationOfTwoPeopleIsOneOfTheParty(String withReservation) {
        var answer = asked(2);
        for (var person : new String[] {"first", "second"}) {
            answer = sign(answer, person, person.equals(withReservation) ? TODAY : null);
        }

        assertThat(answer.state()).isEqualTo(AnswerState.SIGNED_WITH_RESERVATION);
    }

    @Test
    void theReservationsAreLiftedByAsManyPeopleAsHaveToSignWhoNeedNotHaveSigned() {
        var signed = sign(sign(asked(2), "first", TODAY), "second");
        var once = lift(signed, "third");
        assertThat(once.state()).isEqualTo(AnswerState.SIGNED_WITH_RESERVATION);
        assertRule("signature.sameAccount", () -> lift(once, "third"));

        assertThat(lift(once, "first").state()).isEqualTo(AnswerState.SIGNED);
        assertThat(lift(once, "first").liftings())
                .extracting(lifting -> lifting.by().account().value())
                .containsExactly("third", "first");
    }

    @Test
    void aLiftingFromBeforeTheNoStaysAsEvidenceAndCountsNoMore() {
        var declined = decline(lift(sign(sign(asked(2), "first", TODAY), "second"), "first"));
        assertThat(declined.state()).isEqualTo(AnswerState.DECLINED);
        assertThat(declined.liftings()).singleElement().satisfies(lifting -> {
            assertThat(lifting.counts()).isFalse();
            assertThat(lifting.reference()).isEqualTo("1/26");
            assertThat(lifting.by().account().value()).isEqualTo("first");
        });

        var anew = sign(sign(declined, "first", TODAY), "second");
        assertThat(lift(anew, "second").state()).isEqualTo(AnswerState.SIGNED_WITH_RESERVATION);
        assertThat(lift(lift(anew, "second"), "first").state())
                .as("whoever lifted before the no does it again")
                .isEqualTo(AnswerState.SIGNED);
    }

    @Test
    void nobodyIsAskedForASignatureThatIsNotAllowed() {
        var partly = sign(asked(2), "first");
        assertRule("signature.sameAccount", () -> partly.sign(account("first"), AnswerTest::neverAsked));
        var signed = sign(asked(1), "first");
        assertRule("answer.complete", () -> signed.sign(account("second"), AnswerTest::neverAsked));
        var withReservation = sign(asked(1), "first", TODAY);
        assertRule("answer.complete", () -> withReservation.sign(account("second"), AnswerTest::neverAsked));
        var often = asked(1);
        for (var times = 0; times < Answer.MAX_SIGNATURES; times++) {
            often = decline(sign(often, "first", TODAY));
        }
        var tooOften = often;
        assertRule("signatures.many", () -> tooOften.sign(account("first"), AnswerTest::neverAsked));
    }

    @Test
    void nobodyIsAskedForALiftingThatIsNotAllowed() {
        for (var answer : new Answer[] {
            asked(1), sign(asked(2), "first", TODAY), sign(asked(1), "first"), decline(sign(asked(1), "first", TODAY))
        }) {
            assertRule("reservation.none", () -> answer.lift(account("first"), AnswerTest::neverAsked));
        }
        var once = lift(sign(sign(asked(2), "first", TODAY), "second"), "first");
        assertRule("signature.sameAccount", () -> once.lift(account("first"), AnswerTest::neverAsked));
    }

    @Test
    void aPartyWaitsForTheBodyThatDecidesFirst() {
        var signed = sign(sign(asked(2), "first", TODAY.plusDays(20)), "second", TODAY.plusDays(10));
        assertThat(signed.reservationsExpectedBy()).isEqualTo(TODAY.plusDays(10));

        var anew = sign(sign(decline(signed), "first", TODAY.plusDays(30)), "second");
        assertThat(anew.reservationsExpectedBy())
                .as("those from before the no do not count")
                .isEqualTo(TODAY.plusDays(30));
        assertThat(sign(asked(1), "first").reservationsExpectedBy()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING, true",
        "PARTLY_SIGNED, true",
        "SIGNED_WITH_RESERVATION, true",
        "SIGNED, false",
        "DECLINED, false"
    })
    void aPartyIsAwaitedUntilItHasSignedWithoutReservationOrDeclined(AnswerState state, boolean awaited) {
        assertThat(state.isAwaited()).isEqualTo(awaited);
    }

    // Help

    private static Answer asked(int signaturesRequired) {
        return Answer.waiting(new PartyTerms(PartnerId.next(), Requirement.REQUIRED), null, signaturesRequired);
    }

    private static Answer sign(Answer answer, String person) {
        return sign(answer, person, null);
    }

    /** @param expectedBy the day by which the reservation is expected to be lifted; null for none */
    private static Answer sign(Answer answer, String person, @Nullable LocalDate expectedBy) {
        return answer.sign(
                account(person),
                () -> new Signature(
                        signatory(person),
                        "digest",
                        "de",
                        SignatureMethod.IN_APP,
                        Mandate.STATUTORY,
                        null,
                        null,
                        expectedBy == null ? null : new Reservation("City council", expectedBy),
                        true));
    }

    private static Answer lift(Answer answer, String person) {
        return answer.lift(account(person), () -> new Lifting(signatory(person), TODAY, "1/26", true));
    }

    private static Answer decline(Answer answer) {
        return answer.decline(new Decline(account("first"), NOW, "No"));
    }

    private static Signatory signatory(String person) {
        return new Signatory(account(person), person, "Mayor", NOW);
    }

    private static AccountId account(String person) {
        return new AccountId(person);
    }

    private static <T> T neverAsked() {
        throw new AssertionError("asked");
    }
}

package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static de.smartcity.consortium.letters.LetterFixtures.actor;
import static de.smartcity.consortium.letters.LetterFixtures.assertRule;
import static de.smartcity.consortium.letters.LetterFixtures.editor;
import static de.smartcity.consortium.letters.LetterFixtures.notice;
import static de.smartcity.consortium.letters.LetterFixtures.office;
import static de.smartcity.consortium.letters.LetterFixtures.signatory;
import static de.smartcity.consortium.letters.LetterFixtures.signature;
import static de.smartcity.consortium.letters.LetterFixtures.terms;
import static de.smartcity.consortium.letters.LetterFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterFixtures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How parties leave an edition in force, and how its initiator ends it. */
class LeavingLetterTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    private final PartnerId initiator = PartnerId.next();
    private final PartnerId other = PartnerId.next();
    private final PartnerId third = PartnerId.next();
    private final PartnerId optional = PartnerId.next();

    // The day

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 3_650})
    void aPartyLeavesAfterTheNoticeThatWasAgreedOn(int days) {
        var letter = inForce(days);
        leave(letter, other, TODAY);
        assertThat(answer(letter, other).notice())
                .isEqualTo(new LeavingNotice(
                        new Signatory(signatory(other).account().orElseThrow(), "Somebody", "Managing director", NOW),
                        "We have other plans.",
                        TODAY.plusDays(days)));

        letter.settle(bySystem(), TODAY.plusDays(days - 1));
        assertThat(answer(letter, other).isParty()).isTrue();
        assertThat(answer(letter, other).until()).isNull();
        letter.settle(bySystem(), TODAY.plusDays(days));
        assertThat(answer(letter, other).until()).isEqualTo(TODAY.plusDays(days));
        assertThat(edition(letter).parties()).containsExactly(initiator, third);
        assertThat(edition(letter).state()).isEqualTo(EditionState.IN_FORCE);
        assertThat(events(letter)).endsWith("LETTER_IN_FORCE", "LETTER_PARTY_LEAVING", "LETTER_PARTY_LEFT");
    }

    @Test
    void withoutNoticeAPartyLeavesAtOnce() {
        var letter = inForce(0);
        leave(letter, other, TODAY);
        assertThat(answer(letter, other).until()).isEqualTo(TODAY);
        // It is done by the service, although at once.
        assertThat(waiting(letter).getLast().account())
                .isEqualTo(Actor.system().account().orElseThrow());
        assertThat(events(letter)).endsWith("LETTER_PARTY_LEAVING", "LETTER_PARTY_LEFT");
        assertRefused(letter, Conflict.class, () -> stay(letter, other, TODAY));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10})
    void theInitiatorEndsALetterAfterTheNoticeThatWasAgreedOn(int days) {
        var letter = inForce(days);
        end(letter, TODAY);
        if (days > 0) {
            letter.settle(bySystem(), TODAY.plusDays(days - 1));
            assertThat(edition(letter).state()).isEqualTo(EditionState.IN_FORCE);
            letter.settle(bySystem(), TODAY.plusDays(days));
        }
        assertThat(edition(letter).state()).isEqualTo(EditionState.TERMINATED);
        assertThat(edition(letter).closedSince()).isEqualTo(TODAY.plusDays(days));
        assertThat(edition(letter).parties()).containsExactly(initiator, other, third);
        assertThat(edition(letter).textWords()).isEmpty();
        assertThat(events(letter)).endsWith("LETTER_IN_FORCE", "LETTER_ENDING", "LETTER_TERMINATED");
        letter.derive("de");
        assertThat(letter.dueOn()).isNull();
    }

    @Test
    void aVerbOnThatDayComesTooLate() {
        var letter = inForce(10);
        leave(letter, other, TODAY);
        letter.derive("de");
        assertThat(letter.dueOn()).isEqualTo(TODAY.plusDays(10));
        assertThatThrownBy(() -> stay(letter, other, TODAY.plusDays(10))).isInstanceOf(Conflict.class);
        stay(letter, other, TODAY.plusDays(9));
        letter.settle(bySystem(), TODAY.plusDays(10));
        assertThat(answer(letter, other).isParty()).isTrue();
        assertThat(events(letter)).endsWith("LETTER_PARTY_LEAVING", "LETTER_NOTICE_WITHDRAWN");
    }

    @Test
    void aNoticeThatIsGivenAnewBeginsAnew() {
        var letter = inForce(10);
        end(letter, TODAY);
        stay(letter, initiator, TODAY.plusDays(1));
        assertThat(edition(letter).termination()).isNull();
        end(letter, TODAY.plusDays(2));
        letter.settle(bySystem(), TODAY.plusDays(11));
        assertThat(edition(letter).state()).isEqualTo(EditionState.IN_FORCE);
        letter.settle(bySystem(), TODAY.plusDays(12));
        assertThat(edition(letter).state()).isEqualTo(EditionState.TERMINATED);
    }

    @Test
    void fewerThanTwoPartiesAreNone() {
        var letter = inForce(3);
        leave(letter, other, TODAY);
        leave(letter, third, TODAY.plusDays(1));
        letter.settle(bySystem(), TODAY.plusDays(3));
        assertThat(edition(letter).state()).isEqualTo(EditionState.IN_FORCE);
        letter.settle(bySystem(), TODAY.plusDays(20));
        assertThat(edition(letter).state()).isEqualTo(EditionState.TERMINATED);
        assertThat(edition(letter).closedSince()).isEqualTo(TODAY.plusDays(4));
        assertThat(edition(letter).termination()).isNull();
        assertThat(answer(letter, third).until()).isEqualTo(TODAY.plusDays(4));
        assertThat(events(letter)).endsWith("LETTER_PARTY_LEFT", "LETTER_PARTY_LEFT", "LETTER_TERMINATED");
    }

    // Who may

    @Test
    void onlyWhatIsInForceIsLeft() {
        var letter = offered(terms(other, third));
        sign(letter, initiator, TODAY);
        sign(letter, other, TODAY);
        var early = digest(letter);
        assertRefused(letter, Conflict.class, () -> leave(letter, other, early, TODAY));
        assertRefused(
                letter, Conflict.class, () -> letter.terminate(by(initiator), TODAY, early, in -> notice(), () -> "x"));
        sign(letter, third, TODAY);
        assertRefused(letter, Conflict.class, () -> leave(letter, other, "0".repeat(64), TODAY));
        end(letter, TODAY);
        letter.settle(bySystem(), TODAY.plusDays(90));
        assertRefused(letter, Conflict.class, () -> leave(letter, other, TODAY.plusDays(90)));
        assertRefused(letter, Conflict.class, () -> end(letter, TODAY.plusDays(90)));
        assertRefused(letter, Conflict.class, () -> stay(letter, initiator, TODAY.plusDays(90)));
    }

    @Test
    void onlyWhoHasSignedLeaves() {
        var letter = inForce(10);
        assertRefused(letter, Conflict.class, () -> leave(letter, optional, TODAY));
        assertRefused(letter, Conflict.class, () -> stay(letter, optional, TODAY));
        sign(letter, optional, TODAY.plusDays(1));
        assertThat(edition(letter).since(answer(letter, optional))).isEqualTo(TODAY.plusDays(1));
        assertThat(answer(letter, optional).joinedOn()).isEqualTo(TODAY.plusDays(1));
        assertThat(edition(letter).since(answer(letter, other))).isEqualTo(TODAY);
        assertThat(answer(letter, other).joinedOn()).isNull();
        leave(letter, optional, TODAY.plusDays(1));
        letter.settle(bySystem(), TODAY.plusDays(11));
        assertThat(answer(letter, optional).until()).isEqualTo(TODAY.plusDays(11));
        assertThat(edition(letter).since(answer(letter, optional))).isEqualTo(TODAY.plusDays(1));
        assertRefused(letter, Conflict.class, () -> leave(letter, optional, TODAY.plusDays(11)));
        assertRefused(letter, Conflict.class, () -> sign(letter, optional, TODAY.plusDays(31)));
    }

    @Test
    void theInitiatorDoesNotLeaveAndNobodyElseEnds() {
        var letter = inForce(10);
        assertRefusedBy(letter, "initiator.leaves", () -> leave(letter, initiator, TODAY));
        assertRefused(
                letter,
                Forbidden.class,
                () -> letter.terminate(by(other), TODAY, digest(letter), in -> notice(), () -> "x"));
    }

    @Test
    void thereIsOneNoticeAtATime() {
        var letter = inForce(10);
        assertRefusedBy(letter, "notice.none", () -> stay(letter, other, TODAY));
        assertRefusedBy(letter, "notice.none", () -> stay(letter, initiator, TODAY));
        leave(letter, other, TODAY);
        end(letter, TODAY);
        assertRefusedBy(letter, "notice.given", () -> leave(letter, other, TODAY.plusDays(1)));
        assertRefusedBy(letter, "notice.given", () -> end(letter, TODAY.plusDays(1)));
        stay(letter, other, TODAY);
        stay(letter, initiator, TODAY);
        assertRefusedBy(letter, "notice.none", () -> stay(letter, other, TODAY));
        assertRefusedBy(letter, "notice.none", () -> stay(letter, initiator, TODAY));
    }

    @Test
    void onlyPeopleWhoAreSignatoriesOfAPartyGiveNotice() {
        var letter = inForce(10);
        leave(letter, third, TODAY);
        for (var partner : List.of(initiator, other, third)) {
            for (var actor : List.of(
                    editor(partner),
                    office(),
                    Actor.anonymous(),
                    signatory(PartnerId.next()),
                    actor(Actor.Kind.APP, partner, PartnerStatus.ACTIVE, "app", Role.SIGNATORY),
                    actor(Actor.Kind.PERSON, partner, PartnerStatus.SUSPENDED, "s", Role.SIGNATORY))) {
                var by = Change.by(actor, NOW);
                assertRefused(
                        letter,
                        Forbidden.class,
                        () -> letter.withdrawFrom(
                                by,
                                TODAY,
                                digest(letter),
                                in -> {
                                    throw new AssertionError("read");
                                },
                                () -> "x"));
                assertRefused(
                        letter,
                        Forbidden.class,
                        () -> letter.terminate(
                                by,
                                TODAY,
                                digest(letter),
                                in -> {
                                    throw new AssertionError("read");
                                },
                                () -> "x"));
                assertRefused(letter, Forbidden.class, () -> letter.withdrawNotice(by, TODAY, digest(letter)));
            }
        }
    }

    // On one day

    @Test
    void whatExpiresIsNotEndedOnTheSameDay() {
        var letter = inForce(10, TODAY.plusDays(9));
        leave(letter, other, TODAY);
        end(letter, TODAY);
        letter.settle(bySystem(), TODAY.plusDays(10));
        assertThat(edition(letter).state()).isEqualTo(EditionState.EXPIRED);
        assertThat(answer(letter, other).until()).isNull();
        assertThat(events(letter)).endsWith("LETTER_ENDING", "LETTER_EXPIRED");
    }

    @Test
    void whatEndsIsNotLeftOnTheSameDay() {
        var letter = inForce(10);
        leave(letter, other, TODAY);
        end(letter, TODAY);
        letter.settle(bySystem(), TODAY.plusDays(40));
        assertThat(edition(letter).closedSince()).isEqualTo(TODAY.plusDays(10));
        assertThat(answer(letter, other).until()).isNull();
        assertThat(events(letter)).endsWith("LETTER_ENDING", "LETTER_TERMINATED");
    }

    @Test
    void whoLeavesOnTheDayOfTheNextEditionHasLeftTheOneBefore() {
        var letter = inForce(10);
        leave(letter, other, TODAY);
        offerNext(letter, TODAY, TODAY.plusDays(10));
        letter.settle(bySystem(), TODAY.plusDays(10));
        assertThat(letter.editions())
                .extracting(Edition::state)
                .containsExactly(EditionState.SUPERSEDED, EditionState.IN_FORCE);
        assertThat(letter.editions().getFirst().findAnswer(other).orElseThrow().until())
                .isEqualTo(TODAY.plusDays(10));
        assertThat(events(letter)).endsWith("LETTER_PARTY_LEFT", "LETTER_SUPERSEDED", "LETTER_IN_FORCE");
    }

    @Test
    void theNextEditionBeginsOnTheDayOnWhichTheOneBeforeEnds() {
        var letter = inForce(10);
        end(letter, TODAY);
        offerNext(letter, TODAY, TODAY.plusDays(10));
        letter.settle(bySystem(), TODAY.plusDays(10));
        assertThat(letter.editions())
                .extracting(Edition::state)
                .containsExactly(EditionState.TERMINATED, EditionState.IN_FORCE);
        assertThat(events(letter)).endsWith("LETTER_TERMINATED", "LETTER_IN_FORCE");
    }

    @Test
    void theNextEditionTakesTheNoticesWithIt() {
        var letter = inForce(10);
        leave(letter, other, TODAY);
        end(letter, TODAY);
        offerNext(letter, TODAY, TODAY.plusDays(9));
        letter.settle(bySystem(), TODAY.plusDays(50));
        assertThat(letter.editions())
                .extracting(Edition::state)
                .containsExactly(EditionState.SUPERSEDED, EditionState.IN_FORCE);
        assertThat(letter.editions().getFirst().findAnswer(other).orElseThrow().until())
                .isNull();
        assertThat(edition(letter).termination()).isNull();
        assertThat(answer(letter, other).notice()).isNull();
        assertThat(events(letter)).endsWith("LETTER_SUPERSEDED", "LETTER_IN_FORCE");
        assertThat(tasks(letter)).isEmpty();
    }

    // What follows

    @Test
    void whoHasLeftKeepsSeeingTheEditionAndIsNotPublishedAsItsParty() {
        var letter = inForce(with(terms(other, third), "noticeDays", 10, "visibility", LetterVisibility.PUBLIC));
        leave(letter, other, TODAY);
        assertThat(derived(letter).audience().tokens()).contains("party:" + other.value());
        assertThat(derived(letter).facets()).anyMatch(key -> isPublic(key, other));
        letter.settle(bySystem(), TODAY.plusDays(10));

        assertThat(derived(letter).audience().tokens())
                .contains("former:" + other.value(), "party:" + third.value())
                .doesNotContain("party:" + other.value());
        assertThat(new LetterAudience(letter).of(edition(letter)).tokens()).contains("former:" + other.value());
        assertThat(derived(letter).facets())
                .noneMatch(key -> isPublic(key, other))
                .anyMatch(key -> isPublic(key, third))
                .anyMatch(key ->
                        key.startsWith("former:") && key.contains(other.value().toString()));
    }

    @Test
    void eachIsToldOfWhatOthersHaveAnnounced() {
        var letter = inForce(10);
        leave(letter, third, TODAY);
        leave(letter, other, TODAY.plusDays(1));
        assertThat(tasks(letter))
                .containsExactly("LETTER_PARTY_LEAVING " + initiator.value() + " " + TODAY.plusDays(10));
        end(letter, TODAY.plusDays(2));
        var ending = TODAY.plusDays(12);
        assertThat(tasks(letter))
                .containsExactlyInAnyOrder(
                        "LETTER_PARTY_LEAVING " + initiator.value() + " " + TODAY.plusDays(10),
                        "LETTER_ENDING " + other.value() + " " + ending,
                        "LETTER_ENDING " + third.value() + " " + ending);
        letter.settle(bySystem(), TODAY.plusDays(10));
        assertThat(tasks(letter))
                .containsExactlyInAnyOrder(
                        "LETTER_PARTY_LEAVING " + initiator.value() + " " + TODAY.plusDays(11),
                        "LETTER_ENDING " + other.value() + " " + ending);
        stay(letter, other, TODAY.plusDays(10));
        assertThat(tasks(letter)).containsExactly("LETTER_ENDING " + other.value() + " " + ending);
        letter.settle(bySystem(), ending);
        assertThat(tasks(letter)).isEmpty();
    }

    @Test
    void whoHasLeftIsNotAskedAgain() {
        var letter = inForce(10);
        leave(letter, other, TODAY);
        leave(letter, third, TODAY.plusDays(1));
        amend(letter, TODAY.plusDays(10));
        assertThat(letter.draft().orElseThrow().terms().partners()).containsExactly(initiator, third, optional);
    }

    @Test
    void whatIsOverIsAmended() {
        var letter = inForce(0);
        leave(letter, other, TODAY);
        leave(letter, third, TODAY);
        assertThat(edition(letter).state()).isEqualTo(EditionState.TERMINATED);
        amend(letter, TODAY);
        assertThat(letter.draft().orElseThrow().terms().partners()).containsExactly(initiator, optional);
        assertRefusedBy(letter, "parties.few", () -> offer(letter, TODAY));
    }

    // Help

    private LetterOfIntent inForce(int noticeDays) {
        return inForce(with(withOptional(null), "noticeDays", noticeDays));
    }

    private LetterOfIntent inForce(int noticeDays, LocalDate endsOn) {
        return inForce(with(withOptional(endsOn), "noticeDays", noticeDays));
    }

    private EditionTerms withOptional(@Nullable LocalDate endsOn) {
        return terms(
                List.of(
                        new PartyTerms(initiator, Requirement.REQUIRED),
                        new PartyTerms(other, Requirement.REQUIRED),
                        new PartyTerms(third, Requirement.REQUIRED),
                        new PartyTerms(optional, Requirement.OPTIONAL)),
                LetterVisibility.PARTIES,
                null,
                endsOn);
    }

    private LetterOfIntent inForce(EditionTerms terms) {
        var letter = offered(terms);
        List.of(initiator, other, third).forEach(partner -> sign(letter, partner, TODAY));
        assertThat(edition(letter).state()).isEqualTo(EditionState.IN_FORCE);
        return letter;
    }

    private LetterOfIntent offered(EditionTerms terms) {
        var letter = LetterOfIntent.draft(Change.by(editor(initiator), NOW), violations -> terms);
        offer(letter, TODAY);
        return letter;
    }

    private void offer(LetterOfIntent letter, LocalDate today) {
        letter.offer(by(initiator), today, 0, LetterFixtures::faces, files -> Map.of());
    }

    private void amend(LetterOfIntent letter, LocalDate today) {
        letter.amend(by(initiator), today, edition -> terms(other).text());
    }

    /** The next edition for the same parties, which have signed. */
    private void offerNext(LetterOfIntent letter, LocalDate today, LocalDate first) {
        amend(letter, today);
        var from = with(withOptional(null), "inForceOn", first);
        letter.edit(Change.by(editor(initiator), NOW), 0, new Edit<>(Set.of("inForceOn"), violations -> from));
        offer(letter, today);
        List.of(initiator, other, third).forEach(partner -> sign(letter, partner, today));
    }

    private static void sign(LetterOfIntent letter, PartnerId partner, LocalDate today) {
        letter.sign(by(partner), today, digest(letter), in -> signature(), () -> "Somebody");
    }

    private static void leave(LetterOfIntent letter, PartnerId partner, LocalDate today) {
        leave(letter, partner, digest(letter), today);
    }

    private static void leave(LetterOfIntent letter, PartnerId partner, String digest, LocalDate today) {
        letter.withdrawFrom(by(partner), today, digest, in -> notice(), () -> "Somebody");
    }

    private void end(LetterOfIntent letter, LocalDate today) {
        letter.terminate(by(initiator), today, digest(letter), in -> notice(), () -> "Somebody");
    }

    private static void stay(LetterOfIntent letter, PartnerId partner, LocalDate today) {
        letter.withdrawNotice(by(partner), today, digest(letter));
    }

    private static void assertRefused(
            LetterOfIntent letter, Class<? extends RuntimeException> refusal, ThrowingCallable verb) {
        var before = letter.editions();
        var events = events(letter);
        assertThatThrownBy(verb).isInstanceOf(refusal);
        assertThat(letter.editions()).isEqualTo(before);
        assertThat(events(letter)).isEqualTo(events);
    }

    private static void assertRefusedBy(LetterOfIntent letter, String rule, ThrowingCallable verb) {
        var before = letter.editions();
        var events = events(letter);
        assertRule(rule, verb);
        assertThat(letter.editions()).isEqualTo(before);
        assertThat(events(letter)).isEqualTo(events);
    }

    private static boolean isPublic(String facet, PartnerId partner) {
        return facet.startsWith("public") && facet.contains(partner.value().toString());
    }

    private static Change by(PartnerId partner) {
        return Change.by(signatory(partner), NOW);
    }

    private static Change bySystem() {
        return Change.by(Actor.system(), NOW);
    }

    private static String digest(LetterOfIntent letter) {
        return Objects.requireNonNull(edition(letter).digest());
    }

    /** That was offered last. */
    private static Edition edition(LetterOfIntent letter) {
        return letter.lastOffered().orElseThrow();
    }

    private static Answer answer(LetterOfIntent letter, PartnerId partner) {
        return edition(letter).findAnswer(partner).orElseThrow();
    }

    private static DerivedFields derived(LetterOfIntent letter) {
        letter.derive("de");
        return Objects.requireNonNull(letter.derived());
    }

    /** Without those to sign. */
    private static List<String> tasks(LetterOfIntent letter) {
        return LetterTasks.of(letter).stream()
                .filter(task -> task.kind() != LetterTask.SIGN_LETTER)
                .map(task -> task.kind() + " "
                        + Objects.requireNonNull(task.holder()).value() + " " + task.due())
                .toList();
    }

    private static List<String> events(LetterOfIntent letter) {
        return waiting(letter).stream().map(Event::type).toList();
    }

    private static List<Event> waiting(LetterOfIntent letter) {
        letter.newEvents()
                .moveTo(letter.outbox(), event -> new EventAudience(List.of(), List.of(), List.of(), Map.of()));
        return letter.outbox().events();
    }
}

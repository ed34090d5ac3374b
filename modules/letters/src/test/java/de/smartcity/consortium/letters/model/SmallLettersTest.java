package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static de.smartcity.consortium.letters.LetterFixtures.actor;
import static de.smartcity.consortium.letters.LetterFixtures.editor;
import static de.smartcity.consortium.letters.LetterFixtures.notice;
import static de.smartcity.consortium.letters.LetterFixtures.signatory;
import static de.smartcity.consortium.letters.LetterFixtures.signature;
import static de.smartcity.consortium.letters.LetterFixtures.terms;
import static de.smartcity.consortium.letters.LetterFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.letters.LetterFixtures;
import de.smartcity.consortium.letters.LetterId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All that can become of a letter of three parties in six steps: it always comes to an end. */
class SmallLettersTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final int STEPS = 6;
    /** After so many, what is due is done. */
    private static final int DAYS = 3;

    private static final int NOBODY = -1;

    private enum Kind {
        SIGN,
        LEAVE,
        TERMINATE,
        WITHDRAW_NOTICE,
        DAY
    }

    private record Step(Kind kind, int partner) {}

    private static final List<Step> ALL = Stream.of(Kind.values())
            .flatMap(kind -> IntStream.range(0, kind == Kind.DAY ? 1 : 3).mapToObj(partner -> new Step(kind, partner)))
            .toList();

    private final List<PartnerId> partners = List.of(PartnerId.next(), PartnerId.next(), PartnerId.next());
    private final EnumSet<EditionState> ends = EnumSet.noneOf(EditionState.class);

    @ParameterizedTest
    @CsvSource({"0, OPTIONAL", "1, OPTIONAL", "1, REQUIRED"})
    void aLetterIsNeverStuck(int noticeDays, Requirement ofThird) {
        var reached = Set.of(offered(noticeDays, ofThird));
        var known = new HashSet<>(reached);
        for (var length = 0; length <= STEPS; length++) {
            var next = new HashSet<State>();
            for (var state : reached) {
                for (var suspended = 0; suspended < partners.size(); suspended++) {
                    new Life(state).end(suspended);
                }
                ALL.forEach(step -> {
                    var life = new Life(state);
                    if (life.accepts(step)) {
                        life.check();
                        next.add(life.state());
                    }
                });
            }
            next.removeAll(known);
            known.addAll(next);
            reached = next;
        }
        assertThat(known).hasSizeGreaterThan(100);
        assertThat(ends).containsExactly(EditionState.LAPSED, EditionState.TERMINATED);
    }

    /** What is stored, and the day. */
    private record State(List<Edition> editions, LocalDate today) {}

    private State offered(int noticeDays, Requirement ofThird) {
        var parties = List.of(
                new PartyTerms(partners.get(0), Requirement.REQUIRED),
                new PartyTerms(partners.get(1), Requirement.REQUIRED),
                new PartyTerms(partners.get(2), ofThird));
        var terms = with(
                terms(parties, LetterVisibility.PARTIES, null, null),
                "noticeDays",
                noticeDays,
                "lapsesOn",
                TODAY.plusDays(1));
        var letter = LetterOfIntent.draft(Change.by(editor(partners.getFirst()), NOW), violations -> terms);
        letter.offer(
                Change.by(signatory(partners.getFirst()), NOW), TODAY, 0, LetterFixtures::faces, files -> Map.of());
        return new State(letter.editions(), TODAY);
    }

    /** One letter. */
    private final class Life {

        private final LetterOfIntent letter;
        private LocalDate today;
        private int suspended = NOBODY;

        Life(State state) {
            today = state.today();
            letter = new LetterOfIntent(
                    new LetterId(UUID.randomUUID()),
                    0L,
                    partners.getFirst(),
                    state.editions(),
                    null,
                    false,
                    NOW,
                    NOW,
                    null,
                    List.of(),
                    null,
                    new Outbox(List.of()),
                    new KeyedChanges(List.of()));
        }

        State state() {
            return new State(letter.editions(), today);
        }

        private Change by(int partner) {
            var status = partner == suspended ? PartnerStatus.SUSPENDED : PartnerStatus.ACTIVE;
            return Change.by(actor(Actor.Kind.PERSON, partners.get(partner), status, "s", Role.SIGNATORY), NOW);
        }

        private Edition edition() {
            return letter.lastOffered().orElseThrow();
        }

        boolean accepts(Step step) {
            var before = letter.editions();
            try {
                make(step);
                return true;
            } catch (Conflict | RuleViolation | Forbidden refused) {
                assertThat(letter.editions()).as("after %s was refused", step).isEqualTo(before);
                return false;
            }
        }

        private void make(Step step) {
            var digest = Objects.requireNonNull(edition().digest());
            switch (step.kind()) {
                case SIGN -> letter.sign(by(step.partner()), today, digest, in -> signature(), () -> "x");
                case LEAVE -> letter.withdrawFrom(by(step.partner()), today, digest, in -> notice(), () -> "x");
                case TERMINATE -> letter.terminate(by(step.partner()), today, digest, in -> notice(), () -> "x");
                case WITHDRAW_NOTICE -> letter.withdrawNotice(by(step.partner()), today, digest);
                case DAY -> {
                    today = today.plusDays(1);
                    letter.settle(Change.by(Actor.system(), NOW), today);
                }
            }
        }

        void check() {
            var edition = edition();
            if (edition.state() == EditionState.IN_FORCE) {
                assertThat(edition.parties()).contains(partners.getFirst()).hasSizeGreaterThan(1);
            }
            for (var answer : edition.answers()) {
                var until = answer.until();
                if (until != null) {
                    assertThat(until)
                            .isEqualTo(Objects.requireNonNull(answer.notice()).on());
                    assertThat(until).isBetween(Objects.requireNonNull(edition.since(answer)), today);
                }
            }
        }

        /** Brings it to an end by days and by those who can act, all but this one, and has it amended. */
        void end(int without) {
            suspended = without;
            for (var day = 0; day < DAYS; day++) {
                accepts(new Step(Kind.TERMINATE, 0));
                accepts(new Step(Kind.LEAVE, 1));
                accepts(new Step(Kind.LEAVE, 2));
                make(new Step(Kind.DAY, 0));
            }
            assertThat(edition().state()).isIn(EditionState.LAPSED, EditionState.TERMINATED);
            ends.add(edition().state());
            letter.derive("de");
            assertThat(letter.dueOn()).isNull();
            suspended = NOBODY;
            letter.amend(by(0), today, edition -> null);
            assertThat(letter.draft()).isPresent();
        }
    }
}

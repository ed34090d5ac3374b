package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static de.smartcity.consortium.letters.LetterFixtures.editor;
import static de.smartcity.consortium.letters.LetterFixtures.person;
import static de.smartcity.consortium.letters.LetterFixtures.signature;
import static de.smartcity.consortium.letters.LetterFixtures.signatureWithReservation;
import static de.smartcity.consortium.letters.LetterFixtures.terms;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.partners.PartnerFace;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random verbs of twelve partners with two accounts each on one letter, against the rules written down once more and differently: as a history of what
 * was accepted, from which everything is computed anew after each step.
 */
class LetterPropertyTest {

    private static final int PARTNERS = 12;
    private static final int STEPS = 400;

    @Test
    void theLetterIsWhatTheRulesMakeOfItsHistory() {
        var reached = EnumSet.noneOf(EditionState.class);
        IntStream.range(0, 30).forEach(seed -> reached.addAll(new Run(seed).steps(STEPS)));

        // No verb leads to TERMINATED yet.
        assertThat(reached).isEqualTo(EnumSet.complementOf(EnumSet.of(EditionState.TERMINATED)));
    }

    @Test
    @Tag("long")
    void theLetterIsWhatTheRulesMakeOfAThousandHistories() {
        IntStream.range(1_000, 2_000).forEach(seed -> new Run(seed).steps(STEPS));
    }

    /** What somebody did to one edition. @param account of the partner, 0 or 1 */
    private record Deed(Kind kind, int partner, int account) {
        enum Kind {
            SIGN,
            RESERVE,
            DECLINE,
            LIFT
        }
    }

    /** The rules for one edition, as its history says. */
    private static final class History {

        private final Map<Integer, Requirement> parties;
        private final @Nullable LocalDate from;
        private final @Nullable LocalDate until;
        private final LocalDate lapses;
        private final List<Deed> deeds = new ArrayList<>();
        private boolean withdrawn;
        private @Nullable LocalDate complete;

        History(
                Map<Integer, Requirement> parties,
                @Nullable LocalDate from,
                @Nullable LocalDate until,
                LocalDate lapses) {
            this.parties = parties;
            this.from = from;
            this.until = until;
            this.lapses = lapses;
        }

        /** The deeds of a partner since it declined last. */
        private List<Deed> present(int partner) {
            var own = deeds.stream().filter(deed -> deed.partner() == partner).toList();
            var last = IntStream.range(0, own.size())
                    .filter(index -> own.get(index).kind() == Deed.Kind.DECLINE)
                    .max()
                    .orElse(-1);
            return own.subList(last + 1, own.size());
        }

        private long count(int partner, Set<Deed.Kind> kinds) {
            return present(partner).stream()
                    .filter(deed -> kinds.contains(deed.kind()))
                    .count();
        }

        AnswerState answer(int partner) {
            var signed = count(partner, Set.of(Deed.Kind.SIGN, Deed.Kind.RESERVE));
            if (signed == 0) {
                return deeds.stream().anyMatch(deed -> deed.partner() == partner)
                        ? AnswerState.DECLINED
                        : AnswerState.WAITING;
            }
            if (signed < needed(partner)) {
                return AnswerState.PARTLY_SIGNED;
            }
            var reserved = count(partner, Set.of(Deed.Kind.RESERVE)) > 0;
            return reserved && count(partner, Set.of(Deed.Kind.LIFT)) < needed(partner)
                    ? AnswerState.SIGNED_WITH_RESERVATION
                    : AnswerState.SIGNED;
        }

        boolean isComplete() {
            return parties.entrySet().stream()
                    .filter(party -> party.getValue() == Requirement.REQUIRED)
                    .allMatch(party -> answer(party.getKey()) == AnswerState.SIGNED);
        }

        @Nullable
        LocalDate begins() {
            return complete == null || withdrawn ? null : from == null || from.isBefore(complete) ? complete : from;
        }

        /** What an account may do on a day, while the edition has not been replaced. */
        boolean allows(Deed deed, LocalDate today, boolean replaced) {
            var requirement = parties.get(deed.partner());
            var begins = begins();
            var inForce = begins != null && !begins.isAfter(today);
            if (requirement == null
                    || withdrawn
                    || replaced
                    || today.isAfter(lapses)
                    || (inForce && until != null && today.isAfter(until))
                    || (inForce && requirement == Requirement.REQUIRED)) {
                return false;
            }
            var state = answer(deed.partner());
            var again = present(deed.partner()).stream()
                    .anyMatch(other -> other.account() == deed.account()
                            && (other.kind() == Deed.Kind.LIFT) == (deed.kind() == Deed.Kind.LIFT));
            var signatures = deeds.stream()
                    .filter(other -> other.partner() == deed.partner()
                            && (other.kind() == Deed.Kind.SIGN || other.kind() == Deed.Kind.RESERVE))
                    .count();
            return switch (deed.kind()) {
                case SIGN, RESERVE ->
                    signatures < 10
                            && !again
                            && (state == AnswerState.WAITING
                                    || state == AnswerState.DECLINED
                                    || state == AnswerState.PARTLY_SIGNED);
                case DECLINE -> state != AnswerState.SIGNED && state != AnswerState.DECLINED;
                case LIFT -> state == AnswerState.SIGNED_WITH_RESERVATION && !again;
            };
        }

        void add(Deed deed, LocalDate today) {
            deeds.add(deed);
            if (complete == null && isComplete()) {
                complete = today;
            }
        }
    }

    /** Every third partner signs jointly. */
    private static int needed(int partner) {
        return partner % 3 == 0 ? 2 : 1;
    }

    private static final class Run {

        private final Random random;
        private final List<PartnerId> partners = new ArrayList<>();
        private final List<History> offered = new ArrayList<>();
        private final List<String> digests = new ArrayList<>();
        private final LetterOfIntent letter;
        private boolean drafting = true;
        private LocalDate today = TODAY;
        private final List<String> done = new ArrayList<>();

        Run(long seed) {
            random = new Random(seed);
            IntStream.range(0, PARTNERS).forEach(partner -> partners.add(PartnerId.next()));
            letter = LetterOfIntent.draft(by(editor(partners.getFirst())), violations -> terms(partners.get(1)));
        }

        /** Makes so many steps and returns the states that editions were in. */
        Set<EditionState> steps(int count) {
            var reached = EnumSet.noneOf(EditionState.class);
            for (var step = 0; step < count; step++) {
                step();
                // Not always, since it does what is due, which a verb has to do by itself.
                if (random.nextInt(4) == 0) {
                    check();
                }
                letter.editions().forEach(edition -> reached.add(edition.state()));
            }
            check();
            return reached;
        }

        private void step() {
            var what = random.nextInt(100);
            if (what < 4) {
                today = today.plusDays(random.nextInt(8));
                done.add("it is " + today);
                if (random.nextBoolean()) {
                    letter.settle(by(Actor.system()), today);
                }
            } else if (what < 12) {
                amendAndEdit();
            } else if (what < 18) {
                offer();
            } else if (what < 19) {
                withdraw();
            } else {
                answer();
            }
        }

        private void amendAndEdit() {
            var accepted = accepts(
                    "amend",
                    () -> letter.amend(by(signatory(0, 0)), today, edition -> LocalizedText.of(Map.of("de", "Text"))));
            var last = offered.isEmpty() ? null : offered.getLast();
            assertThat(accepted)
                    .as("amend: %s", done)
                    .isEqualTo(!drafting && last != null && !isOffered(last) && offered.size() < 20);
            drafting = drafting || accepted;
            if (drafting) {
                var parties = new ArrayList<PartyTerms>();
                parties.add(new PartyTerms(partners.get(0), Requirement.REQUIRED));
                parties.add(new PartyTerms(partners.get(1), Requirement.REQUIRED));
                for (var partner = 2; partner < PARTNERS; partner++) {
                    if (random.nextInt(3) > 0) {
                        parties.add(new PartyTerms(
                                partners.get(partner),
                                random.nextInt(5) > 0 ? Requirement.OPTIONAL : Requirement.REQUIRED));
                    }
                }
                var from = random.nextBoolean() ? null : today.plusDays(random.nextInt(20));
                var until = random.nextBoolean() ? null : today.plusDays(20 + random.nextInt(20));
                var edited = terms(parties, LetterVisibility.PARTIES, from, until);
                letter.edit(
                        by(editor(partners.getFirst())),
                        0,
                        new Edit<>(
                                Set.of("parties", "inForceOn", "endsOn", "lapsesOn"),
                                violations -> new EditionTerms(
                                        edited.title(),
                                        edited.text(),
                                        edited.bindingLocale(),
                                        null,
                                        List.of(),
                                        edited.parties(),
                                        edited.visibility(),
                                        false,
                                        edited.minimumMethod(),
                                        90,
                                        30,
                                        today.plusDays(5 + random.nextInt(25)),
                                        edited.inForceOn(),
                                        edited.endsOn())));
            }
        }

        private boolean isOffered(History history) {
            var begins = history.begins();
            return !history.withdrawn
                    && (history.complete == null
                            ? !today.isAfter(history.lapses)
                            : Objects.requireNonNull(begins).isAfter(today));
        }

        private void offer() {
            var draft = letter.draft();
            var accepted = accepts("offer", () -> {
                var offer = letter.offer(by(signatory(0, random.nextInt(2))), today, 0, this::faces, ids -> Map.of());
                digests.add(offer.digest());
            });
            assertThat(!accepted || drafting).as("offer: %s", done).isTrue();
            if (accepted) {
                var terms = draft.orElseThrow().terms();
                var parties = new HashMap<Integer, Requirement>();
                terms.parties().forEach(party -> parties.put(partners.indexOf(party.partner()), party.requirement()));
                offered.add(new History(
                        parties, terms.inForceOn(), terms.endsOn(), Objects.requireNonNull(terms.lapsesOn())));
                drafting = false;
            }
        }

        private void withdraw() {
            if (digests.isEmpty()) {
                return;
            }
            var last = offered.getLast();
            var expected = isOffered(last) && last.complete == null;
            assertThat(accepts("withdraw", () -> letter.withdrawOffer(by(signatory(0, 0)), today, digests.getLast())))
                    .as("withdraw: %s", done)
                    .isEqualTo(expected);
            last.withdrawn = last.withdrawn || expected;
        }

        private void answer() {
            if (digests.isEmpty()) {
                return;
            }
            // Mostly to what is offered, sometimes to an earlier text.
            var edition = random.nextInt(8) > 0 ? offered.size() - 1 : random.nextInt(offered.size());
            var kinds = List.of(
                    Deed.Kind.SIGN,
                    Deed.Kind.SIGN,
                    Deed.Kind.SIGN,
                    Deed.Kind.RESERVE,
                    Deed.Kind.DECLINE,
                    Deed.Kind.LIFT,
                    Deed.Kind.LIFT);
            var deed = new Deed(kinds.get(random.nextInt(kinds.size())), random.nextInt(PARTNERS), random.nextInt(2));
            var history = offered.get(edition);
            var expected = history.allows(deed, today, isReplaced(edition));
            var actor = by(signatory(deed.partner(), deed.account()));
            var digest = digests.get(edition);
            var accepted = accepts(deed + " of edition " + (edition + 1), () -> {
                switch (deed.kind()) {
                    case SIGN -> letter.sign(actor, today, digest, in -> signature(), () -> "Somebody");
                    case RESERVE ->
                        letter.sign(actor, today, digest, in -> signatureWithReservation(), () -> "Somebody");
                    case DECLINE -> letter.decline(actor, today, digest, "No");
                    case LIFT ->
                        letter.liftReservation(
                                actor, today, digest, in -> new LiftingInput("Mayor", TODAY, "1/26"), () -> "Somebody");
                }
            });
            assertThat(accepted).as("%s on %s: %s", deed, today, done).isEqualTo(expected);
            if (accepted) {
                history.add(deed, today);
            }
        }

        /** Whether a later edition has come into force. */
        private boolean isReplaced(int edition) {
            return offered.stream().skip(edition + 1L).anyMatch(later -> {
                var begins = later.begins();
                return begins != null && !begins.isAfter(today);
            });
        }

        private boolean accepts(String what, Runnable verb) {
            try {
                verb.run();
                done.add(what);
                return true;
            } catch (Conflict | RuleViolation | Forbidden refused) {
                return false;
            }
        }

        /** Compares the letter, as of today, with what the history says. */
        private void check() {
            // A copy of what a save would show today: what is due happens at the next verb or by the job.
            letter.settle(by(Actor.system()), today);
            for (var index = 0; index < offered.size(); index++) {
                var history = offered.get(index);
                var edition = letter.editions().get(index);
                assertThat(edition.digest()).isEqualTo(digests.get(index));
                assertThat(edition.state())
                        .as("edition %s: %s", index + 1, done)
                        .isEqualTo(state(index));
                history.parties.forEach((partner, requirement) -> {
                    var answer = edition.findAnswer(partners.get(partner)).orElseThrow();
                    assertThat(answer.state())
                            .as("partner %s: %s", partner, done)
                            .isEqualTo(history.answer(partner));
                    // No signature is lost, doubled, or another's, and each is of what was shown.
                    assertThat(answer.signatures().stream()
                                    .map(each -> each.by().account()))
                            .containsExactlyElementsOf(history.deeds.stream()
                                    .filter(deed -> deed.partner() == partner
                                            && (deed.kind() == Deed.Kind.SIGN || deed.kind() == Deed.Kind.RESERVE))
                                    .map(deed -> signatory(partner, deed.account())
                                            .account()
                                            .orElseThrow())
                                    .toList());
                    assertThat(answer.signatures())
                            .allMatch(each -> each.digest().equals(edition.digest()));
                });
            }
            assertThat(letter.editions().stream()
                            .filter(edition ->
                                    edition.state() == EditionState.DRAFT || edition.state() == EditionState.OFFERED))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(letter.editions().stream().filter(edition -> edition.state() == EditionState.IN_FORCE))
                    .hasSizeLessThanOrEqualTo(1);
        }

        private EditionState state(int index) {
            var history = offered.get(index);
            var begins = history.begins();
            if (history.withdrawn) {
                return EditionState.WITHDRAWN;
            }
            if (history.complete == null) {
                return today.isAfter(history.lapses) ? EditionState.LAPSED : EditionState.OFFERED;
            }
            if (Objects.requireNonNull(begins).isAfter(today)) {
                return EditionState.OFFERED;
            }
            var replaced = offered.stream()
                    .skip(index + 1L)
                    .map(History::begins)
                    .filter(Objects::nonNull)
                    .min(LocalDate::compareTo)
                    .filter(later -> !later.isAfter(today));
            var ended = history.until == null ? null : history.until.plusDays(1);
            if (ended != null && !ended.isAfter(today) && (replaced.isEmpty() || !ended.isAfter(replaced.get()))) {
                return EditionState.EXPIRED;
            }
            return replaced.isPresent() ? EditionState.SUPERSEDED : EditionState.IN_FORCE;
        }

        private Map<PartnerId, PartnerFace> faces(Collection<PartnerId> ids) {
            var faces = new HashMap<PartnerId, PartnerFace>();
            ids.forEach(id -> faces.put(
                    id,
                    new PartnerFace(
                            id,
                            PartnerStatus.ACTIVE,
                            LocalizedText.of(Map.of("de", "Partner")),
                            null,
                            needed(partners.indexOf(id)))));
            return faces;
        }

        private Actor signatory(int partner, int account) {
            return person(partners.get(partner), "account" + account, Role.SIGNATORY);
        }

        private static Change by(Actor actor) {
            return Change.by(actor, Instant.parse("2026-11-30T10:00:00Z"));
        }
    }
}

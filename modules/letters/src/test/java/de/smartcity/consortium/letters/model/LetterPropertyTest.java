package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static de.smartcity.consortium.letters.LetterFixtures.editor;
import static de.smartcity.consortium.letters.LetterFixtures.notice;
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
import de.smartcity.consortium.letters.model.LetterModel.Deed;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random verbs of twelve partners with two accounts each on one letter, against {@link LetterModel}. */
class LetterPropertyTest {

    private static final int PARTNERS = 12;
    private static final int STEPS = 400;

    @Test
    void theLetterIsWhatTheRulesMakeOfItsHistory() {
        var reached = EnumSet.noneOf(EditionState.class);
        IntStream.range(0, 30).forEach(seed -> reached.addAll(new Run(seed).steps(STEPS)));

        assertThat(reached).isEqualTo(EnumSet.allOf(EditionState.class));
    }

    @Test
    @Tag("long")
    void theLetterIsWhatTheRulesMakeOfAThousandHistories() {
        IntStream.range(1_000, 2_000).forEach(seed -> new Run(seed).steps(STEPS));
    }

    /** Every third partner signs jointly. */
    private static int needed(int partner) {
        return partner % 3 == 0 ? 2 : 1;
    }

    private static final class Run {

        private final Random random;
        private final List<PartnerId> partners = new ArrayList<>();
        private final LetterModel model = new LetterModel(LetterPropertyTest::needed);
        private final List<String> digests = new ArrayList<>();
        private final LetterOfIntent letter;
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
            } else if (what < 27) {
                giveNotice();
            } else {
                answer();
            }
        }

        private void amendAndEdit() {
            var expected = model.mayAmend(today);
            assertThat(accepts(
                            "amend",
                            () -> letter.amend(
                                    by(signatory(0, 0)), today, edition -> LocalizedText.of(Map.of("de", "Text")))))
                    .as("amend: %s", done)
                    .isEqualTo(expected);
            if (expected) {
                assertThat(modelled(letter.draft().orElseThrow().terms()))
                        .as("%s", done)
                        .isEqualTo(model.amend(today));
            }
            if (model.isDrafting()) {
                var parties = new ArrayList<PartyTerms>();
                parties.add(new PartyTerms(partners.get(0), Requirement.REQUIRED));
                parties.add(new PartyTerms(partners.get(1), Requirement.REQUIRED));
                // Two of few parties are left by few.
                var asked = random.nextInt(4) == 0 ? 2 : PARTNERS;
                for (var partner = 2; partner < asked; partner++) {
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
                                Set.of("parties", "noticeDays", "inForceOn", "endsOn", "lapsesOn"),
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
                                        random.nextInt(11),
                                        30,
                                        today.plusDays(5 + random.nextInt(25)),
                                        edited.inForceOn(),
                                        edited.endsOn())));
            }
        }

        private void offer() {
            var draft = letter.draft().map(edition -> modelled(edition.terms()));
            var expected = draft.isPresent() && model.mayOffer(draft.get(), today);
            var accepted = accepts("offer", () -> {
                var offer = letter.offer(by(signatory(0, random.nextInt(2))), today, 0, this::faces, ids -> Map.of());
                digests.add(offer.digest());
            });
            assertThat(accepted).as("offer: %s", done).isEqualTo(expected);
            if (expected) {
                model.offer(draft.get());
            }
        }

        private LetterModel.Terms modelled(EditionTerms terms) {
            var parties = new HashMap<Integer, Requirement>();
            terms.parties().forEach(party -> parties.put(partners.indexOf(party.partner()), party.requirement()));
            return new LetterModel.Terms(
                    parties,
                    terms.inForceOn(),
                    terms.endsOn(),
                    Objects.requireNonNull(terms.lapsesOn()),
                    terms.noticeDays());
        }

        private void withdraw() {
            if (digests.isEmpty()) {
                return;
            }
            var last = digests.size() - 1;
            var expected = model.mayWithdraw(last, today);
            assertThat(accepts("withdraw", () -> letter.withdrawOffer(by(signatory(0, 0)), today, digests.getLast())))
                    .as("withdraw: %s", done)
                    .isEqualTo(expected);
            if (expected) {
                model.withdraw(last, today);
            }
        }

        private void answer() {
            if (digests.isEmpty()) {
                return;
            }
            // Mostly to what is offered, sometimes to an earlier text.
            var edition = random.nextInt(8) > 0 ? digests.size() - 1 : random.nextInt(digests.size());
            var kinds = List.of(
                    Deed.Kind.SIGN,
                    Deed.Kind.SIGN,
                    Deed.Kind.SIGN,
                    Deed.Kind.RESERVE,
                    Deed.Kind.DECLINE,
                    Deed.Kind.LIFT,
                    Deed.Kind.LIFT);
            make(
                    edition,
                    new Deed(kinds.get(random.nextInt(kinds.size())), random.nextInt(PARTNERS), random.nextInt(2)));
        }

        /** Mostly of what is in force. */
        private void giveNotice() {
            var inForce = letter.inForce().map(edition -> edition.number() - 1);
            if (digests.isEmpty()) {
                return;
            }
            var edition = inForce.isPresent() && random.nextInt(8) > 0 ? inForce.get() : random.nextInt(digests.size());
            var kinds = List.of(Deed.Kind.LEAVE, Deed.Kind.LEAVE, Deed.Kind.TERMINATE, Deed.Kind.WITHDRAW_NOTICE);
            var kind = kinds.get(random.nextInt(kinds.size()));
            var ends = kind == Deed.Kind.TERMINATE && random.nextInt(4) > 0;
            make(edition, new Deed(kind, ends ? 0 : random.nextInt(PARTNERS), random.nextInt(2)));
        }

        private void make(int edition, Deed deed) {
            var expected = model.mayDo(edition, deed, today);
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
                    case LEAVE -> letter.withdrawFrom(actor, today, digest, in -> notice(), () -> "Somebody");
                    case TERMINATE -> letter.terminate(actor, today, digest, in -> notice(), () -> "Somebody");
                    case WITHDRAW_NOTICE -> letter.withdrawNotice(actor, today, digest);
                }
            });
            assertThat(accepted).as("%s on %s: %s", deed, today, done).isEqualTo(expected);
            if (accepted) {
                model.make(edition, deed, today);
            }
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
            for (var index = 0; index < digests.size(); index++) {
                checkEdition(index);
            }
            assertThat(letter.editions().stream()
                            .filter(edition ->
                                    edition.state() == EditionState.DRAFT || edition.state() == EditionState.OFFERED))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(letter.editions().stream().filter(edition -> edition.state() == EditionState.IN_FORCE))
                    .hasSizeLessThanOrEqualTo(1);
        }

        private void checkEdition(int index) {
            var edition = letter.editions().get(index);
            assertThat(edition.digest()).isEqualTo(digests.get(index));
            assertThat(edition.state()).as("edition %s: %s", index + 1, done).isEqualTo(model.state(index, today));
            assertThat(edition.completedOn()).as("%s", done).isEqualTo(model.completedOn(index));
            assertThat(edition.inForceSince()).as("%s", done).isEqualTo(model.inForceSince(index, today));
            assertThat(edition.closedSince()).as("%s", done).isEqualTo(model.closedSince(index, today));
            assertThat(
                            edition.termination() == null
                                    ? null
                                    : edition.termination().on())
                    .as("%s", done)
                    .isEqualTo(model.notice(index, 0));
            for (var answer : edition.answers()) {
                var partner = partners.indexOf(answer.partner());
                if (partner > 0) {
                    assertThat(answer.notice() == null ? null : answer.notice().on())
                            .as("partner %s: %s", partner, done)
                            .isEqualTo(model.notice(index, partner));
                }
                assertThat(edition.since(answer))
                        .as("partner %s: %s", partner, done)
                        .isEqualTo(model.since(index, partner, today));
                assertThat(answer.until())
                        .as("partner %s: %s", partner, done)
                        .isEqualTo(model.until(index, partner, today));
                assertThat(answer.state()).as("partner %s: %s", partner, done).isEqualTo(model.answer(index, partner));
                // No signature is lost, doubled, or another's, and each is of what was shown.
                assertThat(answer.signatures())
                        .extracting(each -> each.by().account())
                        .containsExactlyElementsOf(model.signatures(index, partner).stream()
                                .map(account ->
                                        signatory(partner, account).account().orElseThrow())
                                .toList());
                assertThat(answer.counting()).hasSize((int) model.countingSignatures(index, partner));
                assertThat(answer.signatures()).allMatch(each -> each.digest().equals(edition.digest()));
            }
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

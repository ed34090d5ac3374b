package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static de.smartcity.consortium.letters.LetterFixtures.editor;
import static de.smartcity.consortium.letters.LetterFixtures.signatory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Outbox.OutboxFull;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.LetterFixtures;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever gives notice and takes it back for ever does not keep a day from what it brings. */
class RepeatedNoticesTest {

    private static final PartnerId INITIATOR = PartnerId.next();
    private static final PartnerId PARTY = PartnerId.next();
    private static final LeavingNoticeInput NOTICE = new LeavingNoticeInput("Mayor", "No more");

    private final LetterOfIntent letter = inForce();
    private final String digest =
            Objects.requireNonNull(letter.inForce().orElseThrow().digest());

    private static Change by(Actor actor) {
        return Change.by(actor, Instant.parse("2026-11-30T10:00:00Z"));
    }

    private static LetterOfIntent inForce() {
        var parties = Stream.of(INITIATOR, PARTY)
                .map(partner -> new PartyTerms(partner, Requirement.REQUIRED))
                .toList();
        var terms = LetterFixtures.terms(parties, LetterVisibility.PARTIES, null, TODAY.plusDays(40));
        var letter = LetterOfIntent.draft(by(editor(INITIATOR)), violations -> terms);
        letter.offer(by(signatory(INITIATOR)), TODAY, 0, LetterFixtures::faces, files -> Map.of());
        var digest = Objects.requireNonNull(letter.lastOffered().orElseThrow().digest());
        Stream.of(INITIATOR, PARTY)
                .forEach(partner -> letter.sign(
                        by(signatory(partner)), TODAY, digest, violations -> LetterFixtures.signature(), () -> "x"));
        return letter;
    }

    static Stream<Consumer<RepeatedNoticesTest>> notices() {
        return Stream.of(RepeatedNoticesTest::leave, RepeatedNoticesTest::terminate);
    }

    private void leave() {
        letter.withdrawFrom(by(signatory(PARTY)), TODAY, digest, violations -> NOTICE, () -> "x");
        letter.withdrawNotice(by(signatory(PARTY)), TODAY, digest);
    }

    private void terminate() {
        letter.terminate(by(signatory(INITIATOR)), TODAY, digest, violations -> NOTICE, () -> "x");
        letter.withdrawNotice(by(signatory(INITIATOR)), TODAY, digest);
    }

    @ParameterizedTest
    @MethodSource("notices")
    void theyLeaveRoomForWhatADayBrings(Consumer<RepeatedNoticesTest> notice) {
        assertThatThrownBy(() -> {
                    while (true) {
                        notice.accept(this);
                    }
                })
                .isInstanceOf(OutboxFull.class);
        letter.settle(by(Actor.system()), TODAY.plusDays(100));
        assertThat(letter.inForce()).isEmpty();
    }
}

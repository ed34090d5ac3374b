package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.PartnerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One text of a letter with its parties and terms, and the answers to it. Once offered, its terms never change. If only some components are
 * read, the others are null.
 *
 * @param number 1, 2, 3, … within its letter
 * @param digest of its {@link CanonicalForm}; null for a draft
 * @param offeredAt null for a draft
 * @param textLanguages the languages of its text, as BCP 47 tags; empty without a text, and for a draft
 * @param textWords the search prefixes of its text, of a draft, an open edition and the one in force
 * @param answers one for each party, in their order; empty for a draft
 * @param completedOn the day on which all required parties had signed; null until then
 * @param inForceSince its first day in force; null if there was none
 * @param closedSince the first day on which it was neither open nor in force; null if there was none
 * @param notices which of its days have come
 * @param termination that the initiator ends it; null if it has given no such notice
 */
public record Edition(
        Integer number,
        EditionState state,
        EditionTerms terms,
        @Nullable String digest,
        @Nullable Instant offeredAt,
        List<String> textLanguages,
        Set<String> textWords,
        List<Answer> answers,
        @Nullable LocalDate completedOn,
        @Nullable LocalDate inForceSince,
        @Nullable LocalDate closedSince,
        Set<Notice> notices,
        @Nullable LeavingNotice termination) {

    private static final int DAYS_TO_LAPSE = 7;
    private static final int DAYS_OF_WITHDRAWAL = 30;

    public Edition {
        // What is not stored or not read.
        textLanguages = textLanguages == null ? List.of() : textLanguages;
        textWords = textWords == null ? Set.of() : textWords;
        answers = answers == null ? List.of() : answers;
        notices = notices == null ? Set.of() : notices;
    }

    static Edition draft(int number, EditionTerms terms, Set<String> textWords) {
        return new Edition(
                number,
                EditionState.DRAFT,
                terms,
                null,
                null,
                List.of(),
                textWords,
                List.of(),
                null,
                null,
                null,
                Set.of(),
                null);
    }

    /** Something that becomes due on a day. */
    enum Due {
        // In the order in which they happen on one day: what ends makes room for what begins.
        EXPIRE,
        TERMINATE,
        LEAVE,
        LAPSE,
        COME_INTO_FORCE,
        NOTICE
    }

    /**
     * What becomes due for an edition.
     *
     * @param on the first day of it
     * @param notice which, for a notice
     * @param partner who leaves, for that
     */
    record DueDay(
            LocalDate on,
            Due what,
            @Nullable Notice notice,
            @Nullable PartnerId partner,
            int edition) {}

    /** What is or will be due because of days, unless something happens before. */
    Stream<DueDay> due() {
        return switch (state) {
            case OFFERED ->
                completedOn == null
                        ? Stream.concat(
                                on(terms.lapsesOn(), 1, Due.LAPSE),
                                notice(Notice.LAPSES_SOON, terms.lapsesOn(), -DAYS_TO_LAPSE))
                        : Stream.concat(
                                notice(Notice.CLOSED_TO_OPTIONAL, terms.lapsesOn(), 1),
                                on(firstDay(completedOn), 0, Due.COME_INTO_FORCE));
            case IN_FORCE ->
                Stream.of(
                                notice(Notice.CLOSED_TO_OPTIONAL, terms.lapsesOn(), 1),
                                notice(Notice.ENDS_IN_90_DAYS, terms.endsOn(), -90),
                                notice(Notice.ENDS_IN_30_DAYS, terms.endsOn(), -30),
                                on(terms.endsOn(), 1, Due.EXPIRE),
                                on(termination == null ? null : termination.on(), 0, Due.TERMINATE),
                                answers.stream().filter(Answer::isParty).flatMap(this::leave))
                        .flatMap(Function.identity());
            case WITHDRAWN -> notice(Notice.WITHDRAWAL_KNOWN, closedSince, DAYS_OF_WITHDRAWAL);
            case DRAFT, SUPERSEDED, LAPSED, EXPIRED, TERMINATED -> Stream.of();
        };
    }

    private LocalDate firstDay(LocalDate completed) {
        var wanted = terms.inForceOn();
        return wanted == null || wanted.isBefore(completed) ? completed : wanted;
    }

    private Stream<DueDay> on(@Nullable LocalDate day, int daysLater, Due what) {
        // Stored terms may lack it.
        return day == null ? Stream.of() : Stream.of(new DueDay(day.plusDays(daysLater), what, null, null, number));
    }

    private Stream<DueDay> leave(Answer party) {
        return party.notice() == null
                ? Stream.of()
                : Stream.of(new DueDay(party.notice().on(), Due.LEAVE, null, party.partner(), number));
    }

    private Stream<DueDay> notice(Notice notice, @Nullable LocalDate day, int daysLater) {
        return day == null || notices.contains(notice)
                ? Stream.of()
                : Stream.of(new DueDay(day.plusDays(daysLater), Due.NOTICE, notice, null, number));
    }

    /** Whether its parties may answer; optional ones also for a while after it came into force. */
    public boolean isOpen() {
        return (state == EditionState.OFFERED || state == EditionState.IN_FORCE)
                && !notices.contains(Notice.CLOSED_TO_OPTIONAL);
    }

    /** Whether this party may answer it. */
    public boolean isOpenTo(Answer answer) {
        return isOpen() && (state == EditionState.OFFERED || answer.requirement() == Requirement.OPTIONAL);
    }

    /** Whether all required parties have signed. */
    boolean isComplete() {
        return answers.stream()
                .filter(answer -> answer.requirement() == Requirement.REQUIRED)
                .allMatch(answer -> answer.state() == AnswerState.SIGNED);
    }

    /** The answer of a party; empty for a partner that is none. */
    public Optional<Answer> findAnswer(PartnerId partner) {
        return answers.stream()
                .filter(answer -> answer.partner().equals(partner))
                .findFirst();
    }

    /** The partners that have signed it and have not left. */
    public Stream<PartnerId> parties() {
        return answers.stream().filter(Answer::isParty).map(Answer::partner);
    }

    /** The first day on which this was a party of it; null if it was none while it was in force. */
    public @Nullable LocalDate since(Answer answer) {
        if (inForceSince == null || !answer.wasParty()) {
            return null;
        }
        return answer.joinedOn() == null ? inForceSince : answer.joinedOn();
    }

    /** Its PDF and annexes, and the files of the signatures. */
    public Stream<FileId> files() {
        return Stream.concat(
                terms.files().stream(),
                answers.stream().flatMap(answer -> answer.signatures().stream()).flatMap(Signature::files));
    }

    Edition edited(EditionTerms other) {
        return new Copy().terms(other).made();
    }

    /** Without its digest, which is computed from it. */
    Edition offered(Instant at, List<Answer> asked, List<String> languages, Set<String> words) {
        var copy = new Copy().terms(terms.withText(null));
        copy.state = EditionState.OFFERED;
        copy.offeredAt = at;
        copy.textLanguages = languages;
        copy.textWords = words;
        copy.answers = asked;
        return copy.made();
    }

    Edition withDigest(String canonical) {
        var copy = new Copy();
        copy.digest = canonical;
        return copy.made();
    }

    /** @param today on which the answer was given */
    Edition answered(PartnerId partner, UnaryOperator<Answer> act, LocalDate today) {
        var copy = new Copy();
        copy.answers = answersWith(partner, answer -> {
            var given = act.apply(answer);
            return state == EditionState.IN_FORCE && given.isParty() && !answer.isParty() ? given.joined(today) : given;
        });
        var changed = copy.made();
        if (changed.isComplete() && completedOn == null) {
            copy.completedOn = today;
        }
        return copy.made();
    }

    private List<Answer> answersWith(PartnerId partner, UnaryOperator<Answer> act) {
        return answers.stream()
                .map(answer -> answer.partner().equals(partner) ? act.apply(answer) : answer)
                .toList();
    }

    Edition inForce(LocalDate since) {
        var copy = new Copy();
        copy.state = EditionState.IN_FORCE;
        copy.inForceSince = since;
        return copy.made();
    }

    Edition closed(EditionState as, LocalDate since) {
        var copy = new Copy();
        copy.state = as;
        // Only by open editions and those in force, letters are found.
        copy.textWords = Set.of();
        copy.closedSince = since;
        return copy.made();
    }

    Edition noticed(Notice notice) {
        var more = EnumSet.of(notice);
        more.addAll(notices);
        var copy = new Copy();
        copy.notices = Set.copyOf(more);
        return copy.made();
    }

    /** @param notice null if the party stays after all */
    Edition leaving(PartnerId partner, @Nullable LeavingNotice notice) {
        var copy = new Copy();
        copy.answers = answersWith(partner, answer -> answer.leaving(notice));
        return copy.made();
    }

    Edition left(PartnerId partner, LocalDate on) {
        var copy = new Copy();
        copy.answers = answersWith(partner, answer -> answer.left(on));
        return copy.made();
    }

    /** @param notice null if the initiator does not end it after all */
    Edition terminating(@Nullable LeavingNotice notice) {
        var copy = new Copy();
        copy.termination = notice;
        return copy.made();
    }

    /** All of it, to be changed before another is made of it. */
    private final class Copy {

        private EditionState state = Edition.this.state;
        private EditionTerms terms = Edition.this.terms;
        private @Nullable String digest = Edition.this.digest;
        private @Nullable Instant offeredAt = Edition.this.offeredAt;
        private List<String> textLanguages = Edition.this.textLanguages;
        private Set<String> textWords = Edition.this.textWords;
        private List<Answer> answers = Edition.this.answers;
        private @Nullable LocalDate completedOn = Edition.this.completedOn;
        private @Nullable LocalDate inForceSince = Edition.this.inForceSince;
        private @Nullable LocalDate closedSince = Edition.this.closedSince;
        private Set<Notice> notices = Edition.this.notices;
        private @Nullable LeavingNotice termination = Edition.this.termination;

        Copy terms(EditionTerms other) {
            terms = other;
            return this;
        }

        Edition made() {
            return new Edition(
                    number,
                    state,
                    terms,
                    digest,
                    offeredAt,
                    textLanguages,
                    textWords,
                    answers,
                    completedOn,
                    inForceSince,
                    closedSince,
                    notices,
                    termination);
        }
    }
}

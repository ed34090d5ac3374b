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
        Set<Notice> notices) {

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
                Set.of());
    }

    /** Something that becomes due on a day. */
    enum Due {
        // In the order in which they happen on one day: what ends makes room for what begins.
        EXPIRE,
        LAPSE,
        COME_INTO_FORCE,
        NOTICE
    }

    /**
     * What becomes due for an edition.
     *
     * @param on the first day of it
     * @param notice which, for a notice
     */
    record DueDay(LocalDate on, Due what, @Nullable Notice notice, int edition) {}

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
                                on(terms.endsOn(), 1, Due.EXPIRE))
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
        return day == null ? Stream.of() : Stream.of(new DueDay(day.plusDays(daysLater), what, null, number));
    }

    private Stream<DueDay> notice(Notice notice, @Nullable LocalDate day, int daysLater) {
        return day == null || notices.contains(notice)
                ? Stream.of()
                : Stream.of(new DueDay(day.plusDays(daysLater), Due.NOTICE, notice, number));
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

    /** The partners that have signed it. */
    public Stream<PartnerId> signed() {
        return answers.stream()
                .filter(answer -> answer.state() == AnswerState.SIGNED)
                .map(Answer::partner);
    }

    /** Its PDF and annexes, and the files of the signatures. */
    public Stream<FileId> files() {
        return Stream.concat(
                terms.files().stream(),
                answers.stream().flatMap(answer -> answer.signatures().stream()).flatMap(Signature::files));
    }

    Edition edited(EditionTerms other) {
        return new Edition(
                number,
                state,
                other,
                digest,
                offeredAt,
                textLanguages,
                textWords,
                answers,
                completedOn,
                inForceSince,
                closedSince,
                notices);
    }

    /** Without its digest, which is computed from it. */
    Edition offered(Instant at, List<Answer> asked, List<String> languages, Set<String> words) {
        return new Edition(
                number,
                EditionState.OFFERED,
                terms.withText(null),
                null,
                at,
                languages,
                words,
                asked,
                null,
                null,
                null,
                Set.of());
    }

    Edition withDigest(String canonical) {
        return new Edition(
                number,
                state,
                terms,
                canonical,
                offeredAt,
                textLanguages,
                textWords,
                answers,
                completedOn,
                inForceSince,
                closedSince,
                notices);
    }

    /** @param today on which the answer was given */
    Edition answered(PartnerId partner, UnaryOperator<Answer> act, LocalDate today) {
        var changed = with(
                state,
                answers.stream()
                        .map(answer -> answer.partner().equals(partner) ? act.apply(answer) : answer)
                        .toList(),
                completedOn,
                inForceSince,
                closedSince,
                notices);
        return changed.isComplete() && completedOn == null
                ? changed.with(state, changed.answers, today, inForceSince, closedSince, notices)
                : changed;
    }

    Edition inForce(LocalDate since) {
        return with(EditionState.IN_FORCE, answers, completedOn, since, closedSince, notices);
    }

    Edition closed(EditionState as, LocalDate since) {
        return new Edition(
                number,
                as,
                terms,
                digest,
                offeredAt,
                textLanguages,
                // Only by open editions and those in force, letters are found.
                Set.of(),
                answers,
                completedOn,
                inForceSince,
                since,
                notices);
    }

    Edition noticed(Notice notice) {
        var more = EnumSet.of(notice);
        more.addAll(notices);
        return with(state, answers, completedOn, inForceSince, closedSince, Set.copyOf(more));
    }

    private Edition with(
            EditionState otherState,
            List<Answer> otherAnswers,
            @Nullable LocalDate completed,
            @Nullable LocalDate since,
            @Nullable LocalDate until,
            Set<Notice> otherNotices) {
        return new Edition(
                number,
                otherState,
                terms,
                digest,
                offeredAt,
                textLanguages,
                textWords,
                otherAnswers,
                completed,
                since,
                until,
                otherNotices);
    }
}

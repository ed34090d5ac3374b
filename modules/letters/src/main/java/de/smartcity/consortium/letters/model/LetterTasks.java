package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.Task;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What waits for a letter's parties. */
final class LetterTasks {

    private static final Comparator<@Nullable LocalDate> BY_DAY = Comparator.nullsLast(Comparator.naturalOrder());

    private LetterTasks() {}

    /** The tasks of all its editions: of each kind the most urgent for a partner, since one task sends it to the letter. */
    static Collection<Task> of(LetterFacts letter) {
        return letter.editions().stream()
                .flatMap(edition -> of(letter, edition))
                .collect(Collectors.toMap(
                        task -> List.of(task.kind(), Objects.requireNonNull(task.holder())),
                        Function.identity(),
                        BinaryOperator.minBy(Comparator.comparing(Task::due, BY_DAY)),
                        LinkedHashMap::new))
                .values();
    }

    private static Stream<Task> of(LetterFacts letter, Edition edition) {
        var lapsesOn = edition.terms().lapsesOn();
        var waiting = edition.answers().stream().filter(edition::isOpenTo).flatMap(answer -> switch (answer.state()) {
            case WAITING -> Stream.of(toSign(LetterTask.SIGN_LETTER, answer.partner(), lapsesOn));
            case PARTLY_SIGNED -> Stream.of(toSign(LetterTask.SIGN_LETTER_SECOND, answer.partner(), lapsesOn));
            case SIGNED_WITH_RESERVATION ->
                Stream.of(toSign(
                        LetterTask.LIFT_RESERVATION,
                        answer.partner(),
                        BinaryOperator.minBy(BY_DAY).apply(answer.reservationsExpectedBy(), lapsesOn)));
            case DECLINED -> Stream.of(toSign(LetterTask.LETTER_DECLINED, letter.initiator(), lapsesOn));
            case SIGNED -> Stream.of();
        });
        return Stream.concat(waiting, ofDays(letter, edition));
    }

    private static Stream<Task> ofDays(LetterFacts letter, Edition edition) {
        var endsOn = edition.terms().endsOn();
        return switch (edition.state()) {
            case OFFERED ->
                edition.completedOn() == null && edition.notices().contains(Notice.LAPSES_SOON)
                        ? Stream.of(toSign(
                                LetterTask.LETTER_LAPSES_SOON,
                                letter.initiator(),
                                edition.terms().lapsesOn()))
                        : Stream.of();
            case IN_FORCE -> {
                var kind = edition.notices().contains(Notice.ENDS_IN_30_DAYS)
                        ? LetterTask.LETTER_ENDS_IN_30_DAYS
                        : edition.notices().contains(Notice.ENDS_IN_90_DAYS) ? LetterTask.LETTER_ENDS_IN_90_DAYS : null;
                var ending = kind == null
                        ? Stream.<Task>of()
                        : edition.parties().map(partner -> new Task(kind, partner, endsOn, null, null));
                yield Stream.concat(ending, ofNotices(letter, edition));
            }
            case WITHDRAWN ->
                edition.notices().contains(Notice.WITHDRAWAL_KNOWN)
                        ? Stream.of()
                        : edition.answers().stream()
                                .filter(answer -> answer.isSignedInPart()
                                        && !answer.partner().equals(letter.initiator())
                                        && !isOfferedAfter(letter, edition, answer.partner()))
                                .map(answer ->
                                        new Task(LetterTask.LETTER_WITHDRAWN, answer.partner(), null, null, null));
            case DRAFT, SUPERSEDED, LAPSED, EXPIRED, TERMINATED -> Stream.of();
        };
    }

    private static Stream<Task> ofNotices(LetterFacts letter, Edition edition) {
        var termination = edition.termination();
        var ending = termination == null
                ? Stream.<Task>of()
                : edition.parties()
                        .filter(partner -> !partner.equals(letter.initiator()))
                        .map(partner -> new Task(LetterTask.LETTER_ENDING, partner, termination.on(), null, null));
        var leaving = edition.answers().stream()
                .filter(Answer::isParty)
                .map(Answer::notice)
                .filter(Objects::nonNull)
                .map(notice -> new Task(LetterTask.LETTER_PARTY_LEAVING, letter.initiator(), notice.on(), null, null));
        return Stream.concat(ending, leaving);
    }

    /** A partner that the next offer leaves out must not learn of that because its task ends. */
    private static boolean isOfferedAfter(LetterFacts letter, Edition edition, PartnerId partner) {
        return letter.editions().stream()
                .anyMatch(later -> later.number() > edition.number()
                        && later.findAnswer(partner).isPresent());
    }

    private static Task toSign(LetterTask kind, PartnerId partner, @Nullable LocalDate due) {
        return new Task(kind, partner, due, Role.SIGNATORY, null);
    }
}

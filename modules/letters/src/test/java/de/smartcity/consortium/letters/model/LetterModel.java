package de.smartcity.consortium.letters.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules for one letter as {@code docs/letters.md} has them, written down once more and differently: as a history of what was accepted, from
 * which everything is computed anew. Partners and their accounts are numbers, and partner 0 is the initiator.
 */
public final class LetterModel {

    private static final int MAX_EDITIONS = 20;
    private static final int MAX_SIGNATURES = 10;

    private final IntUnaryOperator needed;
    private final List<History> offered = new ArrayList<>();
    private boolean drafting = true;

    /** A letter that has just been drafted. @param needed how many people sign for a partner */
    public LetterModel(IntUnaryOperator needed) {
        this.needed = needed;
    }

    /** What somebody did to one edition. */
    public record Deed(Kind kind, int partner, int account) {

        /** What can be done. */
        public enum Kind {
            SIGN,
            RESERVE,
            DECLINE,
            LIFT,
            LEAVE,
            TERMINATE,
            WITHDRAW_NOTICE
        }

        boolean isSignature() {
            return kind == Kind.SIGN || kind == Kind.RESERVE;
        }

        boolean isAnswer() {
            return isSignature() || kind == Kind.DECLINE || kind == Kind.LIFT;
        }
    }

    /**
     * What matters of an edition's terms.
     *
     * @param from the first day in force
     * @param until the last day in force
     * @param lapses the last day to answer
     * @param notice how many days in advance a party says that it leaves
     */
    public record Terms(
            Map<Integer, Requirement> parties,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            LocalDate lapses,
            int notice) {

        boolean canBeOffered(LocalDate today) {
            return parties.values().stream()
                                    .filter(requirement -> requirement == Requirement.REQUIRED)
                                    .count()
                            >= 2
                    && !lapses.isBefore(today)
                    && (from == null || !from.isBefore(today))
                    && (until == null || !until.isBefore(today) && !until.isBefore(lapses));
        }
    }

    /** How many editions were offered; they are counted from 0. */
    public int editions() {
        return offered.size();
    }

    public boolean isDrafting() {
        return drafting;
    }

    public boolean mayAmend(LocalDate today) {
        return !drafting && !offered.isEmpty() && !isOffered(offered.getLast(), today) && offered.size() < MAX_EDITIONS;
    }

    /** @return the terms of the new draft: those of the last edition, without who has left it */
    public Terms amend(LocalDate today) {
        drafting = true;
        var last = offered.getLast().terms;
        var parties = new LinkedHashMap<>(last.parties());
        parties.keySet().removeIf(partner -> until(offered.size() - 1, partner, today) != null);
        return new Terms(parties, last.from(), last.until(), last.lapses(), last.notice());
    }

    public boolean mayOffer(Terms terms, LocalDate today) {
        return drafting && terms.canBeOffered(today);
    }

    public void offer(Terms terms) {
        offered.add(new History(terms, needed));
        drafting = false;
    }

    public boolean mayWithdraw(int edition, LocalDate today) {
        var history = offered.get(edition);
        return isOffered(history, today) && history.complete == null;
    }

    public void withdraw(int edition, LocalDate today) {
        offered.get(edition).withdrawn = today;
    }

    public boolean mayDo(int edition, Deed deed, LocalDate today) {
        var history = offered.get(edition);
        if (deed.isAnswer()) {
            return history.allows(deed, today, state(edition, today));
        }
        var isParty = state(edition, today) == EditionState.IN_FORCE
                && answer(edition, deed.partner()) == AnswerState.SIGNED
                && until(edition, deed.partner(), today) == null;
        var initiates = deed.partner() == 0;
        var given = notice(edition, deed.partner()) != null;
        return isParty
                && switch (deed.kind()) {
                    case LEAVE -> !initiates && !given;
                    case TERMINATE -> initiates && !given;
                    default -> given;
                };
    }

    public void make(int edition, Deed deed, LocalDate today) {
        offered.get(edition).add(deed, today);
    }

    public AnswerState answer(int edition, int partner) {
        return offered.get(edition).answer(partner);
    }

    /** The accounts that have signed for a partner, the earliest first, those that no longer count included. */
    public List<Integer> signatures(int edition, int partner) {
        return offered.get(edition).deeds.stream()
                .filter(deed -> deed.partner() == partner && deed.isSignature())
                .map(Deed::account)
                .toList();
    }

    /** How many of its signatures, the latest, belong to a partner's present answer. */
    public long countingSignatures(int edition, int partner) {
        return offered.get(edition).count(partner, Set.of(Deed.Kind.SIGN, Deed.Kind.RESERVE));
    }

    /** How many of its liftings, the latest, belong to a partner's present answer. */
    public long countingLiftings(int edition, int partner) {
        return offered.get(edition).count(partner, Set.of(Deed.Kind.LIFT));
    }

    public EditionState state(int edition, LocalDate today) {
        var history = offered.get(edition);
        if (history.withdrawn != null) {
            return EditionState.WITHDRAWN;
        }
        if (history.complete == null) {
            return today.isAfter(history.terms.lapses()) ? EditionState.LAPSED : EditionState.OFFERED;
        }
        if (Objects.requireNonNull(history.begins()).isAfter(today)) {
            return EditionState.OFFERED;
        }
        return end(edition, today).map(End::as).orElse(EditionState.IN_FORCE);
    }

    /** How and when an edition in force ended. */
    private record End(EditionState as, LocalDate on) {}

    private Optional<End> end(int edition, LocalDate today) {
        var history = offered.get(edition);
        var until = history.terms.until();
        var ends = new ArrayList<End>();
        if (until != null) {
            ends.add(new End(EditionState.EXPIRED, until.plusDays(1)));
        }
        Stream.of(history.notice(0), history.alone())
                .filter(Objects::nonNull)
                .forEach(day -> ends.add(new End(EditionState.TERMINATED, day)));
        replaced(edition, today).ifPresent(day -> ends.add(new End(EditionState.SUPERSEDED, day)));
        // Of those on one day, the first.
        return ends.stream()
                .filter(end -> !end.on().isAfter(today))
                .sorted(Comparator.comparing(End::on))
                .findFirst();
    }

    /** The day on which a partner leaves, or if it is the initiator ends an edition, as it has said last; null if it has not. */
    public @Nullable LocalDate notice(int edition, int partner) {
        return offered.get(edition).notice(partner);
    }

    /** The first day on which a partner was a party of an edition in force; null if it was none. */
    public @Nullable LocalDate since(int edition, int partner, LocalDate today) {
        var since = inForceSince(edition, today);
        var signed = offered.get(edition).signed.get(partner);
        return since == null || signed == null ? null : since.isAfter(signed) ? since : signed;
    }

    /** The first day on which a partner was a party no more because it left; null if it has not. */
    public @Nullable LocalDate until(int edition, int partner, LocalDate today) {
        var leaves = notice(edition, partner);
        if (partner == 0 || leaves == null || leaves.isAfter(today)) {
            return null;
        }
        var end = end(edition, today).orElse(new End(EditionState.IN_FORCE, LocalDate.MAX));
        // Who leaves at once leaves what is in force.
        var inTime = offered.get(edition).terms.notice() == 0
                || end.as() == EditionState.SUPERSEDED
                || !leaves.equals(notice(edition, 0)) && end.as() == EditionState.TERMINATED;
        return leaves.isBefore(end.on()) || leaves.equals(end.on()) && inTime ? leaves : null;
    }

    /** The day on which all required parties had signed; null if they have not. */
    public @Nullable LocalDate completedOn(int edition) {
        return offered.get(edition).complete;
    }

    /** Its first day in force; null if that has not come. */
    public @Nullable LocalDate inForceSince(int edition, LocalDate today) {
        var begins = offered.get(edition).begins();
        return begins == null || begins.isAfter(today) ? null : begins;
    }

    /** The first day on which it was neither open nor in force; null if there was none. */
    public @Nullable LocalDate closedSince(int edition, LocalDate today) {
        var history = offered.get(edition);
        return switch (state(edition, today)) {
            case WITHDRAWN -> history.withdrawn;
            case LAPSED -> history.terms.lapses().plusDays(1);
            case SUPERSEDED, EXPIRED, TERMINATED ->
                end(edition, today).orElseThrow().on();
            case DRAFT, OFFERED, IN_FORCE -> null;
        };
    }

    private static boolean isOffered(History history, LocalDate today) {
        return history.withdrawn == null
                && (history.complete == null
                        ? !today.isAfter(history.terms.lapses())
                        : Objects.requireNonNull(history.begins()).isAfter(today));
    }

    /** The day on which a later edition came into force. */
    private Optional<LocalDate> replaced(int edition, LocalDate today) {
        return offered.stream()
                .skip(edition + 1L)
                .map(History::begins)
                .filter(Objects::nonNull)
                .min(LocalDate::compareTo)
                .filter(later -> !later.isAfter(today));
    }

    /** The rules for one edition, as its history says. */
    private static final class History {

        private final Terms terms;
        private final IntUnaryOperator needed;
        private final List<Deed> deeds = new ArrayList<>();
        /** Since when each partner's answer is SIGNED. */
        private final Map<Integer, LocalDate> signed = new HashMap<>();
        /** The last notice of each partner. */
        private final Map<Integer, LocalDate> notices = new HashMap<>();

        private @Nullable LocalDate withdrawn;
        private @Nullable LocalDate complete;

        History(Terms terms, IntUnaryOperator needed) {
            this.terms = terms;
            this.needed = needed;
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

        long count(int partner, Set<Deed.Kind> kinds) {
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
            if (signed < needed.applyAsInt(partner)) {
                return AnswerState.PARTLY_SIGNED;
            }
            var reserved = count(partner, Set.of(Deed.Kind.RESERVE)) > 0;
            return reserved && count(partner, Set.of(Deed.Kind.LIFT)) < needed.applyAsInt(partner)
                    ? AnswerState.SIGNED_WITH_RESERVATION
                    : AnswerState.SIGNED;
        }

        boolean isComplete() {
            return terms.parties().entrySet().stream()
                    .filter(party -> party.getValue() == Requirement.REQUIRED)
                    .allMatch(party -> answer(party.getKey()) == AnswerState.SIGNED);
        }

        @Nullable
        LocalDate begins() {
            var from = terms.from();
            return complete == null || withdrawn != null
                    ? null
                    : from == null || from.isBefore(complete) ? complete : from;
        }

        @Nullable
        LocalDate notice(int partner) {
            return notices.get(partner);
        }

        /** The day on which all but the initiator have left; null if they have not all said so. */
        @Nullable
        LocalDate alone() {
            var others =
                    signed.keySet().stream().filter(partner -> partner != 0).toList();
            return notices.keySet().containsAll(others)
                    ? others.stream()
                            .map(notices::get)
                            .max(Comparator.naturalOrder())
                            .orElse(null)
                    : null;
        }

        /** How an account may answer on a day on which the edition is in this state. */
        boolean allows(Deed deed, LocalDate today, EditionState now) {
            var requirement = terms.parties().get(deed.partner());
            var isOpen = now == EditionState.OFFERED
                    || (now == EditionState.IN_FORCE && requirement == Requirement.OPTIONAL);
            if (requirement == null || !isOpen || today.isAfter(terms.lapses())) {
                return false;
            }
            var state = answer(deed.partner());
            var again = present(deed.partner()).stream()
                    .anyMatch(other -> other.account() == deed.account()
                            && (other.kind() == Deed.Kind.LIFT) == (deed.kind() == Deed.Kind.LIFT));
            var signatures = deeds.stream()
                    .filter(other -> other.partner() == deed.partner() && other.isSignature())
                    .count();
            return switch (deed.kind()) {
                case SIGN, RESERVE ->
                    signatures < MAX_SIGNATURES
                            && !again
                            && (state == AnswerState.WAITING
                                    || state == AnswerState.DECLINED
                                    || state == AnswerState.PARTLY_SIGNED);
                case DECLINE -> state != AnswerState.SIGNED && state != AnswerState.DECLINED;
                case LIFT -> state == AnswerState.SIGNED_WITH_RESERVATION && !again;
                case LEAVE, TERMINATE, WITHDRAW_NOTICE -> throw new AssertionError(deed);
            };
        }

        void add(Deed deed, LocalDate today) {
            if (!deed.isAnswer()) {
                if (deed.kind() == Deed.Kind.WITHDRAW_NOTICE) {
                    notices.remove(deed.partner());
                } else {
                    notices.put(deed.partner(), today.plusDays(terms.notice()));
                }
                return;
            }
            deeds.add(deed);
            if (answer(deed.partner()) == AnswerState.SIGNED) {
                signed.putIfAbsent(deed.partner(), today);
            }
            if (complete == null && isComplete()) {
                complete = today;
            }
        }
    }
}

package de.smartcity.consortium.letters.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
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
            LIFT
        }

        boolean isSignature() {
            return kind == Kind.SIGN || kind == Kind.RESERVE;
        }
    }

    /**
     * What matters of an edition's terms.
     *
     * @param from the first day in force
     * @param until the last day in force
     * @param lapses the last day to answer
     */
    public record Terms(
            Map<Integer, Requirement> parties,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            LocalDate lapses) {

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

    public void amend() {
        drafting = true;
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

    public boolean mayAnswer(int edition, Deed deed, LocalDate today) {
        return offered.get(edition).allows(deed, today, replaced(edition, today).isPresent());
    }

    public void answer(int edition, Deed deed, LocalDate today) {
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
        var replaced = replaced(edition, today);
        var ended = history.terms.until() == null ? null : history.terms.until().plusDays(1);
        if (ended != null && !ended.isAfter(today) && (replaced.isEmpty() || !ended.isAfter(replaced.get()))) {
            return EditionState.EXPIRED;
        }
        return replaced.isPresent() ? EditionState.SUPERSEDED : EditionState.IN_FORCE;
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
            case EXPIRED -> Objects.requireNonNull(history.terms.until()).plusDays(1);
            case SUPERSEDED -> replaced(edition, today).orElseThrow();
            case DRAFT, OFFERED, IN_FORCE, TERMINATED -> null;
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

        /** What an account may do on a day, while the edition has not been replaced. */
        boolean allows(Deed deed, LocalDate today, boolean replaced) {
            var requirement = terms.parties().get(deed.partner());
            var begins = begins();
            var until = terms.until();
            var inForce = begins != null && !begins.isAfter(today);
            if (requirement == null
                    || withdrawn != null
                    || replaced
                    || today.isAfter(terms.lapses())
                    || (inForce && until != null && today.isAfter(until))
                    || (inForce && requirement == Requirement.REQUIRED)) {
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
            };
        }

        void add(Deed deed, LocalDate today) {
            deeds.add(deed);
            if (complete == null && isComplete()) {
                complete = today;
            }
        }
    }
}

package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.partners.LegalEntity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One party of an offered edition and what it has answered. What it is asked for was fixed with the offer; what it has signed is only ever added
 * to. If only some components are read, the others are null.
 *
 * @param legalEntity the legal person that acts for the partner, as it was at the offer
 * @param signaturesRequired how many people have to sign for it, as at the offer
 * @param signatures the earliest first; at most {@value #MAX_SIGNATURES}
 * @param liftings the earliest first
 * @param declined its last no; null if it never declined
 * @param joinedOn the day on which it became a party of an edition that was in force already; null if it was one from that edition's first day
 * @param notice that it leaves; null if it has given none
 * @param until the first day on which it was not a party any more; null while it is one
 */
public record Answer(
        PartnerId partner,
        Requirement requirement,
        @Nullable LegalEntity legalEntity,
        Integer signaturesRequired,
        AnswerState state,
        List<Signature> signatures,
        List<Lifting> liftings,
        @Nullable Decline declined,
        @Nullable LocalDate joinedOn,
        @Nullable LeavingNotice notice,
        @Nullable LocalDate until) {

    /** The most signatures that are kept of a party, also those from before it declined. */
    static final int MAX_SIGNATURES = 10;

    public Answer {
        // What is not stored or not read.
        signatures = signatures == null ? List.of() : signatures;
        liftings = liftings == null ? List.of() : liftings;
    }

    static Answer waiting(PartyTerms party, @Nullable LegalEntity legalEntity, int signaturesRequired) {
        return new Answer(
                party.partner(),
                party.requirement(),
                legalEntity,
                signaturesRequired,
                AnswerState.WAITING,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }

    /** Whether it has signed and has not left: where the edition is in force, it is a party. */
    public boolean isParty() {
        return state == AnswerState.SIGNED && until == null;
    }

    /** Whether it is or was a party while the edition was in force. */
    boolean wasParty() {
        return state == AnswerState.SIGNED;
    }

    /**
     * This answer with one more signature.
     *
     * @param account that signs
     * @param signature gives its signature, asked for when it may sign
     * @throws RuleViolation {@code answer.complete}, {@code signature.sameAccount}, {@code signatures.many}
     */
    Answer sign(AccountId account, Supplier<Signature> signature) {
        throwIfAny(refusalToSign(account));
        return with(and(signatures, signature.get()), liftings, declined);
    }

    /** Why this account may not sign now; empty if it may. */
    public Optional<RuleViolation> refusalToSign(AccountId account) {
        if (state == AnswerState.SIGNED || state == AnswerState.SIGNED_WITH_RESERVATION) {
            return violation("answer.complete", "All signatures of your organisation are there.");
        }
        var same = refusalAmong(counting().map(Signature::by), account);
        return same.isPresent() || signatures.size() < MAX_SIGNATURES
                ? same
                : violation(
                        "signatures.many",
                        "Your organisation has signed and declined too often: the initiator has to offer another edition.");
    }

    /**
     * This answer after a no. Signatures of before stay as evidence, and signing starts anew.
     *
     * @throws RuleViolation {@code answer.final}, {@code answer.declined}
     */
    Answer decline(Decline decline) {
        throwIfAny(refusalToDecline());
        return with(
                signatures.stream().map(Signature::asEvidenceOnly).toList(),
                liftings.stream().map(Lifting::asEvidenceOnly).toList(),
                decline);
    }

    /** Why nobody may decline now; empty if somebody may. */
    public Optional<RuleViolation> refusalToDecline() {
        return switch (state) {
            case SIGNED -> violation("answer.final", "Your organisation has signed, and that is final.");
            case DECLINED -> violation("answer.declined", "Your organisation has declined already.");
            case WAITING, PARTLY_SIGNED, SIGNED_WITH_RESERVATION -> Optional.empty();
        };
    }

    /**
     * This answer with one more statement that its reservations are fulfilled.
     *
     * @param account that states it
     * @param lifting gives its statement, asked for when it may lift the reservations
     * @throws RuleViolation {@code reservation.none}, {@code signature.sameAccount}
     */
    Answer lift(AccountId account, Supplier<Lifting> lifting) {
        throwIfAny(refusalToLift(account));
        return with(signatures, and(liftings, lifting.get()), declined);
    }

    /** Why this account may not lift the reservations now; empty if it may. */
    public Optional<RuleViolation> refusalToLift(AccountId account) {
        return state == AnswerState.SIGNED_WITH_RESERVATION
                ? refusalAmong(liftings.stream().filter(Lifting::counts).map(Lifting::by), account)
                : violation("reservation.none", "Your organisation has no reservation to lift.");
    }

    private static Optional<RuleViolation> refusalAmong(Stream<Signatory> earlier, AccountId account) {
        return earlier.anyMatch(by -> by.account().equals(account))
                ? violation("signature.sameAccount", "You have signed already: another person has to sign, too.")
                : Optional.empty();
    }

    private static Optional<RuleViolation> violation(String rule, String message) {
        return Optional.of(new RuleViolation(rule, message));
    }

    private static void throwIfAny(Optional<RuleViolation> violation) {
        violation.ifPresent(refused -> {
            throw refused;
        });
    }

    private Answer with(List<Signature> signed, List<Lifting> lifted, @Nullable Decline no) {
        return new Answer(
                partner,
                requirement,
                legalEntity,
                signaturesRequired,
                state(signed, lifted, no),
                signed,
                lifted,
                no,
                joinedOn,
                notice,
                until);
    }

    /** This answer of a party from this day on. */
    Answer joined(LocalDate on) {
        return with(on, notice, until);
    }

    /** This answer of a party that leaves, or with null stays after all. */
    Answer leaving(@Nullable LeavingNotice given) {
        return with(joinedOn, given, until);
    }

    /** This answer of a party that is none any more from this day on. */
    Answer left(LocalDate on) {
        return with(joinedOn, notice, on);
    }

    private Answer with(@Nullable LocalDate joined, @Nullable LeavingNotice given, @Nullable LocalDate left) {
        return new Answer(
                partner,
                requirement,
                legalEntity,
                signaturesRequired,
                state,
                signatures,
                liftings,
                declined,
                joined,
                given,
                left);
    }

    private AnswerState state(List<Signature> signed, List<Lifting> lifted, @Nullable Decline no) {
        var counting = signed.stream().filter(Signature::counts).toList();
        if (counting.isEmpty()) {
            return no == null ? AnswerState.WAITING : AnswerState.DECLINED;
        }
        if (counting.size() < signaturesRequired) {
            return AnswerState.PARTLY_SIGNED;
        }
        return counting.stream().allMatch(signature -> signature.reservation() == null)
                        || lifted.stream().filter(Lifting::counts).count() >= signaturesRequired
                ? AnswerState.SIGNED
                : AnswerState.SIGNED_WITH_RESERVATION;
    }

    private static <T> List<T> and(List<T> some, T another) {
        var more = new ArrayList<>(some);
        more.add(another);
        return List.copyOf(more);
    }

    /** The signatures of its present answer. */
    Stream<Signature> counting() {
        return signatures.stream().filter(Signature::counts);
    }

    /** Whether somebody has signed for it in its present answer. */
    boolean isSignedInPart() {
        return switch (state) {
            case PARTLY_SIGNED, SIGNED_WITH_RESERVATION, SIGNED -> true;
            case WAITING, DECLINED -> false;
        };
    }

    /** The earliest day by which a reservation is expected to be lifted. */
    @Nullable
    LocalDate reservationsExpectedBy() {
        return counting()
                .map(Signature::reservation)
                .filter(Objects::nonNull)
                .map(Reservation::expectedBy)
                .min(LocalDate::compareTo)
                .orElse(null);
    }
}

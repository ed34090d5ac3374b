package de.smartcity.consortium.letters;

import de.smartcity.consortium.letters.LetterVerb.Kind;
import de.smartcity.consortium.letters.LetterVerb.Person;
import de.smartcity.consortium.letters.model.LetterModel;
import de.smartcity.consortium.letters.model.Requirement;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The verbs of one person on one letter: mostly sensible ones, of what was shown last, and some of what was shown before or never. */
public final class RandomVerbs {

    private static final List<Kind> ANSWERS = List.of(
            Kind.SIGN, Kind.SIGN, Kind.SIGN, Kind.SIGN, Kind.SIGN, Kind.RESERVE, Kind.DECLINE, Kind.LIFT, Kind.LIFT);
    private static final List<Kind> OF_INITIATOR =
            List.of(Kind.EDIT, Kind.OFFER, Kind.WITHDRAW, Kind.AMEND, Kind.TERMINATE);

    private final Random random;
    private final int number;
    private final Person person;
    private final int partners;
    private final boolean withDays;
    private int made;

    /**
     * @param number of the person
     * @param partners how many there are
     * @param withDays whether editions begin, end and lapse soon
     */
    public RandomVerbs(long seed, int number, Person person, int partners, boolean withDays) {
        this.random = new Random(seed * 1_000 + number);
        this.number = number;
        this.person = person;
        this.partners = partners;
        this.withDays = withDays;
    }

    /** What people were shown of a letter, by whichever answer came last. */
    public static final class Shown {

        private final AtomicInteger version = new AtomicInteger();
        private final NavigableMap<Integer, String> digests = new ConcurrentSkipListMap<>();
        private volatile @Nullable String inForce;

        /** @param byNumber digests by edition @param digest of the edition in force; null if none is */
        public void see(int shown, Map<Integer, String> byNumber, @Nullable String digest) {
            version.accumulateAndGet(shown, Math::max);
            digests.putAll(byNumber);
            inForce = digest;
        }
    }

    /** True in so many of a hundred cases. */
    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** The draft of a letter. */
    public LetterVerb draft(LocalDate today) {
        return verb(Kind.DRAFT, "", 0, terms(today));
    }

    /** The offer of what was shown last. */
    public LetterVerb offer(Shown shown) {
        return verb(Kind.OFFER, "", shown.version.get(), null);
    }

    public LetterVerb next(Shown shown, LocalDate today) {
        var kind = kind(shown.inForce != null);
        var version = shown.version.get();
        return switch (kind) {
            case DRAFT -> throw new AssertionError();
            case EDIT -> verb(kind, "", outdated(version), terms(today));
            case OFFER -> verb(kind, "", outdated(version), null);
            case AMEND -> verb(kind, "", 0, null);
            case WITHDRAW, SIGN, RESERVE, DECLINE, LIFT -> verb(kind, digest(shown.digests), 0, null);
            case LEAVE, TERMINATE, WITHDRAW_NOTICE -> {
                var inForce = shown.inForce;
                yield verb(kind, inForce == null || chance(15) ? digest(shown.digests) : inForce, 0, null);
            }
        };
    }

    private LetterVerb verb(Kind kind, String digest, int version, LetterModel.@Nullable Terms terms) {
        return new LetterVerb(
                kind, number, "by " + number + ", no. " + made++, digest, version, terms, List.of(), null, null);
    }

    private Kind kind(boolean inForce) {
        if (person.partner() != 0) {
            return chance(2)
                    ? OF_INITIATOR.get(random.nextInt(OF_INITIATOR.size()))
                    : answerOr(Kind.LEAVE, inForce, 20);
        }
        var what = random.nextInt(100);
        if (what < 8) {
            return Kind.EDIT;
        }
        if (what < 28) {
            return Kind.OFFER;
        }
        if (what < 48) {
            return Kind.AMEND;
        }
        return what < 50 ? Kind.WITHDRAW : answerOr(Kind.TERMINATE, inForce, 40);
    }

    /** Mostly an answer, else this notice or that it is taken back. */
    private Kind answerOr(Kind notice, boolean inForce, int percent) {
        if (chance(inForce ? percent : 4)) {
            return random.nextBoolean() ? notice : Kind.WITHDRAW_NOTICE;
        }
        return ANSWERS.get(random.nextInt(ANSWERS.size()));
    }

    private int outdated(int version) {
        return chance(85) ? version : Math.max(0, version - 1 - random.nextInt(3));
    }

    private String digest(NavigableMap<Integer, String> digests) {
        if (digests.isEmpty() || chance(8)) {
            return "%016x".formatted(random.nextLong()).repeat(4);
        }
        return chance(85)
                ? digests.lastEntry().getValue()
                : List.copyOf(digests.values()).get(random.nextInt(digests.size()));
    }

    private LetterModel.Terms terms(LocalDate today) {
        var parties = new LinkedHashMap<Integer, Requirement>();
        parties.put(0, Requirement.REQUIRED);
        parties.put(1, Requirement.REQUIRED);
        for (var partner = 2; partner < partners; partner++) {
            if (chance(75)) {
                parties.put(partner, chance(5) ? Requirement.REQUIRED : Requirement.OPTIONAL);
            }
        }
        return withDays
                ? new LetterModel.Terms(
                        parties,
                        chance(65) ? null : today.plusDays(random.nextInt(8)),
                        random.nextBoolean() ? null : today.plusDays(12 + random.nextInt(20)),
                        today.plusDays(3 + random.nextInt(12)),
                        random.nextInt(11))
                // At once, or on a day that does not come.
                : new LetterModel.Terms(parties, null, null, LocalDate.of(2099, 12, 31), random.nextInt(2) * 10);
    }
}

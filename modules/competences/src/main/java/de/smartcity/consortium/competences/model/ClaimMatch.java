package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceLevel;
import java.util.Comparator;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one claim meets a need.
 *
 * @param score 0.1333 to 1
 * @param covers whether it is enough for the need
 */
public record ClaimMatch(Claim claim, MatchKind kind, Score score, boolean covers) {

    /** The order of the claims that match one need. Of two with one score, both cover the need or none does. */
    private static final Comparator<ClaimMatch> BEST_FIRST = Comparator.<ClaimMatch>comparingInt(
                    match -> match.score().units())
            .reversed()
            .thenComparing(ClaimMatch::kind)
            .thenComparing(match -> match.claim().evidenced(), Comparator.reverseOrder())
            .thenComparing(match -> match.claim().claimed(), Comparator.reverseOrder())
            .thenComparing(match -> match.claim().competence());

    /** Tenths of the match, tenths of what a claim without evidence counts, sixths of the asked level. */
    static final int WHOLE = 10 * 10 * 6;

    private static final int EVIDENCED_TENTHS = 10;
    private static final int CLAIMED_TENTHS = 7;

    static ClaimMatch of(Need need, Claim claim, MatchKind kind) {
        var level = Math.max(
                EVIDENCED_TENTHS * sixths(claim.evidenced(), need.level()),
                CLAIMED_TENTHS * sixths(claim.claimed(), need.level()));
        var covers = kind.canCover() && claim.claimed().compareTo(need.level()) >= 0;
        return new ClaimMatch(claim, kind, new Score(kind.tenths() * level, WHOLE), covers);
    }

    /** The better of the two. */
    ClaimMatch better(@Nullable ClaimMatch other) {
        return other == null ? this : BinaryOperator.minBy(BEST_FIRST).apply(this, other);
    }

    /** How much of the asked level this is, at most all; a whole number, since ranks are 1, 2 and 3. */
    private static int sixths(CompetenceLevel level, CompetenceLevel asked) {
        return 6 * Math.min(level.rank(), asked.rank()) / asked.rank();
    }
}

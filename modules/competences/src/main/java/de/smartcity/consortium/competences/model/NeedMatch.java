package de.smartcity.consortium.competences.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one candidate meets a need.
 *
 * @param best the claim that gives the score; null if none matches
 * @param covering the best of those that cover the need; null if none does
 */
public record NeedMatch(
        Need need, @Nullable ClaimMatch best, @Nullable ClaimMatch covering) {

    private static final Score NONE = new Score(0, ClaimMatch.WHOLE);

    /** Of all claims that match. */
    static NeedMatch of(Need need, Iterable<ClaimMatch> matches) {
        ClaimMatch best = null;
        ClaimMatch covering = null;
        for (var match : matches) {
            best = match.better(best);
            covering = match.covers() ? match.better(covering) : covering;
        }
        return new NeedMatch(need, best, covering);
    }

    /** 0 to 1; 0 if no claim matches. */
    public Score score() {
        return Optional.ofNullable(best).map(ClaimMatch::score).orElse(NONE);
    }

    /** Whether a claim covers the need. */
    public boolean isCovered() {
        return covering != null;
    }

    boolean isMissedMust() {
        return need.importance() == Importance.MUST && !isCovered();
    }
}

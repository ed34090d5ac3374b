package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.Importance;
import de.smartcity.consortium.competences.Need;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one candidate meets a need.
 *
 * @param best the skill that gives the score; null if none matches
 * @param covering the best of those that cover the need; null if none does
 */
public record NeedMatch(
        Need need, @Nullable SkillMatch best, @Nullable SkillMatch covering) {

    private static final Score NONE = new Score(0, SkillMatch.WHOLE);

    /** Of all skills that match. */
    static NeedMatch of(Need need, Iterable<SkillMatch> matches) {
        SkillMatch best = null;
        SkillMatch covering = null;
        for (var match : matches) {
            best = match.better(best);
            covering = match.covers() ? match.better(covering) : covering;
        }
        return new NeedMatch(need, best, covering);
    }

    /** 0 to 1; 0 if no skill matches. */
    public Score score() {
        return Optional.ofNullable(best).map(SkillMatch::score).orElse(NONE);
    }

    /** Whether a skill covers the need. */
    public boolean isCovered() {
        return covering != null;
    }

    boolean isMissedMust() {
        return need.importance() == Importance.MUST && !isCovered();
    }
}

package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.Need;
import java.util.Comparator;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one skill meets a need.
 *
 * @param score 0.1333 to 1
 * @param covers whether it is enough for the need
 */
public record SkillMatch(Skill skill, MatchKind kind, Score score, boolean covers) {

    /** The order of the skills that match one need. Of two with one score, both cover the need or none does. */
    private static final Comparator<SkillMatch> BEST_FIRST = Comparator.<SkillMatch>comparingInt(
                    match -> match.score().units())
            .reversed()
            .thenComparing(SkillMatch::kind)
            .thenComparing(match -> match.skill().evidenced(), Comparator.reverseOrder())
            .thenComparing(match -> match.skill().claimed(), Comparator.reverseOrder())
            .thenComparing(match -> match.skill().competence());

    /** Tenths of the match, tenths of what a skill without evidence counts, sixths of the asked level. */
    static final int WHOLE = 10 * 10 * 6;

    private static final int EVIDENCED_TENTHS = 10;
    private static final int CLAIMED_TENTHS = 7;

    static SkillMatch of(Need need, Skill skill, MatchKind kind) {
        var level = Math.max(
                EVIDENCED_TENTHS * sixths(skill.evidenced(), need.level()),
                CLAIMED_TENTHS * sixths(skill.claimed(), need.level()));
        var covers = kind.canCover() && skill.claimed().compareTo(need.level()) >= 0;
        return new SkillMatch(skill, kind, new Score(kind.tenths() * level, WHOLE), covers);
    }

    /** The better of the two. */
    SkillMatch better(@Nullable SkillMatch other) {
        return other == null ? this : BinaryOperator.minBy(BEST_FIRST).apply(this, other);
    }

    /** How much of the asked level this is, at most all; a whole number, since ranks are 1, 2 and 3. */
    private static int sixths(CompetenceLevel level, CompetenceLevel asked) {
        return 6 * Math.min(level.rank(), asked.rank()) / asked.rank();
    }
}

package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.competences.CandidateCoverage;
import de.smartcity.consortium.competences.Need;
import de.smartcity.consortium.competences.model.Availability;
import de.smartcity.consortium.competences.model.MatchKind;
import de.smartcity.consortium.kernel.PartnerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who covers some needs, as one actor sees it.
 *
 * @param partners the best first
 * @param uncovered the needs that nobody covers
 * @param teams the best of the smallest teams that cover every MUST
 */
public record Coverage(List<PartnerCoverage> partners, List<Need> uncovered, List<CompetenceTeam> teams)
        implements CandidateCoverage {

    /** Of no needs. */
    static final Coverage NONE = new Coverage(List.of(), List.of(), List.of());

    /** How well a partner covers the needs. @param score from 0 to 1 @param availability null if it is hidden or over */
    public record PartnerCoverage(
            PartnerId partner,
            double score,
            boolean missesMust,
            @Nullable Availability availability,
            List<NeedCoverage> needs) {}

    /**
     * How well a partner covers a need.
     *
     * @param score from 0 to 1
     * @param best the entry that gives the score; null if none matches
     * @param covering the best entry that covers the need; null if none does
     */
    public record NeedCoverage(
            Need need,
            boolean covered,
            double score,
            @Nullable CompetenceMatch best,
            @Nullable CompetenceMatch covering) {}

    /** An entry that matches a need. @param score from 0 to 1 */
    public record CompetenceMatch(MatchKind kind, double score, ShownEntry entry) {}

    /** Partners that together cover every MUST, the best first. @param score the sum of theirs */
    public record CompetenceTeam(List<PartnerId> partners, double score) {}
}

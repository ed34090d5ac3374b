package de.smartcity.consortium.competences.model;

import java.util.Comparator;
import java.util.List;

/**
 * How one candidate meets all needs.
 *
 * @param needs in the order of the needs
 * @param score 0 to 1: the mean of the scores of the needs, weighted by their importance
 * @param missesMust whether it does not cover a need that must be covered
 */
public record PartnerMatch(Candidate candidate, List<NeedMatch> needs, Score score, boolean missesMust) {

    static final Comparator<PartnerMatch> BEST_FIRST = Comparator.comparing(PartnerMatch::missesMust)
            .thenComparing(match -> match.score().units(), Comparator.reverseOrder())
            .thenComparing(match -> match.candidate().name());

    static PartnerMatch of(Candidate candidate, List<NeedMatch> needs) {
        var units = 0;
        var whole = 0;
        for (var match : needs) {
            var weight = match.need().importance().weight();
            units += weight * match.score().units();
            whole += weight * match.score().whole();
        }
        return new PartnerMatch(
                candidate, needs, new Score(units, whole), needs.stream().anyMatch(NeedMatch::isMissedMust));
    }
}

package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.Need;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Who meets these needs, how well, and in which teams: the rules of {@code docs/matching.md}. Immutable. */
public final class Matching {

    /** How many needs are matched at once. */
    public static final int MAX_NEEDS = 12;

    /** Among how many of the best teams are looked for. */
    public static final int MAX_TEAM_CANDIDATES = 200;

    /** How many teams are proposed. */
    public static final int MAX_TEAMS = 5;

    private final List<Need> needs;

    /** By competence, the needs that it matches. */
    private final Map<CompetenceCode, List<Aim>> aims = new HashMap<>();

    /** @throws IllegalArgumentException if there are more than {@link #MAX_NEEDS} */
    public Matching(List<Need> needs, Vocabulary vocabulary) {
        if (needs.size() > MAX_NEEDS) {
            throw new IllegalArgumentException("There are %d needs.".formatted(needs.size()));
        }
        this.needs = List.copyOf(needs);
        for (var index = 0; index < needs.size(); index++) {
            var need = index;
            vocabulary
                    .matches(needs.get(index).competence())
                    .forEach((code, kind) ->
                            aims.computeIfAbsent(code, key -> new ArrayList<>()).add(new Aim(need, kind)));
        }
    }

    /** The codes of which a skill matches at least one need. */
    public Set<CompetenceCode> competences() {
        return Set.copyOf(aims.keySet());
    }

    /** How the candidate meets the needs; empty if none of its skills matches one. */
    public Optional<PartnerMatch> of(Candidate candidate) {
        var matches = needs.stream().map(need -> new ArrayList<SkillMatch>()).toList();
        for (var skill : candidate.skills()) {
            for (var aim : aims.getOrDefault(skill.competence(), List.of())) {
                matches.get(aim.need()).add(SkillMatch.of(needs.get(aim.need()), skill, aim.kind()));
            }
        }
        if (matches.stream().allMatch(List::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(PartnerMatch.of(
                candidate,
                IntStream.range(0, needs.size())
                        .mapToObj(index -> NeedMatch.of(needs.get(index), matches.get(index)))
                        .toList()));
    }

    /** Those with a matching skill, best first: who covers every MUST, then who has the higher score, then by name. */
    public List<PartnerMatch> rank(Collection<Candidate> candidates) {
        return candidates.stream()
                .flatMap(candidate -> of(candidate).stream())
                .sorted(PartnerMatch.BEST_FIRST)
                .toList();
    }

    /** The needs that none of these covers. */
    public List<Need> uncovered(Collection<PartnerMatch> matches) {
        return IntStream.range(0, needs.size())
                .filter(index -> matches.stream()
                        .noneMatch(match -> match.needs().get(index).isCovered()))
                .mapToObj(needs::get)
                .toList();
    }

    /**
     * The best teams: each of the smallest size with which some of the first {@link #MAX_TEAM_CANDIDATES} together cover every MUST;
     * the highest sum of scores first, then whose members come first. None if no need is a MUST, or if they do not cover all.
     *
     * @param ranked by this matching
     */
    public List<Team> teams(List<PartnerMatch> ranked) {
        return new TeamSearch(ranked.stream().limit(MAX_TEAM_CANDIDATES).toList()).teams();
    }

    /**
     * A need that a competence matches.
     *
     * @param need its index
     */
    private record Aim(int need, MatchKind kind) {}
}

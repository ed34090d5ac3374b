package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.Importance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The best of the smallest teams, by dynamic programming. A set of MUSTs is a number with a bit for each of them. */
final class TeamSearch {

    private static final int MORE_THAN_ANY_TEAM = Matching.MAX_NEEDS + 1;

    private final List<PartnerMatch> candidates = new ArrayList<>();

    /** Which MUSTs each of the candidates covers. */
    private final List<Integer> covered = new ArrayList<>();

    private final int musts;

    /** @param ranked best first, matched with the same needs */
    TeamSearch(List<PartnerMatch> ranked) {
        for (var candidate : ranked) {
            var covers = musts(candidate, NeedMatch::isCovered);
            // Where enough better ones cover as much, each of them in its place makes a better team.
            if (covered.stream().filter(better -> (covers & ~better) == 0).count() < Matching.MAX_TEAMS) {
                candidates.add(candidate);
                covered.add(covers);
            }
        }
        musts = ranked.stream()
                .mapToInt(candidate -> musts(candidate, need -> true))
                .findFirst()
                .orElse(0);
    }

    private static int musts(PartnerMatch candidate, Predicate<NeedMatch> which) {
        return IntStream.range(0, candidate.needs().size())
                .filter(index -> candidate.needs().get(index).need().importance() == Importance.MUST)
                .filter(index -> which.test(candidate.needs().get(index)))
                .map(index -> 1 << index)
                .sum();
    }

    List<Team> teams() {
        var sizes = sizes();
        // By what they leave open, the best drafts. A worse one stays worse, whoever joins both.
        var drafts = Stream.generate(() -> (NavigableSet<Draft>) new TreeSet<>(Draft.BEST_FIRST))
                .limit(sizes.length)
                .toList();
        drafts.get(musts).add(new Draft(0));
        for (var place = 0; place < candidates.size(); place++) {
            // Who joins leaves less open, a smaller number: seen already, so that nobody joins twice.
            for (var open = 1; open <= musts; open++) {
                var left = open & ~covered.get(place);
                if (sizes[left] < sizes[open]) {
                    join(place, drafts.get(open), drafts.get(left));
                }
            }
        }
        return drafts.getFirst().stream()
                .filter(draft -> draft.places().length > 0)
                .map(this::team)
                .toList();
    }

    /** For each set of MUSTs, how many candidates it takes to cover them. */
    private int[] sizes() {
        var sizes = new int[musts + 1];
        for (var open = 1; open <= musts; open++) {
            sizes[open] = MORE_THAN_ANY_TEAM;
            for (var covers : covered) {
                sizes[open] = Math.min(sizes[open], sizes[open & ~covers] + 1);
            }
        }
        return sizes;
    }

    private void join(int place, NavigableSet<Draft> drafts, NavigableSet<Draft> joined) {
        var units = candidates.get(place).score().units();
        for (var draft : drafts) {
            var longer = draft.with(place, units);
            joined.add(longer);
            if (joined.size() > Matching.MAX_TEAMS && longer.equals(joined.pollLast())) {
                // Those that follow are worse.
                return;
            }
        }
    }

    private Team team(Draft draft) {
        var members = Arrays.stream(draft.places()).mapToObj(candidates::get).toList();
        return new Team(
                members, new Score(draft.units(), members.getFirst().score().whole()));
    }

    /**
     * A team, perhaps not complete yet.
     *
     * @param units of the sum of its members' scores
     * @param places of its members in the ranking, ascending
     */
    private record Draft(int units, int... places) {

        static final Comparator<Draft> BEST_FIRST =
                Comparator.comparingInt(Draft::units).reversed().thenComparing(Draft::places, Arrays::compare);

        Draft with(int place, int more) {
            var longer = Arrays.copyOf(places, places.length + 1);
            longer[places.length] = place;
            return new Draft(units + more, longer);
        }
    }
}

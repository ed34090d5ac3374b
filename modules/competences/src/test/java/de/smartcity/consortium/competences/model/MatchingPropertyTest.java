package de.smartcity.consortium.competences.model;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.Importance;
import de.smartcity.consortium.competences.Need;
import de.smartcity.consortium.kernel.PartnerId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random vocabularies, needs and candidates against the rules of docs/matching.md, written once more and more simply. */
class MatchingPropertyTest {

    private static final int WORLDS = 300;

    private static Stream<World> worlds() {
        return IntStream.range(0, WORLDS).mapToObj(seed -> World.random(new Random(seed)));
    }

    // Scores

    private static BigDecimal factor(MatchKind kind) {
        return switch (kind) {
            case EXACT -> BigDecimal.ONE;
            case NARROWER -> new BigDecimal("0.8");
            case BROADER -> new BigDecimal("0.4");
        };
    }

    /** Six times the formula of one skill, if it matches: six times, so that thirds are exact. */
    private static Optional<BigDecimal> formula(Vocabulary vocabulary, Need need, Skill skill) {
        return vocabulary
                .match(need.competence(), skill.competence())
                .map(kind -> factor(kind)
                        .multiply(ratio(skill.evidenced(), need.level())
                                .max(new BigDecimal("0.7").multiply(ratio(skill.claimed(), need.level())))));
    }

    private static BigDecimal ratio(CompetenceLevel level, CompetenceLevel asked) {
        return BigDecimal.valueOf(6)
                .min(BigDecimal.valueOf(6L * level.rank()).divide(BigDecimal.valueOf(asked.rank())));
    }

    private static BigDecimal sixTimes(Score score) {
        return BigDecimal.valueOf(6L * score.units()).divide(BigDecimal.valueOf(score.whole()));
    }

    private static boolean covers(Vocabulary vocabulary, Need need, Skill skill) {
        var kind = vocabulary.match(need.competence(), skill.competence());
        return kind.filter(each -> each != MatchKind.BROADER).isPresent()
                && skill.claimed().rank() >= need.level().rank();
    }

    @Test
    void theScoreOfANeedIsTheHighestOfTheFormula() {
        worlds().forEach(world -> world.ranked()
                .forEach(match -> match.needs()
                        .forEach(need -> assertThat(sixTimes(need.score()))
                                .isEqualByComparingTo(match.candidate().skills().stream()
                                        .flatMap(skill -> formula(world.vocabulary(), need.need(), skill).stream())
                                        .max(Comparator.naturalOrder())
                                        .orElse(BigDecimal.ZERO)))));
    }

    @Test
    void theScoreOfACandidateIsTheWeightedMean() {
        worlds().forEach(world -> world.ranked().forEach(match -> {
            var weights = BigDecimal.ZERO;
            var sum = BigDecimal.ZERO;
            for (var need : match.needs()) {
                var weight = BigDecimal.valueOf(need.need().importance() == Importance.MUST ? 2 : 1);
                weights = weights.add(weight);
                sum = sum.add(weight.multiply(sixTimes(need.score())));
            }
            // Multiplied out, since a mean can have digits without end.
            assertThat(weights.multiply(BigDecimal.valueOf(6L * match.score().units())))
                    .isEqualByComparingTo(
                            sum.multiply(BigDecimal.valueOf(match.score().whole())));
        }));
    }

    @Test
    void theBestClaimAndTheCoveringOneAreFirstByTheRule() {
        worlds().forEach(world -> world.ranked()
                .forEach(match -> match.needs().forEach(need -> {
                    var order = Comparator.<Skill, BigDecimal>comparing(
                                    skill -> formula(world.vocabulary(), need.need(), skill)
                                            .orElseThrow())
                            .thenComparing(skill -> covers(world.vocabulary(), need.need(), skill))
                            .reversed()
                            .thenComparing(skill -> world.vocabulary()
                                    .match(need.need().competence(), skill.competence())
                                    .orElseThrow())
                            .thenComparing(Skill::evidenced, Comparator.reverseOrder())
                            .thenComparing(Skill::claimed, Comparator.reverseOrder())
                            .thenComparing(Skill::competence);
                    var matching = match.candidate().skills().stream()
                            .filter(skill -> formula(world.vocabulary(), need.need(), skill)
                                    .isPresent())
                            .sorted(order)
                            .toList();
                    assertThat(Optional.ofNullable(need.best()).map(SkillMatch::skill))
                            .isEqualTo(matching.stream().findFirst());
                    assertThat(Optional.ofNullable(need.covering()).map(SkillMatch::skill))
                            .isEqualTo(matching.stream()
                                    .filter(skill -> covers(world.vocabulary(), need.need(), skill))
                                    .findFirst());
                })));
    }

    @Test
    void aFurtherEntryAHigherLevelOrMoreEvidenceNeverMakesAMatchWorse() {
        worlds().forEach(world -> world.ranked()
                .forEach(before -> betterThan(before.candidate(), world.vocabulary())
                        .forEach(better -> {
                            var after = world.matching().of(better).orElseThrow();
                            assertThat(after.score().units())
                                    .isGreaterThanOrEqualTo(before.score().units());
                            assertThat(before.missesMust() || !after.missesMust())
                                    .isTrue();
                            for (var index = 0; index < before.needs().size(); index++) {
                                var was = before.needs().get(index);
                                var is = after.needs().get(index);
                                assertThat(is.score().units())
                                        .isGreaterThanOrEqualTo(was.score().units());
                                assertThat(is.isCovered() || !was.isCovered()).isTrue();
                            }
                        })));
    }

    /** The candidate with one more skill, or one that is better, in all ways. */
    private static Stream<Candidate> betterThan(Candidate candidate, Vocabulary vocabulary) {
        var claimed = candidate.skills().stream().map(Skill::competence).collect(Collectors.toSet());
        var further = World.CODES.stream()
                .filter(code -> !claimed.contains(code))
                .flatMap(code -> levels().map(skill -> with(candidate, -1, new Skill(code, skill[0], skill[1]))));
        var higher = IntStream.range(0, candidate.skills().size()).boxed().flatMap(index -> {
            var skill = candidate.skills().get(index);
            return levels().filter(
                            to -> to[0].compareTo(skill.claimed()) >= 0 && to[1].compareTo(skill.evidenced()) >= 0)
                    .map(to -> with(candidate, index, new Skill(skill.competence(), to[0], to[1])));
        });
        return Stream.concat(further, higher);
    }

    /** All pairs of a claimed level and an evidenced one. */
    private static Stream<CompetenceLevel[]> levels() {
        return Arrays.stream(CompetenceLevel.values())
                .flatMap(claimed -> Arrays.stream(CompetenceLevel.values())
                        .filter(evidenced -> evidenced.compareTo(claimed) <= 0)
                        .map(evidenced -> new CompetenceLevel[] {claimed, evidenced}));
    }

    private static Candidate with(Candidate candidate, int index, Skill skill) {
        var skills = new ArrayList<>(candidate.skills());
        if (index >= 0) {
            skills.set(index, skill);
        } else {
            skills.add(skill);
        }
        return new Candidate(candidate.partner(), candidate.name(), skills);
    }

    // Order

    @Test
    void anotherOrderOfNeedsCandidatesAndClaimsChangesNothing() {
        worlds().forEach(world -> {
            var shuffled = world.shuffled(new Random(1));
            var ranked = world.ranked();
            var again = shuffled.ranked();

            assertThat(again).hasSameSizeAs(ranked);
            for (var place = 0; place < ranked.size(); place++) {
                var match = ranked.get(place);
                var other = again.get(place);
                assertThat(other.candidate().partner())
                        .isEqualTo(match.candidate().partner());
                assertThat(other.score()).isEqualTo(match.score());
                assertThat(other.missesMust()).isEqualTo(match.missesMust());
                assertThat(other.needs()).containsExactlyInAnyOrderElementsOf(match.needs());
            }
            assertThat(shuffled.matching().uncovered(again))
                    .containsExactlyInAnyOrderElementsOf(world.matching().uncovered(ranked));
            assertThat(places(shuffled.matching().teams(again), again))
                    .isEqualTo(places(world.matching().teams(ranked), ranked));
        });
    }

    @Test
    void theRankingIsOrderedByMissedMustsScoreAndName() {
        worlds().forEach(world -> {
            var order = Comparator.<PartnerMatch>comparingInt(match -> missed(match) ? 1 : 0)
                    .thenComparing(match -> match.score().units(), Comparator.reverseOrder())
                    .thenComparing(match -> match.candidate().name());
            assertThat(world.ranked()).isSortedAccordingTo(order);
            assertThat(world.ranked())
                    .extracting(match -> match.candidate().partner())
                    .containsExactlyInAnyOrderElementsOf(world.candidates().stream()
                            .filter(candidate -> candidate.skills().stream()
                                    .anyMatch(skill -> world.needs().stream()
                                            .anyMatch(need -> formula(world.vocabulary(), need, skill)
                                                    .isPresent())))
                            .map(Candidate::partner)
                            .toList());
        });
    }

    private static boolean missed(PartnerMatch match) {
        return match.needs().stream()
                .anyMatch(need -> need.need().importance() == Importance.MUST && need.covering() == null);
    }

    @Test
    void aNeedIsUncoveredIfNoClaimOfAnyCandidateCoversIt() {
        worlds().forEach(world -> assertThat(world.matching().uncovered(world.ranked()))
                .isEqualTo(world.needs().stream()
                        .filter(need -> world.candidates().stream()
                                .flatMap(candidate -> candidate.skills().stream())
                                .noneMatch(skill -> covers(world.vocabulary(), need, skill)))
                        .toList()));
    }

    // Teams

    private static List<List<Integer>> places(List<Team> teams, List<PartnerMatch> ranked) {
        return teams.stream()
                .map(team -> team.members().stream().map(ranked::indexOf).toList())
                .toList();
    }

    @Test
    void teamsAreTheBestOfAllThatThereAre() {
        var sizes = new HashSet<Integer>();
        worlds().forEach(world -> {
            var ranked = world.ranked();
            var teams = world.matching().teams(ranked);
            assertThat(places(teams, ranked)).isEqualTo(bestOfAll(ranked, world.needs()));
            teams.forEach(team -> {
                sizes.add(team.members().size());
                assertThat(team.score().whole())
                        .isEqualTo(ranked.getFirst().score().whole());
                assertThat(team.score().units()).isEqualTo(sum(team.members()));
            });
        });
        assertThat(sizes).contains(1, 2, 3, 4);
    }

    /** Tries all sets of a size, from small to large, in the order of their places. */
    private static List<List<Integer>> bestOfAll(List<PartnerMatch> ranked, List<Need> needs) {
        if (needs.stream().noneMatch(need -> need.importance() == Importance.MUST)) {
            return List.of();
        }
        for (var size = 1; size <= needs.size(); size++) {
            var teams = sets(size, 0, ranked.size())
                    .filter(places ->
                            coversEveryMust(places.stream().map(ranked::get).toList()))
                    .sorted(Comparator.comparing((List<Integer> places) ->
                                    sum(places.stream().map(ranked::get).toList()))
                            .reversed())
                    .limit(5)
                    .toList();
            if (!teams.isEmpty()) {
                return teams;
            }
        }
        return List.of();
    }

    /** All sets of so many of these numbers, in their order. */
    private static Stream<List<Integer>> sets(int size, int from, int to) {
        return size == 0
                ? Stream.of(List.of())
                : IntStream.range(from, to)
                        .boxed()
                        .flatMap(first -> sets(size - 1, first + 1, to)
                                .map(rest -> Stream.concat(Stream.of(first), rest.stream())
                                        .toList()));
    }

    private static int sum(List<PartnerMatch> members) {
        return members.stream().mapToInt(member -> member.score().units()).sum();
    }

    private static boolean coversEveryMust(List<PartnerMatch> members) {
        return !members.isEmpty()
                && IntStream.range(0, members.getFirst().needs().size())
                        .filter(need ->
                                members.getFirst().needs().get(need).need().importance() == Importance.MUST)
                        .allMatch(need -> members.stream()
                                .anyMatch(member -> member.needs().get(need).isCovered()));
    }

    @Test
    void everyTeamOfManyCandidatesCoversEveryMustWithoutADispensableMember() {
        IntStream.range(0, 10).mapToObj(seed -> World.large(new Random(seed))).forEach(world -> {
            var ranked = world.ranked();
            var teams = world.matching().teams(ranked);
            assertThat(teams).isNotEmpty().doesNotHaveDuplicates();
            assertThat(teams)
                    .isSortedAccordingTo(Comparator.comparing((Team team) -> sum(team.members()))
                            .reversed());
            teams.forEach(team -> {
                assertThat(team.members())
                        .isSortedAccordingTo(Comparator.comparing(ranked::indexOf))
                        .hasSameSizeAs(teams.getFirst().members());
                assertThat(coversEveryMust(team.members())).isTrue();
                team.members()
                        .forEach(dispensable -> assertThat(coversEveryMust(team.members().stream()
                                        .filter(Predicate.not(dispensable::equals))
                                        .toList()))
                                .isFalse());
            });
        });
    }

    /** What is matched with what. */
    private record World(List<Concept> concepts, List<Need> needs, List<Candidate> candidates) {

        static final List<CompetenceCode> CODES = IntStream.range(0, 14)
                .mapToObj(number -> CompetenceCode.parse("C" + number))
                .toList();

        static World random(Random random) {
            return of(random, 1 + random.nextInt(8), 1 + random.nextInt(12), 1 + random.nextInt(4));
        }

        static World large(Random random) {
            return of(random, Matching.MAX_NEEDS, Matching.MAX_TEAM_CANDIDATES, 5);
        }

        private static World of(Random random, int needs, int candidates, int skills) {
            var concepts = IntStream.range(0, CODES.size())
                    .mapToObj(number -> new Concept(
                            CODES.get(number),
                            random.nextInt(3) == 0 ? before(number, random) : null,
                            number % 4 == 3,
                            number % 4 == 3 && random.nextInt(4) > 0 ? before(number, random) : null))
                    .toList();
            // Levels that are mostly equal, so that there are equal scores.
            var flat = random.nextBoolean();
            return new World(
                    concepts,
                    IntStream.range(0, needs)
                            .mapToObj(number -> new Need(
                                    pick(random, CODES),
                                    flat ? CompetenceLevel.DELIVERS : pick(random, List.of(CompetenceLevel.values())),
                                    random.nextInt(4) > 0 ? Importance.MUST : Importance.WISH))
                            .toList(),
                    IntStream.range(0, candidates)
                            .mapToObj(number -> new Candidate(
                                    PartnerId.next(), "Partner %03d".formatted(number), skills(random, skills, flat)))
                            .toList());
        }

        private static List<Skill> skills(Random random, int count, boolean flat) {
            return random.ints(0, CODES.size())
                    .distinct()
                    .limit(count)
                    .mapToObj(CODES::get)
                    .map(code -> {
                        var claimed = flat ? CompetenceLevel.DELIVERS : pick(random, List.of(CompetenceLevel.values()));
                        return new Skill(
                                code,
                                claimed,
                                pick(random, List.of(CompetenceLevel.values()).subList(0, claimed.rank())));
                    })
                    .toList();
        }

        private static @Nullable CompetenceCode before(int number, Random random) {
            return number == 0 ? null : CODES.get(random.nextInt(number));
        }

        private static <T> T pick(Random random, List<T> values) {
            return values.get(random.nextInt(values.size()));
        }

        World shuffled(Random random) {
            return new World(
                    shuffled(concepts, random),
                    shuffled(needs, random),
                    shuffled(candidates, random).stream()
                            .map(candidate -> new Candidate(
                                    candidate.partner(), candidate.name(), shuffled(candidate.skills(), random)))
                            .toList());
        }

        private static <T> List<T> shuffled(List<T> values, Random random) {
            var shuffled = new ArrayList<>(values);
            Collections.shuffle(shuffled, random);
            return shuffled;
        }

        Vocabulary vocabulary() {
            return new Vocabulary(concepts);
        }

        Matching matching() {
            return new Matching(needs, vocabulary());
        }

        List<PartnerMatch> ranked() {
            return matching().rank(candidates);
        }
    }
}

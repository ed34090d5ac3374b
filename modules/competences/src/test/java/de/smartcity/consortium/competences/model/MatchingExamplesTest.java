package de.smartcity.consortium.competences.model;

import static de.smartcity.consortium.competences.model.MatchingFixtures.candidate;
import static de.smartcity.consortium.competences.model.MatchingFixtures.code;
import static de.smartcity.consortium.competences.model.MatchingFixtures.concept;
import static de.smartcity.consortium.competences.model.MatchingFixtures.deprecated;
import static de.smartcity.consortium.competences.model.MatchingFixtures.names;
import static de.smartcity.consortium.competences.model.MatchingFixtures.narrower;
import static de.smartcity.consortium.competences.model.MatchingFixtures.skill;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.Importance;
import de.smartcity.consortium.competences.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/matching.md: the first block is the vocabulary, each other one a request and its answer. */
class MatchingExamplesTest {

    private static final Map<MatchKind, String> FACTORS =
            Map.of(MatchKind.EXACT, "1", MatchKind.NARROWER, "0.8", MatchKind.BROADER, "0.4");

    private static List<String> blocks() throws IOException {
        // Mutation tests run in the module's folder, without the property.
        var page = Files.readString(Path.of(System.getProperty("consortium.root", "../.."), "docs", "matching.md"));
        return all("```text\n(.*?)```", page, block -> block.group(1));
    }

    private static <T> List<T> all(String pattern, String text, Function<MatchResult, T> read) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(read)
                .toList();
    }

    static Stream<Arguments> examples() throws IOException {
        var blocks = blocks();
        var vocabulary = vocabulary(blocks.getFirst());
        return blocks.stream()
                .skip(1)
                .map(block -> block.split("\n\n"))
                .map(parts -> Arguments.of(vocabulary, parts[0] + "\n", parts[1]));
    }

    @Test
    void thereAreFive() throws IOException {
        assertThat(examples()).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theAnswerIsAsDocumented(Vocabulary vocabulary, String request, String answer) {
        var matching = new Matching(needs(request), vocabulary);
        var ranked = matching.rank(candidates(request));

        var lines = new ArrayList<String>();
        ranked.forEach(match -> {
            lines.add("%d. %s".formatted(ranked.indexOf(match) + 1, total(match)));
            match.needs().forEach(need -> lines.add("   " + line(need)));
        });
        lines.add("uncovered: "
                + listed(matching.uncovered(ranked).stream()
                        .map(need -> need.competence().value())
                        .toList()));
        matching.teams(ranked)
                .forEach(team ->
                        lines.add("team: %s %s".formatted(listed(names(team.members())), shown(team.score()))));
        assertThat(lines).isEqualTo(answer.lines().toList());
    }

    // What is read

    private static Vocabulary vocabulary(String block) {
        return new Vocabulary(block.lines()
                .map(line -> line.split(" "))
                .map(words -> words.length == 1
                        ? concept(words[0])
                        : words[1].equals("in") ? narrower(words[0], words[2]) : deprecated(words[0], words[3]))
                .toList());
    }

    private static List<Need> needs(String request) {
        return all(
                "need (\\w+) (\\w+) (\\w+)\n",
                request,
                line -> new Need(
                        code(line.group(2)),
                        CompetenceLevel.valueOf(line.group(3)),
                        Importance.valueOf(line.group(1))));
    }

    private static List<Candidate> candidates(String request) {
        var skills = new LinkedHashMap<String, List<Skill>>();
        all(
                        "(\\w+) has (\\w+) claimed (\\w+) evidenced (\\w+)\n",
                        request,
                        line -> Map.entry(
                                line.group(1),
                                skill(
                                        line.group(2),
                                        CompetenceLevel.valueOf(line.group(3)),
                                        CompetenceLevel.valueOf(line.group(4)))))
                .forEach(entry -> skills.computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                        .add(entry.getValue()));
        return skills.entrySet().stream()
                .map(entry -> candidate(entry.getKey(), entry.getValue().toArray(Skill[]::new)))
                .toList();
    }

    // What is compared

    private static String total(PartnerMatch match) {
        var sum = match.needs().stream()
                .map(need -> weight(need) + " × " + shown(need.score()))
                .collect(Collectors.joining(" + "));
        return "%s %s = (%s) / %d%s"
                .formatted(
                        match.candidate().name(),
                        shown(match.score()),
                        sum,
                        match.needs().stream()
                                .mapToInt(MatchingExamplesTest::weight)
                                .sum(),
                        match.missesMust() ? ", misses a MUST" : "");
    }

    private static int weight(NeedMatch match) {
        return match.need().importance() == Importance.MUST ? 2 : 1;
    }

    private static String line(NeedMatch match) {
        var need = match.need();
        return "%s %s %s; %s"
                .formatted(
                        need.importance(),
                        need.competence().value(),
                        match.best() == null ? shown(match.score()) : formula(need.level(), match.best()),
                        match.covering() == null
                                ? "not covered"
                                : match.covering().equals(match.best())
                                        ? "covered"
                                        : "covered by " + formula(need.level(), match.covering()));
    }

    private static String formula(CompetenceLevel asked, SkillMatch match) {
        return "%s = %s × max(%s, 0.7 × %s), %s %s"
                .formatted(
                        shown(match.score()),
                        FACTORS.get(match.kind()),
                        ratio(match.skill().evidenced(), asked),
                        ratio(match.skill().claimed(), asked),
                        match.kind(),
                        match.skill().competence().value());
    }

    private static String ratio(CompetenceLevel level, CompetenceLevel asked) {
        return level.rank() >= asked.rank() ? "1" : level.rank() + "/" + asked.rank();
    }

    private static String shown(Score score) {
        return String.format(Locale.ROOT, "%.4f", score.rounded());
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}

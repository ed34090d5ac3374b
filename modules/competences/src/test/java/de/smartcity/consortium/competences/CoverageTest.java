package de.smartcity.consortium.competences;

import static de.smartcity.consortium.competences.CompetenceFixtures.concept;
import static de.smartcity.consortium.competences.CompetenceFixtures.deprecated;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.competences.CompetenceFixtures.Entry;
import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.ModuleCommands;
import de.smartcity.consortium.partners.ModuleCommands.Sent;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** Who covers needs, as docs/matching.md says, by what each caller sees; and with how many Mongo commands. */
@CompetenceTest
@Import({ProfileSteps.class, ModuleCommands.class})
@TestPropertySource(properties = {"consortium.jobs.interval=1h", "consortium.limits.cost=100000000"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoverageTest {

    private static final int EXAMPLES = 5;

    private static final String COVERAGE = """
            query ($needs: [CompetenceNeedInput!]!, $exclude: [ID!]) { coverage(needs: $needs, exclude: $exclude) {
              partners { partner { id name } score missesMust availability { state until }
                needs { need { competence { code } level importance } covered score
                  best { kind score entry { competence { code } claimedLevel evidencedLevel } }
                  covering { kind score entry { competence { code } claimedLevel evidencedLevel } } } }
              uncovered { competence { code } level importance } teams { partners { id name } } } }""";

    private static final String COMPETENT = """
            query ($code: String!) { competentPartners(first: 100, competence: $code) { totalCount
              nodes { partner { id name } availability { state } entries { competence { label broader { code } } evidence { file { id } } } } } }""";

    private static final String PARTNERS = """
            { partners(first: 100) { nodes { id competenceProfile {
              entries { competence { label broader { code } } evidence { file { id } } } } } } }""";

    private static final List<String> TWELVE = List.of(
            "NETWORKS",
            "NETWORK_5G",
            "FIBRE",
            "LOGISTICS",
            "PORTS",
            "RAIL",
            "DATA",
            "OPEN_DATA",
            "ENERGY",
            "WIRELESS",
            "HEAT",
            "WATER");

    @Autowired
    private Asked asked;

    @Autowired
    private Given given;

    @Autowired
    private Sent sent;

    @Autowired
    private ProfileSteps steps;

    @Autowired
    private Profiles profiles;

    @Autowired
    private MongoOperations mongo;

    /** The stored profiles of each example. */
    private final Map<Integer, List<Document>> examples = new HashMap<>();

    private final List<UUID> stored = new ArrayList<>();

    /** The profiles of the examples are made while WIRELESS is not deprecated yet. */
    @BeforeAll
    void profilesOfTheExamples(@Autowired VocabularyImport vocabulary) throws IOException {
        var concepts = new ArrayList<>(CompetenceFixtures.concepts());
        for (var code : List.of("ENERGY", "HEAT", "WATER", "WASTE")) {
            concepts.add(concept(code, null, "LIVING", code, code));
        }
        concepts.add(concept("OPEN_DATA", "DATA", "EDUCATION", "Open data", "Offene Daten"));
        concepts.add(concept("WIRELESS", "NETWORKS", "LIVING", "Wireless", "Funk"));
        vocabulary.load(new VocabularyRow(2, concepts));
        for (var number = 1; number <= EXAMPLES; number++) {
            var entries = new LinkedHashMap<String, List<Entry>>();
            for (var line : example(number)[0].lines().toList()) {
                var words = line.split(" ");
                if (!words[0].equals("need")) {
                    entries.computeIfAbsent(words[0], name -> new ArrayList<>())
                            .add(Profiles.entry(words[2], words[4], "PUBLIC", evidence(words[6])));
                }
            }
            for (var name : entries.keySet()) {
                published(
                        number + "-" + name.toLowerCase(Locale.ROOT),
                        name,
                        Objects.requireNonNull(entries.get(name)).toArray(Entry[]::new));
            }
            examples.put(number, stored.stream().map(this::document).toList());
            removeProfiles();
        }
        concepts.replaceAll(row -> row.code().equals("WIRELESS") ? deprecated(row, 3, "NETWORK_5G") : row);
        vocabulary.load(new VocabularyRow(3, concepts));
    }

    /** What supports this level. */
    private static Object[] evidence(String level) {
        return switch (level) {
            case "LEADS" -> new Object[] {ProfileSteps.certificate("2026-01-01", "2999-12-31")};
            case "DELIVERS" -> new Object[] {Profiles.publication("2026-01-01")};
            default -> new Object[0];
        };
    }

    private Document document(UUID id) {
        return Objects.requireNonNull(mongo.getCollection(ProfileSteps.PROFILES)
                .find(Filters.eq("_id", id))
                .limit(1)
                .first());
    }

    /** Each test begins without profiles. */
    @AfterEach
    void removeProfiles() {
        mongo.getCollection(ProfileSteps.PROFILES).deleteMany(Filters.in("_id", stored));
        stored.clear();
    }

    private Partner published(String alias, String name, Entry... entries) {
        var partner = given.partner(alias, name, PartnerStatus.ACTIVE);
        stored.add(partner.id().value());
        profiles.published(partner, entries);
        return partner;
    }

    private Partner published(String name, Entry... entries) {
        return published("p-" + UUID.randomUUID().toString().substring(0, 8), name, entries);
    }

    /** Needs and entries, and the answer. */
    private static String[] example(int number) throws IOException {
        var page = Files.readString(Path.of(System.getProperty("consortium.root", "../.."), "docs", "matching.md"));
        return Pattern.compile("```text\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```text\n".length(), block.length() - "```".length()))
                .toList()
                .get(number)
                .split("\n\n");
    }

    private static Map<String, Object> need(String importance, String code, String level) {
        return Map.of("importance", importance, "competence", code, "level", level);
    }

    private Map<String, Object> coverage(Actor actor, List<Map<String, Object>> needs, Partner... exclude) {
        return asked.data(
                actor,
                COVERAGE,
                Map.of(
                        "needs",
                        needs,
                        "exclude",
                        Arrays.stream(exclude).map(Asked::globalId).toList()),
                "coverage");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void theAnswerIsAsDocumented(int number) throws IOException {
        var needs = new ArrayList<Map<String, Object>>();
        for (var line : example(number)[0].lines().toList()) {
            var words = line.split(" ");
            if (words[0].equals("need")) {
                needs.add(need(words[1], words[2], words[3]));
            }
        }
        var documents = Objects.requireNonNull(examples.get(number));
        documents.forEach(document -> stored.add(document.get("_id", UUID.class)));
        mongo.getCollection(ProfileSteps.PROFILES).insertMany(documents);

        // Without the calculations, and the sums of teams.
        var documented = example(number)[1]
                .replaceAll(" = \\(.*?\\) / \\d+", "")
                .replaceAll(" = [0-9.]+ × max\\(.*?\\)(?=, [A-Z])", "")
                .replaceAll("(team: .*) [0-9.]+", "$1")
                .lines()
                .toList();
        for (var actor : List.of(Actor.anonymous(), Callers.office())) {
            assertThat(lines(coverage(actor, needs))).isEqualTo(documented);
        }
    }

    /** As in docs/matching.md. */
    private static List<String> lines(Map<String, Object> coverage) {
        var lines = new ArrayList<String>();
        var partners = list(coverage, "partners");
        partners.forEach(match -> {
            lines.add("%d. %s %s%s"
                    .formatted(
                            partners.indexOf(match) + 1,
                            map(match, "partner").get("name"),
                            score(match),
                            Boolean.TRUE.equals(match.get("missesMust")) ? ", misses a MUST" : ""));
            list(match, "needs").forEach(need -> lines.add("   " + line(need)));
        });
        lines.add("uncovered: "
                + list(coverage, "uncovered").stream()
                        .map(need -> String.valueOf(map(need, "competence").get("code")))
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(", "), all -> all.isEmpty() ? "none" : all)));
        list(coverage, "teams")
                .forEach(team -> lines.add("team: "
                        + list(team, "partners").stream()
                                .map(member -> String.valueOf(member.get("name")))
                                .collect(Collectors.joining(", "))));
        return lines;
    }

    private static String line(Map<String, Object> match) {
        var need = map(match, "need");
        var best = match.get("best");
        var covering = match.get("covering");
        assertThat(covering != null).isEqualTo(match.get("covered"));
        return "%s %s %s%s; %s"
                .formatted(
                        need.get("importance"),
                        map(need, "competence").get("code"),
                        score(match),
                        best == null ? "" : ", " + entry(map(match, "best")),
                        covering == null
                                ? "not covered"
                                : covering.equals(best)
                                        ? "covered"
                                        : "covered by " + score(map(match, "covering")) + ", "
                                                + entry(map(match, "covering")));
    }

    private static String entry(Map<String, Object> match) {
        return match.get("kind") + " " + map(map(match, "entry"), "competence").get("code");
    }

    private static String score(Map<String, Object> match) {
        return "%.4f".formatted(match.get("score")).replace(',', '.');
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String field) {
        return (Map<String, Object>) Objects.requireNonNull(of.get(field));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> of, String field) {
        return (List<Map<String, Object>>) Objects.requireNonNull(of.get(field));
    }

    private static List<String> names(Map<String, Object> coverage) {
        return list(coverage, "partners").stream()
                .map(match -> String.valueOf(map(match, "partner").get("name")))
                .toList();
    }

    @Test
    void excludedPartnersAreNeitherListedNorCountedNorInATeam() {
        var best = published("Best", Profiles.entry("ENERGY", "LEADS", "PUBLIC"));
        published("Other", Profiles.entry("HEAT", "LEADS", "PUBLIC"));
        var needs = List.of(need("MUST", "ENERGY", "KNOWS"), need("WISH", "HEAT", "KNOWS"));
        assertThat(lines(coverage(Actor.anonymous(), needs)))
                .contains("uncovered: none", "team: Best")
                .hasSize(8);
        assertThat(lines(coverage(Actor.anonymous(), needs, best)))
                .containsExactly(
                        "1. Other 0.3333, misses a MUST",
                        "   MUST ENERGY 0.0000; not covered",
                        "   WISH HEAT 1.0000, EXACT HEAT; covered",
                        "uncovered: ENERGY");
        assertThat(Asked.code(
                        asked.ask(Actor.anonymous(), COVERAGE, Map.of("needs", needs, "exclude", List.of("nonsense")))))
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    void equalPartnersAreOrderedByTheirNames() {
        for (var name : List.of("gamma", "Beta", "Älpha", "alpha")) {
            published(name, Profiles.entry("WATER", "KNOWS", "PUBLIC"));
        }
        assertThat(names(coverage(Actor.anonymous(), List.of(need("MUST", "WATER", "KNOWS")))))
                .containsExactly("Älpha", "alpha", "Beta", "gamma");
    }

    @Test
    void entriesForMembersCountForMembersAndTheOfficeOnly() {
        var partner = published(
                "Both",
                Profiles.entry("ENERGY", "KNOWS", "PUBLIC"),
                Profiles.entry("HEAT", "LEADS", "CONSORTIUM", Profiles.publication("2026-01-01")));
        published("Members", Profiles.entry("ENERGY", "LEADS", "CONSORTIUM"));
        var needs = List.of(need("MUST", "ENERGY", "KNOWS"), need("MUST", "HEAT", "LEADS"));
        var everybody = List.of(
                "1. Both 0.5000, misses a MUST",
                "   MUST ENERGY 1.0000, EXACT ENERGY; covered",
                "   MUST HEAT 0.0000; not covered",
                "uncovered: HEAT");
        for (var actor : List.of(
                Actor.anonymous(),
                Callers.of(given.partner(PartnerStatus.SUSPENDED)),
                Callers.of(given.partner(PartnerStatus.ONBOARDING)))) {
            assertThat(lines(coverage(actor, needs))).isEqualTo(everybody);
        }
        for (var actor :
                List.of(Callers.of(given.partner(PartnerStatus.ACTIVE)), Callers.of(partner), Callers.office())) {
            assertThat(lines(coverage(actor, needs)))
                    .containsExactly(
                            "1. Both 0.8500",
                            "   MUST ENERGY 1.0000, EXACT ENERGY; covered",
                            "   MUST HEAT 0.7000, EXACT HEAT; covered",
                            "2. Members 0.5000, misses a MUST",
                            "   MUST ENERGY 1.0000, EXACT ENERGY; covered",
                            "   MUST HEAT 0.0000; not covered",
                            "uncovered: none",
                            "team: Both");
        }
    }

    @Test
    void availabilityIsShownToMembersWhileItHoldsAndDoesNotCount() {
        var partner = published("Free", Profiles.entry("ENERGY", "KNOWS", "PUBLIC"));
        var needs = List.of(need("MUST", "ENERGY", "KNOWS"));
        var before = coverage(Callers.office(), needs);
        assertThat(list(before, "partners").getFirst()).containsEntry("availability", null);
        var until = Map.of("state", "NO", "until", "2999-12-31");
        profiles.made(Profiles.editor(partner), "editCompetenceProfile", partner, Map.of("availability", until));
        profiles.publish(partner);
        var member = Callers.of(given.partner(PartnerStatus.ACTIVE));
        for (var actor : List.of(member, Callers.office(), Profiles.editor(partner))) {
            assertThat(list(coverage(actor, needs), "partners").getFirst())
                    .containsEntry("availability", until)
                    .containsEntry("score", 1.0);
        }
        assertThat(list(coverage(Actor.anonymous(), needs), "partners").getFirst())
                .containsEntry("availability", null);
        mongo.getCollection(ProfileSteps.PROFILES)
                .updateOne(
                        Filters.eq("_id", partner.id().value()),
                        Updates.set("published.availability.until", "2026-01-01"));
        assertThat(coverage(member, needs)).isEqualTo(before);
    }

    @Test
    void asManyPartnersAreListedAsAskedForAndAllCount() {
        for (var name : List.of("First", "Second")) {
            var partner = given.partner("listed-" + name.toLowerCase(Locale.ROOT), name, PartnerStatus.ACTIVE);
            stored.add(partner.id().value());
            profiles.published(partner, Profiles.entry(name.equals("First") ? "HEAT" : "WATER", "LEADS", "PUBLIC"));
        }
        var needs = Map.of("needs", List.of(need("MUST", "HEAT", "LEADS"), need("MUST", "WATER", "LEADS")));
        for (var first : List.of(0, 1, 2)) {
            var coverage = asked.<Map<String, Object>>data(Actor.anonymous(), listing(first), needs, "coverage");
            assertThat(list(coverage, "partners")).hasSize(first);
            assertThat(coverage)
                    .containsEntry("uncovered", List.of())
                    .containsEntry(
                            "teams",
                            List.of(Map.of("score", 0.7, "partners", List.of(named("First"), named("Second")))));
        }
        for (var first : List.of(-1, 101)) {
            assertThat(Asked.code(asked.ask(Actor.anonymous(), listing(first), needs)))
                    .isEqualTo("BAD_REQUEST");
        }
    }

    private static String listing(int first) {
        return "query ($needs: [CompetenceNeedInput!]!) { coverage(needs: $needs, first: " + first
                + ") { partners { score } uncovered { level } teams { score partners { name } } } }";
    }

    private static Map<String, String> named(String name) {
        return Map.of("name", name);
    }

    @ParameterizedTest
    @CsvSource({"0", "13", "24"})
    void onlyOneToTwelveNeedsAreAnswered(int count) {
        var codes = new ArrayList<>(TWELVE);
        codes.add("WASTE");
        codes.addAll(TWELVE);
        assertThat(refusal(codes.stream()
                        .limit(count)
                        .map(code -> need("MUST", code, "KNOWS"))
                        .toList()))
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    void eachNeedIsForAnotherCompetenceThatExists() {
        assertThat(refusal(List.of(need("MUST", "ENERGY", "KNOWS"), need("WISH", "ENERGY", "LEADS"))))
                .isEqualTo("BAD_REQUEST");
        for (var code : List.of("UNKNOWN", "energy", "", "5G", "$ne")) {
            assertThat(refusal(List.of(need("MUST", code, "KNOWS")))).as(code).isEqualTo("BAD_REQUEST");
        }
        assertThat(refusal(
                        TWELVE.stream().map(code -> need("MUST", code, "KNOWS")).toList()))
                .startsWith("none");
    }

    private String refusal(List<Map<String, Object>> needs) {
        return Asked.code(asked.ask(Actor.anonymous(), COVERAGE, Map.of("needs", needs)));
    }

    @Test
    void withoutAnEntryThatMatchesNobodyIsListed() {
        published("Other", Profiles.entry("HEAT", "LEADS", "PUBLIC"));
        assertThat(lines(coverage(Actor.anonymous(), List.of(need("MUST", "ENERGY", "KNOWS")))))
                .containsExactly("uncovered: ENERGY");
    }

    /** An answer, and the commands that it took. */
    private record Answered(Map<String, Object> answer, List<String> commands) {}

    private Answered answered(Actor actor, String document, Map<String, ?> variables) {
        var answer = new HashMap<String, Object>();
        var commands = sent.of(asked, () -> answer.putAll(asked.ask(actor, document, variables)));
        assertThat(answer).doesNotContainKey("errors");
        return new Answered(answer, commands);
    }

    @Test
    void draftsAreInNoAnswerNumberOrScoreAndTakeNoCommand() {
        var drafting = published("Drafting", Profiles.entry("ENERGY", "KNOWS", "PUBLIC"));
        published("Other", Profiles.entry("HEAT", "DELIVERS"));
        var beginning = given.partner(PartnerStatus.ACTIVE);
        var onboarding = given.partner(PartnerStatus.ONBOARDING);
        stored.add(beginning.id().value());
        stored.add(onboarding.id().value());
        var actors = List.of(
                Actor.anonymous(),
                Callers.office(),
                Callers.of(given.partner(PartnerStatus.ACTIVE)),
                Profiles.editor(drafting),
                Profiles.editor(beginning),
                Profiles.editor(onboarding));
        var before = allAnswers(actors);

        for (var partner : List.of(drafting, beginning, onboarding)) {
            profiles.draft(
                    partner,
                    Profiles.entry("ENERGY", "LEADS", "PUBLIC", ProfileSteps.certificate("2026-01-01", "2999-12-31")),
                    Profiles.entry("HEAT", "LEADS", "PUBLIC"),
                    Profiles.entry("WATER", "LEADS", "PUBLIC"));
            profiles.made(
                    Profiles.editor(partner),
                    "editCompetenceProfile",
                    partner,
                    Map.of("availability", Map.of("state", "AVAILABLE", "until", "2999-12-31")));
        }

        assertThat(allAnswers(actors)).isEqualTo(before);
        profiles.publish(drafting);
        assertThat(allAnswers(actors)).isNotEqualTo(before);
    }

    private List<Answered> allAnswers(List<Actor> actors) {
        var needs = List.of(
                need("MUST", "ENERGY", "DELIVERS"), need("WISH", "HEAT", "LEADS"), need("MUST", "WATER", "KNOWS"));
        return actors.stream()
                .flatMap(actor -> Stream.of(
                        answered(actor, COVERAGE, Map.of("needs", needs)),
                        answered(actor, COMPETENT, Map.of("code", "ENERGY")),
                        answered(actor, COMPETENT, Map.of("code", "HEAT")),
                        answered(actor, COMPETENT, Map.of("code", "WATER"))))
                .toList();
    }

    @Test
    void theNumberOfCommandsDependsNeitherOnTheNumberOfProfilesNorOfNeeds() {
        var template = given.partner(PartnerStatus.ACTIVE);
        var file = steps.upload(Profiles.editor(template));
        stored.add(template.id().value());
        profiles.published(
                template,
                Profiles.entry(
                        "NETWORK_5G", "LEADS", "PUBLIC", ProfileSteps.certificate("2026-01-01", "2999-12-31", file)),
                Profiles.entry("FIBRE", "KNOWS", "PUBLIC"),
                Profiles.entry("PORTS", "DELIVERS", "CONSORTIUM", Profiles.publication("2026-01-01")),
                Profiles.entry("DATA", "KNOWS", "CONSORTIUM"));
        copies(template, 2);
        var actors = List.of(Actor.anonymous(), Callers.of(template), Callers.office());
        var few = commands(actors);
        copies(template, 1_997);
        assertThat(commands(actors)).isEqualTo(few);

        assertThat(few.getFirst())
                .containsExactly(
                        // What is claimed, and what is shown of the best.
                        "find competenceProfiles",
                        "find competenceProfiles",
                        // The vocabulary, and what is shown of it.
                        "find competences",
                        "find competences",
                        "find partners");
    }

    private List<List<String>> commands(List<Actor> actors) {
        return actors.stream()
                .flatMap(actor -> {
                    var one = answered(actor, COVERAGE, needs(1));
                    var twelve = answered(actor, COVERAGE, needs(12));
                    assertThat(twelve.commands()).isEqualTo(one.commands());
                    return Stream.of(
                            one.commands(),
                            answered(actor, COMPETENT, Map.of("code", "NETWORKS"))
                                    .commands(),
                            answered(actor, PARTNERS, Map.of()).commands());
                })
                .toList();
    }

    private static Map<String, Object> needs(int count) {
        return Map.of(
                "needs",
                TWELVE.stream()
                        .limit(count)
                        .map(code -> need("MUST", code, "KNOWS"))
                        .toList());
    }

    /** So many further partners with profiles like this one's, each with a file of its own; written directly. */
    private void copies(Partner of, int count) {
        var id = of.id().value();
        var partners = new ArrayList<Document>();
        var copied = new ArrayList<Document>();
        var files = new ArrayList<Document>();
        var fileId = document(id).getList("files", UUID.class).getFirst();
        IntStream.range(0, count).forEach(n -> {
            var copy = UUID.randomUUID();
            stored.add(copy);
            var partner = one("partners", id);
            partner.put("_id", copy);
            partner.put("alias", "copy-" + copy.toString().substring(0, 13));
            partner.put("organisation", copy.toString());
            partners.add(partner);
            var file = one("files", fileId);
            var copiedFile = UUID.randomUUID();
            file.put("_id", copiedFile);
            file.get("claim", Document.class).put("aggregate", copy);
            files.add(file);
            var profile = document(id);
            profile.put("_id", copy);
            profile.put("files", List.of(copiedFile));
            profile.get("derived", Document.class).get("sort", Document.class).put("partner", "copy " + copy);
            profile.get("published", Document.class)
                    .getList("entries", Document.class)
                    .getFirst()
                    .getList("evidence", Document.class)
                    .getFirst()
                    .put("file", copiedFile);
            copied.add(profile);
        });
        mongo.getCollection("partners").insertMany(partners);
        mongo.getCollection("files").insertMany(files);
        mongo.getCollection(ProfileSteps.PROFILES).insertMany(copied);
    }

    private Document one(String collection, UUID id) {
        return Objects.requireNonNull(mongo.getCollection(collection)
                .find(Filters.eq("_id", id))
                .limit(1)
                .first());
    }
}

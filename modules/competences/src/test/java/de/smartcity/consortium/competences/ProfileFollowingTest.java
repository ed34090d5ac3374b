package de.smartcity.consortium.competences;

import static de.smartcity.consortium.competences.CompetenceFixtures.concept;
import static de.smartcity.consortium.competences.CompetenceFixtures.deprecated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.competences.CompetenceRows.ConceptRow;
import de.smartcity.consortium.competences.CompetenceRows.MappingRow;
import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.competences.application.VocabularyReading;
import de.smartcity.consortium.competences.model.CompetenceEntry;
import de.smartcity.consortium.competences.model.CompetenceProfile;
import de.smartcity.consortium.competences.model.CompetenceProfiles;
import de.smartcity.consortium.competences.model.EntryVisibility;
import de.smartcity.consortium.competences.model.ProfileContent;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.ModuleCommands;
import de.smartcity.consortium.partners.ModuleCommands.Sent;
import de.smartcity.consortium.partners.PartnerFace;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** What happens to profiles because of their partners' events, of releases of the vocabulary, and of days. */
@CompetenceTest
@Import({ProfileSteps.class, ModuleCommands.class, ProfileFollowingTest.Time.class})
@TestPropertySource(properties = "consortium.jobs.interval=20ms")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfileFollowingTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String TASKS =
            "{ viewer { tasks(first: 100) { nodes { kind due role isMine subject { id } } } } }";

    private static final String SCORES = """
            query ($code: String!) { coverage(needs: [{ competence: $code, level: LEADS }]) {
              partners { partner { id name } score availability { state } needs { covered best { kind entry { evidencedLevel evidence { state } } } } } } }""";

    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        SettableClock clockOfProfiles() {
            return new SettableClock(Instant.parse("2026-06-01T10:00:00Z"));
        }
    }

    @Autowired
    private SettableClock clock;

    @Autowired
    private Asked asked;

    @Autowired
    private Given given;

    @Autowired
    private Profiles profiles;

    @Autowired
    private ProfileSteps steps;

    @Autowired
    private PartnerManagement management;

    @Autowired
    private VocabularyImport releases;

    @Autowired
    private MongoOperations mongo;

    /** The vocabulary as it is, to which tests add what they need. */
    private final Map<String, ConceptRow> vocabulary = new LinkedHashMap<>();

    private int release = 1;
    private int names;

    private Partner member(String name) {
        return given.partner("p-" + names++, name, PartnerStatus.ACTIVE);
    }

    private static Change bySystem() {
        return Change.by(Actor.system(), Instant.now());
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(SOON).untilAsserted(assertion);
    }

    private void on(String day) {
        clock.set(LocalDate.parse(day).atTime(12, 0).atZone(BERLIN).toInstant());
    }

    private Map<String, ConceptRow> vocabulary() {
        if (vocabulary.isEmpty()) {
            CompetenceFixtures.concepts().forEach(row -> vocabulary.put(row.code(), row));
        }
        return vocabulary;
    }

    /** Loads the next release, in which these are new or different. */
    private void release(ConceptRow... rows) {
        release++;
        for (var row : rows) {
            vocabulary().put(row.code(), row);
        }
        releases.load(new VocabularyRow(release, List.copyOf(vocabulary().values())));
    }

    /** A competence of the release that is loaded next. */
    private ConceptRow added(String code, @Nullable String broader) {
        var row = concept(code, broader, "LIVING", code + " in English", code + " auf Deutsch");
        return new ConceptRow(
                code, row.area(), broader, release + 1, null, null, row.label(), row.alternatives(), row.mappings());
    }

    /** The same row, deprecated with the release that is loaded next. */
    private ConceptRow ended(String code, @Nullable String replacedBy) {
        return deprecated(Objects.requireNonNull(vocabulary().get(code)), release + 1, replacedBy);
    }

    private List<Map<String, Object>> tasks(Partner partner, String kind) {
        List<Map<String, Object>> tasks =
                asked.data(Callers.of(partner, Role.EDITOR), TASKS, Map.of(), "viewer", "tasks", "nodes");
        return tasks.stream().filter(task -> kind.equals(task.get("kind"))).toList();
    }

    /** All that these callers see of a competence's partners. */
    private List<Map<String, Object>> matches(String code) {
        return Stream.of(Actor.anonymous(), Callers.of(given.partner(PartnerStatus.ACTIVE)), Callers.office())
                .flatMap(actor -> Stream.of(
                        Map.<String, Object>of("found", steps.competent(actor, code, "KNOWS")),
                        asked.<Map<String, Object>>data(actor, SCORES, Map.of("code", code), "coverage")))
                .toList();
    }

    @Test
    void aSuspendedPartnerIsNotFoundAndAReinstatedOneIsFoundAsBefore() {
        release(added("SUSPENSION", null), added("SUSPENSION_FOR_MEMBERS", null));
        var partner = member("Suspended now and then");
        profiles.published(
                partner,
                Profiles.entry("SUSPENSION", "LEADS", "PUBLIC", Profiles.publication("2026-01-01")),
                Profiles.entry("SUSPENSION_FOR_MEMBERS", "LEADS"));
        var codes = List.of("SUSPENSION", "SUSPENSION_FOR_MEMBERS");
        var before = codes.stream().map(this::matches).toList();
        assertThat(before.toString()).contains("Suspended now and then");
        var member = Callers.of(given.partner(PartnerStatus.ACTIVE));
        assertThat(steps.codes(member, partner)).isEqualTo(codes);

        management.suspend(partner.id(), "For a test", bySystem());
        soon(() -> assertThat(codes.stream().map(this::matches).toList().toString())
                .doesNotContain("Suspended now and then"));
        assertThat(steps.codes(Actor.anonymous(), partner)).isNull();
        assertThat(steps.codes(member, partner)).isNull();
        assertThat(steps.codes(Profiles.admin(given.now(partner.id())), partner))
                .isNull();
        assertThat(steps.codes(Callers.office(), partner)).isEqualTo(codes);

        management.reinstate(partner.id(), "For a test", bySystem());
        soon(() -> assertThat(codes.stream().map(this::matches).toList()).isEqualTo(before));
        assertThat(steps.codes(Actor.anonymous(), partner)).containsExactly("SUSPENSION");
        assertThat(steps.codes(Profiles.admin(given.now(partner.id())), partner))
                .isEqualTo(codes);
    }

    @Test
    void aRenamedPartnerIsListedByItsNewName() {
        release(added("NAMES", null));
        var first = member("Aachen");
        var second = member("Bonn");
        for (var partner : List.of(first, second)) {
            profiles.published(partner, Profiles.entry("NAMES", "LEADS", "PUBLIC"));
        }
        assertThat(steps.competent(Actor.anonymous(), "NAMES", "LEADS")).containsExactly("Aachen", "Bonn");
        rename(first, "Celle");
        soon(() ->
                assertThat(steps.competent(Actor.anonymous(), "NAMES", "LEADS")).containsExactly("Bonn", "Celle"));
        assertThat(matches("NAMES").get(1).toString()).containsSubsequence("name=Bonn", "name=Celle");
    }

    private void rename(Partner partner, String name) {
        Map<String, Object> payload = asked.data(
                Profiles.admin(partner),
                "mutation ($input: EditPartnerInput!) { editPartner(input: $input) { userErrors { rule } } }",
                Map.of(
                        "input",
                        Map.of(
                                "partnerId",
                                Asked.globalId(partner),
                                "expectedVersion",
                                Math.toIntExact(Objects.requireNonNull(
                                        given.now(partner.id()).version())),
                                "name",
                                ProfileSteps.text(name))),
                "editPartner");
        assertThat(payload).containsEntry("userErrors", List.of());
    }

    /** Its partner was read before it was reinstated and renamed, and the profile is stored after those events were handled. */
    @Test
    void aProfileThatIsBegunWhileItsPartnerChangesFollowsItNevertheless(
            @Autowired CompetenceProfiles stored, @Autowired VocabularyReading reading) {
        release(added("OVERTAKEN", null));
        var partner = member("Overtaken");
        var stale =
                new PartnerFace(partner.id(), PartnerStatus.SUSPENDED, LocalizedText.of(Map.of("en", "zzz")), null, 1);
        var profile = CompetenceProfile.of(stale, clock.instant());
        var today = LocalDate.parse("2026-06-01");
        var content = new ProfileContent(
                List.of(new CompetenceEntry(
                        new CompetenceCode("OVERTAKEN"),
                        CompetenceLevel.LEADS,
                        null,
                        List.of(),
                        EntryVisibility.PUBLIC)),
                null,
                null);
        var change = Change.by(Profiles.admin(partner), clock.instant());
        profile.edit(change, today, reading::vocabulary, 0, new Edit<>(Set.of("entries"), violations -> content));
        profile.publish(change, today, reading::vocabulary, 0);
        stored.save(profile);

        soon(() -> assertThat(steps.codes(Actor.anonymous(), partner)).containsExactly("OVERTAKEN"));
        assertThat(steps.competent(Actor.anonymous(), "OVERTAKEN", "LEADS")).containsExactly("Overtaken");
        assertThat(Objects.requireNonNull(steps.stored(partner)).toString()).doesNotContain("zzz");
    }

    @Test
    void aPartnerThatIsAdmittedPublishesAndIsFound() {
        release(added("ADMISSION", null));
        var partner = given.partner(PartnerStatus.ONBOARDING);
        profiles.draft(partner, Profiles.entry("ADMISSION", "LEADS", "PUBLIC"));
        management.admit(partner.id(), LocalDate.parse("2026-06-01"), bySystem());
        // The profile's version rises when it follows the partner.
        soon(() -> profiles.publish(given.now(partner.id())));
        soon(() -> assertThat(steps.codes(Actor.anonymous(), partner)).containsExactly("ADMISSION"));
        soon(() -> assertThat(steps.competent(Actor.anonymous(), "ADMISSION", "LEADS"))
                .hasSize(1));
    }

    @Test
    void aDeprecatedCompetenceStaysReadableAndIsMatchedAsWhatReplacesItUntilItIsReplaced() {
        release(added("OLD", null), added("NEW", null), added("BESIDE", null));
        var affected = member("Affected");
        var drafting = given.partner(PartnerStatus.ONBOARDING);
        var both = member("Both");
        var other = member("Other");
        profiles.published(affected, Profiles.entry("OLD", "DELIVERS", "PUBLIC"));
        profiles.draft(drafting, Profiles.entry("OLD", "LEADS"));
        profiles.published(both, Profiles.entry("BESIDE", "LEADS", "PUBLIC"));
        profiles.draft(both, Profiles.entry("OLD", "LEADS", "PUBLIC"), Profiles.entry("BESIDE", "KNOWS"));
        profiles.published(other, Profiles.entry("BESIDE", "LEADS", "PUBLIC"));

        release(ended("OLD", "NEW"));

        var kind = "REPLACE_DEPRECATED_COMPETENCE";
        for (var partner : List.of(affected, drafting)) {
            soon(() -> assertThat(tasks(partner, kind)).hasSize(1));
        }
        assertThat(tasks(affected, kind).getFirst())
                .containsEntry("role", "EDITOR")
                .containsEntry("due", null)
                .containsEntry("isMine", true)
                .containsEntry("subject", Map.of("id", ProfileSteps.globalId(affected)));
        // Of both, only the draft has it, and others see what is published.
        assertThat(tasks(both, kind)).isEmpty();
        assertThat(tasks(other, kind)).isEmpty();
        assertThat(steps.shown(
                        Actor.anonymous(),
                        affected,
                        "entries { competence { code label deprecated replacedBy { code } } claimedLevel }"))
                .isEqualTo(Map.of(
                        "entries",
                        List.of(Map.of(
                                "competence",
                                Map.of(
                                        "code",
                                        "OLD",
                                        "label",
                                        "OLD in English",
                                        "deprecated",
                                        true,
                                        "replacedBy",
                                        Map.of("code", "NEW")),
                                "claimedLevel",
                                "DELIVERS"))));
        for (var code : List.of("OLD", "NEW")) {
            assertThat(steps.competent(Actor.anonymous(), code, "DELIVERS")).containsExactly("Affected");
            assertThat(matches(code).get(1).toString()).contains("name=Affected", "kind=EXACT");
        }

        // Whoever has it may keep it, and nobody may add it.
        assertThat(steps.rules(affected, ProfileSteps.entries(Profiles.entry("OLD", "LEADS", "PUBLIC"))))
                .isEmpty();
        assertThat(steps.rules(
                        other, ProfileSteps.entries(Profiles.entry("BESIDE", "LEADS"), Profiles.entry("OLD", "KNOWS"))))
                .containsExactly("competence.deprecated entries/1/competence");

        profiles.draft(affected, Profiles.entry("NEW", "LEADS", "PUBLIC"));
        profiles.draft(drafting, Profiles.entry("NEW", "LEADS", "PUBLIC"));
        soon(() -> assertThat(tasks(drafting, kind)).isEmpty());
        assertThat(tasks(affected, kind)).as("until it is published").hasSize(1);
        profiles.publish(affected);
        assertThat(tasks(affected, kind)).isEmpty();
        assertThat(steps.competent(Actor.anonymous(), "OLD", "LEADS")).containsExactly("Affected");
        assertThat(steps.rules(affected, ProfileSteps.entries(Profiles.entry("OLD", "LEADS"))))
                .containsExactly("competence.deprecated entries/0/competence");
    }

    @Test
    void aCompetenceThatNothingReplacesIsStillFoundByItself() {
        release(added("ENDING", "NETWORKS"));
        var partner = member("Ending");
        profiles.published(partner, Profiles.entry("ENDING", "LEADS", "PUBLIC"));
        release(ended("ENDING", null));
        assertThat(steps.competent(Actor.anonymous(), "ENDING", "LEADS")).containsExactly("Ending");
        assertThat(steps.competent(Actor.anonymous(), "NETWORKS", "LEADS")).containsExactly("Ending");
        soon(() -> assertThat(tasks(partner, "REPLACE_DEPRECATED_COMPETENCE")).hasSize(1));
        profiles.made(Profiles.editor(partner), "editCompetenceProfile", partner, ProfileSteps.entries());
        profiles.publish(partner);
        assertThat(tasks(partner, "REPLACE_DEPRECATED_COMPETENCE")).isEmpty();
        assertThat(steps.competent(Actor.anonymous(), "ENDING", "LEADS")).isEmpty();
        // Without an entry for everybody, members see an empty profile.
        assertThat(steps.codes(Actor.anonymous(), partner)).isNull();
        assertThat(steps.codes(Callers.office(), partner)).isEmpty();
    }

    private List<Document> storedVocabulary() {
        return mongo.getCollection("competences")
                .find()
                .sort(Sorts.ascending("_id"))
                .limit(10_000)
                .into(new ArrayList<>());
    }

    @Test
    void theSameReleaseLoadedAgainWritesNothing(@Autowired Sent sent) {
        release(added("AGAIN", null));
        var before = storedVocabulary();
        var rows = new VocabularyRow(release, List.copyOf(vocabulary().values()));
        assertThat(sent.of(asked, () -> releases.load(rows)))
                .allSatisfy(command -> assertThat(command).startsWith("find "));
        assertThat(storedVocabulary()).isEqualTo(before);
    }

    @Test
    void anOlderReleaseIsNotLoaded() {
        release(added("LATER", null));
        var before = storedVocabulary();
        releases.load(new VocabularyRow(1, List.of(concept("OTHER", null, "LIVING", "Other", "Anderes"))));
        releases.load(new VocabularyRow(release - 1, List.of()));
        assertThat(storedVocabulary()).isEqualTo(before);
    }

    private static ConceptRow changed(ConceptRow row, Map<String, @Nullable Object> fields) {
        return new ConceptRow(
                (String) Objects.requireNonNull(fields.getOrDefault("code", row.code())),
                (String) Objects.requireNonNull(fields.getOrDefault("area", row.area())),
                (String) fields.getOrDefault("broader", row.broader()),
                (int) Objects.requireNonNull(fields.getOrDefault("since", row.since())),
                (Integer) fields.getOrDefault("deprecatedSince", row.deprecatedSince()),
                (String) fields.getOrDefault("replacedBy", row.replacedBy()),
                texts(fields.getOrDefault("label", row.label())),
                fields.containsKey("alternatives")
                        ? Map.of("en", words(fields.get("alternatives")))
                        : row.alternatives(),
                fields.get("mapping") instanceof MappingRow mapping ? List.of(mapping) : row.mappings());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> texts(@Nullable Object texts) {
        return (Map<String, String>) Objects.requireNonNull(texts);
    }

    @SuppressWarnings("unchecked")
    private static List<String> words(@Nullable Object words) {
        return (List<String>) Objects.requireNonNull(words);
    }

    private static Arguments refused(String violation, String code, Map<String, @Nullable Object> fields) {
        UnaryOperator<ConceptRow> change = row -> row.code().equals(code) ? changed(row, fields) : row;
        return Arguments.of(violation, change);
    }

    /** What is wrong with the next release, of which GONE was deprecated before. */
    static Stream<Arguments> wrongReleases() {
        var mapping = new MappingRow("ESCO", "http://example.org/1", "EXACT", "A source");
        return Stream.of(
                refused("competence.missing RAIL", "RAIL", Map.of("code", "RAILWAYS")),
                refused("competence.restored GONE", "GONE", unset("deprecatedSince", "replacedBy")),
                refused("competence.twice PORTS", "RAIL", Map.of("code", "PORTS")),
                refused("competence.syntax rail/code", "RAIL", Map.of("code", "rail")),
                refused("broader.level RAIL/broader", "RAIL", Map.of("broader", "NOWHERE")),
                refused("broader.level RAIL/broader", "RAIL", Map.of("broader", "PORTS")),
                refused("broader.level DATA/broader", "DATA", Map.of("broader", "DATA")),
                refused("broader.level RAIL/broader", "LOGISTICS", Map.of("broader", "NETWORKS")),
                refused("area.broader RAIL/area", "RAIL", Map.of("area", "LIVING")),
                refused("since.release RAIL/since", "RAIL", Map.of("since", 1_000)),
                refused("since.release RAIL/since", "RAIL", Map.of("since", 0)),
                refused("deprecatedSince.release RAIL/deprecatedSince", "RAIL", Map.of("deprecatedSince", 1_000)),
                refused("deprecatedSince.release RAIL/deprecatedSince", "RAIL", Map.of("deprecatedSince", 1)),
                refused("replacedBy.unknown RAIL/replacedBy", "RAIL", Map.of("replacedBy", "PORTS")),
                refused(
                        "replacedBy.unknown RAIL/replacedBy",
                        "RAIL",
                        Map.of("deprecatedSince", 2, "replacedBy", "NOWHERE")),
                refused(
                        "replacedBy.unknown RAIL/replacedBy",
                        "RAIL",
                        Map.of("deprecatedSince", 2, "replacedBy", "RAIL")),
                refused("replacedBy.unknown GONE/replacedBy", "GONE", Map.of("replacedBy", "GONE_TOO")),
                refused("label.twice RAIL", "RAIL", Map.of("label", Map.of("en", "Rail", "de", "HÄFEN"))),
                refused("text.blank RAIL/label/0/text", "RAIL", Map.of("label", Map.of("en", " "))),
                refused("text.empty RAIL/label", "RAIL", Map.of("label", Map.of())),
                refused("text.long RAIL/label/0/text", "RAIL", Map.of("label", Map.of("en", "a".repeat(101)))),
                refused(
                        "alternatives.many RAIL/alternatives",
                        "RAIL",
                        Map.of(
                                "alternatives",
                                IntStream.range(0, 11)
                                        .mapToObj(n -> "word " + n)
                                        .toList())),
                refused(
                        "match.unknown RAIL/mappings/0",
                        "RAIL",
                        Map.of("mapping", new MappingRow("ESCO", mapping.uri(), "SAME", "A source"))),
                refused(
                        "website.syntax RAIL/mappings/0",
                        "RAIL",
                        Map.of("mapping", new MappingRow("ESCO", "nonsense", "EXACT", "A source"))),
                refused("area.unknown areas", "RAIL", Map.of("area", "ELSEWHERE")));
    }

    private static Map<String, @Nullable Object> unset(String... fields) {
        var unset = new HashMap<String, @Nullable Object>();
        for (var field : fields) {
            unset.put(field, null);
        }
        return unset;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongReleases")
    void aWrongReleaseIsRefusedWithThePathAndWritesNothing(String violation, UnaryOperator<ConceptRow> change) {
        if (!vocabulary().containsKey("GONE")) {
            release(added("GONE", null), added("GONE_TOO", null));
            release(ended("GONE", "DATA"), ended("GONE_TOO", "GONE"));
        }
        var before = storedVocabulary();
        var rows = new VocabularyRow(
                release + 1, vocabulary().values().stream().map(change).toList());
        var refused = catchThrowableOfType(RuleViolation.class, () -> releases.load(rows));
        assertThat(refused).isNotNull();
        assertThat(refused.violations().stream()
                        .map(broken -> broken.rule() + " " + String.join("/", broken.path()))
                        .toList())
                .anySatisfy(broken -> assertThat(broken).startsWith(violation));
        assertThat(storedVocabulary()).isEqualTo(before);
    }

    @Test
    void allThatIsWrongWithAReleaseIsNamedAtOnce() {
        var rows = vocabulary().values().stream()
                .map(row -> switch (row.code()) {
                    case "RAIL" -> changed(row, Map.of("broader", "NOWHERE", "since", 0));
                    case "PORTS" -> changed(row, Map.of("label", Map.of("en", " ")));
                    default -> row;
                })
                .toList();
        var refused =
                catchThrowableOfType(RuleViolation.class, () -> releases.load(new VocabularyRow(release + 1, rows)));
        assertThat(refused.violations()).extracting("rule").contains("broader.level", "since.release", "text.blank");
    }

    @Test
    void aCertificateIsATaskFromSixtyDaysBeforeItsLastDayUntilItIsRenewed() {
        on("2026-10-01");
        release(added("CERTIFIED", null));
        var partner = member("Certified");
        profiles.published(
                partner,
                Profiles.entry("CERTIFIED", "LEADS", "PUBLIC", ProfileSteps.certificate("2026-01-01", "2026-12-31")));
        // A later end of the same profile has no effect on the first one.
        clock.set(Instant.parse("2026-10-31T22:59:00Z"));
        await().during(Duration.ofMillis(300))
                .atMost(SOON)
                .until(() -> tasks(partner, "RENEW_CERTIFICATE").isEmpty());
        clock.set(Instant.parse("2026-10-31T23:00:00Z"));
        soon(() -> assertThat(tasks(partner, "RENEW_CERTIFICATE")).hasSize(1));
        assertThat(tasks(partner, "RENEW_CERTIFICATE").getFirst())
                .containsEntry("due", "2026-12-31")
                .containsEntry("role", "EDITOR");
        assertThat(matches("CERTIFIED").get(1).toString())
                .contains("score=1.0", "evidencedLevel=LEADS", "state=COUNTS");

        clock.set(Instant.parse("2026-12-31T23:00:00Z"));
        assertThat(matches("CERTIFIED").get(1).toString())
                .contains("score=0.7", "evidencedLevel=KNOWS", "state=EXPIRED", "covered=true");
        assertThat(tasks(partner, "RENEW_CERTIFICATE")).hasSize(1);

        profiles.draft(
                partner,
                Profiles.entry("CERTIFIED", "LEADS", "PUBLIC", ProfileSteps.certificate("2027-01-01", "2028-12-31")));
        assertThat(tasks(partner, "RENEW_CERTIFICATE"))
                .as("until it is published")
                .hasSize(1);
        profiles.publish(partner);
        assertThat(tasks(partner, "RENEW_CERTIFICATE")).isEmpty();
        assertThat(matches("CERTIFIED").get(1).toString()).contains("score=1.0", "state=COUNTS");
    }

    @Test
    void aCertificateThatEndsSoonIsATaskFromItsPublicationOn() {
        on("2026-11-15");
        var partner = member("Late");
        profiles.published(
                partner,
                Profiles.entry("DATA", "LEADS", "PUBLIC", ProfileSteps.certificate("2026-01-01", "2026-12-31")),
                Profiles.entry("RAIL", "LEADS", "PUBLIC", ProfileSteps.certificate("2026-01-01", "2026-12-01")),
                Profiles.entry("PORTS", "LEADS", "PUBLIC", ProfileSteps.certificate("2026-01-01", "2027-06-30")));
        assertThat(tasks(partner, "RENEW_CERTIFICATE"))
                .singleElement()
                .extracting("due")
                .isEqualTo("2026-12-01");
        // The draft's certificates are not waited for.
        var drafting = member("Drafting a late one");
        profiles.draft(
                drafting,
                Profiles.entry("DATA", "LEADS", "PUBLIC", ProfileSteps.certificate("2026-01-01", "2026-12-31")));
        assertThat(tasks(drafting, "RENEW_CERTIFICATE")).isEmpty();
    }

    @Test
    void availabilityIsShownUntilItsLastDayIsOver() {
        on("2026-07-01");
        release(added("AVAILABLE", null));
        var partner = member("Available");
        profiles.draft(partner, Profiles.entry("AVAILABLE", "LEADS", "PUBLIC"));
        profiles.made(
                Profiles.editor(partner),
                "editCompetenceProfile",
                partner,
                Map.of("availability", Map.of("state", "LIMITED", "until", "2026-07-01")));
        profiles.publish(partner);
        clock.set(Instant.parse("2026-07-01T21:59:59Z"));
        assertThat(steps.shown(Callers.office(), partner, "availability { state until }"))
                .isEqualTo(Map.of("availability", Map.of("state", "LIMITED", "until", "2026-07-01")));
        assertThat(matches("AVAILABLE").getLast().toString()).contains("availability={state=LIMITED}");
        clock.set(Instant.parse("2026-07-01T22:00:00Z"));
        assertThat(steps.shown(Callers.office(), partner, "availability { state until }"))
                .containsEntry("availability", null);
        assertThat(matches("AVAILABLE").getLast().toString()).contains("availability=null");
        assertThat(steps.rules(partner, Map.of("availability", Map.of("state", "NO", "until", "2026-07-01"))))
                .containsExactly("availability.past availability/until");
    }
}

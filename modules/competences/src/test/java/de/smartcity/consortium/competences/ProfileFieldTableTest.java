package de.smartcity.consortium.competences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.test.context.TestPropertySource;

/**
 * The fields of a profile that each caller sees. It has a published entry for everybody and one for members, each with a certificate and a
 * publication, and a draft. Of entries and evidence, "PUBLIC" and "CONSORTIUM" name the entry that they are of.
 */
@CompetenceTest
@Import(ProfileSteps.class)
@TestPropertySource(properties = "consortium.jobs.interval=20ms")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfileFieldTableTest {

    private static final String TABLE = """
            type               | of         | field                       | PUBLIC | SUSPENDED | CONSORTIUM | O.VIEWER | OWNER | OFFICE
            CompetenceProfile  |            | id                          | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceProfile  |            | partner                     | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceProfile  |            | entries                     | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceProfile  |            | availability                |        |           | yes        | yes      | yes   | yes
            CompetenceProfile  |            | contactFunction             |        |           | yes        | yes      | yes   | yes
            CompetenceProfile  |            | contactFunctionTranslations |        |           | yes        | yes      | yes   | yes
            CompetenceProfile  |            | publishedAt                 |        |           | yes        | yes      | yes   | yes
            CompetenceProfile  |            | draft                       |        |           |            | yes      | yes   |
            CompetenceProfile  |            | createdAt                   |        |           |            | yes      | yes   | yes
            CompetenceProfile  |            | version                     |        |           |            |          | yes   |
            CompetenceProfile  |            | updatedAt                   |        |           |            |          | yes   |
            CompetenceProfile  |            | activity                    |        |           |            | yes      | yes   | yes
            CompetenceProfile  |            | viewerCanEdit               |        |           |            |          | yes   |
            CompetenceProfile  |            | viewerCanPublish            |        |           |            |          | yes   |
            CompetenceProfile  |            | viewerCanDiscard            |        |           |            |          | yes   |
            CompetenceProfile  |            | hiddenFields                | yes    | yes       | yes        | yes      |       | yes
            CompetenceEntry    | PUBLIC     | competence                  | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEntry    | PUBLIC     | claimedLevel                | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEntry    | PUBLIC     | evidencedLevel              | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEntry    | PUBLIC     | description                 | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEntry    | PUBLIC     | descriptionTranslations     | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEntry    | PUBLIC     | evidence                    | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEntry    | PUBLIC     | visibility                  | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEntry    | CONSORTIUM | competence                  |        |           | yes        | yes      | yes   | yes
            CompetenceEntry    | CONSORTIUM | claimedLevel                |        |           | yes        | yes      | yes   | yes
            CompetenceEntry    | CONSORTIUM | evidencedLevel              |        |           | yes        | yes      | yes   | yes
            CompetenceEntry    | CONSORTIUM | description                 |        |           | yes        | yes      | yes   | yes
            CompetenceEntry    | CONSORTIUM | descriptionTranslations     |        |           | yes        | yes      | yes   | yes
            CompetenceEntry    | CONSORTIUM | evidence                    |        |           | yes        | yes      | yes   | yes
            CompetenceEntry    | CONSORTIUM | visibility                  |        |           | yes        | yes      | yes   | yes
            CompetenceEvidence | PUBLIC     | kind                        | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEvidence | PUBLIC     | state                       | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEvidence | PUBLIC     | issuer                      | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEvidence | PUBLIC     | number                      | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEvidence | PUBLIC     | validFrom                   | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEvidence | PUBLIC     | validUntil                  | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEvidence | PUBLIC     | file                        | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEvidence | PUBLIC     | doi                         | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEvidence | PUBLIC     | url                         | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEvidence | PUBLIC     | date                        | yes    | yes       | yes        | yes      | yes   | yes
            CompetenceEvidence | CONSORTIUM | kind                        |        |           | yes        | yes      | yes   | yes
            CompetenceEvidence | CONSORTIUM | state                       |        |           | yes        | yes      | yes   | yes
            CompetenceEvidence | CONSORTIUM | issuer                      |        |           | yes        | yes      | yes   | yes
            CompetenceEvidence | CONSORTIUM | number                      |        |           | yes        | yes      | yes   | yes
            CompetenceEvidence | CONSORTIUM | validFrom                   |        |           | yes        | yes      | yes   | yes
            CompetenceEvidence | CONSORTIUM | validUntil                  |        |           | yes        | yes      | yes   | yes
            CompetenceEvidence | CONSORTIUM | file                        |        |           | yes        | yes      | yes   | yes
            CompetenceEvidence | CONSORTIUM | doi                         |        |           | yes        | yes      | yes   | yes
            CompetenceEvidence | CONSORTIUM | url                         |        |           | yes        | yes      | yes   | yes
            CompetenceEvidence | CONSORTIUM | date                        |        |           | yes        | yes      | yes   | yes
            CompetenceDraft    |            | entries                     |        |           |            | yes      | yes   |
            CompetenceDraft    |            | availability                |        |           |            | yes      | yes   |
            CompetenceDraft    |            | contactFunction             |        |           |            | yes      | yes   |
            CompetenceDraft    |            | contactFunctionTranslations |        |           |            | yes      | yes   |
            CompetenceDraft    |            | editedAt                    |        |           |            | yes      | yes   |
            """;

    private static final Map<String, String> BELOW = Map.ofEntries(
            Map.entry("partner", "{ id }"),
            Map.entry("entries", "{ visibility }"),
            Map.entry("availability", "{ state until }"),
            Map.entry("contactFunctionTranslations", "{ text }"),
            Map.entry("descriptionTranslations", "{ text }"),
            Map.entry("draft", "{ editedAt }"),
            Map.entry("activity", "{ nodes { type } }"),
            Map.entry("competence", "{ code }"),
            Map.entry("evidence", "{ kind }"),
            Map.entry("file", "{ id }"));

    /** Everything of a profile, by which profiles that nobody sees are compared. */
    private static final String EVERYTHING = """
            id partner { id } entries { competence { code } description } availability { state } contactFunction publishedAt
            draft { entries { competence { code } } editedAt } createdAt version activity { nodes { type } } viewerCanEdit hiddenFields""";

    @Autowired
    private Asked asked;

    @Autowired
    private ProfileSteps steps;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Given given;

    @Autowired
    private MongoOperations mongo;

    private final Map<String, Actor> callers = new LinkedHashMap<>();
    private @Nullable Partner owner;
    private String file = "";

    @BeforeAll
    void aProfileWithEverything() {
        owner = given.partner(PartnerStatus.ACTIVE);
        filled(owner());
        profiles.publish(owner());
        profiles.made(
                Profiles.editor(owner()),
                "editCompetenceProfile",
                owner(),
                Map.of("contactFunction", ProfileSteps.text("Another office")));
        var member = given.partner(PartnerStatus.ACTIVE);
        var all = new Role[] {Role.PARTNER_ADMIN, Role.SIGNATORY};
        callers.put("PUBLIC", Actor.anonymous());
        callers.put("SUSPENDED", Callers.of(given.partner(PartnerStatus.SUSPENDED), all));
        callers.put("CONSORTIUM", Callers.of(member, all));
        callers.put("O.VIEWER", Callers.of(owner(), Role.VIEWER));
        callers.put("OWNER", Callers.of(owner(), all));
        callers.put("OFFICE", Callers.office());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> isShown(value(Callers.office(), "CompetenceProfile", "", "activity")));
    }

    /** Drafts a profile with everything. */
    private void filled(Partner partner) {
        var evidence = new ArrayList<Map<String, Object>>();
        var entries = new ArrayList<Object>();
        for (var visibility : List.of("PUBLIC", "CONSORTIUM")) {
            var upload = steps.upload(Profiles.editor(partner));
            file = visibility.equals("CONSORTIUM") ? upload.globalId() : file;
            evidence.clear();
            evidence.add(ProfileSteps.certificate("2026-01-01", "2999-12-31", upload));
            evidence.add(Map.of(
                    "kind", "PUBLICATION", "doi", "10.1000/182", "url", "https://example.org/1", "date", "2026-01-01"));
            entries.add(Profiles.entry(
                            visibility.equals("PUBLIC") ? "DATA" : "FIBRE", "LEADS", visibility, evidence.toArray())
                    .input());
        }
        profiles.made(
                Profiles.editor(partner),
                "editCompetenceProfile",
                partner,
                Map.of(
                        "entries",
                        entries,
                        "availability",
                        Map.of("state", "LIMITED", "until", "2999-12-31"),
                        "contactFunction",
                        ProfileSteps.text("Innovation office")));
    }

    private Partner owner() {
        return Objects.requireNonNull(owner);
    }

    static Stream<Arguments> cells() {
        var lines = TABLE.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::trim).toList())
                .toList();
        var head = lines.getFirst();
        var cells = new ArrayList<Arguments>();
        for (var line : lines.subList(1, lines.size())) {
            for (var column = 3; column < head.size(); column++) {
                cells.add(Arguments.of(
                        head.get(column),
                        line.get(0),
                        line.get(1),
                        line.get(2),
                        line.get(column).equals("yes")));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{2} {1}.{3} for {0}: {4}")
    @MethodSource("cells")
    void whoSeesWhat(String caller, String type, String of, String field, boolean shown) {
        assertThat(isShown(value(Objects.requireNonNull(callers.get(caller)), type, of, field)))
                .isEqualTo(shown);
    }

    @Test
    void theTableHasEveryField(@Autowired GraphQlSource source) {
        for (var type : List.of("CompetenceProfile", "CompetenceEntry", "CompetenceEvidence", "CompetenceDraft")) {
            var fields = ((GraphQLObjectType)
                            Objects.requireNonNull(source.schema().getType(type)))
                    .getFieldDefinitions().stream()
                            .map(GraphQLFieldDefinition::getName)
                            .toList();
            var parted = Set.of("CompetenceEntry", "CompetenceEvidence").contains(type);
            for (var of : parted ? List.of("PUBLIC", "CONSORTIUM") : List.of("")) {
                assertThat(TABLE.lines()
                                .skip(1)
                                .map(line -> line.split("\\|"))
                                .filter(line -> line[0].trim().equals(type)
                                        && line[1].trim().equals(of))
                                .map(line -> line[2].trim()))
                        .containsExactlyInAnyOrderElementsOf(fields);
            }
        }
    }

    @Test
    void theHiddenFieldsAreNamed() {
        assertThat(value(Actor.anonymous(), "CompetenceProfile", "", "hiddenFields"))
                .isEqualTo(List.of(
                        "activity",
                        "availability",
                        "contactFunction",
                        "contactFunctionTranslations",
                        "createdAt",
                        "draft",
                        "publishedAt",
                        "updatedAt",
                        "version"));
        assertThat(value(Callers.office(), "CompetenceProfile", "", "hiddenFields"))
                .isEqualTo(List.of("draft", "updatedAt", "version"));
    }

    @Test
    void theFieldsThatAreHiddenDependOnWhoLooksAndNotOnWhatIsStored() {
        var bare = given.partner(PartnerStatus.ACTIVE);
        profiles.published(bare, Profiles.entry("DATA", "KNOWS", "PUBLIC"));
        for (var caller : List.of("PUBLIC", "CONSORTIUM", "OFFICE")) {
            var actor = Objects.requireNonNull(callers.get(caller));
            assertThat(steps.shown(actor, bare, "hiddenFields"))
                    .as(caller)
                    .isEqualTo(steps.shown(actor, owner(), "hiddenFields"));
        }
    }

    @Test
    void aProfileWithoutAnEntryForEverybodyIsSeenByMembersAndTheOffice() {
        var partner = given.partner(PartnerStatus.ACTIVE);
        profiles.published(partner, Profiles.entry("DATA", "KNOWS"));
        assertSeenBy(partner, "CONSORTIUM", "O.VIEWER", "OWNER", "OFFICE");
    }

    @Test
    void theDraftOfAnOnboardingPartnerIsSeenByItsPeopleOnly() {
        var partner = given.partner(PartnerStatus.ONBOARDING);
        filled(partner);
        assertSeenBy(partner);
        var shown = Objects.requireNonNull(steps.shown(Profiles.editor(partner), partner, EVERYTHING));
        assertThat(shown)
                .containsEntry("entries", List.of())
                .containsEntry("publishedAt", null)
                .containsEntry("hiddenFields", List.of())
                .containsEntry("viewerCanEdit", true);
        assertThat(shown.get("draft")).asString().contains("code=DATA", "code=FIBRE");
        assertThat(asked.<List<Object>>data(
                        Profiles.editor(partner),
                        "{ competentPartners(competence: \"DATA\") { nodes { partner { id } } } }",
                        Map.of(),
                        "competentPartners",
                        "nodes"))
                .doesNotContain(Map.of("partner", Map.of("id", Asked.globalId(partner))));
    }

    @Test
    void theProfileOfASuspendedPartnerIsSeenByTheOfficeOnly(
            @Autowired PartnerManagement management, @Autowired FileReading reading) {
        var active = given.partner(PartnerStatus.ACTIVE);
        filled(active);
        var hidden = FileView.parse(file);
        profiles.publish(active);
        profiles.draft(active, Profiles.entry("PORTS", "KNOWS"));
        assertThat(reading.find(hidden, Callers.of(owner()))).isPresent();

        management.suspend(active.id(), "For a test", Change.by(Actor.system(), Instant.now()));
        var partner = given.now(active.id());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(byNode(Actor.anonymous(), partner)).isNull());

        assertSeenBy(partner, "OFFICE");
        for (var role : Role.values()) {
            assertThat(steps.shown(Callers.of(partner, role), partner, EVERYTHING))
                    .isNull();
            assertThat(byNode(Callers.of(partner, role), partner)).isNull();
            assertThat(reading.find(hidden, Callers.of(partner, role))).isEmpty();
        }
        assertThat(reading.find(hidden, Callers.of(owner()))).isEmpty();
        assertThat(reading.find(hidden, Callers.office())).isPresent();
        assertThat(steps.shown(Callers.office(), partner, EVERYTHING))
                .containsEntry("draft", null)
                .containsEntry("contactFunction", "Innovation office");
    }

    /** The stored events of a profile, the first first, once there are so many. */
    private List<Document> events(Partner partner, int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> events(partner).size() == count);
        return events(partner);
    }

    private List<Document> events(Partner partner) {
        return mongo.getCollection("activity")
                .find(Filters.and(Filters.eq("subject", partner.id().value()), Filters.eq("kind", "CompetenceProfile")))
                .sort(Sorts.ascending("_id"))
                .limit(100)
                .into(new ArrayList<>());
    }

    @Test
    void anEventConcernsWhoeverSeesWhatChanged() {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var own = "owner:" + partner.id().value();
        profiles.published(
                partner, Profiles.entry("DATA", "KNOWS", "PUBLIC"), Profiles.entry("RAIL", "KNOWS", "CONSORTIUM"));
        profiles.published(
                partner, Profiles.entry("DATA", "KNOWS", "PUBLIC"), Profiles.entry("RAIL", "LEADS", "CONSORTIUM"));
        profiles.published(
                partner, Profiles.entry("DATA", "LEADS", "PUBLIC"), Profiles.entry("RAIL", "LEADS", "CONSORTIUM"));
        profiles.draft(partner, Profiles.entry("PORTS", "KNOWS", "PUBLIC"));
        profiles.made(Profiles.editor(partner), "discardCompetenceDraft", partner, Map.of());
        profiles.published(
                partner, Profiles.entry("RAIL", "LEADS", "CONSORTIUM"), Profiles.entry("DATA", "LEADS", "PUBLIC"));
        profiles.made(
                Profiles.editor(partner),
                "editCompetenceProfile",
                partner,
                Map.of("contactFunction", ProfileSteps.text("Another office")));
        profiles.publish(partner);

        var everybody = Set.of("public", "consortium", "office", own);
        var members = Set.of("consortium", "office", own);
        var concerned = events(partner, 12).stream()
                .map(event -> Map.entry(event.getString("type"), concerned(event)))
                .toList();
        assertThat(concerned)
                .containsExactly(
                        Map.entry("COMPETENCE_PROFILE_BEGUN", Set.of(own)),
                        Map.entry("COMPETENCE_PROFILE_PUBLISHED", everybody),
                        Map.entry("COMPETENCE_DRAFT_EDITED", Set.of(own)),
                        // Only the entry for members differs.
                        Map.entry("COMPETENCE_PROFILE_PUBLISHED", members),
                        Map.entry("COMPETENCE_DRAFT_EDITED", Set.of(own)),
                        Map.entry("COMPETENCE_PROFILE_PUBLISHED", everybody),
                        Map.entry("COMPETENCE_DRAFT_EDITED", Set.of(own)),
                        Map.entry("COMPETENCE_DRAFT_DISCARDED", Set.of(own)),
                        Map.entry("COMPETENCE_DRAFT_EDITED", Set.of(own)),
                        // Only the order differs, which nobody sees who sees one entry.
                        Map.entry("COMPETENCE_PROFILE_PUBLISHED", members),
                        Map.entry("COMPETENCE_DRAFT_EDITED", Set.of(own)),
                        Map.entry("COMPETENCE_PROFILE_PUBLISHED", members));

        // The owner and the office are shown what concerns them.
        assertThat(types(Callers.of(partner, Role.VIEWER), partner)).hasSize(12);
        assertThat(types(Callers.office(), partner))
                .containsOnly("COMPETENCE_PROFILE_PUBLISHED")
                .hasSize(5);
        // A profile has its partner's id, and an activity of its own.
        List<Map<String, Object>> ofPartner = asked.data(
                Callers.office(),
                "query ($id: ID!) { partner(id: $id) { activity(first: 100) { nodes { type } } } }",
                Map.of("id", Asked.globalId(partner)),
                "partner",
                "activity",
                "nodes");
        assertThat(ofPartner)
                .extracting("type")
                .hasSize(5)
                .contains("PARTNER_ADMITTED")
                .doesNotContain("OTHER");
        for (var caller : List.of("PUBLIC", "SUSPENDED", "CONSORTIUM")) {
            assertThat(types(Objects.requireNonNull(callers.get(caller)), partner))
                    .isEmpty();
        }
    }

    private static Set<String> concerned(Document event) {
        return Set.copyOf(event.get("audience", Document.class).getList("tokens", String.class));
    }

    private List<String> types(Actor actor, Partner partner) {
        var shown = Objects.requireNonNull(steps.shown(actor, partner, "activity(first: 100) { nodes { type } }"));
        return ((List<?>) Objects.requireNonNull(
                        ((Map<?, ?>) Objects.requireNonNull(shown.get("activity"))).get("nodes")))
                .stream()
                        .map(node -> String.valueOf(((Map<?, ?>) node).get("type")))
                        .toList();
    }

    /** Who sees the partner's profile, by its partner and by its id, besides its own people. */
    private void assertSeenBy(Partner partner, String... who) {
        var seeing = new HashMap<String, Boolean>();
        var expected = new HashMap<String, Boolean>();
        callers.forEach((name, caller) -> {
            var shown = steps.shown(caller, partner, "id");
            assertThat(byNode(caller, partner)).as(name).isEqualTo(shown);
            seeing.put(name, shown != null);
            expected.put(name, List.of(who).contains(name));
        });
        assertThat(seeing).isEqualTo(expected);
    }

    private @Nullable Object byNode(Actor actor, Partner partner) {
        return asked.<@Nullable Object>data(
                actor,
                "query ($id: ID!) { node(id: $id) { id } }",
                Map.of("id", ProfileSteps.globalId(partner)),
                "node");
    }

    private @Nullable Object value(Actor actor, String type, String of, String field) {
        var selection = field + BELOW.getOrDefault(field, "");
        var path = switch (type) {
            case "CompetenceProfile" -> selection;
            case "CompetenceEntry" -> "entries { at: visibility " + selection + " }";
            case "CompetenceDraft" -> "draft { " + selection + " }";
            default -> "entries { at: visibility evidence { " + selection + " } }";
        };
        @Nullable Object value = steps.shown(actor, owner(), path);
        if (type.equals("CompetenceDraft")) {
            value = value instanceof Map<?, ?> profile ? profile.get("draft") : null;
        }
        if (!of.isEmpty()) {
            value = value instanceof Map<?, ?> profile ? entry(profile, of) : null;
        }
        if (type.equals("CompetenceEvidence")) {
            return value instanceof Map<?, ?> entry && entry.get("evidence") instanceof List<?> pieces
                    ? pieces.stream()
                            .map(piece -> ((Map<?, ?>) piece).get(field))
                            .filter(Objects::nonNull)
                            .toList()
                    : null;
        }
        value = value instanceof Map<?, ?> object ? object.get(field) : null;
        return value instanceof Map<?, ?> page && page.containsKey("nodes") ? page.get("nodes") : value;
    }

    private static @Nullable Object entry(Map<?, ?> profile, String visibility) {
        return ((List<?>) Objects.requireNonNull(profile.get("entries")))
                .stream()
                        .filter(entry -> visibility.equals(((Map<?, ?>) entry).get("at")))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isShown(@Nullable Object value) {
        return value != null && !value.equals(false) && !value.equals(List.of());
    }
}

package de.smartcity.consortium.competences;

import static de.smartcity.consortium.competences.CompetenceFixtures.concept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import de.smartcity.consortium.competences.CompetenceFixtures.Entry;
import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.graphql.IdempotencyKey;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** What a change of a profile makes of bad input, old versions, repetitions, too much, and files. */
@CompetenceTest
@Import({ProfileSteps.class, ProfileChangesTest.Time.class})
@TestPropertySource(properties = "consortium.jobs.interval=20ms")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfileChangesTest {

    private static final int MANY = 61;

    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        SettableClock clockOfProfiles() {
            return new SettableClock(Instant.now());
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
    private FileReading reading;

    @Autowired
    private MongoOperations mongo;

    private @Nullable Partner owner;
    private @Nullable Partner other;

    @BeforeAll
    void manyCompetences(@Autowired VocabularyImport vocabulary) {
        other = given.partner(PartnerStatus.ACTIVE);
        var concepts = new ArrayList<>(CompetenceFixtures.concepts());
        IntStream.range(0, MANY)
                .mapToObj(n -> concept("MANY_" + n, null, "LIVING", "Many " + n, "Viele " + n))
                .forEach(concepts::add);
        vocabulary.load(new VocabularyRow(1, concepts));
    }

    @BeforeEach
    void aMember() {
        owner = given.partner(PartnerStatus.ACTIVE);
    }

    private Partner owner() {
        return Objects.requireNonNull(owner);
    }

    private Partner other() {
        return Objects.requireNonNull(other);
    }

    private static Map<String, Object> entry(String competence, Object... evidence) {
        return Profiles.entry(competence, "LEADS", "PUBLIC", evidence).input();
    }

    private static Map<String, Object> map(Object... pairs) {
        var map = new HashMap<String, Object>();
        for (var at = 0; at < pairs.length; at += 2) {
            map.put((String) pairs[at], pairs[at + 1]);
        }
        return map;
    }

    @Test
    void allThatIsWrongInAnInputIsNamedAtOnceWithItsPlace() {
        var described = map("locale", "en", "text", "a".repeat(501));
        var input = Map.of(
                "entries",
                List.of(
                        map("competence", "nonsense", "claimedLevel", "LEADS"),
                        map("competence", "DATA", "claimedLevel", "KNOWS", "description", List.of(described)),
                        entry(
                                "PORTS",
                                map("kind", "CERTIFICATE", "date", "2026-01-01"),
                                map("kind", "PUBLICATION", "url", "nonsense", "doi", "nonsense"),
                                map("kind", "OTHER", "date", "2026-01-01", "issuer", " ")),
                        entry(
                                "RAIL",
                                map(
                                        "kind",
                                        "CERTIFICATE",
                                        "issuer",
                                        "a".repeat(201),
                                        "number",
                                        "a\nb",
                                        "validFrom",
                                        "2026-01-02",
                                        "validUntil",
                                        "2026-01-01"))),
                "availability",
                map("state", "NO", "until", "2020-01-01"),
                "contactFunction",
                ProfileSteps.text("a".repeat(101)));
        assertThat(steps.rules(owner(), input))
                .containsExactlyInAnyOrder(
                        "competence.syntax entries/0/competence",
                        "text.long entries/1/description/0/text",
                        "issuer.required entries/2/evidence/0/issuer",
                        "validFrom.required entries/2/evidence/0/validFrom",
                        "evidence.unexpected entries/2/evidence/0",
                        "website.syntax entries/2/evidence/1/url",
                        "doi.syntax entries/2/evidence/1/doi",
                        "date.required entries/2/evidence/1/date",
                        "issuer.blank entries/2/evidence/2/issuer",
                        "evidence.source entries/2/evidence/2",
                        "issuer.long entries/3/evidence/0/issuer",
                        "number.characters entries/3/evidence/0/number",
                        "certificate.dates entries/3/evidence/0/validUntil",
                        "availability.past availability/until",
                        "text.long contactFunction/0/text");
        assertThat(steps.stored(owner())).isNull();
    }

    @Test
    void rulesOfTheVocabularyAndOfDaysAreCheckedForAllEntriesAtOnce() {
        var tomorrow = clock.instant().plus(Duration.ofDays(2)).toString().substring(0, 10);
        var input = Map.of(
                "entries",
                List.of(
                        entry("DATA"),
                        entry("RAIL", Profiles.publication("2026-01-01"), Profiles.publication(tomorrow)),
                        entry("DATA"),
                        entry("NOWHERE")),
                "availability",
                map("state", "NO", "until", "2020-01-01"));
        assertThat(steps.rules(owner(), input))
                .containsExactlyInAnyOrder(
                        "date.future entries/1/evidence/1/date",
                        "competence.twice entries/2/competence",
                        "competence.unknown entries/3/competence",
                        "availability.past availability/until");
        assertThat(steps.stored(owner())).isNull();
    }

    @Test
    void sixtyEntriesWithFivePiecesOfEvidenceEachAreTheMost() {
        var entries = IntStream.range(0, MANY).mapToObj(n -> entry("MANY_" + n)).toList();
        assertThat(steps.rules(owner(), Map.of("entries", entries))).containsExactly("entries.many entries");
        var evidence =
                Collections.nCopies(6, Profiles.publication("2026-01-01")).toArray();
        assertThat(steps.rules(
                        owner(),
                        Map.of("entries", List.of(entry("DATA"), entry("RAIL", evidence), entry("PORTS", evidence)))))
                .containsExactly("evidence.many entries/1/evidence", "evidence.many entries/2/evidence");
        assertThat(steps.rules(
                        owner(),
                        Map.of(
                                "entries",
                                IntStream.range(0, 60)
                                        .mapToObj(n -> entry("MANY_" + n, Arrays.copyOf(evidence, 5)))
                                        .toList())))
                .isEmpty();
        profiles.publish(owner());
        assertThat(steps.codes(Actor.anonymous(), owner())).hasSize(60);
    }

    @Test
    void whatAnEditLeavesOutStaysAndNullRemovesIt() {
        profiles.made(
                Profiles.editor(owner()),
                "editCompetenceProfile",
                owner(),
                Map.of(
                        "entries",
                        List.of(entry("DATA")),
                        "availability",
                        map("state", "NO", "until", "2999-12-31"),
                        "contactFunction",
                        ProfileSteps.text("Innovation office")));
        profiles.publish(owner());
        var nothing = new HashMap<String, @Nullable Object>();
        nothing.put("availability", null);
        assertThat(steps.rules(owner(), nothing)).isEmpty();
        assertThat(
                        steps.shown(
                                Profiles.editor(owner()),
                                owner(),
                                "draft { availability { state } contactFunction entries { competence { code } } } availability { state }"))
                .hasToString(
                        "{draft={availability=null, contactFunction=Innovation office, entries=[{competence={code=DATA}}]}, availability={state=NO}}");
        nothing.put("entries", null);
        nothing.put("contactFunction", null);
        assertThat(steps.rules(owner(), nothing)).isEmpty();
        profiles.publish(owner());
        assertThat(steps.shown(
                        Callers.office(), owner(), "availability { state } contactFunction entries { visibility }"))
                .hasToString("{availability=null, contactFunction=null, entries=[]}");
    }

    @Test
    void anEditThatChangesNothingSavesNothing() {
        profiles.draft(owner(), Profiles.entry("DATA", "LEADS"));
        var before = steps.stored(owner());
        profiles.draft(owner(), Profiles.entry("DATA", "LEADS"));
        assertThat(steps.stored(owner())).isEqualTo(before);
        // Nor does one that would begin an empty profile.
        profiles.made(Profiles.editor(other()), "editCompetenceProfile", other(), ProfileSteps.entries());
        assertThat(steps.stored(other())).isNull();
    }

    /** A mutation with all that a CONFLICT shows. */
    private Map<String, Object> conflicting(Actor actor, IdempotencyKey key, String verb, Map<String, ?> input) {
        var type = Character.toUpperCase(verb.charAt(0)) + verb.substring(1);
        return asked.ask(
                actor,
                key,
                "mutation ($input: " + type + "Input!) { " + verb
                        + "(input: $input) { profile { id version draft { contactFunction entries { description } } entries { description } }"
                        + " userErrors { code rule path currentVersion } } }",
                Map.of("input", input));
    }

    private Map<String, Object> input(int version, Map<String, ?> more) {
        var input = new HashMap<String, Object>(more);
        input.put("partnerId", Asked.globalId(owner()));
        input.put("expectedVersion", version);
        return input;
    }

    private static IdempotencyKey noKey() {
        return new IdempotencyKey(List.of());
    }

    private static List<Map<String, Object>> conflict(int currentVersion) {
        return List.of(Map.of(
                "code",
                "CONFLICT",
                "rule",
                "version.stale",
                "path",
                List.of("input", "expectedVersion"),
                "currentVersion",
                currentVersion));
    }

    @ParameterizedTest
    @ValueSource(strings = {"editCompetenceProfile", "publishCompetenceProfile", "discardCompetenceDraft"})
    void anOldVersionIsAConflictThatShowsTheProfileAsItIsNow(String verb) {
        profiles.draft(owner(), ProfileSteps.described("DATA", "LEADS", "PUBLIC", "First"));
        var read = steps.version(owner());
        profiles.draft(owner(), ProfileSteps.described("DATA", "LEADS", "PUBLIC", "Second"));
        var before = steps.stored(owner());
        var more = verb.startsWith("edit")
                ? ProfileSteps.entries(ProfileSteps.described("DATA", "LEADS", "PUBLIC", "Third"))
                : Map.<String, Object>of();
        for (var version : List.of(read, 0, read + 2)) {
            var payload =
                    Profiles.payload(conflicting(Profiles.admin(owner()), noKey(), verb, input(version, more)), verb);
            assertThat(payload).containsEntry("userErrors", conflict(read + 1));
            assertThat(payload.get("profile"))
                    .hasToString("{id=" + ProfileSteps.globalId(owner()) + ", version=" + (read + 1)
                            + ", draft={contactFunction=null, entries=[{description=Second}]}, entries=[]}");
        }
        assertThat(steps.stored(owner())).isEqualTo(before);
    }

    @Test
    void ofAFirstEditTwiceAtOnceOneIsMadeAndOneIsAConflict() throws Exception {
        for (var round = 0; round < 5; round++) {
            aMember();
            var calls = Stream.of("One", "Two")
                    .map(text -> (Callable<Map<String, Object>>) () -> Profiles.payload(
                            conflicting(
                                    Profiles.editor(owner()),
                                    noKey(),
                                    "editCompetenceProfile",
                                    input(
                                            0,
                                            ProfileSteps.entries(
                                                    ProfileSteps.described("DATA", "LEADS", "PUBLIC", text)))),
                            "editCompetenceProfile"))
                    .toList();
            var answers = Asked.together(calls);
            assertThat(answers.stream().map(answer -> answer.get("userErrors")))
                    .containsExactlyInAnyOrder(List.of(), conflict(steps.version(owner())));
            // The loser is shown what the winner wrote.
            var won = List.of().equals(answers.getFirst().get("userErrors")) ? "One" : "Two";
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(String.valueOf(answer.get("profile"))).contains("description=" + won));
        }
    }

    @Test
    void tenEditorsWhoReadAgainAfterAConflictLoseNothing() throws Exception {
        Asked.together(IntStream.range(0, 10)
                .mapToObj(n -> (Callable<Boolean>) () -> {
                    for (var attempt = 0; attempt < 1_000; attempt++) {
                        if (append("<" + n + ">")) {
                            return true;
                        }
                    }
                    throw new AssertionError("Never won");
                })
                .toList());
        var text = String.valueOf(steps.shown(Profiles.editor(owner()), owner(), "draft { contactFunction }"));
        IntStream.range(0, 10).forEach(n -> assertThat(text).containsOnlyOnce("<" + n + ">"));
    }

    private boolean append(String text) {
        var read = steps.shown(Profiles.editor(owner()), owner(), "version draft { contactFunction }");
        var before = read == null
                ? ""
                : String.valueOf(((Map<?, ?>) Objects.requireNonNull(read.get("draft"))).get("contactFunction"));
        var version = read == null ? 0 : (int) Objects.requireNonNull(read.get("version"));
        var payload = Profiles.payload(
                conflicting(
                        Profiles.editor(owner()),
                        noKey(),
                        "editCompetenceProfile",
                        input(version, Map.of("contactFunction", ProfileSteps.text(before + text)))),
                "editCompetenceProfile");
        return List.of().equals(payload.get("userErrors"));
    }

    /** An input for the verb with the version as it is now, and another one. */
    private Map<String, Object> repeatable(String verb, int number) {
        var version = steps.version(owner());
        return verb.startsWith("edit")
                ? input(
                        version,
                        ProfileSteps.entries(ProfileSteps.described("RAIL", "LEADS", "PUBLIC", "Repeated " + number)))
                : input(version + number - 1, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"beginning", "editCompetenceProfile", "publishCompetenceProfile", "discardCompetenceDraft"})
    void aChangeThatIsRepeatedWithItsKeyIsMadeOnce(String which) throws Exception {
        var verb = which.equals("beginning") ? "editCompetenceProfile" : which;
        if (!which.equals("beginning")) {
            profiles.draft(owner(), Profiles.entry("DATA", "LEADS", "PUBLIC"));
        }
        var admin = Profiles.admin(owner());
        var key = Asked.newKey();
        var input = repeatable(verb, 1);
        var another = repeatable(verb, 2);
        var version = steps.version(owner());
        var created = steps.stored(owner()) != null;
        // Four at once, and then some more.
        var answers = Asked.together(
                Collections.nCopies(4, (Callable<Map<String, Object>>) () -> conflicting(admin, key, verb, input)));
        assertThat(Set.copyOf(answers)).hasSize(1);
        var first = answers.getFirst();
        assertThat(Profiles.payload(first, verb)).containsEntry("userErrors", List.of());
        var after = Objects.requireNonNull(steps.stored(owner()));
        if (created) {
            assertThat(steps.version(owner())).isEqualTo(version + 1);
        }
        for (var n = 0; n < 3; n++) {
            assertThat(conflicting(admin, key, verb, input)).isEqualTo(first);
        }
        assertThat(Asked.code(conflicting(admin, key, verb, another))).isEqualTo("BAD_REQUEST");
        assertThat(Asked.code(conflicting(Callers.of(owner(), Role.VIEWER), key, verb, input)))
                .isEqualTo("FORBIDDEN");
        assertThat(steps.stored(owner())).isEqualTo(after);

        // Also when the profile has changed since; another account's key is another one.
        profiles.draft(owner(), Profiles.entry("PORTS", "KNOWS"));
        assertThat(Profiles.payload(conflicting(admin, key, verb, input), verb)).containsEntry("userErrors", List.of());
        assertThat(Profiles.payload(
                        conflicting(
                                ProfileSteps.account(Actor.Kind.APP, owner(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN),
                                key,
                                verb,
                                input),
                        verb))
                .extracting("userErrors")
                .asString()
                .contains("version.stale");
    }

    @Test
    void aRefusalIsNotKeptWithItsKey() {
        var key = Asked.newKey();
        var admin = Profiles.admin(owner());
        var wrong = input(0, ProfileSteps.entries(Profiles.entry("NOWHERE", "LEADS")));
        for (var n = 0; n < 2; n++) {
            assertThat(conflicting(admin, key, "editCompetenceProfile", wrong))
                    .asString()
                    .contains("competence.unknown");
        }
        var right = input(0, ProfileSteps.entries(Profiles.entry("DATA", "LEADS")));
        assertThat(conflicting(admin, key, "editCompetenceProfile", right))
                .asString()
                .contains("userErrors=[]");
        assertThat(Asked.code(conflicting(admin, key, "editCompetenceProfile", wrong)))
                .isEqualTo("BAD_REQUEST");
    }

    private static Map<String, Object> longEvidence() {
        return Map.of("kind", "OTHER", "url", "https://www.example.org/" + "a".repeat(1_970), "date", "2026-01-01");
    }

    @Test
    void aProfileThatWouldBeTooLargeIsRefusedAndADraftCanAlwaysBeDiscarded() {
        var large = new ArrayList<Map<String, Object>>();
        for (var n = 0; n < 60; n++) {
            var texts = Stream.of("de", "en", "fr", "ja", "ko")
                    .map(locale -> Map.of("locale", locale, "text", "語".repeat(500)))
                    .toList();
            var described = ProfileSteps.with(new Entry(entry("MANY_" + n)), "description", texts);
            large.add(ProfileSteps.with(described, "evidence", Collections.nCopies(5, longEvidence()))
                    .input());
        }
        assertThat(steps.rules(owner(), Map.of("entries", large))).containsExactly("document.large ");
        assertThat(steps.stored(owner())).isNull();

        profiles.draft(owner(), Profiles.entry("DATA", "LEADS", "PUBLIC"));
        profiles.publish(owner());
        assertThat(steps.rules(owner(), Map.of("entries", large.subList(0, 30))))
                .isEmpty();
        var before = steps.stored(owner());
        assertThat(steps.rules(owner(), Map.of("entries", large))).containsExactly("document.large ");
        assertThat(steps.stored(owner())).isEqualTo(before);
        profiles.made(Profiles.editor(owner()), "discardCompetenceDraft", owner(), Map.of());
        assertThat(steps.codes(Actor.anonymous(), owner())).containsExactly("DATA");
    }

    private boolean sees(Actor actor, FileView file) {
        return reading.find(file.id(), actor).isPresent();
    }

    private boolean exists(FileView file) {
        return mongo.getCollection("files")
                        .countDocuments(Filters.eq("_id", file.id().value()))
                > 0;
    }

    /** Whether the job has looked at it and kept it for good. */
    private boolean settled(FileView file) {
        return mongo.getCollection("files")
                        .countDocuments(Filters.and(Filters.eq("_id", file.id().value()), Filters.eq("dueAt", null)))
                == 1;
    }

    private Entry certified(String competence, String visibility, FileView... files) {
        return Profiles.entry(
                competence,
                "LEADS",
                visibility,
                Arrays.stream(files)
                        .map(file -> ProfileSteps.certificate("2026-01-01", "2999-12-31", file))
                        .toArray());
    }

    @Test
    void theFilesOfADraftAreItsPartnersAndThoseOfAnEntryAreSeenWithIt() {
        var everybodys = steps.upload(Profiles.editor(owner()));
        var members = steps.upload(Profiles.admin(owner()));
        profiles.draft(owner(), certified("DATA", "PUBLIC", everybodys), certified("RAIL", "CONSORTIUM", members));
        var member = Callers.of(other(), Role.VIEWER);
        var viewer = Callers.of(owner(), Role.VIEWER);
        for (var file : List.of(everybodys, members)) {
            assertThat(Stream.of(Actor.anonymous(), member, Callers.office()).anyMatch(actor -> sees(actor, file)))
                    .as("before it is published")
                    .isFalse();
            assertThat(sees(viewer, file)).isTrue();
        }
        profiles.publish(owner());
        for (var actor : List.of(member, viewer, Callers.office())) {
            assertThat(sees(actor, everybodys)).isTrue();
            assertThat(sees(actor, members)).isTrue();
        }
        assertThat(sees(Actor.anonymous(), everybodys)).isTrue();
        assertThat(sees(Actor.anonymous(), members)).isFalse();
        assertThat(steps.shown(member, owner(), "entries { evidence { file { id sha256 } } }"))
                .asString()
                .contains(everybodys.globalId(), members.globalId(), everybodys.sha256());

        // What the draft shows to more people is not shown before it is published.
        profiles.draft(owner(), certified("DATA", "CONSORTIUM", everybodys), certified("RAIL", "PUBLIC", members));
        assertThat(sees(Actor.anonymous(), everybodys)).isTrue();
        assertThat(sees(Actor.anonymous(), members)).isFalse();
        profiles.publish(owner());
        assertThat(sees(Actor.anonymous(), everybodys)).isFalse();
        assertThat(sees(Actor.anonymous(), members)).isTrue();
    }

    @Test
    void onlyUploadsOfTheOrganisationThatNothingElseHasAreAttached() {
        var own = steps.upload(Profiles.editor(owner()));
        var foreign = steps.upload(Profiles.editor(other()));
        var used = steps.upload(Profiles.editor(other()));
        profiles.draft(other(), certified("DATA", "PUBLIC", used));
        assertThat(steps.rules(
                        owner(),
                        ProfileSteps.entries(
                                certified("DATA", "PUBLIC", own, foreign),
                                Profiles.entry("RAIL", "KNOWS"),
                                certified("PORTS", "PUBLIC", used))))
                .containsExactly("file.unknown entries/0/evidence/1/file", "file.unknown entries/2/evidence/0/file");
        assertThat(steps.stored(owner())).isNull();
        assertThat(sees(Profiles.editor(owner()), foreign)).isFalse();
        assertThat(sees(Profiles.editor(other()), foreign)).isTrue();
        assertThat(Asked.code(steps.answer(
                        Profiles.editor(owner()),
                        "editCompetenceProfile",
                        owner(),
                        Map.of(
                                "entries",
                                List.of(entry("DATA", map("kind", "CERTIFICATE", "file", Asked.globalId(owner()))))))))
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    void whatNoPartHasAnyMoreIsRemovedAndTheRestStays() {
        var kept = steps.upload(Profiles.editor(owner()));
        var removed = steps.upload(Profiles.editor(owner()));
        var discarded = steps.upload(Profiles.editor(owner()));
        profiles.published(owner(), certified("DATA", "PUBLIC", kept, removed));
        profiles.draft(owner(), certified("DATA", "PUBLIC", kept), certified("RAIL", "PUBLIC", discarded));
        clock.advance(Duration.ofHours(3));
        await().until(() -> settled(removed) && settled(discarded));
        assertThat(sees(Actor.anonymous(), removed)).as("still published").isTrue();

        profiles.made(Profiles.editor(owner()), "discardCompetenceDraft", owner(), Map.of());
        clock.advance(Duration.ofHours(3));
        await().until(() -> !exists(discarded));
        assertThat(exists(removed)).isTrue();

        profiles.published(owner(), certified("DATA", "PUBLIC", kept));
        clock.advance(Duration.ofHours(3));
        await().until(() -> !exists(removed));
        await().until(() -> settled(kept));
        assertThat(sees(Actor.anonymous(), kept)).isTrue();
    }

    @Test
    void theFileOfADraftThatWasNotSavedIsRemoved() {
        var own = steps.upload(Profiles.editor(owner()));
        var stale = steps.upload(Profiles.editor(owner()));
        assertThat(steps.rules(
                        owner(),
                        ProfileSteps.entries(certified("DATA", "PUBLIC", own, steps.upload(Profiles.editor(other()))))))
                .isNotEmpty();
        var input = new HashMap<>(ProfileSteps.entries(certified("DATA", "PUBLIC", stale)));
        input.put("expectedVersion", 7);
        assertThat(steps.rules(owner(), input)).containsExactly("version.stale expectedVersion");
        assertThat(sees(Callers.of(other()), own)).isFalse();
        clock.advance(Duration.ofHours(25));
        await().until(() -> !exists(own) && !exists(stale));
    }

    @Test
    void twoRepeatedFirstEditsAtOnceMakeOneProfileWithItsFile() throws Exception {
        for (var round = 0; round < 3; round++) {
            aMember();
            var file = steps.upload(Profiles.editor(owner()));
            var input = input(0, ProfileSteps.entries(certified("DATA", "PUBLIC", file)));
            var key = Asked.newKey();
            var editor = Profiles.editor(owner());
            var answers = Asked.together(Collections.nCopies(
                    2, (Callable<Map<String, Object>>) () -> conflicting(editor, key, "editCompetenceProfile", input)));
            assertThat(new HashSet<>(answers)).hasSize(1);
            assertThat(answers.getFirst()).asString().contains("userErrors=[]");
            var claim = Objects.requireNonNull(mongo.getCollection("files")
                            .find(Filters.eq("_id", file.id().value()))
                            .limit(1)
                            .first())
                    .get("claim", Document.class);
            assertThat(claim).containsEntry("aggregate", owner().id().value());
        }
    }
}

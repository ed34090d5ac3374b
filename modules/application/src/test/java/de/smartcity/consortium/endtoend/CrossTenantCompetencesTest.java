package de.smartcity.consortium.endtoend;

import static de.smartcity.consortium.endtoend.CompetenceRequests.change;
import static de.smartcity.consortium.endtoend.CompetenceRequests.competentPartners;
import static de.smartcity.consortium.endtoend.CompetenceRequests.coverage;
import static de.smartcity.consortium.endtoend.CompetenceRequests.profileOf;
import static de.smartcity.consortium.endtoend.PartnerRequests.node;
import static de.smartcity.consortium.endtoend.PartnerRequests.nodes;
import static de.smartcity.consortium.endtoend.PartnerRequests.partner;
import static de.smartcity.consortium.endtoend.Party.LIAISON;
import static de.smartcity.consortium.endtoend.Party.MEMBER;
import static de.smartcity.consortium.endtoend.Party.NOBODY;
import static de.smartcity.consortium.endtoend.Party.OFFICE;
import static de.smartcity.consortium.endtoend.Party.ONBOARDING;
import static de.smartcity.consortium.endtoend.Party.SUSPENDED;
import static de.smartcity.consortium.endtoend.Request.download;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.sandbox.RealmAdmin;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Attempts to read, count or change competence profiles, entries and certificates that are hidden, as {@link Secrecy} tries them. */
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossTenantCompetencesTest {

    private static final String KEY = "Idempotency-Key";

    /** Who sees entries for everybody only. */
    private static final List<Party> PUBLIC = List.of(NOBODY, ONBOARDING, SUSPENDED, LIAISON, MEMBER.actingFor("ude"));

    private Tenants tenants;
    private Secrecy secrecy;
    private TenantProfiles profiles;
    /** Who is of no tenant's people and not of the office. */
    private List<Party> others;
    /** They and the office. */
    private List<Party> strangers;
    /** They and the people of the member that has no profile. */
    private List<Party> notOwner;

    @BeforeAll
    void makeTenants(
            @Autowired Environment environment,
            @Autowired Api api,
            @Autowired World world,
            @Autowired MongoCommands commands) {
        tenants = new Tenants(world, RealmAdmin.ofSharedRealm(), environment.getRequiredProperty("spring.mongodb.uri"));
        secrecy = new Secrecy(api, commands, tenants);
        profiles = new TenantProfiles(
                tenants, world, secrecy, new FileClient(api.graphQl().toString()));
        others = tenants.outsiders(profiles.owner);
        strangers = with(others, OFFICE);
        notOwner = with(strangers, profiles.adminWithout);
    }

    private static List<Party> with(List<Party> parties, Party... more) {
        return Stream.concat(parties.stream(), Stream.of(more)).toList();
    }

    @AfterEach
    void removeProfile() {
        profiles.removeMade();
    }

    @AfterAll
    void removeTenants() {
        profiles.removeAll();
        tenants.close();
    }

    /** An attempt on a member's profile, of which another member has none for the comparison. */
    private Attempt<ProfileTarget> attempt(
            String what,
            Supplier<ProfileTarget> hidden,
            List<Party> by,
            Function<ProfileTarget, Request> request,
            Party control) {
        return Attempt.of(what, hidden, target -> profiles.none(), by, request, control);
    }

    /** An attempt on what is hidden of a profile that is seen, so that the profile exists for the comparison, too. */
    private static Attempt<ProfileTarget> attemptWithin(
            String what,
            Supplier<ProfileTarget> hidden,
            List<Party> by,
            Function<ProfileTarget, Request> request,
            Party control) {
        return Attempt.of(what, hidden, target -> ProfileTarget.ofNothing(target.partner()), by, request, control);
    }

    /** An attempt on a partner that is hidden, too. */
    private static Attempt<ProfileTarget> attemptOnHidden(
            String what,
            ProfileTarget hidden,
            List<Party> by,
            Function<ProfileTarget, Request> request,
            Party control) {
        return Attempt.of(what, () -> hidden, target -> ProfileTarget.absent(), by, request, control);
    }

    Stream<Attempt<?>> attempts() {
        return Stream.of(
                        drafts(),
                        entriesForMembers(),
                        hiddenPartners(),
                        changing(),
                        changingWithInvalidInput(),
                        attaching(),
                        cursors())
                .flatMap(List::stream);
    }

    private List<Attempt<?>> drafts() {
        return List.of(
                attempt(
                        "the profile of a partner, a draft",
                        profiles::draft,
                        notOwner,
                        target -> profileOf(target.partner()),
                        profiles.admin),
                attempt(
                        "node of a profile, a draft",
                        profiles::draft,
                        notOwner,
                        target -> node(target.profile()),
                        profiles.admin),
                attempt(
                        "nodes of a draft, its event and its certificate",
                        profiles::draft,
                        notOwner,
                        target -> nodes(List.of(target.profile(), target.event(), target.file())),
                        profiles.admin),
                attempt(
                                "the id of a profile as that of a file, a letter and an event",
                                profiles::draft,
                                notOwner,
                                target -> nodes(List.of(
                                        Target.as("File", target.partner()),
                                        Target.as("LetterOfIntent", target.partner()),
                                        Target.as("Activity", target.partner()))),
                                profiles.admin)
                        .unlike(target -> profiles.admin.sends(node(target.profile()))),
                attempt(
                        "aliases in one request",
                        profiles::draft,
                        notOwner,
                        target -> Request.of(
                                "query ($p: ID!, $id: ID!) { a: partner(id: $p) { competenceProfile { viewerCanPublish version } }"
                                        + " b: partner(id: $p) { competenceProfile { draft { entries { claimedLevel } } } } node(id: $id) { id } }",
                                Map.of("p", target.partner(), "id", target.profile())),
                        profiles.admin),
                attempt(
                        "a download of a certificate of a draft",
                        profiles::draft,
                        notOwner,
                        target -> download(target.file()),
                        profiles.admin),
                attempt(
                        "a download of a certificate of a later draft",
                        profiles::amended,
                        notOwner,
                        target -> download(target.file()),
                        profiles.admin),
                attempt(
                        "node of the event that a published profile was begun",
                        profiles::published,
                        notOwner,
                        target -> node(target.earliestEvent()),
                        profiles.admin),
                attempt(
                        "node of the event of a later draft",
                        profiles::amended,
                        notOwner,
                        target -> node(target.event()),
                        profiles.admin),
                attempt(
                        "node of the event of a publication",
                        profiles::published,
                        with(others, profiles.adminWithout),
                        target -> node(target.event()),
                        OFFICE),
                // Even its own people do not find it by a draft.
                attempt(
                                "competentPartners by a draft",
                                profiles::draft,
                                with(notOwner, profiles.admin),
                                target -> competentPartners(target.competence(), "", ""),
                                profiles.admin)
                        .unlike(target -> profiles.admin.sends(profileOf(target.partner()))),
                attempt(
                                "coverage by a draft",
                                profiles::draft,
                                with(notOwner, profiles.admin),
                                target -> coverage(target.competence(), List.of()),
                                profiles.admin)
                        .unlike(target -> profiles.admin.sends(profileOf(target.partner()))));
    }

    /** They see the profile, or that the partner may have one, but not the entry. */
    private List<Attempt<?>> entriesForMembers() {
        var attempts = new ArrayList<Attempt<?>>();
        var states = new LinkedHashMap<String, Supplier<ProfileTarget>>();
        states.put(" beside one for everybody", profiles::published);
        states.put(" alone", profiles::publishedForMembers);
        states.forEach((which, state) -> {
            attempts.add(attemptWithin(
                    "competentPartners by an entry for members" + which,
                    state,
                    PUBLIC,
                    target -> competentPartners(target.competence(), "", ""),
                    MEMBER));
            attempts.add(attemptWithin(
                    "the existence of a page by an entry for members" + which,
                    state,
                    PUBLIC,
                    target -> competentPartners(target.competence(), ", minLevel: DELIVERS, first: 0", ""),
                    MEMBER));
            attempts.add(attemptWithin(
                    "coverage by an entry for members" + which,
                    state,
                    PUBLIC,
                    target -> coverage(target.competence(), List.of()),
                    MEMBER));
        });
        attempts.add(attemptWithin(
                "a download of a certificate of an entry for members",
                profiles::published,
                PUBLIC,
                target -> download(target.file()),
                MEMBER));
        attempts.add(attemptWithin(
                "node of a certificate of an entry for members",
                profiles::published,
                PUBLIC,
                target -> node(target.file()),
                OFFICE));
        attempts.add(attempt(
                "the profile of a partner, with nothing but an entry for members",
                profiles::publishedForMembers,
                PUBLIC,
                target -> profileOf(target.partner()),
                MEMBER));
        attempts.add(attempt(
                "node of a profile with nothing but an entry for members",
                profiles::publishedForMembers,
                PUBLIC,
                target -> node(target.profile()),
                MEMBER));
        return attempts;
    }

    /** One that is ONBOARDING and has a draft, and one that is SUSPENDED and had published its profile for everybody. */
    private List<Attempt<?>> hiddenPartners() {
        var onboarding = profiles.ofOnboarding;
        var suspended = profiles.ofSuspended;
        var withOwn = with(others, profiles.suspendedAdmin);
        var all = with(withOwn, profiles.onboardingAdmin, OFFICE);
        var attempts = new ArrayList<Attempt<?>>(List.of(
                attemptOnHidden(
                        "the profile of an onboarding partner",
                        onboarding,
                        others,
                        target -> profileOf(target.partner()),
                        profiles.onboardingAdmin),
                attemptOnHidden(
                        "node of the profile of an onboarding partner",
                        onboarding,
                        notOwner,
                        target -> node(target.profile()),
                        profiles.onboardingAdmin),
                attemptOnHidden(
                        "a download of a certificate of an onboarding partner",
                        onboarding,
                        notOwner,
                        target -> download(target.file()),
                        profiles.onboardingAdmin),
                attemptOnHidden(
                        "the profile of a suspended partner",
                        suspended,
                        others,
                        target -> profileOf(target.partner()),
                        OFFICE),
                attemptOnHidden(
                        "nodes of the profile of a suspended partner, its event and its certificate",
                        suspended,
                        withOwn,
                        target -> nodes(List.of(target.profile(), target.event(), target.file())),
                        OFFICE),
                attemptOnHidden(
                        "a download of a certificate of a suspended partner",
                        suspended,
                        withOwn,
                        target -> download(target.file()),
                        OFFICE),
                // Not even the office finds them.
                attemptOnHidden(
                                "competentPartners that are none now",
                                suspended,
                                all,
                                target -> competentPartners(target.competence(), "", ""),
                                OFFICE)
                        .unlike(target -> OFFICE.sends(node(target.profile()))),
                attemptOnHidden(
                                "coverage by partners that are no members now",
                                suspended,
                                all,
                                target -> coverage(target.competence(), List.of()),
                                OFFICE)
                        .unlike(target -> OFFICE.sends(node(target.profile())))));
        for (var hidden : List.of(onboarding, suspended)) {
            attempts.add(attemptOnHidden(
                            "coverage without a hidden partner, " + (hidden == onboarding ? "ONBOARDING" : "SUSPENDED"),
                            hidden,
                            with(notOwner, profiles.admin),
                            target -> coverage("RESEARCH", List.of(target.partner())),
                            OFFICE)
                    .unlike(target -> OFFICE.sends(partner(target.partner()))));
            attempts.add(attemptOnHidden(
                    "an edit of a hidden profile, " + (hidden == onboarding ? "ONBOARDING" : "SUSPENDED"),
                    hidden,
                    others,
                    target -> change("editCompetenceProfile", target.partner(), target.version(), function(" ")),
                    hidden == onboarding ? profiles.onboardingAdmin : OFFICE));
        }
        return attempts;
    }

    private static Map<String, Object> function(String text) {
        return Map.of("contactFunction", List.of(Map.of("locale", "en", "text", text)));
    }

    private List<Attempt<?>> changing() {
        var attempts = new ArrayList<Attempt<?>>();
        var inputs = new LinkedHashMap<String, Map<String, Object>>();
        inputs.put("editCompetenceProfile", function("An office for a test"));
        inputs.put("publishCompetenceProfile", Map.of());
        inputs.put("discardCompetenceDraft", Map.of());
        inputs.forEach((mutation, input) -> {
            Function<ProfileTarget, Request> verb =
                    target -> change(mutation, target.partner(), target.version(), input);
            attempts.add(attempt(mutation + " of a draft", profiles::draft, strangers, verb, profiles.admin)
                    .changing());
            attempts.add(attempt(mutation + " of a later draft", profiles::amended, strangers, verb, profiles.admin)
                    .changing());
            attempts.add(attempt(
                    mutation + " with a key with which it was made",
                    () -> {
                        var target = profiles.draft();
                        assertDone(secrecy.send(
                                        profiles.admin.sends(verb.apply(target).with(KEY, target.key() + "again")))
                                .body());
                        return target;
                    },
                    strangers,
                    target -> verb.apply(target).with(KEY, target.key() + "again"),
                    profiles.admin));
        });
        return attempts;
    }

    private static void assertDone(String answer) {
        assertThat(answer).contains("\"userErrors\":[]");
    }

    private List<Attempt<?>> changingWithInvalidInput() {
        var attempts = new ArrayList<Attempt<?>>();
        var inputs = new LinkedHashMap<String, Map<String, ?>>();
        inputs.put("an old version", Map.of("expectedVersion", 17));
        inputs.put("an empty function", function(" "));
        inputs.put("a past availability", Map.of("availability", Map.of("state", "NO", "until", "2020-01-01")));
        inputs.put(
                "a competence twice",
                Map.of("entries", List.of(TenantProfiles.forEverybody(), TenantProfiles.forEverybody())));
        inputs.put(
                "an unknown competence",
                Map.of("entries", List.of(CompetenceRequests.entry("NOTHING", "PUBLIC", List.of()))));
        inputs.put(
                "a malformed file",
                Map.of("entries", List.of(CompetenceRequests.entry("RESEARCH", "PUBLIC", List.of("nonsense")))));
        inputs.forEach((what, input) -> attempts.add(attempt(
                "editCompetenceProfile with " + what,
                profiles::draft,
                strangers,
                target -> change("editCompetenceProfile", target.partner(), target.version(), input),
                profiles.admin)));
        // Its own people learn that the key was used.
        attempts.add(attempt(
                "editCompetenceProfile with a key of its people for another input",
                profiles::draft,
                strangers,
                target -> change("editCompetenceProfile", target.partner(), target.version(), function("Another"))
                        .with(KEY, target.key()),
                profiles.admin));
        return attempts;
    }

    /** Files that the caller may not attach, although it may download one of them. */
    private List<Attempt<?>> attaching() {
        var attempts = new ArrayList<Attempt<?>>();
        var states = new LinkedHashMap<String, Supplier<ProfileTarget>>();
        states.put("a certificate of another's draft", profiles::draft);
        states.put("a certificate of another's published profile", profiles::published);
        states.put(
                "another's upload",
                () -> ProfileTarget.of(TenantProfiles.idOf(profiles.owner)).with(profiles.newFile(), 0));
        states.forEach((what, state) -> attempts.add(attemptWithin(
                        "editCompetenceProfile of the own profile with " + what,
                        state,
                        List.of(profiles.adminWithout),
                        target -> change(
                                "editCompetenceProfile",
                                TenantProfiles.idOf(profiles.without),
                                0,
                                Map.of("entries", List.of(TenantProfiles.forMembers(target.file())))),
                        profiles.admin)
                .unlike(target -> profiles.admin.sends(download(target.file())))));
        return attempts;
    }

    /** A cursor of others is like one that nobody made. */
    private List<Attempt<?>> cursors() {
        UnaryOperator<String> other = cursor -> cursor.substring(0, 40) + "abcd" + cursor.substring(44);
        var hidden = new AtomicReference<ProfileTarget>();
        Supplier<String> ofList = () -> {
            hidden.set(profiles.published());
            return secrecy.value(
                            MEMBER,
                            competentPartners(hidden.get().competence(), "", ""),
                            "/data/competentPartners/edges/0/cursor")
                    .asString();
        };
        Supplier<String> ofActivity = () -> {
            hidden.set(profiles.draft());
            return secrecy.value(
                            profiles.admin,
                            profileOf(hidden.get().partner()),
                            "/data/partner/competenceProfile/activity/edges/0/cursor")
                    .asString();
        };
        return List.of(
                Attempt.of(
                                "a cursor of those who are competent by entries for members, in another list",
                                ofList,
                                other,
                                PUBLIC,
                                cursor -> competentPartners("RESEARCH", ", after: $value", cursor),
                                MEMBER)
                        .unlike(cursor ->
                                MEMBER.sends(competentPartners(hidden.get().competence(), ", before: $value", cursor))),
                Attempt.of(
                        "a cursor of a profile's activity, there",
                        ofActivity,
                        other,
                        notOwner,
                        cursor -> Request.of(
                                "query ($id: ID!, $value: String!) { partner(id: $id) { competenceProfile {"
                                        + " activity(after: $value) { nodes { id } } } } }",
                                Map.of("id", hidden.get().partner(), "value", cursor)),
                        profiles.admin),
                Attempt.of(
                                "a cursor of a profile's activity, in that of its partner",
                                ofActivity,
                                other,
                                with(notOwner, profiles.admin),
                                cursor -> PartnerRequests.activity(hidden.get().partner(), "after: $value", cursor),
                                profiles.admin)
                        .unlike(cursor -> profiles.admin.sends(Request.of(
                                "query ($id: ID!, $value: String!) { partner(id: $id) { competenceProfile {"
                                        + " activity(after: $value) { nodes { id } } } } }",
                                Map.of("id", hidden.get().partner(), "value", cursor)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    void whatIsHiddenIsAsIfItDidNotExist(Attempt<?> attempt) {
        secrecy.check(attempt);
    }

    Stream<HiddenChange> hiddenChanges() {
        return Stream.of(changesOfDrafts(), changesForMembers(), changesOfTasks(), changesBehindCursors())
                .flatMap(List::stream);
    }

    /** All that somebody can ask about the owner's profile. */
    private Request allAbout() {
        var id = TenantProfiles.idOf(profiles.owner);
        return Request.of(
                "query ($p: ID!, $id: ID!, $c: String!) { partner(id: $p) { competenceProfile { ...everything } } node(id: $id) { id }"
                        + " narrow: competentPartners(competence: $c) { totalCount edges { cursor node { id } } pageInfo { endCursor } }"
                        + " broad: competentPartners(competence: \"MUNICIPAL_INFRASTRUCTURE\", last: 3) { totalCount edges { cursor node"
                        + " { id publishedAt } } pageInfo { hasPreviousPage } }"
                        + " coverage(needs: [{ competence: $c, level: KNOWS }, { competence: \"MUNICIPAL_INFRASTRUCTURE\", level: DELIVERS,"
                        + " importance: WISH }]) { partners { partner { id } score missesMust availability { state } needs { covered score"
                        + " best { kind score entry { competence { code } evidencedLevel } } } } uncovered { competence { code } }"
                        + " teams { partners { id } } } viewer { taskCount tasks { nodes { kind since subject { id } } } } }"
                        + CompetenceRequests.EVERYTHING,
                Map.of("p", id, "id", Target.as("CompetenceProfile", id), "c", ProfileTarget.COMPETENCE));
    }

    private HiddenChange changeOf(
            String what,
            Supplier<ProfileTarget> before,
            UnaryOperator<ProfileTarget> change,
            List<Party> by,
            Party control) {
        var target = new AtomicReference<ProfileTarget>();
        return new HiddenChange(
                what,
                () -> {
                    target.set(before.get());
                    return allAbout();
                },
                () -> change.apply(target.get()),
                by,
                control);
    }

    private List<HiddenChange> changesOfDrafts() {
        var observers = List.of(NOBODY, MEMBER, ONBOARDING, SUSPENDED, LIAISON, OFFICE);
        UnaryOperator<ProfileTarget> edit = target -> profiles.edit(target, function("An office for a test"));
        UnaryOperator<ProfileTarget> discard =
                target -> profiles.change(target, profiles.admin, "discardCompetenceDraft", Map.of());
        return List.of(
                changeOf("a first draft", profiles::none, target -> profiles.draft(), observers, profiles.admin),
                changeOf("a change of a first draft", profiles::draft, edit, observers, profiles.admin),
                changeOf("the end of a first draft", profiles::draft, discard, observers, profiles.admin),
                changeOf("a later draft", profiles::published, edit, observers, profiles.admin),
                changeOf("a change of a later draft", profiles::amended, edit, observers, profiles.admin),
                changeOf("the end of a later draft", profiles::amended, discard, observers, profiles.admin));
    }

    /** Those who see entries for everybody only see nothing of what is published for members. */
    private List<HiddenChange> changesForMembers() {
        var entry = CompetenceRequests.entry(ProfileTarget.COMPETENCE, "CONSORTIUM", List.of());
        return List.of(
                changeOf(
                        "a first publication for members only",
                        profiles::none,
                        target -> profiles.publishedForMembers(),
                        PUBLIC,
                        MEMBER),
                changeOf(
                        "another entry for members",
                        profiles::publishedForEverybody,
                        target -> published(target, Map.of("entries", List.of(TenantProfiles.forEverybody(), entry))),
                        PUBLIC,
                        MEMBER),
                changeOf(
                        "the end of an entry for members",
                        profiles::published,
                        target -> published(target, Map.of("entries", List.of(TenantProfiles.forEverybody()))),
                        PUBLIC,
                        MEMBER),
                changeOf(
                        "other evidence of an entry for members",
                        profiles::published,
                        target -> published(target, Map.of("entries", List.of(TenantProfiles.forEverybody(), entry))),
                        PUBLIC,
                        MEMBER),
                changeOf(
                        "another order of entries",
                        profiles::published,
                        target -> published(
                                target,
                                Map.of(
                                        "entries",
                                        List.of(
                                                TenantProfiles.forMembers(target.file()),
                                                TenantProfiles.forEverybody()))),
                        PUBLIC,
                        MEMBER),
                changeOf(
                        "availability and a function",
                        profiles::published,
                        target -> published(
                                target,
                                Map.of(
                                        "availability",
                                        Map.of("state", "LIMITED", "until", "2100-01-01"),
                                        "contactFunction",
                                        List.of(Map.of("locale", "en", "text", "An office for a test")))),
                        PUBLIC,
                        MEMBER));
    }

    private ProfileTarget published(ProfileTarget target, Map<String, ?> input) {
        return profiles.publish(profiles.edit(target, input), profiles.admin);
    }

    /** A certificate that ends soon is its partner's task. */
    private List<HiddenChange> changesOfTasks() {
        var certificate = Map.of(
                "kind",
                "CERTIFICATE",
                "issuer",
                "An institute",
                "validFrom",
                "2026-01-01",
                "validUntil",
                LocalDate.now(ZoneOffset.UTC).plusDays(30).toString());
        var entry = Map.of(
                "competence",
                ProfileTarget.COMPETENCE,
                "claimedLevel",
                "DELIVERS",
                "visibility",
                "CONSORTIUM",
                "evidence",
                List.of(certificate));
        var target = new AtomicReference<ProfileTarget>();
        return List.of(new HiddenChange(
                "a task of a published profile",
                () -> {
                    target.set(profiles.published());
                    return Request.of(
                            "{ viewer { taskCount tasks { nodes { kind since due subject { id } } edges { cursor } } } }",
                            Map.of());
                },
                () -> published(target.get(), Map.of("entries", List.of(entry))),
                List.of(NOBODY, MEMBER, ONBOARDING, SUSPENDED, LIAISON, OFFICE),
                profiles.admin));
    }

    private List<HiddenChange> changesBehindCursors() {
        var target = new AtomicReference<ProfileTarget>();
        return List.of(new HiddenChange(
                "the end of an entry for members, asking with its cursor",
                () -> {
                    target.set(profiles.published());
                    var cursor = secrecy.value(
                                    MEMBER,
                                    competentPartners(ProfileTarget.COMPETENCE, "", ""),
                                    "/data/competentPartners/edges/0/cursor")
                            .asString();
                    return Request.of(
                            "query ($c: String!, $code: String!) { after: competentPartners(competence: $code, after: $c) { nodes { id }"
                                    + " totalCount } before: competentPartners(competence: $code, last: 2, before: $c) { nodes { id }"
                                    + " pageInfo { hasNextPage } } }",
                            Map.of("c", cursor, "code", ProfileTarget.COMPETENCE));
                },
                () -> published(target.get(), Map.of("entries", List.of(TenantProfiles.forEverybody()))),
                PUBLIC,
                MEMBER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hiddenChanges")
    void whatIsHiddenChangesNoAnswer(HiddenChange change) {
        secrecy.check(change);
    }

    @Test
    void othersSeeOfAProfileWhatIsPublishedForThem() {
        var amended = profiles.amended();
        var file = amended.file();
        for (var by : List.of(NOBODY, ONBOARDING, SUSPENDED)) {
            assertThat(secrecy.send(by.sends(profileOf(amended.partner()))).body())
                    .as(by.name())
                    .contains("STREET_LIGHTING", "What is done for PUBLIC", "\"draft\":null", "\"publishedAt\":null")
                    .doesNotContain(ProfileTarget.COMPETENCE, "What is done for CONSORTIUM", "An institute", file);
        }
        for (var by : List.of(MEMBER, OFFICE)) {
            assertThat(secrecy.send(by.sends(profileOf(amended.partner()))).body())
                    .as(by.name())
                    .contains("STREET_LIGHTING", ProfileTarget.COMPETENCE, "An institute", "\"draft\":null")
                    .doesNotContain(file, "\"publishedAt\":null");
        }
        assertThat(secrecy.send(profiles.admin.sends(profileOf(amended.partner())))
                        .body())
                .contains(file);
    }
}

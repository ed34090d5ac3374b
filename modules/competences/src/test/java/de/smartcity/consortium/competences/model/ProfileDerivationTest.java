package de.smartcity.consortium.competences.model;

import static de.smartcity.consortium.competences.model.MatchingFixtures.code;
import static de.smartcity.consortium.competences.model.ProfileExamples.AT;
import static de.smartcity.consortium.competences.model.ProfileExamples.BEFORE;
import static de.smartcity.consortium.competences.model.ProfileExamples.PARTNER;
import static de.smartcity.consortium.competences.model.ProfileExamples.STRANGER;
import static de.smartcity.consortium.competences.model.ProfileExamples.TODAY;
import static de.smartcity.consortium.competences.model.ProfileExamples.VERSION;
import static de.smartcity.consortium.competences.model.ProfileExamples.VOCABULARY;
import static de.smartcity.consortium.competences.model.ProfileExamples.acting;
import static de.smartcity.consortium.competences.model.ProfileExamples.by;
import static de.smartcity.consortium.competences.model.ProfileExamples.certificate;
import static de.smartcity.consortium.competences.model.ProfileExamples.content;
import static de.smartcity.consortium.competences.model.ProfileExamples.derived;
import static de.smartcity.consortium.competences.model.ProfileExamples.ending;
import static de.smartcity.consortium.competences.model.ProfileExamples.entry;
import static de.smartcity.consortium.competences.model.ProfileExamples.incompleteEntry;
import static de.smartcity.consortium.competences.model.ProfileExamples.knows;
import static de.smartcity.consortium.competences.model.ProfileExamples.office;
import static de.smartcity.consortium.competences.model.ProfileExamples.own;
import static de.smartcity.consortium.competences.model.ProfileExamples.publicEntry;
import static de.smartcity.consortium.competences.model.ProfileExamples.publication;
import static de.smartcity.consortium.competences.model.ProfileExamples.stored;
import static de.smartcity.consortium.competences.model.ProfileExamples.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.StoredTask;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is recomputed at every save. */
class ProfileDerivationTest {

    private static final LocalDate NOTICE_TODAY = TODAY.plusDays(60);

    @ParameterizedTest
    @CsvSource({
        "PROSPECT,   consortium, office own",
        "PROSPECT,   public,     office own",
        "ONBOARDING, consortium, office own",
        "ONBOARDING, public,     office own",
        "ACTIVE,     nothing,    office consortium own",
        "ACTIVE,     consortium, office consortium own",
        "ACTIVE,     public,     office consortium public own",
        "SUSPENDED,  consortium, office own",
        "SUSPENDED,  public,     office own",
        "DEPARTED,   consortium, office own",
        "DEPARTED,   public,     office own",
        "          , consortium, office own",
        "          , public,     office own"
    })
    void whatIsPublishedIsSeenByMembersOrEverybodyWhileThePartnerIsActive(
            @Nullable PartnerStatus status, String published, String audience) {
        var entries = switch (published) {
            case "nothing" -> ProfileContent.EMPTY;
            case "consortium" -> content("DATA");
            default -> content(knows("DATA"), publicEntry("NETWORKS", CompetenceLevel.KNOWS));
        };
        var tokens = Arrays.stream(audience.split(" "))
                .map(name -> name.equals("own") ? CompetenceProfile.OWNER.token(PARTNER) : name)
                .toList();
        var example = stored().status(status).published(entries);
        assertThat(derived(example.profile()).audience().tokens()).containsExactlyInAnyOrderElementsOf(tokens);
        var drafting = example.draft(content(publicEntry("DATA", CompetenceLevel.KNOWS)));
        assertThat(derived(drafting.profile()).audience().tokens())
                .as("with a draft")
                .containsExactlyInAnyOrderElementsOf(tokens);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotPublishedIsSeenByItsPartnerOnly(PartnerStatus status) {
        var draft = content(publicEntry("DATA", CompetenceLevel.KNOWS));
        for (var profile : List.of(
                stored().status(status).draft(draft).profile(),
                stored().status(status).profile(),
                stored().status(null).draft(draft).profile())) {
            var audience = derived(profile).audience();
            assertThat(audience.tokens()).containsExactly("owner:" + PARTNER.value());
        }
    }

    @Test
    void aPartnerSeesItsOwnProfileWhileItMayDraft() {
        var audience = derived(stored().draft(content("DATA")).profile()).audience();
        for (var status : PartnerStatus.values()) {
            var viewpoints =
                    audience.viewpoints(acting(PARTNER, status, Role.VIEWER).tokens(CompetenceProfile.RELATIONS));
            assertThat(viewpoints.contains(CompetenceProfile.OWNER))
                    .isEqualTo(status == PartnerStatus.ONBOARDING || status == PartnerStatus.ACTIVE);
        }
        for (var actor :
                List.of(office(), Actor.anonymous(), acting(STRANGER, PartnerStatus.ACTIVE, Role.PARTNER_ADMIN))) {
            assertThat(audience.viewpoints(actor.tokens(CompetenceProfile.RELATIONS)))
                    .isEmpty();
        }
    }

    @Test
    void aPartnerIsFoundByEachLevelUpToTheClaimedOneByWhoeverSeesTheEntry() {
        var profile = stored().published(content(
                        publicEntry("DATA", CompetenceLevel.DELIVERS), entry("NETWORKS", CompetenceLevel.LEADS)))
                .profile();
        assertThat(derived(profile).facets())
                .containsExactlyInAnyOrder(
                        "public entries=DATA/1",
                        "public entries=DATA/2",
                        "consortium entries=DATA/1",
                        "consortium entries=DATA/2",
                        "office entries=DATA/1",
                        "office entries=DATA/2",
                        "consortium entries=NETWORKS/1",
                        "consortium entries=NETWORKS/2",
                        "consortium entries=NETWORKS/3",
                        "office entries=NETWORKS/1",
                        "office entries=NETWORKS/2",
                        "office entries=NETWORKS/3");
        assertThat(CompetenceProfile.facet(code("DATA"), CompetenceLevel.DELIVERS.rank()))
                .isEqualTo("DATA/2");
    }

    @Test
    void nobodyFindsAPartnerByADraft() {
        assertThat(derived(stored().draft(content("DATA")).profile()).facets()).isEmpty();
        assertThat(derived(stored().published(content("DATA"))
                                .draft(content("NETWORKS"))
                                .profile())
                        .facets())
                .containsExactlyInAnyOrder("consortium entries=DATA/1", "office entries=DATA/1");
    }

    @ParameterizedTest
    @EnumSource
    void onlyActivePartnersAreFound(PartnerStatus status) {
        var profile = stored().status(status).published(content("DATA")).profile();
        assertThat(Objects.requireNonNull(derived(profile).facets()).isEmpty())
                .isEqualTo(status != PartnerStatus.ACTIVE);
        assertThat(derived(stored().status(null).published(content("DATA")).profile())
                        .facets())
                .isEmpty();
    }

    @Test
    void aStoredEntryWithoutCompetenceDoesNotPreventASave() {
        var profile = stored().published(content(incompleteEntry(), knows("DATA")))
                .deprecated("TELEX")
                .profile();
        assertThat(derived(profile).facets()).hasSize(2);
        assertThat(tasks(profile)).isEmpty();
        assertThat(profile.currentCompetences()).containsExactly(code("DATA"));
        assertThat(profile.followVocabulary(by(Actor.system()), VOCABULARY)).isTrue();
    }

    @Test
    void profilesAreOrderedByTheirPartnersNamesInTheDefaultLocale() {
        var profile = stored().name(LocalizedText.of(Map.of("de", "Öffentliche Werke", "en", "Public Works")))
                .profile();
        assertThat(sortKey(profile, "de")).isEqualTo("oeffentliche werke\u0001" + PARTNER.value());
        assertThat(sortKey(profile, "en")).isEqualTo("public works\u0001" + PARTNER.value());
        var nameless = stored().name(LocalizedText.of(Map.of())).profile();
        assertThat(sortKey(nameless, "en")).isEqualTo("\u0001" + PARTNER.value());
    }

    private static @Nullable String sortKey(CompetenceProfile profile, String locale) {
        profile.derive(locale);
        var derived = Objects.requireNonNull(profile.derived());
        assertThat(derived.search()).isNull();
        return Objects.requireNonNull(derived.sort()).get("partner");
    }

    @Test
    void itsFilesAreThoseOfBothPartsEachOnce() {
        var kept = FileId.next();
        var old = FileId.next();
        var attached = FileId.next();
        var profile = stored().published(content(entry(
                        "DATA", CompetenceLevel.LEADS, certificate(TODAY, null, kept), certificate(TODAY, null, old))))
                .draft(content(entry(
                        "DATA",
                        CompetenceLevel.LEADS,
                        certificate(TODAY, null, kept),
                        certificate(TODAY, null, attached))))
                .profile();
        assertThat(profile.files()).isEmpty();
        profile.derive("en");
        assertThat(profile.files()).containsExactly(kept, old, attached);
        profile.discardDraft(by(own(Role.EDITOR)), VERSION);
        profile.derive("en");
        assertThat(profile.files()).containsExactly(kept, old);
    }

    @Test
    void itsCurrentCompetencesAreThoseOfBothPartsThatAreNotDeprecated() {
        var profile = stored().published(content("DATA", "TELEX"))
                .draft(content("NETWORKS", "OLD_NETWORKS", "DATA"))
                .deprecated("TELEX", "OLD_NETWORKS")
                .profile();
        assertThat(profile.currentCompetences()).isEmpty();
        profile.derive("en");
        assertThat(profile.currentCompetences()).containsExactly(code("DATA"), code("NETWORKS"));
    }

    @Test
    void aPartnerReplacesWhatIsDeprecatedInItsPublishedPart() {
        var published = stored().published(content("DATA", "TELEX")).deprecated("TELEX");
        assertThat(tasks(published.profile())).singleElement().satisfies(task -> {
            assertThat(task.kind()).isEqualTo("REPLACE_DEPRECATED_COMPETENCE");
            assertThat(task.holder()).isEqualTo(StoredTask.holder(PARTNER));
            assertThat(task.role()).isEqualTo(Role.EDITOR);
            assertThat(task.account()).isNull();
            assertThat(task.due()).isNull();
            assertThat(task.since()).isEqualTo(BEFORE);
        });
        assertThat(tasks(published.draft(content("DATA")).profile()))
                .as("replaced in the draft only")
                .hasSize(1);
        assertThat(tasks(stored().published(content("DATA"))
                        .draft(content("TELEX"))
                        .deprecated("TELEX")
                        .profile()))
                .as("not in the published part")
                .isEmpty();
    }

    @Test
    void aPartnerThatHasPublishedNothingReplacesWhatIsDeprecatedInItsDraft() {
        assertThat(tasks(stored().draft(content("TELEX")).deprecated("TELEX").profile()))
                .extracting(StoredTask::kind)
                .containsExactly("REPLACE_DEPRECATED_COMPETENCE");
        assertThat(tasks(stored().draft(content("DATA")).deprecated("TELEX").profile()))
                .isEmpty();
        assertThat(tasks(stored().deprecated("TELEX").profile())).isEmpty();
    }

    @Test
    void theTaskBeginsWhenTheVocabularyDeprecatesAndEndsWithThePublishing() {
        var profile = stored().published(content("DATA", "TELEX")).profile();
        assertThat(tasks(profile)).isEmpty();
        profile.followVocabulary(by(Actor.system()), VOCABULARY);
        assertThat(tasks(profile)).extracting(StoredTask::since).containsExactly(AT);
        var editor = own(Role.PARTNER_ADMIN);
        profile.edit(by(editor), TODAY, () -> VOCABULARY, VERSION, ProfileExamples.entries("DATA"));
        assertThat(tasks(profile)).hasSize(1);
        profile.publish(by(editor), TODAY, () -> VOCABULARY, VERSION);
        assertThat(tasks(profile)).isEmpty();
    }

    @Test
    void aCertificateIsRenewedFromSixtyDaysBeforeItsLastDay() {
        var profile = published(NOTICE_TODAY);
        assertThat(tasks(profile)).singleElement().satisfies(task -> {
            assertThat(task.kind()).isEqualTo("RENEW_CERTIFICATE");
            assertThat(task.holder()).isEqualTo(StoredTask.holder(PARTNER));
            assertThat(task.role()).isEqualTo(Role.EDITOR);
            assertThat(task.account()).isNull();
            assertThat(task.due()).isEqualTo(NOTICE_TODAY);
            assertThat(task.since()).isEqualTo(AT);
        });
        assertThat(profile.dueOn()).isNull();
    }

    @Test
    void noCertificateIsRenewedEarlier() {
        var profile = published(NOTICE_TODAY.plusDays(1));
        assertThat(tasks(profile)).isEmpty();
        assertThat(profile.dueOn()).isEqualTo(TODAY.plusDays(1));
    }

    @Test
    void whatHasExpiredIsStillToBeRenewed() {
        var profile = published(TODAY.minusDays(1), NOTICE_TODAY);
        assertThat(tasks(profile)).extracting(StoredTask::due).containsExactly(TODAY.minusDays(1));
        assertThat(profile.dueOn()).isNull();
    }

    @Test
    void theCertificateThatEndsFirstIsDue() {
        var profile = published(NOTICE_TODAY, TODAY.plusDays(10), NOTICE_TODAY.plusDays(20), NOTICE_TODAY.plusDays(2));
        assertThat(tasks(profile)).extracting(StoredTask::due).containsExactly(TODAY.plusDays(10));
        assertThat(profile.dueOn()).isEqualTo(TODAY.plusDays(2));
    }

    @Test
    void onTheDayOfItsNoticeACertificateIsSettledAndTheTaskBegins() {
        var day = TODAY.plusDays(2);
        var example = stored().published(content(
                        entry("DATA", CompetenceLevel.LEADS, ending(day.plusDays(60)), ending(day.plusDays(61)))))
                .settledOn(TODAY);
        var profile = example.profile();
        profile.derive("en");
        assertThat(profile.settle(by(Actor.system()), day.minusDays(1))).isFalse();
        assertThat(tasks(profile)).isEmpty();
        assertThat(profile.dueOn()).isEqualTo(day);

        assertThat(profile.settle(by(Actor.system()), day)).isTrue();
        var began = tasks(profile);
        assertThat(began).extracting(StoredTask::since).containsExactly(AT);
        assertThat(began).extracting(StoredTask::due).containsExactly(day.plusDays(60));
        assertThat(profile.dueOn()).isEqualTo(day.plusDays(1));
        assertThat(profile.settle(by(Actor.system()), day)).as("again").isFalse();
    }

    @Test
    void aTaskKeepsTheTimeSinceWhichItWaits() {
        var profile = published(NOTICE_TODAY);
        var derived = derived(profile);
        var later = stored().published(content(entry("DATA", CompetenceLevel.LEADS, ending(NOTICE_TODAY))))
                .settledOn(TODAY)
                .updatedAt(AT.plusSeconds(60))
                .derived(derived)
                .profile();
        assertThat(tasks(later)).extracting(StoredTask::since).containsExactly(AT);
    }

    @Test
    void whereNothingWasSettledEveryCertificateIsDue() {
        var profile = stored().published(content(
                        entry("DATA", CompetenceLevel.LEADS, ending(TODAY)),
                        entry("NETWORKS", CompetenceLevel.LEADS, ending(TODAY.minusYears(1)))))
                .profile();
        assertThat(tasks(profile)).isEmpty();
        assertThat(profile.dueOn()).isEqualTo(TODAY.minusYears(1).minusDays(60));
        assertThat(profile.settle(by(Actor.system()), TODAY)).isTrue();
        assertThat(tasks(profile)).extracting(StoredTask::due).containsExactly(TODAY.minusYears(1));
        assertThat(profile.dueOn()).isNull();
    }

    @Test
    void onlyPublishedCertificatesWithALastDayAreRenewed() {
        var drafted = stored().draft(
                        content(entry("DATA", CompetenceLevel.LEADS, ending(TODAY), ending(TODAY.plusYears(1)))))
                .settledOn(TODAY)
                .profile();
        assertThat(tasks(drafted)).isEmpty();
        assertThat(drafted.dueOn()).isNull();
        var endless = stored().published(
                        content(entry("DATA", CompetenceLevel.LEADS, certificate(TODAY, null), publication(TODAY))))
                .settledOn(TODAY)
                .profile();
        assertThat(tasks(endless)).isEmpty();
        assertThat(endless.dueOn()).isNull();
    }

    @Test
    void aPartnerMayHaveBothTasks() {
        var profile = stored().published(content(knows("TELEX"), entry("DATA", CompetenceLevel.LEADS, ending(TODAY))))
                .deprecated("TELEX")
                .settledOn(TODAY)
                .profile();
        assertThat(tasks(profile))
                .extracting(StoredTask::kind)
                .containsExactly("REPLACE_DEPRECATED_COMPETENCE", "RENEW_CERTIFICATE");
    }

    @Test
    void theLargestProfileIsPublishedAndDerived() {
        var vocabulary = new Vocabulary(IntStream.range(0, ProfileContent.MAX_ENTRIES)
                .mapToObj(index -> MatchingFixtures.concept("COMPETENCE_" + index))
                .toList());
        var evidence = Collections.nCopies(
                        CompetenceEntry.MAX_EVIDENCE, certificate(TODAY, NOTICE_TODAY, FileId.next()))
                .toArray(Evidence[]::new);
        var entries = IntStream.range(0, ProfileContent.MAX_ENTRIES)
                .mapToObj(index -> publicEntry("COMPETENCE_" + index, CompetenceLevel.LEADS, evidence))
                .toArray(CompetenceEntry[]::new);
        var profile = CompetenceProfile.of(ProfileExamples.face(PartnerStatus.ACTIVE), AT);
        var admin = own(Role.PARTNER_ADMIN);
        profile.edit(by(admin), TODAY, () -> vocabulary, 0, ProfileExamples.entries(entries));
        profile.publish(by(admin), TODAY, () -> vocabulary, 0);
        assertThat(tasks(profile)).hasSize(1);
        assertThat(profile.files()).hasSize(1);
        assertThat(profile.currentCompetences()).hasSize(60);
        assertThat(derived(profile).facets()).hasSize(60 * 3 * 3).doesNotHaveDuplicates();
    }

    /** Drafted and published today, with certificates that end on these days. */
    private static CompetenceProfile published(LocalDate... ends) {
        var evidence = Arrays.stream(ends).map(ProfileExamples::ending).toArray(Evidence[]::new);
        var profile = CompetenceProfile.of(ProfileExamples.face(PartnerStatus.ACTIVE), BEFORE);
        var admin = own(Role.PARTNER_ADMIN);
        profile.edit(
                by(admin),
                TODAY,
                () -> VOCABULARY,
                0,
                ProfileExamples.entries(entry("DATA", CompetenceLevel.LEADS, evidence)));
        profile.publish(by(admin), TODAY, () -> VOCABULARY, 0);
        profile.derive("en");
        return profile;
    }
}

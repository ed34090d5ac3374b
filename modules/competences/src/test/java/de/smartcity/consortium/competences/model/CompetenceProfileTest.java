package de.smartcity.consortium.competences.model;

import static de.smartcity.consortium.competences.model.MatchingFixtures.code;
import static de.smartcity.consortium.competences.model.ProfileExamples.AT;
import static de.smartcity.consortium.competences.model.ProfileExamples.PARTNER;
import static de.smartcity.consortium.competences.model.ProfileExamples.STRANGER;
import static de.smartcity.consortium.competences.model.ProfileExamples.TODAY;
import static de.smartcity.consortium.competences.model.ProfileExamples.VERSION;
import static de.smartcity.consortium.competences.model.ProfileExamples.VOCABULARY;
import static de.smartcity.consortium.competences.model.ProfileExamples.acting;
import static de.smartcity.consortium.competences.model.ProfileExamples.availability;
import static de.smartcity.consortium.competences.model.ProfileExamples.by;
import static de.smartcity.consortium.competences.model.ProfileExamples.closed;
import static de.smartcity.consortium.competences.model.ProfileExamples.contactFunction;
import static de.smartcity.consortium.competences.model.ProfileExamples.content;
import static de.smartcity.consortium.competences.model.ProfileExamples.entries;
import static de.smartcity.consortium.competences.model.ProfileExamples.entry;
import static de.smartcity.consortium.competences.model.ProfileExamples.face;
import static de.smartcity.consortium.competences.model.ProfileExamples.knows;
import static de.smartcity.consortium.competences.model.ProfileExamples.newEvents;
import static de.smartcity.consortium.competences.model.ProfileExamples.office;
import static de.smartcity.consortium.competences.model.ProfileExamples.outcome;
import static de.smartcity.consortium.competences.model.ProfileExamples.own;
import static de.smartcity.consortium.competences.model.ProfileExamples.publicEntry;
import static de.smartcity.consortium.competences.model.ProfileExamples.publication;
import static de.smartcity.consortium.competences.model.ProfileExamples.stored;
import static de.smartcity.consortium.competences.model.ProfileExamples.stranger;
import static de.smartcity.consortium.competences.model.ProfileExamples.text;
import static de.smartcity.consortium.competences.model.ProfileExamples.unread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.model.ProfileExamples.Stored;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnerFace;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompetenceProfileTest {

    private static final Supplier<Vocabulary> LOOKED_UP = () -> VOCABULARY;
    private static final Availability AVAILABLE = new Availability(Availability.State.AVAILABLE, TODAY);
    private static final Actor EDITOR = own(Role.EDITOR);
    private static final Actor ADMIN = own(Role.PARTNER_ADMIN);

    /**
     * What partners may ask a profile to do.
     *
     * @param act with an input that is valid for {@link #both()}
     * @param guarded with an input and a vocabulary that must not be read
     */
    record Verb(String name, Role role, VersionedAct act, BiConsumer<CompetenceProfile, Change> guarded) {
        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    interface VersionedAct {
        void on(CompetenceProfile profile, Change change, long expectedVersion);
    }

    static Stream<Verb> verbs() {
        return Stream.of(
                new Verb(
                        "edit",
                        Role.EDITOR,
                        (it, change, version) -> it.edit(change, TODAY, LOOKED_UP, version, entries("NETWORK_5G")),
                        (it, change) -> it.edit(change, TODAY, closed(), VERSION, unread())),
                new Verb(
                        "publish",
                        Role.SIGNATORY,
                        (it, change, version) -> it.publish(change, TODAY, LOOKED_UP, version),
                        (it, change) -> it.publish(change, TODAY, closed(), VERSION)),
                new Verb(
                        "discardDraft",
                        Role.EDITOR,
                        (it, change, version) -> it.discardDraft(change, version),
                        (it, change) -> it.discardDraft(change, VERSION)));
    }

    /** What only the service asks a profile to do. */
    static Stream<String> services() {
        return Stream.of("followPartner", "followVocabulary", "settle");
    }

    /** With a published part that is due, and a draft. */
    private static Stored both() {
        return stored().published(content("DATA", "TELEX"))
                .draft(content("NETWORKS"))
                .deprecated("TELEX")
                .settledOn(TODAY.minusDays(1))
                .dueOn(TODAY);
    }

    @Test
    void everyVerbIsHere() {
        var verbs = Arrays.stream(CompetenceProfile.class.getDeclaredMethods())
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Change.class))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .toList();
        assertThat(verbs)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(verbs().map(Verb::name), services()).toList());
    }

    @Test
    void aPartnerWithoutProfileBeginsWithNothing() {
        var profile = CompetenceProfile.of(face(PartnerStatus.ONBOARDING), AT);
        assertThat(profile.partner()).isEqualTo(PARTNER);
        assertThat(profile.version()).isZero();
        assertThat(profile.published()).isNull();
        assertThat(profile.draft()).isNull();
        assertThat(profile.derived()).isNull();
        assertThat(profile.dueOn()).isNull();
        assertThat(profile.files()).isEmpty();
        assertThat(profile.currentCompetences()).isEmpty();
        assertThat(profile.newEvents().isEmpty()).isTrue();
    }

    @Test
    void anEditorOfAnOnboardingPartnerBeginsAProfile() {
        var profile = CompetenceProfile.of(face(PartnerStatus.ONBOARDING), AT);
        var editor = acting(PARTNER, PartnerStatus.ONBOARDING, Role.EDITOR);
        profile.edit(by(editor), TODAY, LOOKED_UP, 0, entries("DATA"));
        assertThat(profile.draft()).isEqualTo(content("DATA"));
        assertThat(profile.published()).isNull();
        assertThat(eventsOf(profile)).containsExactly("COMPETENCE_PROFILE_BEGUN [draft]");
    }

    @Test
    void aProfileThatDoesNotExistHasVersionZero() {
        for (var version : List.of(-1L, 1L)) {
            var profile = CompetenceProfile.of(face(PartnerStatus.ACTIVE), AT);
            assertThatThrownBy(() -> profile.edit(by(EDITOR), TODAY, LOOKED_UP, version, entries("DATA")))
                    .isInstanceOfSatisfying(Conflict.class, conflict -> {
                        assertThat(conflict.currentVersion()).isZero();
                        assertThat(conflict.aggregate()).isEqualTo(PARTNER);
                    });
            unchanged(profile, CompetenceProfile.of(face(PartnerStatus.ACTIVE), AT));
        }
    }

    @Test
    void theFirstDraftIsPublishedBeforeItIsStored() {
        var profile = CompetenceProfile.of(face(PartnerStatus.ACTIVE), AT);
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, 0, entries("DATA"));
        profile.publish(by(ADMIN), TODAY, LOOKED_UP, 0);
        assertThat(profile.published()).isEqualTo(content("DATA"));
        assertThat(profile.draft()).isNull();
        assertThat(eventsOf(profile))
                .containsExactly("COMPETENCE_PROFILE_BEGUN [draft]", "COMPETENCE_PROFILE_PUBLISHED [entries, draft]");
    }

    @Test
    void anEditChangesTheDraftAndNothingElse() {
        var profile = both().profile();
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, VERSION, entries("NETWORKS", "NETWORK_5G"));
        isNow(profile, both().draft(content("NETWORKS", "NETWORK_5G"), AT).updatedAt(AT));
        assertThat(eventsOf(profile)).containsExactly("COMPETENCE_DRAFT_EDITED [draft]");
    }

    @Test
    void aDraftBeginsAsWhatIsPublished() {
        var published = new ProfileContent(List.of(knows("DATA")), AVAILABLE, text("Innovation office"));
        var profile = stored().published(published).profile();
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, VERSION, contactFunction("Press office"));
        isNow(
                profile,
                stored().published(published)
                        .draft(new ProfileContent(published.entries(), AVAILABLE, text("Press office")), AT)
                        .updatedAt(AT));
        assertThat(eventsOf(profile)).containsExactly("COMPETENCE_DRAFT_EDITED [draft]");
    }

    @Test
    void anEditLeavesWhatItDoesNotGive() {
        var profile = CompetenceProfile.of(face(PartnerStatus.ACTIVE), AT);
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, 0, entries("DATA"));
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, 0, availability(AVAILABLE));
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, 0, contactFunction("Press office"));
        assertThat(profile.draft())
                .isEqualTo(new ProfileContent(List.of(knows("DATA")), AVAILABLE, text("Press office")));
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, 0, availability(null));
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, 0, contactFunction(null));
        assertThat(profile.draft()).isEqualTo(content("DATA"));
    }

    @Test
    void anEditOfADraftDoesNotBringBackWhatIsPublished() {
        var profile =
                stored().published(content("DATA")).draft(content("NETWORKS")).profile();
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, VERSION, availability(AVAILABLE));
        assertThat(profile.draft()).isEqualTo(new ProfileContent(List.of(knows("NETWORKS")), AVAILABLE, null));
    }

    @Test
    void anEditAfterWhichNothingDiffersChangesNothing() {
        var drafted = both().profile();
        drafted.edit(by(EDITOR), TODAY, LOOKED_UP, VERSION, entries("NETWORKS"));
        unchanged(drafted, both().profile());

        var published = stored().published(content("DATA")).profile();
        published.edit(by(EDITOR), TODAY, LOOKED_UP, VERSION, entries("DATA"));
        unchanged(published, stored().published(content("DATA")).profile());

        var none = CompetenceProfile.of(face(PartnerStatus.ACTIVE), AT);
        none.edit(by(EDITOR), TODAY, LOOKED_UP, 0, entries(new CompetenceEntry[0]));
        unchanged(none, CompetenceProfile.of(face(PartnerStatus.ACTIVE), AT));
    }

    @Test
    void anEditAfterWhichNothingDiffersNeedsTheVersionAllTheSame() {
        var profile = both().profile();
        assertThatThrownBy(() -> profile.edit(by(EDITOR), TODAY, LOOKED_UP, VERSION - 1, entries("NETWORKS")))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void aDraftMayBecomeWhatIsPublished() {
        var profile = both().profile();
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, VERSION, entries("DATA", "TELEX"));
        assertThat(profile.draft()).isEqualTo(profile.published());
        assertThat(eventsOf(profile)).containsExactly("COMPETENCE_DRAFT_EDITED [draft]");
    }

    @ParameterizedTest
    @CsvSource({
        "DATA,         allowed",
        "TELEX,        allowed",
        "OLD_NETWORKS, allowed",
        "ELSEWHERE,    allowed",
        "OLDER_NETWORKS, entries.0.competence competence.deprecated",
        "NOWHERE,      entries.0.competence competence.unknown"
    })
    void whatEitherPartHasAlreadyMayBeDeprecatedOrUnknown(String competence, String expected) {
        var example = stored().published(content("TELEX", "NETWORKS")).draft(content("OLD_NETWORKS", "ELSEWHERE"));
        var profile = example.profile();
        assertThat(outcome(profile, it -> it.edit(by(EDITOR), TODAY, LOOKED_UP, VERSION, entries(competence))))
                .isEqualTo(expected);
        if (!expected.equals("allowed")) {
            unchanged(profile, example.profile());
        }
    }

    @Test
    void anEditThatBreaksRulesChangesNothing() {
        var profile = both().profile();
        var many = new Edit<ProfileContent>(
                Set.of("entries", "availability"),
                violations -> new ProfileContent(
                        List.of(entry("DATA", CompetenceLevel.LEADS, publication(TODAY.plusDays(1)))),
                        new Availability(Availability.State.NO, TODAY.minusDays(1)),
                        null));
        // The version is not looked at before the input is valid.
        assertThat(outcome(profile, it -> it.edit(by(EDITOR), TODAY, LOOKED_UP, 0, many)))
                .isEqualTo("entries.0.evidence.0.date date.future, availability.until availability.past");
        unchanged(profile, both().profile());
    }

    @Test
    void anEditIsValidatedAlsoWhereNothingDiffers() {
        var example = stored().draft(new ProfileContent(
                List.of(), new Availability(Availability.State.NO, TODAY.minusDays(1)), null));
        var profile = example.profile();
        assertThat(outcome(
                        profile,
                        it -> it.edit(
                                by(EDITOR),
                                TODAY,
                                LOOKED_UP,
                                VERSION,
                                availability(new Availability(Availability.State.NO, TODAY.minusDays(1))))))
                .isEqualTo("availability.until availability.past");
        assertThat(outcome(
                        profile, it -> it.edit(by(EDITOR), TODAY, LOOKED_UP, VERSION, contactFunction("Press office"))))
                .isEqualTo("allowed");
    }

    @Test
    void publishingPutsTheDraftInPlaceOfWhatWasPublished() {
        for (var role : List.of(Role.PARTNER_ADMIN, Role.SIGNATORY)) {
            var profile = both().profile();
            profile.publish(by(own(role)), TODAY, LOOKED_UP, VERSION);
            isNow(
                    profile,
                    stored().published(content("NETWORKS"), AT)
                            .deprecated()
                            .settledOn(TODAY)
                            .dueOn(TODAY)
                            .updatedAt(AT));
            assertThat(eventsOf(profile)).containsExactly("COMPETENCE_PROFILE_PUBLISHED [entries, draft]");
        }
    }

    @Test
    void publishingLooksUpWhatIsDeprecatedNow() {
        var profile = stored().draft(content("DATA", "TELEX", "ELSEWHERE")).profile();
        profile.publish(by(ADMIN), TODAY, LOOKED_UP, VERSION);
        isNow(
                profile,
                stored().published(content("DATA", "TELEX", "ELSEWHERE"), AT)
                        .deprecated("TELEX", "ELSEWHERE")
                        .settledOn(TODAY)
                        .updatedAt(AT));
    }

    @Test
    void editingLooksUpWhatIsDeprecatedNowInBothParts() {
        var profile = stored().published(content("DATA", "TELEX"))
                .draft(content("OLD_NETWORKS"))
                .deprecated("DATA")
                .profile();
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, VERSION, entries("OLD_NETWORKS", "NETWORKS"));
        isNow(
                profile,
                stored().published(content("DATA", "TELEX"))
                        .draft(content("OLD_NETWORKS", "NETWORKS"), AT)
                        .deprecated("TELEX", "OLD_NETWORKS")
                        .updatedAt(AT));
    }

    @Test
    void theEventOfPublishingHasWhatDiffersAndTheDraft() {
        var before = new ProfileContent(List.of(knows("DATA")), AVAILABLE, text("Press office"));
        var drafts = Map.of(
                new ProfileContent(List.of(), AVAILABLE, text("Press office")),
                "entries, draft",
                new ProfileContent(before.entries(), null, text("Press office")),
                "availability, draft",
                new ProfileContent(before.entries(), AVAILABLE, null),
                "contactFunction, draft",
                ProfileContent.EMPTY,
                "entries, availability, contactFunction, draft",
                before,
                "draft");
        drafts.forEach((draft, changed) -> {
            var profile = stored().published(before).draft(draft).profile();
            profile.publish(by(ADMIN), TODAY, LOOKED_UP, VERSION);
            assertThat(eventsOf(profile)).containsExactly("COMPETENCE_PROFILE_PUBLISHED [" + changed + "]");
        });
    }

    @Test
    void theFirstPublishingIsComparedWithNothing() {
        var profile =
                stored().draft(new ProfileContent(List.of(), AVAILABLE, null)).profile();
        profile.publish(by(ADMIN), TODAY, LOOKED_UP, VERSION);
        assertThat(eventsOf(profile)).containsExactly("COMPETENCE_PROFILE_PUBLISHED [availability, draft]");
    }

    @Test
    void publishingConcernsEverybodyWhereEntriesForEverybodyDiffer() {
        var hidden = knows("DATA");
        var shown = publicEntry("NETWORKS", CompetenceLevel.KNOWS);
        var better = publicEntry("NETWORKS", CompetenceLevel.LEADS);
        assertThat(concerned(content(hidden, shown), content(hidden, better)))
                .containsExactly(hidden, shown, hidden, better);
        assertThat(concerned(content(hidden), content(shown))).as("one more").containsExactly(hidden, shown);
        assertThat(concerned(content(shown), content("NETWORKS")))
                .as("one hidden")
                .containsExactly(shown, knows("NETWORKS"));
        var other = publicEntry("NETWORK_5G", CompetenceLevel.KNOWS);
        assertThat(concerned(content(shown, other), content(other, shown)))
                .as("another order")
                .containsExactly(shown, other, other, shown);
    }

    @Test
    void publishingConcernsOnlyMembersWhereOnlyTheirEntriesDiffer() {
        var shown = publicEntry("NETWORKS", CompetenceLevel.KNOWS);
        var hidden = knows("DATA");
        var better = entry("DATA", CompetenceLevel.LEADS);
        assertThat(concerned(content(shown, hidden), content(shown, better))).containsExactly(hidden, better);
        assertThat(concerned(content(shown), content(shown, hidden))).containsExactly(hidden);
        assertThat(concerned(content(shown, hidden), content(hidden, shown)))
                .as("another order")
                .containsExactly(hidden, hidden);
    }

    private static List<Object> concerned(ProfileContent before, ProfileContent draft) {
        var profile = stored().published(before).draft(draft).profile();
        profile.publish(by(ADMIN), TODAY, LOOKED_UP, VERSION);
        return List.copyOf(newEvents(profile).getLast().parts().getOrDefault("entries", List.of()));
    }

    @Test
    void aDiscardedDraftLeavesWhatIsPublished() {
        var profile = stored().published(content("DATA", "TELEX"))
                .draft(content("NETWORKS", "OLD_NETWORKS"))
                .deprecated("TELEX", "OLD_NETWORKS")
                .settledOn(TODAY)
                .profile();
        profile.discardDraft(by(EDITOR), VERSION);
        isNow(
                profile,
                stored().published(content("DATA", "TELEX"))
                        .deprecated("TELEX")
                        .settledOn(TODAY)
                        .updatedAt(AT));
        assertThat(eventsOf(profile)).containsExactly("COMPETENCE_DRAFT_DISCARDED [draft]");
    }

    @Test
    void theOnlyDraftIsDiscardedAndAnotherOneIsBegun() {
        var profile = stored().draft(content("DATA")).profile();
        profile.discardDraft(by(EDITOR), VERSION);
        isNow(profile, stored().updatedAt(AT));
        profile.edit(by(EDITOR), TODAY, LOOKED_UP, VERSION, entries("NETWORKS"));
        assertThat(eventsOf(profile))
                .containsExactly("COMPETENCE_DRAFT_DISCARDED [draft]", "COMPETENCE_DRAFT_EDITED [draft]");
    }

    @Test
    void withoutADraftThereIsNothingToPublishOrToDiscard() {
        var example = stored().published(content("DATA"));
        var profile = example.profile();
        assertThat(outcome(profile, it -> it.publish(by(ADMIN), TODAY, closed(), VERSION)))
                .isEqualTo("profile.noDraft");
        assertThat(outcome(profile, it -> it.discardDraft(by(EDITOR), VERSION))).isEqualTo("profile.noDraft");
        unchanged(profile, example.profile());
        var none = CompetenceProfile.of(face(PartnerStatus.ACTIVE), AT);
        assertThat(outcome(none, it -> it.publish(by(ADMIN), TODAY, closed(), 0)))
                .isEqualTo("profile.noDraft");
        assertThat(outcome(none, it -> it.discardDraft(by(EDITOR), 0))).isEqualTo("profile.noDraft");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void anEventHasItsTimeItsAccountAndItsPartner(Verb verb) {
        var profile = both().profile();
        verb.act().on(profile, by(own(verb.role())), VERSION);
        assertThat(newEvents(profile)).singleElement().satisfies(event -> {
            assertThat(event.event().at()).isEqualTo(AT);
            assertThat(event.event().account()).isEqualTo(new AccountId("somebody"));
            assertThat(event.event().partner()).isEqualTo(PARTNER);
            assertThat(event.event().details()).isEmpty();
            assertThat(event.event().reason()).isNull();
            assertThat(event.among()).isNull();
            assertThat(event.essential()).isEqualTo(verb.name().equals("discardDraft"));
        });
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aStaleVersionChangesNothing(Verb verb) {
        for (var version : List.of(0L, VERSION - 1, VERSION + 1)) {
            var profile = both().profile();
            assertThatThrownBy(() -> verb.act().on(profile, by(own(verb.role())), version))
                    .isInstanceOfSatisfying(Conflict.class, conflict -> {
                        assertThat(conflict.aggregate()).isEqualTo(PARTNER);
                        assertThat(conflict.currentVersion()).isEqualTo(VERSION);
                    });
            unchanged(profile, both().profile());
        }
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void strangersTheOfficeAndAnonymousCallersChangeNothing(Verb verb) {
        refused(verb, stranger(), "OTHER_ORGANISATION");
        refused(
                verb,
                acting(Actor.Kind.PERSON, true, STRANGER, PartnerStatus.ACTIVE, Role.PARTNER_ADMIN, Role.SIGNATORY),
                "OTHER_ORGANISATION");
        refused(verb, office(), "NO_ACTING_ORGANISATION");
        refused(verb, Actor.system(), "NO_ACTING_ORGANISATION");
        refused(verb, Actor.anonymous(), "NOT_SIGNED_IN");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void ownPeopleWithoutTheRoleOrTheStatusChangeNothing(Verb verb) {
        refused(verb, own(Role.VIEWER), "ROLE_MISSING");
        refused(verb, own(verb.role() == Role.EDITOR ? Role.SIGNATORY : Role.EDITOR), "ROLE_MISSING");
        for (var status : PartnerStatus.values()) {
            var allowed = verb.role() == Role.EDITOR
                    ? Set.of(PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE)
                    : Set.of(PartnerStatus.ACTIVE);
            var actor = acting(PARTNER, status, Role.PARTNER_ADMIN, Role.SIGNATORY);
            if (allowed.contains(status)) {
                var profile = both().profile();
                assertThat(outcome(profile, it -> verb.act().on(it, by(actor), VERSION)))
                        .isEqualTo("allowed");
            } else {
                refused(verb, actor, "PARTNER_STATUS");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void anAppOfThePartnerMayDoWhatItsRolesAllow(Verb verb) {
        var app = acting(Actor.Kind.APP, false, PARTNER, PartnerStatus.ACTIVE, verb.role());
        assertThat(outcome(both().profile(), it -> verb.act().on(it, by(app), VERSION)))
                .isEqualTo("allowed");
    }

    /** Refused before its input is read. */
    private static void refused(Verb verb, Actor actor, String reason) {
        var profile = both().profile();
        assertThat(outcome(profile, it -> verb.guarded().accept(it, by(actor)))).isEqualTo(reason);
        unchanged(profile, both().profile());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void whereManyEventsWaitOnlyADraftIsDiscarded(Verb verb) {
        var actor = own(verb.role());
        var almostFull = both().waiting(Outbox.CAPACITY - 1).profile();
        verb.act().on(almostFull, by(actor), VERSION);
        assertThat(newEvents(almostFull)).hasSize(1);
        assertThat(almostFull.newEvents().isBudgeted()).isEqualTo(!verb.name().equals("discardDraft"));

        var full = both().waiting(Outbox.CAPACITY).profile();
        if (verb.name().equals("discardDraft")) {
            verb.act().on(full, by(actor), VERSION);
            assertThat(full.draft()).isNull();
        } else {
            assertThatThrownBy(() -> verb.act().on(full, by(actor), VERSION)).isInstanceOf(Outbox.OutboxFull.class);
            unchanged(full, both().profile());
        }

        var withoutReserve = both().waiting(Outbox.CAPACITY + Outbox.RESERVE).profile();
        assertThatThrownBy(() -> verb.act().on(withoutReserve, by(actor), VERSION))
                .isInstanceOf(Outbox.OutboxFull.class);
        unchanged(withoutReserve, both().profile());
    }

    @ParameterizedTest
    @MethodSource("services")
    void onlyTheServiceItselfFollowsAndSettles(String service) {
        for (var actor : List.of(
                office(),
                stranger(),
                ADMIN,
                Actor.anonymous(),
                acting(Actor.Kind.APP, true, PARTNER, PartnerStatus.ACTIVE, Role.PARTNER_ADMIN))) {
            var profile = both().profile();
            assertThat(outcome(profile, it -> serve(service, it, actor))).isEqualTo("OFFICE_ONLY");
            unchanged(profile, both().profile());
        }
        var profile = both().profile();
        assertThat(outcome(profile, it -> serve(service, it, Actor.system()))).isEqualTo("allowed");
        assertThat(profile.newEvents().isEmpty()).isTrue();
    }

    private static void serve(String service, CompetenceProfile profile, Actor actor) {
        var other = new PartnerFace(PARTNER, PartnerStatus.SUSPENDED, text("Another name"), null, 1);
        switch (service) {
            case "followPartner" -> profile.followPartner(by(actor), other);
            case "followVocabulary" -> profile.followVocabulary(by(actor), new Vocabulary(List.of()));
            default -> profile.settle(by(actor), TODAY);
        }
    }

    @Test
    void aProfileFollowsNameAndStatusOfItsPartner() {
        assertThat(followed(face(PartnerStatus.ACTIVE), both())).isFalse();
        assertThat(followed(
                        face(PartnerStatus.SUSPENDED),
                        both().status(PartnerStatus.SUSPENDED).updatedAt(AT)))
                .isTrue();
        var renamed = text("Another name");
        assertThat(followed(
                        new PartnerFace(PARTNER, PartnerStatus.ACTIVE, renamed, null, 1),
                        both().name(renamed).updatedAt(AT)))
                .isTrue();
        assertThat(followed(
                        null,
                        both().name(LocalizedText.of(Map.of())).status(null).updatedAt(AT)))
                .isTrue();
    }

    private static boolean followed(@Nullable PartnerFace face, Stored expected) {
        var profile = both().profile();
        var differs = profile.followPartner(by(Actor.system()), face);
        isNow(profile, expected);
        assertThat(profile.followPartner(by(Actor.system()), face)).as("again").isFalse();
        return differs;
    }

    @Test
    void aPartnerThatNobodySeesAnyMoreIsSeenAgain() {
        var profile = both().profile();
        profile.followPartner(by(Actor.system()), null);
        assertThat(profile.followPartner(by(Actor.system()), face(PartnerStatus.ACTIVE)))
                .isTrue();
        isNow(profile, both().updatedAt(AT));
    }

    @Test
    void aProfileFollowsTheVocabularyInBothParts() {
        var example = stored().published(content("DATA", "TELEX")).draft(content("OLD_NETWORKS", "NETWORKS"));
        var profile = example.profile();
        assertThat(profile.followVocabulary(by(Actor.system()), VOCABULARY)).isTrue();
        isNow(profile, example.deprecated("OLD_NETWORKS", "TELEX").updatedAt(AT));
        profile.derive("en");
        assertThat(profile.currentCompetences()).containsExactly(code("DATA"), code("NETWORKS"));
    }

    @Test
    void aProfileThatTheVocabularyDoesNotConcernStaysAsItIs() {
        var profile = both().profile();
        assertThat(profile.followVocabulary(by(Actor.system()), VOCABULARY)).isFalse();
        unchanged(profile, both().profile());
    }

    @Test
    void whatIsDueIsSettledOnItsDay() {
        for (var day : List.of(TODAY, TODAY.plusDays(1))) {
            var profile = both().profile();
            assertThat(profile.settle(by(Actor.system()), day)).isTrue();
            isNow(profile, both().settledOn(day).updatedAt(AT));
        }
    }

    @Test
    void whatIsNotDueIsLeftAlone() {
        var profile = both().profile();
        assertThat(profile.settle(by(Actor.system()), TODAY.minusDays(1))).isFalse();
        unchanged(profile, both().profile());
        var never = both().dueOn(null).profile();
        assertThat(never.settle(by(Actor.system()), TODAY)).isFalse();
        unchanged(never, both().dueOn(null).profile());
    }

    /** Its new events as texts; it has them no longer. */
    private static List<String> eventsOf(CompetenceProfile profile) {
        return newEvents(profile).stream()
                .map(NewEvent::event)
                .map(CompetenceProfileTest::describe)
                .toList();
    }

    private static String describe(Event event) {
        return event.type() + " " + event.changed();
    }

    /** All its fields, whoever can see them. */
    private static void isNow(CompetenceProfile profile, Stored expected) {
        assertThat(profile)
                .usingRecursiveComparison()
                .ignoringFields("newEvents", "outbox", "keyedChanges")
                .isEqualTo(expected.profile());
        assertThat(profile.partner()).isEqualTo(PARTNER);
    }

    private static void unchanged(CompetenceProfile profile, CompetenceProfile before) {
        assertThat(profile.newEvents().isEmpty()).isTrue();
        assertThat(profile).usingRecursiveComparison().ignoringFields("outbox").isEqualTo(before);
    }
}

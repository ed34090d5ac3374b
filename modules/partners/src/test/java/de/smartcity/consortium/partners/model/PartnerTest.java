package de.smartcity.consortium.partners.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ChangeKey;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.EmailAddress;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.PhoneNumber;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.kernel.Website;
import de.smartcity.consortium.partners.LegalEntity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PartnerTest {

    private static final Instant AT = Instant.parse("2026-11-24T09:30:00Z");
    private static final LocalDate SINCE = LocalDate.of(2018, 7, 9);
    private static final Actor OFFICE = Actor.system();

    private static Partner in(PartnerStatus status) {
        var partner = Partner.recordProspect(
                by(OFFICE),
                violations -> new PartnerDraft(
                        new PartnerAlias("some-partner"),
                        new PartnerProfile(
                                LocalizedText.of(Map.of("en", "Some partner")),
                                LocalizedText.of(Map.of("en", "A summary")),
                                PartnerKind.COMPANY,
                                List.of(new AreaCode("MOBILITY")),
                                List.of(),
                                new Website("https://www.example.org"),
                                null,
                                null,
                                null,
                                null,
                                1)));
        if (status == PartnerStatus.PROSPECT) {
            return partner;
        }
        partner.beginOnboarding(by(OFFICE), new OrganisationId("organisation"));
        if (status == PartnerStatus.ONBOARDING) {
            return partner;
        }
        partner.admit(by(OFFICE), SINCE);
        if (status == PartnerStatus.SUSPENDED) {
            partner.suspend(by(OFFICE), "A reason");
        }
        return partner;
    }

    private static Change by(Actor actor) {
        return Change.by(actor, AT);
    }

    /** Its events, as if it were saved now. */
    static List<Event> waiting(Partner partner) {
        partner.newEvents()
                .moveTo(partner.outbox(), event -> new EventAudience(List.of(), List.of(), List.of(), Map.of()));
        return partner.outbox().events();
    }

    private static Actor of(PartnerId partner, PartnerStatus status, Role role) {
        var organisation = new Organisation(
                new OrganisationId("organisation"), partner, new PartnerAlias("some-partner"), status, Set.of(role));
        return Actor.acting(Actor.Kind.PERSON, new AccountId("somebody"), false, organisation, List.of(organisation));
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, VIEWER, ROLE_MISSING",
        "ACTIVE, EDITOR, ROLE_MISSING",
        "ACTIVE, SIGNATORY, ROLE_MISSING",
        "ACTIVE, PARTNER_ADMIN, allowed",
        "ONBOARDING, EDITOR, ROLE_MISSING",
        "ONBOARDING, PARTNER_ADMIN, allowed",
        "SUSPENDED, PARTNER_ADMIN, PARTNER_STATUS"
    })
    void ownPeopleMayEditByRoleAndStatus(PartnerStatus status, Role role, String expected) {
        var partner = in(status);
        assertThat(outcome(partner, it -> it.edit(by(of(it.id(), status, role)), 0, name("New name"))))
                .isEqualTo(expected);
        assertThat(outcome(partner, it -> it.addContact(by(of(it.id(), status, role)), contact("Office"))))
                .isEqualTo(expected);
    }

    @Test
    void theStoredStatusCountsAndNotTheActors() {
        var partner = in(PartnerStatus.SUSPENDED);
        assertThat(outcome(
                        partner,
                        it -> it.edit(by(of(it.id(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN)), 0, name("New name"))))
                .isEqualTo("PARTNER_STATUS");
    }

    @Test
    void strangersAndAnonymousCallersChangeNothing() {
        var partner = in(PartnerStatus.ACTIVE);
        var stranger = of(PartnerId.next(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN);
        assertThat(outcome(partner, it -> it.edit(by(stranger), 0, name("New name"))))
                .isEqualTo("OTHER_ORGANISATION");
        assertThat(outcome(partner, it -> it.edit(by(Actor.anonymous()), 0, name("New name"))))
                .isEqualTo("NOT_SIGNED_IN");
        assertThat(outcome(partner, it -> it.suspend(by(stranger), "A reason"))).isEqualTo("OFFICE_ONLY");
        assertThat(outcome(partner, it -> it.suspend(by(Actor.anonymous()), "A reason")))
                .isEqualTo("NOT_SIGNED_IN");
    }

    @Test
    void onlyTheOfficeEditsTheOfficesFields() {
        var partner = in(PartnerStatus.ACTIVE);
        var admin = of(partner.id(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN);
        assertThat(outcome(partner, it -> it.edit(by(admin), 0, kind(PartnerKind.CHAMBER))))
                .isEqualTo("OFFICE_ONLY");
        assertThat(outcome(partner, it -> it.edit(by(OFFICE), 0, kind(PartnerKind.CHAMBER))))
                .isEqualTo("allowed");
        assertThat(partner.profile().kind()).isEqualTo(PartnerKind.CHAMBER);
    }

    @ParameterizedTest
    @CsvSource({"PROSPECT,   drop beginOnboarding", "ONBOARDING, admit", "ACTIVE,     suspend", "SUSPENDED,  reinstate"
    })
    void eachStatusAllowsItsChanges(PartnerStatus status, String ways) {
        var verbs = Map.<String, Consumer<Partner>>of(
                "drop", it -> it.drop(by(OFFICE), null),
                "beginOnboarding", it -> it.beginOnboarding(by(OFFICE), new OrganisationId("o")),
                "admit", it -> it.admit(by(OFFICE), SINCE),
                "suspend", it -> it.suspend(by(OFFICE), "A reason"),
                "reinstate", it -> it.reinstate(by(OFFICE), "A reason"));
        var open = List.of(ways.split(" "));
        verbs.forEach((verb, act) -> assertThat(outcome(in(status), act))
                .as(verb)
                .matches(outcome -> open.contains(verb) ? outcome.equals("allowed") : outcome.startsWith("status.")));
    }

    @ParameterizedTest
    @CsvSource({
        "PROSPECT,   OFFICE",
        "ONBOARDING, OFFICE OWN",
        "ACTIVE,     PUBLIC CONSORTIUM OFFICE OWN",
        "SUSPENDED,  OFFICE OWN"
    })
    void theAudienceFollowsTheStatus(PartnerStatus status, String audience) {
        var partner = in(status);
        partner.derive("en");
        var named = Map.of(
                "PUBLIC", "public",
                "CONSORTIUM", "consortium",
                "OFFICE", "office",
                "OWN", "own:" + partner.id().value());
        assertThat(derived(partner).audience().tokens())
                .containsExactlyInAnyOrderElementsOf(
                        List.of(audience.split(" ")).stream().map(named::get).toList());
    }

    @Test
    void aDroppedProspectIsHiddenFromEverybodyAndItsAliasIsFree() {
        var partner = in(PartnerStatus.PROSPECT);
        partner.drop(by(OFFICE), "Not interested");
        partner.derive("en");
        assertThat(derived(partner).audience().tokens()).isEmpty();
        assertThat(derived(partner).facets()).isEmpty();
        assertThat(partner.alias().value()).isEqualTo("dropped-" + partner.id().value());
        assertThatThrownBy(() -> partner.drop(by(OFFICE), null)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> partner.edit(by(OFFICE), 0, name("New name"))).isInstanceOf(NotFound.class);
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheOfficeLeadsAPartnerFromOneStatusToTheNext(StatusChange change) {
        for (var status : PartnerStatus.values()) {
            var partner = stored(status, false, SINCE, null);
            var admin = of(partner.id(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN);
            assertThat(outcome(partner, it -> take(change, it, Actor.anonymous())))
                    .isEqualTo("NOT_SIGNED_IN");
            assertThat(outcome(partner, it -> take(change, it, admin))).isEqualTo("OFFICE_ONLY");
            assertThat(partner.status()).isEqualTo(status);
            assertThat(partner.newEvents().isEmpty()).isTrue();
        }
        var dropped = stored(PartnerStatus.PROSPECT, true, null, null);
        assertThatThrownBy(() -> take(change, dropped, OFFICE)).isInstanceOf(NotFound.class);
    }

    private static void take(StatusChange change, Partner partner, Actor actor) {
        switch (change) {
            case DROP -> partner.drop(by(actor), null);
            case BEGIN_ONBOARDING -> partner.beginOnboarding(by(actor), new OrganisationId("o"));
            case ADMIT -> partner.admit(by(actor), SINCE);
            case SUSPEND -> partner.suspend(by(actor), "A reason");
            case REINSTATE -> partner.reinstate(by(actor), "A reason");
        }
    }

    @Test
    void aPartnerThatHasLeftIsEditedByNobodyAndSeenByTheOffice() {
        var partner = stored(PartnerStatus.DEPARTED, false, SINCE, SINCE);
        var admin = of(partner.id(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN);
        for (var actor : List.of(OFFICE, admin)) {
            assertThat(PartnerPermissions.edit(actor, partner)).isPresent();
            assertThat(outcome(partner, it -> it.edit(by(actor), 3, name("New name"))))
                    .isEqualTo("PARTNER_STATUS");
            assertThat(outcome(partner, it -> it.addContact(by(actor), contact("Office"))))
                    .isEqualTo("PARTNER_STATUS");
        }
        partner.derive("en");
        assertThat(derived(partner).audience().tokens()).containsExactly("office");
    }

    @Test
    void anAdminDoesNotChangeWhatIsForTheOfficeAlongWithWhatIsNot() {
        var partner = in(PartnerStatus.ACTIVE);
        var admin = of(partner.id(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN);
        for (var component : List.of("kind", "memberSince", "memberUntil", "signaturesRequired")) {
            assertThat(PartnerPermissions.edit(admin, partner, Set.of("name", component)))
                    .isPresent();
            assertThat(PartnerPermissions.edit(OFFICE, partner, Set.of("name", component)))
                    .isEmpty();
        }
        var departed = stored(PartnerStatus.DEPARTED, false, SINCE, SINCE);
        assertThat(PartnerPermissions.edit(OFFICE, departed, Set.of("kind"))).isPresent();
    }

    @Test
    void aProspectHasANameAndAKind() {
        assertThatThrownBy(() -> Partner.recordProspect(
                        by(OFFICE), violations -> new PartnerDraft(new PartnerAlias("some"), profile(null, null))))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations())
                                .extracting(Violation::rule)
                                .containsExactly("name.required", "kind.required"));
        var prospect = in(PartnerStatus.PROSPECT);
        assertThat(prospect.version()).isNull();
        assertThat(prospect.organisation()).isNull();
        assertThat(prospect.status()).isEqualTo(PartnerStatus.PROSPECT);
    }

    @Test
    void everyVerbIsOneEventWithWhatItChanged() {
        var partner = in(PartnerStatus.ONBOARDING);
        assertThat(partner.organisation()).isEqualTo(new OrganisationId("organisation"));
        assertThat(last(partner)).isEqualTo("PARTNER_ONBOARDING_BEGUN [status] null");
        partner.admit(by(OFFICE), SINCE);
        assertThat(last(partner)).isEqualTo("PARTNER_ADMITTED [status, memberSince] null");
        partner.suspend(by(OFFICE), "A reason");
        assertThat(last(partner)).isEqualTo("PARTNER_SUSPENDED [status, statusReason] A reason");
        assertThat(partner.statusReason()).isEqualTo("A reason");
        partner.reinstate(by(OFFICE), "Solved");
        assertThat(last(partner)).isEqualTo("PARTNER_REINSTATED [status, statusReason] Solved");
        var id = partner.addContact(by(OFFICE), contact("Office"));
        assertThat(last(partner)).isEqualTo("PARTNER_CONTACT_ADDED [contacts] null");
        partner.removeContact(by(OFFICE), of(id));
        assertThat(last(partner)).isEqualTo("PARTNER_CONTACT_REMOVED [contacts] null");
        var prospect = in(PartnerStatus.PROSPECT);
        prospect.drop(by(OFFICE), "Not interested");
        assertThat(last(prospect)).isEqualTo("PROSPECT_DROPPED [] Not interested");
        assertThat(prospect.statusReason()).isEqualTo("Not interested");
    }

    @Test
    void aReasonThatNoLongerAppliesIsAChange() {
        var prospect = stored(PartnerStatus.PROSPECT, false, null, null);
        prospect.beginOnboarding(by(OFFICE), new OrganisationId("o"));
        assertThat(last(prospect)).isEqualTo("PARTNER_ONBOARDING_BEGUN [status, statusReason] null");
        assertThat(prospect.statusReason()).isNull();
    }

    private static String last(Partner partner) {
        var event = waiting(partner).getLast();
        return event.type() + " " + event.changed() + " " + event.reason();
    }

    @Test
    void anEventOfAStatusHasItsValueAndThatOfAContactHasTheContactAsItWasAndIs() {
        var partner = in(PartnerStatus.ONBOARDING);
        partner.admit(by(OFFICE), SINCE);
        assertThat(waiting(partner).getLast().details())
                .isEqualTo(Map.of("status", "ACTIVE", "memberSince", "2018-07-09"));
        partner.suspend(by(OFFICE), "A reason");
        assertThat(waiting(partner).getLast().details()).isEqualTo(Map.of("status", "SUSPENDED"));
        partner.reinstate(by(OFFICE), "A reason");

        var id = partner.addContact(by(OFFICE), contact("Office"));
        var added = partner.contacts().getFirst();
        var phone = contactWithoutFunction(null, new PhoneNumber("+492030000000"), false);
        partner.editContact(by(OFFICE), of(id), 0, new Edit<>(Set.of("phone"), violations -> phone));
        var edited = partner.contacts().getFirst();
        partner.removeContact(by(OFFICE), of(id));
        var parts = new ArrayList<Object>();
        partner.newEvents().moveTo(partner.outbox(), event -> {
            parts.add(event.parts().getOrDefault("contacts", List.of()));
            return new EventAudience(List.of(), List.of(), List.of(), Map.of());
        });
        assertThat(parts.subList(parts.size() - 3, parts.size()))
                .containsExactly(List.of(added), List.of(added, edited), List.of(edited));
    }

    @Test
    void aStoredPartnerKeepsItsVersionAndIsUnchangedUntilAVerb() {
        var partner = stored(PartnerStatus.ACTIVE, false, SINCE, null);
        assertThat(partner.version()).isEqualTo(3);
        assertThat(partner.newEvents().isEmpty()).isTrue();
        assertThat(outcome(partner, it -> it.edit(by(OFFICE), 3, name("New name"))))
                .isEqualTo("allowed");
        assertThat(partner.newEvents().isEmpty()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("de.smartcity.consortium.partners.model.RepeatedChangesTest#verbs")
    void whereManyEventsWaitOnlyChangesOfStatusAndRemovalsAreMade(RepeatedChangesTest.Verb verb) {
        var partner = RepeatedChangesTest.in(verb.from());
        fill(partner);
        var status = partner.status();
        var profile = partner.profile();
        var contacts = partner.contacts();
        if (Set.of("edit", "addContact", "editContact").contains(verb.name())) {
            assertThatThrownBy(() -> verb.act().accept(partner, by(OFFICE))).isInstanceOf(Outbox.OutboxFull.class);
            assertThat(partner.status()).isEqualTo(status);
            assertThat(partner.profile()).isEqualTo(profile);
            assertThat(partner.contacts()).isEqualTo(contacts);
        } else {
            verb.act().accept(partner, by(OFFICE));
            assertThat(waiting(partner)).hasSize(201);
            assertThat(partner.newEvents().isBudgeted()).isFalse();
        }
    }

    @Test
    void aProspectIsErasedWhereManyEventsWait() {
        var prospect = in(PartnerStatus.PROSPECT);
        fill(prospect);
        prospect.drop(by(OFFICE), null);
        prospect.erase(by(OFFICE), AT.plusMillis(1));
        assertThat(waiting(prospect)).hasSize(202);
        assertThat(prospect.newEvents().isBudgeted()).isFalse();
    }

    @Test
    void whatAddsToAPartnerKeepsToTheBudget() {
        var partner = in(PartnerStatus.PROSPECT);
        waiting(partner);
        assertThat(partner.newEvents().isBudgeted()).as("a new one").isTrue();
        partner.edit(by(OFFICE), 0, name("New name"));
        waiting(partner);
        assertThat(partner.newEvents().isBudgeted()).as("an edit").isTrue();
        var contact = partner.addContact(by(OFFICE), contact("Office"));
        waiting(partner);
        assertThat(partner.newEvents().isBudgeted()).as("a contact").isTrue();
        var phone = contactWithoutFunction(null, new PhoneNumber("+492030000000"), false);
        partner.editContact(by(OFFICE), of(contact), 0, new Edit<>(Set.of("phone"), violations -> phone));
        waiting(partner);
        assertThat(partner.newEvents().isBudgeted()).as("an edit of a contact").isTrue();
    }

    /** Lets so many events wait that there is only room for essential ones. */
    static void fill(Partner partner) {
        for (var n = waiting(partner).size(); n < Outbox.CAPACITY; n++) {
            partner.edit(by(OFFICE), 0, name("Name " + n));
        }
        waiting(partner);
    }

    /** As it is read: what is stored may break a rule of today. */
    private static Partner stored(
            PartnerStatus status, boolean dropped, @Nullable LocalDate since, @Nullable LocalDate until) {
        return new Partner(
                PartnerId.next(),
                3L,
                new PartnerAlias("some-partner"),
                new OrganisationId("organisation"),
                status,
                "An earlier reason",
                dropped,
                new PartnerProfile(
                        LocalizedText.of(Map.of("en", "Some partner")),
                        null,
                        PartnerKind.COMPANY,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        since,
                        until,
                        null,
                        1),
                List.of(),
                AT,
                AT,
                null,
                null,
                null,
                new Outbox(List.of()),
                null);
    }

    @Test
    @SuppressWarnings("NullAway")
    void aPartnerThatIsStoredWithoutContactsHasNone() {
        var partner = new Partner(
                PartnerId.next(),
                3L,
                new PartnerAlias("some-partner"),
                null,
                PartnerStatus.ACTIVE,
                null,
                false,
                stored(PartnerStatus.ACTIVE, false, null, null).profile(),
                null,
                AT,
                AT,
                null,
                null,
                null,
                new Outbox(List.of()),
                null);
        assertThat(partner.contacts()).isEmpty();
        assertThat(tasks(partner)).hasSize(1);
    }

    @Test
    void everyChangeIsAnEventWithWhoAndWhat() {
        var partner = in(PartnerStatus.SUSPENDED);
        partner.reinstate(by(OFFICE), "Solved");
        partner.edit(by(of(partner.id(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN)), 0, name("New name"));
        assertThat(waiting(partner).stream().map(Event::type))
                .containsExactly(
                        "PROSPECT_RECORDED",
                        "PARTNER_ONBOARDING_BEGUN",
                        "PARTNER_ADMITTED",
                        "PARTNER_SUSPENDED",
                        "PARTNER_REINSTATED",
                        "PARTNER_EDITED");
        var edited = waiting(partner).getLast();
        assertThat(edited.changed()).containsExactly("name");
        assertThat(edited.partner()).isEqualTo(partner.id());
        assertThat(edited.account()).isEqualTo(new AccountId("somebody"));
        assertThat(waiting(partner).get(4).reason()).isEqualTo("Solved");
    }

    @Test
    void aDroppedProspectIsErasedButForItsEarlierAlias() {
        var prospect = in(PartnerStatus.PROSPECT);
        prospect.addContact(by(OFFICE), contact("Office"));
        prospect.drop(
                new Change(OFFICE, AT, ChangeKey.of(OFFICE, "dropProspect", "a-key", Map.of())), "Not interested");
        assertThat(prospect.droppedAt()).isEqualTo(AT);
        assertThat(outcome(prospect, it -> it.erase(by(OFFICE), AT)))
                .as("dropped not before, but at this time")
                .isEqualTo("status.dropped");

        var later = Change.by(OFFICE, AT.plusSeconds(60));
        prospect.erase(later, AT.plusMillis(1));

        assertThat(last(prospect)).isEqualTo("PROSPECT_ERASED [] null");
        assertThat(prospect.updatedAt()).isEqualTo(later.at());
        assertThat(prospect.profile()).isEqualTo(PartnerProfile.ERASED);
        assertThat(prospect.contacts()).isEmpty();
        assertThat(prospect.statusReason()).isNull();
        var keyed = new Change(OFFICE, AT, ChangeKey.of(OFFICE, "dropProspect", "a-key", Map.of()));
        assertThat(catchThrowable(() -> prospect.drop(keyed, null)))
                .as("it is not recognised any more")
                .isInstanceOf(NotFound.class);
        assertThat(prospect.alias().value()).startsWith("dropped-");
        assertThat(outcome(prospect, it -> it.erase(later, AT.plusMillis(1))))
                .as("erased once")
                .isEqualTo("status.dropped");
        prospect.derive("en");
        assertThat(derived(prospect).audience().tokens()).isEmpty();
        assertThat(searched(prospect)).isEmpty();
    }

    @Test
    void onlyTheOfficesProspectsThatWereDroppedAreErased() {
        for (var status : List.of(PartnerStatus.PROSPECT, PartnerStatus.ACTIVE)) {
            assertThat(outcome(in(status), it -> it.erase(by(OFFICE), Instant.MAX)))
                    .isEqualTo("status.dropped");
        }
        var dropped = in(PartnerStatus.PROSPECT);
        dropped.drop(by(OFFICE), null);
        var stranger = of(PartnerId.next(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN);
        assertThat(outcome(dropped, it -> it.erase(by(stranger), Instant.MAX))).isEqualTo("OFFICE_ONLY");
    }

    @Test
    void anEditThatChangesNothingRecordsNoEvent() {
        var partner = in(PartnerStatus.ACTIVE);
        var before = waiting(partner).size();
        partner.edit(Change.by(OFFICE, AT.plusSeconds(1)), 0, name("Some partner"));
        assertThat(waiting(partner)).hasSize(before);
        assertThat(partner.updatedAt()).isEqualTo(AT);
    }

    @Test
    void omittedFieldsStayAndNullFieldsAreCleared() {
        var partner = in(PartnerStatus.ACTIVE);
        partner.edit(by(OFFICE), 0, edit(Set.of("summary"), profile(null, null)));
        assertThat(partner.profile().summary()).isNull();
        assertThat(partner.profile().website()).isEqualTo(new Website("https://www.example.org"));
        assertThat(partner.profile().name().in(List.of("en"), "en")).isEqualTo("Some partner");
        assertThat(outcome(partner, it -> it.edit(by(OFFICE), 0, edit(Set.of("name"), profile(null, null)))))
                .isEqualTo("name.required");
        assertThat(outcome(partner, it -> it.edit(by(OFFICE), 0, edit(Set.of("kind"), profile(null, null)))))
                .isEqualTo("kind.required");
    }

    @Test
    void anInputIsNotParsedBeforeThePermission() {
        var partner = in(PartnerStatus.ACTIVE);
        var stranger = of(PartnerId.next(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN);
        assertThat(outcome(partner, it -> it.edit(by(stranger), 7, unread()))).isEqualTo("OTHER_ORGANISATION");
        assertThat(outcome(
                        partner,
                        it -> it.addContact(by(stranger), violations -> {
                            throw new AssertionError("The input was read");
                        })))
                .isEqualTo("OTHER_ORGANISATION");
        Input<ContactId> unreadId = violations -> {
            throw new AssertionError("The input was read");
        };
        assertThat(outcome(
                        partner, it -> it.editContact(by(stranger), unreadId, 7, new Edit<>(Set.of(), contact("x")))))
                .isEqualTo("OTHER_ORGANISATION");
        assertThat(outcome(partner, it -> it.removeContact(by(stranger), unreadId)))
                .isEqualTo("OTHER_ORGANISATION");
        assertThat(outcome(partner, it -> it.suspend(by(stranger), " "))).isEqualTo("OFFICE_ONLY");
        assertThatThrownBy(() -> Partner.recordProspect(by(stranger), violations -> {
                    throw new AssertionError("The input was read");
                }))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void theInputIsParsedBeforeTheVersionIsCompared() {
        var partner = in(PartnerStatus.ACTIVE);
        assertThat(outcome(partner, it -> it.edit(by(OFFICE), 7, edit(Set.of("name"), profile(null, null)))))
                .isEqualTo("name.required");
        assertThatThrownBy(() -> partner.edit(by(OFFICE), 7, name("New name")))
                .isInstanceOfSatisfying(Conflict.class, stale -> {
                    assertThat(stale.aggregate()).isEqualTo(partner.id());
                    assertThat(stale.currentVersion()).isZero();
                });
        assertThat(partner.profile().name().in(List.of("en"), "en")).isEqualTo("Some partner");
    }

    @Test
    void aContactIsEditedRemovedAndReachable() {
        var partner = in(PartnerStatus.ACTIVE);
        var id = partner.addContact(by(OFFICE), contact("Office"));
        var phone = contactWithoutFunction(null, new PhoneNumber("+492030000000"), false);
        assertThat(partner.editContact(
                        by(OFFICE), of(id), 0, new Edit<>(Set.of("phone", "email"), violations -> phone)))
                .isEqualTo(id);
        var edited = partner.contacts().getFirst();
        assertThat(edited.id()).isEqualTo(id);
        assertThat(edited.phone()).isEqualTo(phone.phone());
        assertThat(edited.email()).isNull();
        assertThat(edited.visibleToMembers()).isTrue();
        assertThat(waiting(partner).getLast().type()).isEqualTo("PARTNER_CONTACT_EDITED");

        var events = waiting(partner).size();
        partner.editContact(by(OFFICE), of(id), 0, new Edit<>(Set.of("phone"), violations -> phone));
        assertThat(waiting(partner)).as("nothing is different").hasSize(events);
        var nothing = contactWithoutFunction(null, null, false);
        assertThat(outcome(
                        partner,
                        it -> it.editContact(
                                by(OFFICE), of(id), 0, new Edit<>(Set.of("phone"), violations -> nothing))))
                .isEqualTo("contact.unreachable");
        Input<Contact> malformed = violations -> {
            violations.at("email", () -> EmailAddress.parse("nonsense"));
            return nothing;
        };
        assertThatThrownBy(() ->
                        partner.editContact(by(OFFICE), of(id), 0, new Edit<>(Set.of("email", "phone"), malformed)))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations())
                                .extracting(Violation::rule)
                                .containsExactly("email.syntax"));
        assertThat(outcome(
                        partner,
                        it -> it.editContact(
                                by(OFFICE), of(id), 0, new Edit<>(Set.of("function"), violations -> nothing))))
                .isEqualTo("function.required");
        assertThatThrownBy(() -> partner.editContact(
                        by(OFFICE), of(id), 1, new Edit<>(Set.of("function"), contact("Press office"))))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> partner.editContact(
                        by(OFFICE), of(ContactId.next()), 0, new Edit<>(Set.of("function"), contact("Press office"))))
                .isInstanceOf(NotFound.class);
        var stranger = of(PartnerId.next(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN);
        assertThat(outcome(partner, it -> it.editContact(by(stranger), of(id), 0, new Edit<>(Set.of(), contact("x")))))
                .isEqualTo("OTHER_ORGANISATION");
        assertThat(outcome(partner, it -> it.removeContact(by(stranger), of(id))))
                .isEqualTo("OTHER_ORGANISATION");
        partner.removeContact(by(OFFICE), of(id));
        assertThat(partner.contacts()).isEmpty();
    }

    @Test
    void aPartnerIsFoundByItsProfile() {
        var partner = in(PartnerStatus.ACTIVE);
        partner.edit(
                by(OFFICE),
                0,
                edit(
                        Set.of("identifiers"),
                        new PartnerProfile(
                                LocalizedText.of(Map.of("en", "unused")),
                                null,
                                PartnerKind.OTHER,
                                List.of(),
                                List.of(new ExternalIdentifier(IdentifierType.WIKIDATA, "Q1", true)),
                                null,
                                null,
                                null,
                                null,
                                null,
                                1)));
        partner.derive("en");
        var own = "own:" + partner.id().value();
        assertThat(derived(partner).facets())
                .contains(
                        "public kind=COMPANY",
                        own + " status=ACTIVE",
                        "consortium areas=MOBILITY",
                        "office identifiers=WIKIDATA:Q1")
                .hasSize(4 * 4);
        assertThat(derived(partner).sort())
                .containsOnly(
                        Map.entry("name", "some partner\u0001" + partner.id().value()),
                        Map.entry(
                                "memberSince", "2018-07-09\u0001" + partner.id().value()));
        assertThat(derived(partner).search())
                .singleElement()
                .satisfies(entry -> assertThat(entry.tokens())
                        .containsExactlyInAnyOrderElementsOf(
                                derived(partner).audience().tokens()));
        assertThat(searched(partner)).contains("s", "some", "part", "summary").doesNotContain("company");

        var prospect = in(PartnerStatus.PROSPECT);
        prospect.derive("en");
        assertThat(derived(prospect).sort())
                .containsEntry("memberSince", "9999-12-31\u0001" + prospect.id().value());
    }

    @Test
    void allOfAPartnersNamesIsSearchedAndOfItsSummariesFiveHundredPrefixesInTurn() {
        var partner = in(PartnerStatus.ACTIVE);
        partner.edit(by(OFFICE), 0, name(words("n", 600)));
        partner.edit(by(OFFICE), 0, summary(LocalizedText.of(Map.of("de", words("d", 600), "en", words("e", 600)))));
        partner.derive("en");
        assertThat(searched(partner))
                .as("n, n0 to n599, and those of the summaries")
                .hasSize(601 + 500)
                .contains("n599", "d99", "e99")
                .doesNotContain("d599", "e599");
    }

    private static Set<String> searched(Partner partner) {
        return Objects.requireNonNull(derived(partner).search()).getFirst().prefixes();
    }

    /** Words of this letter and a number. */
    private static String words(String letter, int count) {
        return IntStream.range(0, count).mapToObj(n -> letter + n).collect(Collectors.joining(" "));
    }

    private static List<StoredTask> tasks(Partner partner) {
        partner.derive("en");
        return Objects.requireNonNull(derived(partner).tasks());
    }

    static Edit<PartnerProfile> summary(@Nullable LocalizedText summary) {
        return edit(
                Set.of("summary"),
                new PartnerProfile(
                        LocalizedText.of(Map.of("en", "unused")),
                        summary,
                        PartnerKind.OTHER,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        1));
    }

    @ParameterizedTest
    @CsvSource({
        "PROSPECT,   false",
        "ONBOARDING, true",
        "ACTIVE,     true",
        "SUSPENDED,  false",
        "DEPARTED,   false",
    })
    void aPartnerThatMayEditItselfCompletesItsProfile(PartnerStatus status, boolean waits) {
        var tasks = tasks(stored(status, false, null, null));
        assertThat(tasks).hasSize(waits ? 1 : 0);
        assertThat(tasks(stored(PartnerStatus.PROSPECT, true, null, null))).isEmpty();
    }

    @Test
    void theTaskToCompleteTheProfileIsForThePartnersAdmins() {
        var partner = in(PartnerStatus.ACTIVE);
        assertThat(tasks(partner)).singleElement().satisfies(task -> {
            assertThat(task.kind()).isEqualTo("COMPLETE_PROFILE");
            assertThat(task.holder()).isEqualTo(partner.id().value().toString());
            assertThat(task.role()).isEqualTo(Role.PARTNER_ADMIN);
            assertThat(task.account()).isNull();
            assertThat(task.due()).isNull();
            assertThat(task.since()).isEqualTo(AT);
        });
    }

    @Test
    void aProfileIsCompleteWithASummaryAndAContact() {
        var partner = in(PartnerStatus.ONBOARDING);
        assertThat(tasks(partner)).as("with a summary only").hasSize(1);

        var contact = partner.addContact(by(OFFICE), contact("Office"));
        assertThat(tasks(partner)).as("with both").isEmpty();

        partner.edit(by(OFFICE), 0, summary(null));
        assertThat(tasks(partner)).as("with a contact only").hasSize(1);

        partner.removeContact(by(OFFICE), of(contact));
        assertThat(tasks(partner)).as("with neither").hasSize(1);
    }

    @Test
    void aSummaryWithoutTextsIsNone() {
        var partner = in(PartnerStatus.ACTIVE);
        partner.addContact(by(OFFICE), contact("Office"));
        partner.edit(by(OFFICE), 0, summary(LocalizedText.of(Map.of())));
        assertThat(tasks(partner)).hasSize(1);
    }

    @Test
    void aTaskWaitsSinceTheChangeThatMadeItAndNoLaterOne() {
        var partner = in(PartnerStatus.PROSPECT);
        assertThat(tasks(partner)).isEmpty();
        var begun = AT.plusSeconds(60);
        partner.beginOnboarding(Change.by(OFFICE, begun), new OrganisationId("organisation"));
        assertThat(tasks(partner)).extracting(StoredTask::since).containsExactly(begun);

        partner.edit(Change.by(OFFICE, AT.plusSeconds(120)), 0, name("New name"));
        partner.admit(Change.by(OFFICE, AT.plusSeconds(180)), SINCE);
        assertThat(tasks(partner)).extracting(StoredTask::since).containsExactly(begun);

        partner.suspend(Change.by(OFFICE, AT.plusSeconds(240)), "A reason");
        assertThat(tasks(partner)).isEmpty();
        var reinstated = AT.plusSeconds(300);
        partner.reinstate(Change.by(OFFICE, reinstated), "Solved");
        assertThat(tasks(partner)).extracting(StoredTask::since).containsExactly(reinstated);
    }

    @Test
    void aPartnerHasItsTimesOfCreationAndUpdate() {
        var partner = in(PartnerStatus.ACTIVE);
        var later = AT.plusSeconds(60);
        partner.edit(Change.by(OFFICE, later), 0, name("New name"));
        assertThat(partner.createdAt()).isEqualTo(AT);
        assertThat(partner.updatedAt()).isEqualTo(later);
        assertThat(partner.newEvents().isEmpty()).isFalse();
    }

    @Test
    void aReasonIsNotBlankAndNotLong() {
        for (var reason : List.of(" ", "x".repeat(501))) {
            var partner = in(PartnerStatus.ACTIVE);
            assertThat(outcome(partner, it -> it.suspend(by(OFFICE), reason))).startsWith("reason.");
            assertThat(partner.status()).isEqualTo(PartnerStatus.ACTIVE);
        }
    }

    @Test
    void aPartnerHasAtMostTwentyContactsAndLosesTheOnesThatAreRemoved() {
        var partner = in(PartnerStatus.ACTIVE);
        for (var n = 0; n < 20; n++) {
            partner.addContact(by(OFFICE), contact("Office " + n));
        }
        assertThat(outcome(partner, it -> it.addContact(by(OFFICE), contact("One more"))))
                .isEqualTo("contacts.many");
        var unreachable = contactWithoutFunction(null, null, false);
        assertThat(outcome(in(PartnerStatus.ACTIVE), it -> it.addContact(by(OFFICE), violations -> unreachable)))
                .isEqualTo("function.required");
        var dropped = stored(PartnerStatus.PROSPECT, true, null, null);
        assertThatThrownBy(() -> dropped.addContact(by(OFFICE), contact("Office")))
                .isInstanceOf(NotFound.class);
        var first = partner.contacts().getFirst().id();
        partner.removeContact(by(OFFICE), of(first));
        assertThat(partner.contacts())
                .hasSize(19)
                .noneMatch(contact -> contact.id().equals(first));
        assertThatThrownBy(() -> partner.removeContact(by(OFFICE), of(first))).isInstanceOf(NotFound.class);
    }

    @ParameterizedTest
    @EnumSource(PartnerStatus.class)
    void viewerFieldsUseThePermissionsThemselves(PartnerStatus status) {
        if (status != PartnerStatus.DEPARTED) {
            var partner = in(status);
            for (var role : Role.values()) {
                var actor = of(partner.id(), status, role);
                assertThat(PartnerPermissions.edit(actor, partner).isEmpty())
                        .isEqualTo(outcome(partner, it -> it.edit(by(actor), 0, name("Name by " + role)))
                                .equals("allowed"));
            }
        }
    }

    @Test
    void aStoredMembershipThatEndsBeforeItBeganIsInNobodysWay() {
        var partner = stored(PartnerStatus.ONBOARDING, false, SINCE, SINCE.minusDays(1));
        assertThat(outcome(partner, it -> it.edit(by(OFFICE), 3, name("New name"))))
                .isEqualTo("allowed");
        assertThat(outcome(partner, it -> it.edit(by(OFFICE), 3, edit(Set.of("memberSince"), profile(null, null)))))
                .isEqualTo("membership.dates");
        assertThat(outcome(partner, it -> it.admit(by(OFFICE), SINCE))).isEqualTo("membership.dates");
        assertThat(partner.status()).isEqualTo(PartnerStatus.ONBOARDING);
    }

    @Test
    void aMembershipEndsAfterItBegan() {
        var partner = in(PartnerStatus.ACTIVE);
        assertThat(outcome(partner, it -> it.edit(by(OFFICE), 0, until(SINCE.minusDays(1)))))
                .isEqualTo("membership.dates");
        assertThat(outcome(partner, it -> it.edit(by(OFFICE), 0, until(SINCE)))).isEqualTo("allowed");
        assertThat(outcome(in(PartnerStatus.ONBOARDING), it -> it.edit(by(OFFICE), 0, until(SINCE))))
                .isEqualTo("membership.dates");
        var onboarding = in(PartnerStatus.ONBOARDING);
        assertThat(outcome(onboarding, it -> it.admit(by(Actor.anonymous()), SINCE)))
                .isEqualTo("NOT_SIGNED_IN");
        assertThat(outcome(onboarding, it -> it.beginOnboarding(by(Actor.anonymous()), new OrganisationId("o"))))
                .isEqualTo("NOT_SIGNED_IN");
    }

    @Test
    void oneOrTwoPeopleSignForAPartner() {
        var partner = in(PartnerStatus.ACTIVE);
        for (var number : Arrays.asList(null, 0, -1, 3)) {
            assertThat(outcome(partner, it -> it.edit(by(OFFICE), 0, signatures(number))))
                    .isEqualTo("signatures.number");
        }
        assertThat(outcome(partner, it -> it.edit(by(OFFICE), 0, signatures(2))))
                .isEqualTo("allowed");
        assertThat(partner.profile().signaturesRequired()).isEqualTo(2);
        assertThat(last(partner)).isEqualTo("PARTNER_EDITED [signaturesRequired] null");
        assertThat(outcome(partner, it -> it.edit(by(OFFICE), 0, signatures(1))))
                .isEqualTo("allowed");
        assertThatThrownBy(() -> Partner.recordProspect(
                        by(OFFICE),
                        violations -> new PartnerDraft(
                                new PartnerAlias("some"), signatures(3).values().read(violations))))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations())
                                .extracting(Violation::rule)
                                .contains("signatures.number"));
    }

    @Test
    void aMembersLegalEntityStaysWhenItIsAdmitted() {
        var entity = LegalEntity.parse("Some GmbH", "Amtsgericht Duisburg", "HRB 1", "Duisburg");
        var partner = in(PartnerStatus.ONBOARDING);
        partner.edit(by(OFFICE), 0, edit(Set.of("legalEntity"), signing(entity, null)));
        partner.edit(by(OFFICE), 0, signatures(2));
        partner.admit(by(OFFICE), SINCE);
        assertThat(partner.profile().legalEntity()).isEqualTo(entity);
        assertThat(partner.profile().signaturesRequired()).isEqualTo(2);
    }

    private static Edit<PartnerProfile> signatures(@Nullable Integer number) {
        return edit(Set.of("signaturesRequired"), signing(null, number));
    }

    @SuppressWarnings("NullAway")
    private static PartnerProfile signing(@Nullable LegalEntity entity, @Nullable Integer signatures) {
        return new PartnerProfile(null, null, null, List.of(), List.of(), null, null, null, null, entity, signatures);
    }

    private static Edit<PartnerProfile> until(LocalDate day) {
        return edit(
                Set.of("memberUntil"),
                new PartnerProfile(
                        LocalizedText.of(Map.of("en", "unused")),
                        null,
                        PartnerKind.OTHER,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        day,
                        null,
                        1));
    }

    private static String outcome(Partner partner, Consumer<Partner> act) {
        var events = waiting(partner).size();
        var thrown = catchThrowable(() -> act.accept(partner));
        if (thrown == null) {
            return "allowed";
        }
        assertThat(waiting(partner)).as("nothing is changed").hasSize(events);
        if (thrown instanceof Forbidden forbidden) {
            return forbidden.refusal().reason().name();
        }
        assertThat(thrown).isInstanceOf(RuleViolation.class);
        return ((RuleViolation) thrown).violations().getFirst().rule();
    }

    private static DerivedFields derived(Partner partner) {
        return Objects.requireNonNull(partner.derived());
    }

    @SuppressWarnings("NullAway")
    private static Contact contactWithoutFunction(
            @Nullable EmailAddress email, @Nullable PhoneNumber phone, boolean visible) {
        return new Contact(ContactId.next(), null, email, phone, visible);
    }

    private static Input<ContactId> of(ContactId id) {
        return violations -> id;
    }

    private static Input<Contact> contact(String function) {
        var contact = new Contact(
                ContactId.next(),
                LocalizedText.of(Map.of("en", function)),
                new EmailAddress("office@example.org"),
                null,
                true);
        return violations -> contact;
    }

    private static Edit<PartnerProfile> name(String name) {
        return edit(Set.of("name"), profile(LocalizedText.of(Map.of("en", name)), null));
    }

    private static Edit<PartnerProfile> kind(PartnerKind kind) {
        return edit(Set.of("kind"), profile(null, kind));
    }

    private static Edit<PartnerProfile> unread() {
        return new Edit<>(Set.of("name"), violations -> {
            throw new AssertionError("The input was read");
        });
    }

    // What an edit does not give, or is invalid, is null.
    @SuppressWarnings("NullAway")
    private static PartnerProfile profile(@Nullable LocalizedText name, @Nullable PartnerKind kind) {
        return new PartnerProfile(name, null, kind, List.of(), List.of(), null, null, null, null, null, 1);
    }

    private static Edit<PartnerProfile> edit(Set<String> given, PartnerProfile values) {
        return new Edit<>(given, violations -> values);
    }
}

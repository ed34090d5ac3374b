package de.smartcity.consortium.partners.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.AudienceToken;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PartnerTest {

    private static final Instant AT = Instant.parse("2026-11-24T09:30:00Z");
    private static final LocalDate SINCE = LocalDate.of(2018, 7, 9);
    private static final Actor OFFICE = Actor.system();

    private static Partner in(PartnerStatus status) {
        var partner = Partner.recordProspect(
                OFFICE,
                new PartnerDraft(
                        new PartnerAlias("some-partner"),
                        LocalizedText.of(Map.of("en", "Some partner")),
                        LocalizedText.of(Map.of("en", "A summary")),
                        PartnerKind.COMPANY,
                        Set.of(new AreaCode("MOBILITY")),
                        List.of(),
                        new Website("https://www.example.org"),
                        null),
                AT,
                "en");
        if (status == PartnerStatus.PROSPECT) {
            return partner;
        }
        partner.beginOnboarding(OFFICE, new OrganisationId("organisation"), AT);
        if (status == PartnerStatus.ONBOARDING) {
            return partner;
        }
        partner.admit(OFFICE, SINCE, AT);
        if (status == PartnerStatus.SUSPENDED) {
            partner.suspend(OFFICE, "A reason", AT);
        }
        return partner;
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
    void itsOwnPeopleEditItByRoleAndStatus(PartnerStatus status, Role role, String expected) {
        var partner = in(status);
        assertThat(outcome(partner, it -> it.edit(of(it.id(), status, role), name("New name"), AT, "en")))
                .isEqualTo(expected);
        assertThat(outcome(partner, it -> it.addContact(of(it.id(), status, role), contact("Office"), AT)))
                .isEqualTo(expected);
    }

    @Test
    void aStatusThatChangedSinceTheActorWasLookedUpCounts() {
        var partner = in(PartnerStatus.SUSPENDED);
        assertThat(outcome(
                        partner,
                        it -> it.edit(
                                of(it.id(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN), name("New name"), AT, "en")))
                .isEqualTo("PARTNER_STATUS");
    }

    @Test
    void strangersAndNobodyChangeNothing() {
        var partner = in(PartnerStatus.ACTIVE);
        var stranger = of(PartnerId.next(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN);
        assertThat(outcome(partner, it -> it.edit(stranger, name("New name"), AT, "en")))
                .isEqualTo("OTHER_ORGANISATION");
        assertThat(outcome(partner, it -> it.edit(Actor.anonymous(), name("New name"), AT, "en")))
                .isEqualTo("NOT_SIGNED_IN");
        assertThat(outcome(partner, it -> it.suspend(stranger, "A reason", AT))).isEqualTo("OFFICE_ONLY");
        assertThat(outcome(partner, it -> it.suspend(Actor.anonymous(), "A reason", AT)))
                .isEqualTo("NOT_SIGNED_IN");
    }

    @Test
    void whatAPartnerDoesNotSayOfItselfIsForTheOffice() {
        var partner = in(PartnerStatus.ACTIVE);
        var admin = of(partner.id(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN);
        assertThat(outcome(partner, it -> it.edit(admin, kind(PartnerKind.CHAMBER), AT, "en")))
                .isEqualTo("OFFICE_ONLY");
        assertThat(outcome(partner, it -> it.edit(OFFICE, kind(PartnerKind.CHAMBER), AT, "en")))
                .isEqualTo("allowed");
        assertThat(partner.kind()).isEqualTo(PartnerKind.CHAMBER);
    }

    @ParameterizedTest
    @CsvSource({"PROSPECT,   drop beginOnboarding", "ONBOARDING, admit", "ACTIVE,     suspend", "SUSPENDED,  reinstate"
    })
    void eachStatusHasItsWaysOn(PartnerStatus status, String ways) {
        var verbs = Map.<String, Consumer<Partner>>of(
                "drop", it -> it.drop(OFFICE, null, AT),
                "beginOnboarding", it -> it.beginOnboarding(OFFICE, new OrganisationId("o"), AT),
                "admit", it -> it.admit(OFFICE, SINCE, AT),
                "suspend", it -> it.suspend(OFFICE, "A reason", AT),
                "reinstate", it -> it.reinstate(OFFICE, "A reason", AT));
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
    void whoSeesItFollowsItsStatus(PartnerStatus status, String audience) {
        var partner = in(status);
        var named = Map.of(
                "PUBLIC", AudienceToken.PUBLIC,
                "CONSORTIUM", AudienceToken.CONSORTIUM,
                "OFFICE", AudienceToken.OFFICE,
                "OWN", AudienceToken.own(partner.id()));
        assertThat(partner.audience().tokens())
                .containsExactlyInAnyOrderElementsOf(
                        List.of(audience.split(" ")).stream().map(named::get).toList());
    }

    @Test
    void aDroppedProspectIsGoneForEverybodyAndItsAliasIsFree() {
        var partner = in(PartnerStatus.PROSPECT);
        partner.drop(OFFICE, "Not interested", AT);
        assertThat(partner.audience().tokens()).isEmpty();
        assertThat(partner.alias().value()).isEqualTo("dropped-" + partner.id().value());
        assertThatThrownBy(() -> partner.drop(OFFICE, null, AT)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> partner.edit(OFFICE, name("New name"), AT, "en"))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void everyChangeIsAnEventThatTellsWhoAndWhat() {
        var partner = in(PartnerStatus.SUSPENDED);
        partner.reinstate(OFFICE, "Solved", AT);
        partner.edit(of(partner.id(), PartnerStatus.ACTIVE, Role.PARTNER_ADMIN), name("New name"), AT, "en");
        assertThat(partner.waitingEvents().stream().map(Event::type))
                .containsExactly(
                        "ProspectRecorded",
                        "PartnerOnboardingBegun",
                        "PartnerAdmitted",
                        "PartnerSuspended",
                        "PartnerReinstated",
                        "PartnerEdited");
        var edited = partner.waitingEvents().getLast();
        assertThat(edited.changed()).containsExactly("name");
        assertThat(edited.partner()).isEqualTo(partner.id());
        assertThat(edited.account()).isEqualTo(new AccountId("somebody"));
        assertThat(partner.waitingEvents().get(4).reason()).isEqualTo("Solved");
    }

    @Test
    void anEditThatChangesNothingIsNoEvent() {
        var partner = in(PartnerStatus.ACTIVE);
        var before = partner.waitingEvents().size();
        assertThat(partner.edit(OFFICE, name("Some partner"), AT, "en")).isFalse();
        assertThat(partner.waitingEvents()).hasSize(before);
    }

    @Test
    void whatAnEditLeavesOutStaysAndWhatItClearsGoes() {
        var partner = in(PartnerStatus.ACTIVE);
        partner.edit(OFFICE, edit(Change.absent(), Change.cleared(), Change.absent()), AT, "en");
        assertThat(partner.summary()).isNull();
        assertThat(partner.website()).isEqualTo(new Website("https://www.example.org"));
        assertThat(partner.name().in(List.of("en"))).isEqualTo("Some partner");
        assertThatThrownBy(
                        () -> partner.edit(OFFICE, edit(Change.cleared(), Change.absent(), Change.absent()), AT, "en"))
                .satisfies(thrown -> assertThat(
                                ((RuleViolation) thrown).violations().getFirst().rule())
                        .isEqualTo("name.required"));
    }

    @Test
    void aReasonIsNotBlankAndNotLong() {
        for (var reason : List.of(" ", "x".repeat(501))) {
            var partner = in(PartnerStatus.ACTIVE);
            assertThat(outcome(partner, it -> it.suspend(OFFICE, reason, AT))).startsWith("reason.");
            assertThat(partner.status()).isEqualTo(PartnerStatus.ACTIVE);
        }
    }

    @Test
    void aPartnerHasAtMostTwentyContactsAndLosesTheOnesThatAreRemoved() {
        var partner = in(PartnerStatus.ACTIVE);
        for (var n = 0; n < 20; n++) {
            partner.addContact(OFFICE, contact("Office " + n), AT);
        }
        assertThat(outcome(partner, it -> it.addContact(OFFICE, contact("One more"), AT)))
                .isEqualTo("contacts.many");
        var first = partner.contacts().getFirst().id();
        partner.removeContact(OFFICE, first, AT);
        assertThat(partner.contacts())
                .hasSize(19)
                .noneMatch(contact -> contact.id().equals(first));
        assertThatThrownBy(() -> partner.removeContact(OFFICE, first, AT)).isInstanceOf(NotFound.class);
    }

    @ParameterizedTest
    @EnumSource(PartnerStatus.class)
    void theHintsOnWhatOneMayDoAreTheRulesThemselves(PartnerStatus status) {
        if (status != PartnerStatus.DEPARTED) {
            var partner = in(status);
            for (var role : Role.values()) {
                var actor = of(partner.id(), status, role);
                assertThat(PartnerPermissions.edit(actor, partner).isEmpty())
                        .isEqualTo(outcome(partner, it -> it.edit(actor, name("Name by " + role), AT, "en"))
                                .equals("allowed"));
            }
        }
    }

    @Test
    void aMembershipEndsAfterItBegan() {
        var partner = in(PartnerStatus.ACTIVE);
        var ended = new PartnerEdit(
                Change.absent(),
                Change.absent(),
                Change.absent(),
                Change.absent(),
                Change.absent(),
                Change.absent(),
                Change.absent(),
                Change.absent(),
                Change.to(SINCE.minusDays(1)));
        assertThat(outcome(partner, it -> it.edit(OFFICE, ended, AT, "en"))).isEqualTo("membership.dates");
    }

    private static String outcome(Partner partner, Consumer<Partner> act) {
        var events = partner.waitingEvents().size();
        var thrown = catchThrowable(() -> act.accept(partner));
        if (thrown == null) {
            return "allowed";
        }
        assertThat(partner.waitingEvents()).as("nothing is changed").hasSize(events);
        if (thrown instanceof Forbidden forbidden) {
            return forbidden.refusal().reason().name();
        }
        assertThat(thrown).isInstanceOf(RuleViolation.class);
        return ((RuleViolation) thrown).violations().getFirst().rule();
    }

    private static ContactDraft contact(String function) {
        return new ContactDraft(
                LocalizedText.of(Map.of("en", function)), new EmailAddress("office@example.org"), null, true);
    }

    private static PartnerEdit name(String name) {
        return edit(Change.to(LocalizedText.of(Map.of("en", name))), Change.absent(), Change.absent());
    }

    private static PartnerEdit kind(PartnerKind kind) {
        return edit(Change.absent(), Change.absent(), Change.to(kind));
    }

    private static PartnerEdit edit(
            Change<LocalizedText> name, Change<LocalizedText> summary, Change<PartnerKind> kind) {
        return new PartnerEdit(
                name,
                summary,
                kind,
                Change.absent(),
                Change.absent(),
                Change.absent(),
                Change.absent(),
                Change.absent(),
                Change.absent());
    }
}

package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.Refusal.Reason;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActorTest {

    private static final PartnerId OWN = PartnerId.next();
    private static final PartnerId OTHER = PartnerId.next();
    private static final Viewpoint OWN_RELATION =
            Viewpoint.relation("own", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE, PartnerStatus.SUSPENDED);
    private static final List<Viewpoint> RELATIONS = List.of(
            OWN_RELATION,
            Viewpoint.relation("party", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE),
            Viewpoint.relation("member", PartnerStatus.ACTIVE));

    private static Actor of(PartnerStatus status, boolean office, Role... roles) {
        var organisation =
                new Organisation(new OrganisationId("o"), OWN, new PartnerAlias("own"), status, Set.of(roles));
        return Actor.acting(Actor.Kind.PERSON, new AccountId("a"), office, organisation, List.of(organisation));
    }

    @ParameterizedTest
    @CsvSource({
        "PROSPECT, public",
        "ONBOARDING, public own party",
        "ACTIVE, consortium own party member",
        "SUSPENDED, public own",
        "DEPARTED, public"
    })
    void anActorsTokensDependOnItsPartnersStatus(PartnerStatus status, String viewpoints) {
        assertThat(viewpoints(of(status, false, Role.PARTNER_ADMIN))).isEqualTo(viewpoints);
    }

    @Test
    void theOfficeHasTheViewpointOfficeWithOrWithoutAnOrganisation() {
        assertThat(viewpoints(Actor.unattached(
                        Actor.Kind.PERSON, new AccountId("a"), true, NoActingOrganisation.NO_MEMBERSHIP, List.of())))
                .isEqualTo("office");
        assertThat(viewpoints(Actor.system())).isEqualTo("office");
        assertThat(viewpoints(of(PartnerStatus.SUSPENDED, true))).isEqualTo("office own");
    }

    @Test
    void anActorWithoutOrganisationSeesWhatThePublicSees() {
        assertThat(viewpoints(Actor.anonymous())).isEqualTo("public");
        assertThat(viewpoints(unattached(NoActingOrganisation.SEVERAL_ORGANISATIONS)))
                .isEqualTo("public");
    }

    @Test
    void aRelationsTokenNamesThePartner() {
        var held = of(PartnerStatus.ACTIVE, false).tokens(List.of(OWN_RELATION));
        assertThat(held)
                .containsExactly(
                        Map.entry("consortium", Viewpoint.CONSORTIUM), Map.entry("own:" + OWN.value(), OWN_RELATION));
    }

    @Test
    void anActorHoldsOnlyTheRelationsThatTheTypeDeclares() {
        assertThat(of(PartnerStatus.ACTIVE, false).tokens(List.of())).containsOnlyKeys("consortium");
        var other = Viewpoint.relation("other", PartnerStatus.ACTIVE);
        assertThat(of(PartnerStatus.ACTIVE, false).tokens(List.of(other))).containsValue(other);
        assertThat(of(PartnerStatus.SUSPENDED, false).tokens(List.of(other))).doesNotContainValue(other);
    }

    private static String viewpoints(Actor actor) {
        return actor.tokens(RELATIONS).values().stream().map(Viewpoint::name).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @EnumSource(
            value = NoActingOrganisation.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NOT_SIGNED_IN"})
    void aSignedInActorWithoutOrganisationIsRefusedWithTheReason(NoActingOrganisation why) {
        var refusal = unattached(why).refusalToAsk().orElseThrow();
        assertThat(refusal.reason()).isEqualTo(Reason.NO_ACTING_ORGANISATION);
        assertThat(refusal.noOrganisation()).isEqualTo(why);
        assertThat(refusal.message()).isEqualTo(why.message());
    }

    @Test
    void anonymousCallersTheOfficeAndActingOrganisationsMayAsk() {
        assertThat(Actor.anonymous().refusalToAsk()).isEmpty();
        assertThat(Actor.system().refusalToAsk()).isEmpty();
        assertThat(Actor.unattached(
                                Actor.Kind.PERSON,
                                new AccountId("a"),
                                true,
                                NoActingOrganisation.SEVERAL_ORGANISATIONS,
                                List.of())
                        .refusalToAsk())
                .isEmpty();
        for (var status : PartnerStatus.values()) {
            assertThat(of(status, false).refusalToAsk()).isEmpty();
        }
    }

    @Test
    void anActorHasAccountOrganisationAndOtherOrganisations() {
        var acting = of(PartnerStatus.ACTIVE, true);
        assertThat(acting.kind()).isEqualTo(Actor.Kind.PERSON);
        assertThat(acting.account()).contains(new AccountId("a"));
        assertThat(acting.isOffice()).isTrue();
        assertThat(acting.organisation().map(Organisation::partner)).contains(OWN);
        assertThat(acting.organisations()).extracting(Organisation::partner).containsExactly(OWN);
        assertThat(acting.whyNone()).isEmpty();

        var none = Actor.unattached(
                Actor.Kind.APP,
                new AccountId("b"),
                false,
                NoActingOrganisation.SEVERAL_ORGANISATIONS,
                acting.organisations());
        assertThat(none.kind()).isEqualTo(Actor.Kind.APP);
        assertThat(none.isOffice()).isFalse();
        assertThat(none.organisation()).isEmpty();
        assertThat(none.organisations()).isEqualTo(acting.organisations());
        assertThat(none.whyNone()).contains(NoActingOrganisation.SEVERAL_ORGANISATIONS);

        assertThat(Actor.anonymous().account()).isEmpty();
        assertThat(Actor.system().account()).contains(AccountId.SYSTEM);
    }

    @Test
    void anActorActsForItsOwnPartnerWhateverItsStatus() {
        for (var status : PartnerStatus.values()) {
            assertThat(of(status, false).actsFor(OWN)).isTrue();
            assertThat(of(status, true).actsFor(OTHER)).isFalse();
        }
        assertThat(Actor.system().actsFor(OWN)).isFalse();
        assertThat(Actor.anonymous().actsFor(OWN)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PROSPECT, false",
        "ONBOARDING, true",
        "ACTIVE, true",
        "SUSPENDED, false",
        "DEPARTED, false",
    })
    void anActorSeesTheTasksOfItsPartnerByStatusAndTheOfficeItsOwn(PartnerStatus status, boolean seen) {
        var own = seen ? Set.of(StoredTask.holder(OWN)) : Set.<String>of();
        assertThat(of(status, false).taskHolders()).isEqualTo(own);
        assertThat(of(status, false, Role.PARTNER_ADMIN).taskHolders()).isEqualTo(own);

        var both = new HashSet<>(own);
        both.add(StoredTask.OFFICE);
        assertThat(of(status, true).taskHolders()).isEqualTo(both);
    }

    @Test
    void whoActsForNoOrganisationSeesNoTasksExceptTheOffice() {
        assertThat(Actor.anonymous().taskHolders()).isEmpty();
        assertThat(unattached(NoActingOrganisation.SEVERAL_ORGANISATIONS).taskHolders())
                .isEmpty();
        assertThat(Actor.system().taskHolders()).containsExactly(StoredTask.OFFICE);
    }

    private static StoredTask task(@Nullable PartnerId holder, @Nullable Role role, @Nullable String account) {
        var named = account == null ? null : new AccountId(account);
        var task = new Task(Kind.DO, holder, null, role, named);
        return StoredTask.of(OWN.value(), List.of(task), Instant.EPOCH, null).getFirst();
    }

    private enum Kind {
        DO
    }

    @Test
    void aTaskIsForThoseWithTheRoleOrTheAccountThatItNames() {
        var admin = of(PartnerStatus.ACTIVE, false, Role.PARTNER_ADMIN);
        assertThat(admin.isFor(task(OWN, Role.PARTNER_ADMIN, null))).isTrue();
        assertThat(admin.isFor(task(OWN, Role.EDITOR, null))).isTrue();
        assertThat(admin.isFor(task(OWN, Role.SIGNATORY, null))).isFalse();
        assertThat(admin.isFor(task(OWN, null, "a"))).isTrue();
        assertThat(admin.isFor(task(OWN, null, "another"))).isFalse();
        assertThat(admin.isFor(task(OWN, Role.SIGNATORY, "a"))).isTrue();
        assertThat(admin.isFor(task(OWN, Role.EDITOR, "another"))).isTrue();
        assertThat(admin.isFor(task(OWN, Role.SIGNATORY, "another"))).isFalse();
    }

    @Test
    void aTaskWithoutRoleAndAccountIsForAllWhoSeeIt() {
        assertThat(of(PartnerStatus.ACTIVE, false).isFor(task(OWN, null, null))).isTrue();
        assertThat(Actor.system().isFor(task(null, null, null))).isTrue();
    }

    @Test
    void aRoleCountsForTheTasksOfItsOrganisationOnly() {
        var both = of(PartnerStatus.ACTIVE, true, Role.EDITOR);
        assertThat(both.isFor(task(OWN, Role.EDITOR, null))).isTrue();
        assertThat(both.isFor(task(null, Role.EDITOR, null))).isFalse();
        assertThat(both.isFor(task(OTHER, Role.EDITOR, null))).isFalse();
        assertThat(Actor.system().isFor(task(null, Role.EDITOR, null))).isFalse();
        assertThat(Actor.system().isFor(task(null, null, "system"))).isTrue();
    }

    @Test
    void aRefusalIsThrownWithItsReason() {
        Forbidden.unlessPermitted(Optional.empty());
        for (var refusal : List.of(Refusal.officeOnly(), Refusal.signedOut(), Refusal.hiddenField("status"))) {
            assertThatThrownBy(() -> Forbidden.unlessPermitted(Optional.of(refusal)))
                    .isInstanceOfSatisfying(
                            Forbidden.class,
                            forbidden -> assertThat(forbidden.refusal()).isEqualTo(refusal))
                    .hasMessage(refusal.message());
        }
        assertThat(Refusal.hiddenField("status").reason()).isEqualTo(Reason.HIDDEN_FIELD);
        assertThat(Refusal.signedOut().reason()).isEqualTo(Reason.NOT_SIGNED_IN);
        assertThat(Refusal.hiddenField("status").message()).contains("status");
    }

    @Test
    void rolesAreKnownByTheirNamesInKeycloak() {
        assertThat(Role.values())
                .extracting(Role::keycloakName)
                .containsExactly("viewer", "editor", "signatory", "partner-admin");
        for (var role : Role.values()) {
            assertThat(Role.findByKeycloakName(role.keycloakName())).contains(role);
        }
        assertThat(Role.findByKeycloakName("owner")).isEmpty();
        assertThat(Refusal.roleMissing(Role.PARTNER_ADMIN).message()).contains("partner-admin");
    }

    @Test
    void eachReasonForNoActingOrganisationSaysWhatToDo() {
        assertThat(NoActingOrganisation.values())
                .allSatisfy(why -> assertThat(why.message()).isNotBlank())
                .extracting(NoActingOrganisation::message)
                .doesNotHaveDuplicates();
    }

    private static Actor unattached(NoActingOrganisation why) {
        return Actor.unattached(Actor.Kind.PERSON, new AccountId("a"), false, why, List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, VIEWER",
        "EDITOR, VIEWER EDITOR",
        "SIGNATORY, VIEWER SIGNATORY",
        "PARTNER_ADMIN, VIEWER EDITOR PARTNER_ADMIN"
    })
    void aRoleIncludesOthers(Role role, String included) {
        assertThat(EnumSet.allOf(Role.class).stream()
                        .filter(role::includes)
                        .map(Role::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(included);
    }

    @Test
    void actingAsAPartnerNeedsTheOrganisationTheStatusAndTheRole() {
        var active = EnumSet.of(PartnerStatus.ACTIVE);
        var admin = of(PartnerStatus.ACTIVE, false, Role.PARTNER_ADMIN);
        assertThat(admin.refusalToActFor(OWN, Role.EDITOR, active)).isEmpty();
        assertThat(reason(admin.refusalToActFor(OTHER, Role.EDITOR, active))).isEqualTo(Reason.OTHER_ORGANISATION);
        assertThat(reason(admin.refusalToActFor(OWN, Role.SIGNATORY, active))).isEqualTo(Reason.ROLE_MISSING);
        assertThat(reason(of(PartnerStatus.SUSPENDED, false, Role.PARTNER_ADMIN)
                        .refusalToActFor(OWN, Role.EDITOR, active)))
                .isEqualTo(Reason.PARTNER_STATUS);
        assertThat(reason(Actor.anonymous().refusalToActFor(OWN, Role.EDITOR, active)))
                .isEqualTo(Reason.NOT_SIGNED_IN);
        var forgotten = Actor.unattached(
                Actor.Kind.APP, new AccountId("a"), false, NoActingOrganisation.SCOPE_MISSING, List.of());
        var refusal = forgotten.refusalToActFor(OWN, Role.EDITOR, active).orElseThrow();
        assertThat(refusal.reason()).isEqualTo(Reason.NO_ACTING_ORGANISATION);
        assertThat(refusal.noOrganisation()).isEqualTo(NoActingOrganisation.SCOPE_MISSING);
    }

    @Test
    void actingAsAnyPartnerNeedsAnOrganisationTheStatusAndTheRole() {
        var active = EnumSet.of(PartnerStatus.ACTIVE);
        assertThat(of(PartnerStatus.ACTIVE, false, Role.EDITOR).refusalToAct(Role.EDITOR, active))
                .isEmpty();
        assertThat(reason(of(PartnerStatus.ACTIVE, false, Role.EDITOR).refusalToAct(Role.SIGNATORY, active)))
                .isEqualTo(Reason.ROLE_MISSING);
        assertThat(reason(of(PartnerStatus.SUSPENDED, false, Role.EDITOR).refusalToAct(Role.EDITOR, active)))
                .isEqualTo(Reason.PARTNER_STATUS);
        assertThat(reason(Actor.anonymous().refusalToAct(Role.EDITOR, active))).isEqualTo(Reason.NOT_SIGNED_IN);
        assertThat(reason(Actor.system().refusalToAct(Role.EDITOR, active))).isEqualTo(Reason.NO_ACTING_ORGANISATION);
    }

    @Test
    void onlyTheOfficeActsAsTheOffice() {
        assertThat(Actor.system().refusalToActAsOffice()).isEmpty();
        assertThat(of(PartnerStatus.ACTIVE, true).refusalToActAsOffice()).isEmpty();
        assertThat(reason(of(PartnerStatus.ACTIVE, false, Role.values()).refusalToActAsOffice()))
                .isEqualTo(Reason.OFFICE_ONLY);
        assertThat(reason(Actor.anonymous().refusalToActAsOffice())).isEqualTo(Reason.NOT_SIGNED_IN);
    }

    @Test
    void onlyAPersonActsAsAPerson() {
        assertThat(of(PartnerStatus.ACTIVE, false, Role.VIEWER).refusalToActAsPerson())
                .isEmpty();
        var app = Actor.unattached(
                Actor.Kind.APP, new AccountId("a"), true, NoActingOrganisation.NO_MEMBERSHIP, List.of());
        assertThat(reason(app.refusalToActAsPerson())).isEqualTo(Reason.PERSON_ONLY);
        assertThat(reason(Actor.system().refusalToActAsPerson())).isEqualTo(Reason.PERSON_ONLY);
        assertThat(reason(Actor.anonymous().refusalToActAsPerson())).isEqualTo(Reason.NOT_SIGNED_IN);
    }

    private static Reason reason(Optional<Refusal> refusal) {
        return refusal.orElseThrow().reason();
    }

    @Test
    void anAudienceAdmitsHoldersOfOneOfItsTokens() {
        var random = new Random(1);
        var partners = List.of(OWN, OTHER, PartnerId.next());
        var statuses = PartnerStatus.values();
        var admitted = 0;
        for (var pair = 0; pair < 10_000; pair++) {
            var audience = List.of(Audience.nobody(), Audience.office(), Audience.consortium(), Audience.everybody())
                    .get(random.nextInt(4));
            for (var partner : partners) {
                for (var relation : RELATIONS) {
                    if (random.nextInt(6) == 0) {
                        audience = audience.with(relation.token(partner));
                    }
                }
            }
            var held = of(statuses[random.nextInt(statuses.length)], random.nextInt(5) == 0)
                    .tokens(RELATIONS);
            var viewpoints = audience.viewpoints(held);
            assertThat(viewpoints.isEmpty())
                    .isEqualTo(audience.tokens().stream().noneMatch(held::containsKey));
            assertThat(held.values()).containsAll(viewpoints);
            admitted += viewpoints.isEmpty() ? 0 : 1;
        }
        assertThat(admitted).isBetween(1_000, 9_000);
    }

    @Test
    void aWiderAudienceIncludesTheNarrowerOnes() {
        assertThat(Audience.everybody().tokens()).containsExactlyInAnyOrder("public", "consortium", "office");
        assertThat(Audience.consortium().tokens()).containsExactlyInAnyOrder("consortium", "office");
        assertThat(Audience.office().tokens()).containsExactly("office");
        assertThat(Audience.nobody().tokens()).isEmpty();
        assertThat(Audience.office().with("own:1").with("own:1").tokens()).containsExactly("office", "own:1");
    }

    @Test
    void anObjectIsFoundByTokenAndFacetTogether() {
        var stored = Audience.consortium().keys("kind", List.of("CHAMBER"));
        assertThat(stored).containsExactlyInAnyOrder("consortium kind=CHAMBER", "office kind=CHAMBER");
        assertThat(Audience.keys(List.of("public", "consortium"), "kind", List.of("CHAMBER", "UNIVERSITY")))
                .containsExactly(
                        "public kind=CHAMBER",
                        "public kind=UNIVERSITY",
                        "consortium kind=CHAMBER",
                        "consortium kind=UNIVERSITY");
        assertThat(Audience.keys(List.of("public"), "kind", List.of())).isEmpty();
    }

    @Test
    void aSharedKeyIsOfNoToken() {
        assertThat(Audience.sharedKeys("kind", List.of("CHAMBER", "UNIVERSITY")))
                .containsExactly("all kind=CHAMBER", "all kind=UNIVERSITY");
        assertThatThrownBy(() -> Viewpoint.relation("all", PartnerStatus.ACTIVE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No viewpoint is named all");
    }
}

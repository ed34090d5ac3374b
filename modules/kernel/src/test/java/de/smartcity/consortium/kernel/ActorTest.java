package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.Refusal.Reason;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActorTest {

    private static final PartnerId OWN = PartnerId.next();
    private static final PartnerId OTHER = PartnerId.next();

    private static Actor of(PartnerStatus status, boolean office, Role... roles) {
        var organisation =
                new Organisation(new OrganisationId("o"), OWN, new PartnerAlias("own"), status, Set.of(roles));
        return Actor.acting(Actor.Kind.PERSON, new AccountId("a"), office, organisation, List.of(organisation));
    }

    @ParameterizedTest
    @CsvSource({
        "PROSPECT, PUBLIC",
        "ONBOARDING, PUBLIC NAMED OWN",
        "ACTIVE, PUBLIC CONSORTIUM NAMED OWN",
        "SUSPENDED, PUBLIC OWN",
        "DEPARTED, PUBLIC"
    })
    void whatOneIsLetInByDependsOnTheOwnPartnersStatus(PartnerStatus status, String viewpoints) {
        assertThat(viewpoints(of(status, false, Role.PARTNER_ADMIN))).isEqualTo(viewpoints);
    }

    @Test
    void theOfficeSeesAsConsortiumAndOfficeWithOrWithoutAnOrganisation() {
        assertThat(viewpoints(Actor.unattached(
                        Actor.Kind.PERSON, new AccountId("a"), true, NoActingOrganisation.NO_MEMBERSHIP, List.of())))
                .isEqualTo("PUBLIC CONSORTIUM OFFICE");
        assertThat(viewpoints(of(PartnerStatus.SUSPENDED, true))).isEqualTo("PUBLIC CONSORTIUM OWN OFFICE");
    }

    @Test
    void whoActsForNobodySeesWhatThePublicSees() {
        assertThat(viewpoints(Actor.anonymous())).isEqualTo("PUBLIC");
        assertThat(viewpoints(Actor.unattached(
                        Actor.Kind.PERSON,
                        new AccountId("a"),
                        false,
                        NoActingOrganisation.SEVERAL_ORGANISATIONS,
                        List.of())))
                .isEqualTo("PUBLIC");
    }

    private static String viewpoints(Actor actor) {
        return actor.tokens().stream()
                .map(AudienceToken::viewpoint)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Viewpoint.class)))
                .stream()
                .map(Viewpoint::name)
                .collect(Collectors.joining(" "));
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
    void toActAsAPartnerOneNeedsTheOrganisationTheStatusAndTheRole() {
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
    void onlyTheOfficeActsAsTheOffice() {
        assertThat(Actor.system().refusalToActAsOffice()).isEmpty();
        assertThat(of(PartnerStatus.ACTIVE, true).refusalToActAsOffice()).isEmpty();
        assertThat(reason(of(PartnerStatus.ACTIVE, false, Role.values()).refusalToActAsOffice()))
                .isEqualTo(Reason.OFFICE_ONLY);
        assertThat(reason(Actor.anonymous().refusalToActAsOffice())).isEqualTo(Reason.NOT_SIGNED_IN);
    }

    private static Reason reason(Optional<Refusal> refusal) {
        return refusal.orElseThrow().reason();
    }

    @Test
    void anAudienceAdmitsWhoeverLooksFromSomewhereAndTheStoredTextsAgree() {
        var random = new Random(1);
        var partners = List.of(OWN, OTHER, PartnerId.next());
        var statuses = PartnerStatus.values();
        for (var pair = 0; pair < 10_000; pair++) {
            var tokens = new HashSet<AudienceToken>();
            for (var partner : partners) {
                if (random.nextInt(4) == 0) {
                    tokens.add(AudienceToken.named(partner));
                }
                if (random.nextInt(4) == 0) {
                    tokens.add(AudienceToken.own(partner));
                }
            }
            for (var token : List.of(AudienceToken.PUBLIC, AudienceToken.CONSORTIUM, AudienceToken.OFFICE)) {
                if (random.nextInt(6) == 0) {
                    tokens.add(token);
                }
            }
            var audience = new Audience(tokens);
            var actor = of(statuses[random.nextInt(statuses.length)], random.nextInt(5) == 0);
            var stored = tokens.stream().map(AudienceToken::text).collect(Collectors.toSet());
            var held = actor.tokens().stream().map(AudienceToken::text).toList();
            assertThat(audience.admits(actor))
                    .isEqualTo(!audience.viewpoints(actor).isEmpty())
                    .isEqualTo(held.stream().anyMatch(stored::contains));
        }
    }

    @Test
    void aTokensTextIsReadBack() {
        for (var token : List.of(
                AudienceToken.PUBLIC, AudienceToken.OFFICE, AudienceToken.own(OWN), AudienceToken.named(OTHER))) {
            assertThat(AudienceToken.parse(token.text())).isEqualTo(token);
        }
        assertThatThrownBy(() -> new AudienceToken(Viewpoint.OWN, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AudienceToken(Viewpoint.PUBLIC, OWN)).isInstanceOf(IllegalArgumentException.class);
    }
}

package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

class ActorsTest {

    private static final Account.Membership UDE = membership("ude", Role.EDITOR);
    private static final Account.Membership IMS = membership("ims", Role.VIEWER);
    private static final Account.Membership CHOIR = membership("choir", Role.PARTNER_ADMIN);

    private final Map<OrganisationId, PartnerDirectory.Entry> partners = new HashMap<>();
    private final Actors actors = new Actors(organisations -> organisations.stream()
            .filter(partners::containsKey)
            .collect(Collectors.toMap(same -> same, partners::get)));

    ActorsTest() {
        add(UDE, PartnerStatus.ACTIVE);
        add(IMS, PartnerStatus.ACTIVE);
    }

    @Test
    void aCallerWithoutAuthenticationIsAnonymous() {
        assertThat(actors.of(null, "ude")).isSameAs(Actor.anonymous());
        assertThat(actors.of(
                        new AnonymousAuthenticationToken(
                                "key", "anonymous", AuthorityUtils.createAuthorityList("ANON")),
                        null))
                .isSameAs(Actor.anonymous());
    }

    @Test
    void anAuthenticationOfAnotherKindIsAnonymous() {
        assertThat(actors.of(UsernamePasswordAuthenticationToken.authenticated("office", "", List.of()), null))
                .isSameAs(Actor.anonymous());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "ude", " ude ", "UDE", "Ude"})
    void theOnlyOrganisationActsWhetherNamedOrNot(@Nullable String header) {
        var actor = actor(header, UDE);

        assertThat(actor.organisation().map(Organisation::id)).contains(UDE.organisation());
        assertThat(actor.organisation().map(Organisation::roles)).contains(Set.of(Role.EDITOR));
        assertThat(actor.whyNone()).isEmpty();
    }

    @Test
    void theOnlyOrganisationDoesNotActWhenAnotherIsNamed() {
        assertUnattached(actor("ims", UDE), NoActingOrganisation.NOT_A_MEMBER);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void noneOfSeveralOrganisationsActsUnnamed(@Nullable String header) {
        var actor = actor(header, UDE, IMS);

        assertUnattached(actor, NoActingOrganisation.SEVERAL_ORGANISATIONS);
        assertThat(actor.organisations())
                .extracting(Organisation::id)
                .containsExactly(UDE.organisation(), IMS.organisation());
    }

    @Test
    void theNamedOneOfSeveralOrganisationsActsWithItsOwnRoles() {
        var actor = actor("ims", UDE, IMS);

        assertThat(actor.organisation().map(Organisation::id)).contains(IMS.organisation());
        assertThat(actor.organisation().map(Organisation::roles)).contains(Set.of(Role.VIEWER));
        assertThat(actor.organisations()).hasSize(2);
    }

    @Test
    void anOrganisationThatIsNoPartnerDoesNotAct() {
        assertUnattached(actor(null, CHOIR), NoActingOrganisation.UNKNOWN_ORGANISATION);
        assertUnattached(actor("choir", CHOIR, UDE), NoActingOrganisation.UNKNOWN_ORGANISATION);
        assertThat(actor("choir", CHOIR, UDE).organisations()).hasSize(1);
    }

    @Test
    void anOrganisationThatIsNoPartnerDoesNotPreventAnotherFromActing() {
        assertThat(actor(null, CHOIR, UDE).organisation().map(Organisation::id)).contains(UDE.organisation());
    }

    /** An organisation may be renamed, or created under an old alias; only the id identifies the partner. */
    @Test
    void anOrganisationIsMatchedByItsIdAndNotByItsAlias() {
        var impostor = new Account.Membership("ude", new OrganisationId("another id"), Set.of(Role.PARTNER_ADMIN));

        assertUnattached(actor("ude", impostor), NoActingOrganisation.UNKNOWN_ORGANISATION);
    }

    @Test
    void aChangeOfThePartnersStatusAppliesToTokensIssuedBefore() {
        var signedIn = signedIn(null, false, UDE);
        actors.of(signedIn, null);
        add(UDE, PartnerStatus.SUSPENDED);

        assertThat(actors.of(signedIn, null).organisation().map(Organisation::status))
                .contains(PartnerStatus.SUSPENDED);
    }

    @Test
    void aTokenWithoutOrganisationsGivesTheReasonWhateverIsNamed() {
        var signedIn = signedIn(NoActingOrganisation.SCOPE_MISSING, false);

        assertUnattached(actors.of(signedIn, null), NoActingOrganisation.SCOPE_MISSING);
        assertUnattached(actors.of(signedIn, "ude"), NoActingOrganisation.SCOPE_MISSING);
    }

    @Test
    void theOfficeActsWithAndWithoutAnOrganisation() {
        assertThat(actors.of(signedIn(NoActingOrganisation.NO_MEMBERSHIP, true), null)
                        .isOffice())
                .isTrue();
        assertThat(actors.of(signedIn(null, true, UDE), null).isOffice()).isTrue();
        assertThat(actors.of(signedIn(null, true, UDE), null).organisation()).isPresent();
    }

    @Test
    void theOfficeThatNamesNoOrganisationActsAsTheOfficeOnly() {
        for (var memberships : List.of(List.of(UDE, IMS), List.of(CHOIR))) {
            var actor = actors.of(signedIn(null, true, memberships.toArray(Account.Membership[]::new)), null);
            assertThat(actor.isOffice()).isTrue();
            assertThat(actor.organisation()).isEmpty();
            assertThat(actor.refusalToAsk()).isEmpty();
        }
    }

    @Test
    void theOfficeIsRefusedWhenItNamesAnOrganisationThatCannotAct() {
        add(IMS, PartnerStatus.DEPARTED);
        assertRefused(actors.of(signedIn(null, true, UDE), "huawei"), NoActingOrganisation.NOT_A_MEMBER);
        assertRefused(actors.of(signedIn(null, true, UDE, CHOIR), "choir"), NoActingOrganisation.UNKNOWN_ORGANISATION);
        assertRefused(actors.of(signedIn(null, true, UDE, IMS), "ims"), NoActingOrganisation.DEPARTED);
        assertRefused(
                actors.of(signedIn(NoActingOrganisation.CLAIM_UNREADABLE, true), "ude"),
                NoActingOrganisation.CLAIM_UNREADABLE);
    }

    private static void assertRefused(Actor actor, NoActingOrganisation why) {
        assertUnattached(actor, why);
        assertThat(actor.isOffice()).isFalse();
        assertThat(actor.refusalToAsk()).isPresent();
    }

    @Test
    void anOrganisationWhosePartnerHasDepartedDoesNotAct() {
        add(UDE, PartnerStatus.DEPARTED);
        assertUnattached(actor(null, UDE), NoActingOrganisation.DEPARTED);
        assertUnattached(actor("ude", UDE), NoActingOrganisation.DEPARTED);
        assertThat(actor(null, UDE).organisations()).isEmpty();
        assertThat(actor(null, UDE).refusalToAsk()).isPresent();
        assertThat(actor(null, UDE, IMS).organisation().map(Organisation::id)).contains(IMS.organisation());
        assertUnattached(actor(null, UDE, CHOIR), NoActingOrganisation.DEPARTED);
    }

    private static Account.Membership membership(String alias, Role role) {
        return new Account.Membership(alias, new OrganisationId("id of " + alias), Set.of(role));
    }

    private void add(Account.Membership membership, PartnerStatus status) {
        partners.put(
                membership.organisation(),
                new PartnerDirectory.Entry(PartnerId.next(), new PartnerAlias(membership.alias()), status));
    }

    private Actor actor(@Nullable String header, Account.Membership... memberships) {
        return actors.of(signedIn(null, false, memberships), header);
    }

    private static AccountAuthentication signedIn(
            @Nullable NoActingOrganisation whyNone, boolean office, Account.Membership... memberships) {
        return new AccountAuthentication(
                new Account(
                        new AccountId("7c5f"), Actor.Kind.PERSON, office, List.of(memberships), whyNone, Instant.MAX),
                "a.token.text");
    }

    private static void assertUnattached(Actor actor, NoActingOrganisation why) {
        assertThat(actor.organisation()).isEmpty();
        assertThat(actor.whyNone()).contains(why);
        assertThat(actor.kind()).isEqualTo(Actor.Kind.PERSON);
    }
}

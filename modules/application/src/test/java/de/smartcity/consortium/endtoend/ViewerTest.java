package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.sandbox.TestKeycloak;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@EndToEnd
class ViewerTest {

    private static final String VIEWER = """
            { viewer { account kind isOffice canRecordProspects organisation { alias status roles partner { name(locale: "en") viewerCanEdit } }
                organisations { alias } noOrganisation { reason message } } }""";

    @Autowired
    private Api api;

    @Autowired
    private World world;

    @Test
    void viewerShowsAnEditorsOrganisationAndRoles() {
        var viewer = api.ask(Caller.EDITOR, VIEWER).data("/viewer");
        assertThat(viewer.at("/kind").asString()).isEqualTo("PERSON");
        assertThat(viewer.at("/organisation/alias").asString()).isEqualTo("ude");
        assertThat(viewer.at("/organisation/roles/0").asString()).isEqualTo("EDITOR");
        assertThat(viewer.at("/organisation/partner/name").asString()).isEqualTo("University of Duisburg-Essen");
        assertThat(viewer.at("/organisation/partner/viewerCanEdit").asBoolean()).isFalse();
        assertThat(viewer.at("/noOrganisation").isNull()).isTrue();
        assertThat(viewer.at("/account").asString()).isNotBlank();
    }

    @Test
    void aPartnersAppActsAsItsPartner() {
        var viewer = api.ask(TestKeycloak.shared().appToken("ims"), Map.of(), VIEWER, Map.of())
                .data("/viewer");
        assertThat(viewer.at("/kind").asString()).isEqualTo("APP");
        assertThat(viewer.at("/organisation/alias").asString()).isEqualTo("ims");
        assertThat(viewer.at("/organisation/roles/0").asString()).isEqualTo("EDITOR");
    }

    @Test
    void viewerNamesTheMissingScope() {
        var token = TestKeycloak.shared().token("editor@ude.sandbox", "openid");
        var viewer = api.ask(token, Map.of(), VIEWER, Map.of()).data("/viewer");
        assertThat(viewer.at("/organisation").isNull()).isTrue();
        assertThat(viewer.at("/noOrganisation/reason").asString()).isEqualTo("SCOPE_MISSING");
        assertThat(viewer.at("/noOrganisation/message").asString()).contains("organization:*");
    }

    @Test
    void aRefusalNamesTheMissingScope() {
        var token = TestKeycloak.shared().token("admin@ude.sandbox", "openid");
        var answer = api.ask(
                token,
                Map.of(),
                "mutation ($id: ID!) { editPartner(input: { partnerId: $id, expectedVersion: 0 }) { userErrors { rule } } }",
                Map.of("id", new GlobalId("Partner", world.id("ude").value()).text()));
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
        assertThat(answer.reason()).isEqualTo("NO_ACTING_ORGANISATION");
        assertThat(answer.body()
                        .at("/errors/0/extensions/reason/noOrganisation")
                        .asString())
                .isEqualTo("SCOPE_MISSING");
        assertThat(answer.body().at("/errors/0/message").asString()).contains("organization:*");
    }

    @Test
    void aMemberOfTwoOrganisationsNamesTheActingOne() {
        var token = Api.token("liaison@consortium.sandbox");
        var none = api.ask(token, Map.of(), VIEWER, Map.of()).data("/viewer");
        assertThat(none.at("/organisation").isNull()).isTrue();
        assertThat(none.at("/noOrganisation/reason").asString()).isEqualTo("SEVERAL_ORGANISATIONS");
        assertThat(none.at("/organisations").size()).isEqualTo(2);

        var ims = api.ask(token, Map.of("X-Acting-Organisation", "ims"), VIEWER, Map.of())
                .data("/viewer");
        assertThat(ims.at("/organisation/alias").asString()).isEqualTo("ims");
        assertThat(ims.at("/organisation/roles/0").asString()).isEqualTo("VIEWER");

        var stranger = api.ask(token, Map.of("X-Acting-Organisation", "huawei"), VIEWER, Map.of())
                .data("/viewer");
        assertThat(stranger.at("/noOrganisation/reason").asString()).isEqualTo("NOT_A_MEMBER");
    }

    @Test
    void theOfficeNeedsNoOrganisation() {
        var viewer = api.ask(Caller.OFFICE, VIEWER).data("/viewer");
        assertThat(viewer.at("/isOffice").asBoolean()).isTrue();
        assertThat(viewer.at("/canRecordProspects").asBoolean()).isTrue();
        // Keycloak omits the scope from the token of an account without memberships.
        assertThat(viewer.at("/noOrganisation/reason").asString()).isEqualTo("SCOPE_MISSING");
    }

    @Test
    void anAnonymousViewerIsNotSignedIn() {
        var viewer = api.ask(Caller.ANONYMOUS, VIEWER).data("/viewer");
        assertThat(viewer.at("/kind").asString()).isEqualTo("ANONYMOUS");
        assertThat(viewer.at("/account").isNull()).isTrue();
        assertThat(viewer.at("/noOrganisation/reason").asString()).isEqualTo("NOT_SIGNED_IN");
    }

    @Test
    void aTokenOfAnotherRealmIsRefusedWithoutData() {
        var answer = api.ask(TestKeycloak.shared().adminToken(), Map.of(), VIEWER, Map.of());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.body().has("data")).isFalse();
    }

    @Test
    void aSuspensionAppliesToTokensIssuedBefore() {
        var question = "{ partners(first: 1) { nodes { alias } } viewer { organisation { status } } }";
        assertThat(api.ask("admin@recycling.sandbox", question)
                        .data("/partners/nodes/0/alias")
                        .isString())
                .isTrue();
        world.management().suspend(world.id("recycling"), "For a test", Change.by(Actor.system(), Instant.now()));
        try {
            var suspended = api.ask("admin@recycling.sandbox", question);
            assertThat(suspended.data("/viewer/organisation/status").asString()).isEqualTo("SUSPENDED");
            assertThat(suspended.data("/partners/nodes/0/alias").isNull()).isTrue();
        } finally {
            world.management()
                    .reinstate(world.id("recycling"), "After a test", Change.by(Actor.system(), Instant.now()));
        }
    }
}

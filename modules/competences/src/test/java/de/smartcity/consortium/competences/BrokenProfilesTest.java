package de.smartcity.consortium.competences;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** A stored profile that lacks something hides neither itself nor others, and is repaired by its partner. */
@CompetenceTest
@Import(ProfileSteps.class)
@TestPropertySource(properties = {"consortium.jobs.interval=1h", "consortium.limits.cost=100000000"})
class BrokenProfilesTest {

    private static final String PROFILE = """
            { id partner { id name } entries ENTRY availability { state until } contactFunction contactFunctionTranslations { text } publishedAt
              draft { entries ENTRY availability { state } contactFunction editedAt } createdAt version updatedAt activity { nodes { type } }
              viewerCanEdit viewerCanPublish viewerCanDiscard hiddenFields }""".replace("ENTRY", """
            { competence { code label } claimedLevel evidencedLevel description descriptionTranslations { text } visibility
              evidence { kind state issuer number validFrom validUntil file { id } doi url date } }""");

    private static final List<String> QUESTIONS = List.of(
            "query ($id: ID!, $profile: ID!) { partner(id: $id) { competenceProfile " + PROFILE
                    + " } node(id: $profile) { id } }",
            "{ competentPartners(first: 100, competence: \"DATA\") { totalCount nodes " + PROFILE + " } }",
            """
            { coverage(needs: [{ competence: "DATA", level: LEADS }, { competence: "RAIL", level: KNOWS }]) {
              partners { partner { name } score availability { state until } needs { covered
                best { kind entry { competence { code } claimedLevel evidencedLevel description evidence { kind state date } } } } }
              uncovered { competence { code } } teams { partners { id } } } }""",
            "{ viewer { tasks { nodes { kind due } } } }");

    @Autowired
    private Asked asked;

    @Autowired
    private Given given;

    @Autowired
    private Profiles profiles;

    @Autowired
    private ProfileSteps steps;

    @Autowired
    private MongoOperations mongo;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partnerName",
                "partnerStatus",
                "published",
                "published.entries",
                "published.entries.0.competence",
                "published.entries.0.level",
                "published.entries.0.description",
                "published.entries.0.evidence",
                "published.entries.0.visibility",
                "published.entries.0.evidence.0.kind",
                "published.entries.0.evidence.0.validFrom",
                "published.entries.0.evidence.0.validUntil",
                "published.entries.0.evidence.1.date",
                "published.entries.0.evidence.1.doi",
                "published.availability.state",
                "published.availability.until",
                "published.contactFunction",
                "publishedAt",
                "draft",
                "draft.entries",
                "draft.entries.0.competence",
                "draft.entries.0.evidence.0.kind",
                "draft.availability.state",
                "draftedAt",
                "deprecated",
                "settledOn",
                "createdAt",
                "updatedAt",
                "dueOn",
                "files",
                "currentCompetences",
                "derived.facets",
                "derived.tasks"
            })
    void aProfileThatLacksSomethingIsReadWithTheOthersAndRepaired(String path) {
        var broken = filled();
        var whole = filled();
        mongo.getCollection(ProfileSteps.PROFILES)
                .updateOne(Filters.eq("_id", broken.id().value()), Updates.unset(path));

        assertRead(broken);
        assertRead(whole);
        assertThat(steps.competent(Callers.office(), "DATA", "KNOWS"))
                .contains(whole.profile().name().in(List.of("en"), "en"));

        profiles.made(
                Profiles.editor(broken),
                "editCompetenceProfile",
                broken,
                Map.of(
                        "entries",
                        List.of(Profiles.entry("DATA", "LEADS", "PUBLIC").input()),
                        "availability",
                        Map.of("state", "NO", "until", "2999-12-31")));
        profiles.publish(broken);
        assertRead(broken);
        assertThat(steps.codes(Callers.office(), broken)).containsExactly("DATA");
    }

    /** A published profile and a draft, each with everything. */
    private Partner filled() {
        var partner = given.partner(PartnerStatus.ACTIVE);
        for (var level : List.of("DELIVERS", "LEADS")) {
            profiles.made(
                    Profiles.editor(partner),
                    "editCompetenceProfile",
                    partner,
                    Map.of(
                            "entries",
                            List.of(
                                    Profiles.entry(
                                                    "DATA",
                                                    level,
                                                    "PUBLIC",
                                                    ProfileSteps.certificate("2026-01-01", "2026-12-31"),
                                                    Profiles.publication("2026-01-01"))
                                            .input(),
                                    Profiles.entry("RAIL", level, "CONSORTIUM").input()),
                            "availability",
                            Map.of("state", "LIMITED", "until", "2999-12-31"),
                            "contactFunction",
                            ProfileSteps.text("Innovation office")));
            if (level.equals("DELIVERS")) {
                profiles.publish(partner);
            }
        }
        return partner;
    }

    private void assertRead(Partner partner) {
        var variables = Map.of("id", Asked.globalId(partner), "profile", ProfileSteps.globalId(partner));
        for (var actor :
                List.of(Callers.of(partner, Role.PARTNER_ADMIN, Role.SIGNATORY), Callers.office(), Actor.anonymous())) {
            for (var question : QUESTIONS) {
                assertThat(asked.ask(actor, question, variables)).doesNotContainKey("errors");
            }
        }
    }
}

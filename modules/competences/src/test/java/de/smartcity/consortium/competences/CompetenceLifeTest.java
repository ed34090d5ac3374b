package de.smartcity.consortium.competences;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A profile from its first draft until others find its partner by it. */
@CompetenceTest
class CompetenceLifeTest {

    private static final String PROFILE = """
            query ($id: ID!) { partner(id: $id) { competenceProfile { id partner { name }
              entries { competence { code label } claimedLevel evidencedLevel description visibility evidence { kind state doi } }
              draft { entries { competence { code } } } publishedAt viewerCanPublish hiddenFields } } }""";

    @Autowired
    private Asked asked;

    @Autowired
    private Given given;

    @Autowired
    private Profiles profiles;

    @Test
    void aDraftIsSeenByItsPartnerOnlyUntilItIsPublished() {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var other = given.partner(PartnerStatus.ACTIVE);
        profiles.draft(partner, Profiles.entry("NETWORK_5G", "LEADS", "PUBLIC", Profiles.publication("2026-01-01")));

        var id = Map.of("id", Asked.globalId(partner));
        for (var actor : List.of(Actor.anonymous(), Callers.of(other), Callers.office())) {
            assertThat(asked.<@Nullable Object>data(actor, PROFILE, id, "partner", "competenceProfile"))
                    .isNull();
        }
        assertThat(asked.<Map<String, Object>>data(
                        Profiles.admin(partner), PROFILE, id, "partner", "competenceProfile"))
                .containsEntry("entries", List.of())
                .containsEntry("draft", Map.of("entries", List.of(Map.of("competence", Map.of("code", "NETWORK_5G")))))
                .containsEntry("viewerCanPublish", true);

        profiles.publish(partner);

        assertThat(asked.<Map<String, Object>>data(Actor.anonymous(), PROFILE, id, "partner", "competenceProfile"))
                .extracting("entries")
                .asString()
                .contains("claimedLevel=LEADS", "evidencedLevel=DELIVERS", "state=COUNTS", "code=NETWORK_5G");
        assertThat(asked.<List<Object>>data(
                        Actor.anonymous(),
                        "{ competentPartners(competence: \"NETWORKS\", minLevel: DELIVERS) { nodes { partner { id } } } }",
                        Map.of(),
                        "competentPartners",
                        "nodes"))
                .containsExactly(Map.of("partner", id));
        assertThat(asked.<Map<String, Object>>data(Actor.anonymous(), """
                        { coverage(needs: [{ competence: "NETWORKS", level: LEADS }, { competence: "DATA", level: KNOWS, importance: WISH }]) {
                          partners { partner { id } score missesMust needs { covered score best { kind entry { claimedLevel } } } }
                          uncovered { competence { code } } teams { partners { id } } } }""", Map.of(), "coverage"))
                .isEqualTo(Map.of(
                        "partners",
                        List.of(Map.of(
                                "partner",
                                id,
                                "score",
                                0.3733,
                                "missesMust",
                                false,
                                "needs",
                                List.of(
                                        Map.of(
                                                "covered",
                                                true,
                                                "score",
                                                0.56,
                                                "best",
                                                Map.of("kind", "NARROWER", "entry", Map.of("claimedLevel", "LEADS"))),
                                        nothing()))),
                        "uncovered",
                        List.of(Map.of("competence", Map.of("code", "DATA"))),
                        "teams",
                        List.of(Map.of("partners", List.of(id)))));
    }

    private static Map<String, @Nullable Object> nothing() {
        var need = new java.util.HashMap<String, @Nullable Object>(Map.of("covered", false, "score", 0.0));
        need.put("best", null);
        return need;
    }
}

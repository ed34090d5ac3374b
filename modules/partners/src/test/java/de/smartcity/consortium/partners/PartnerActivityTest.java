package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;

/** Who sees which events of a partner, in its activity and by their ids. */
@ModuleTest
class PartnerActivityTest {

    private static final String ACTIVITY = """
            query ($id: ID!) { partner(id: $id) { activity(first: 100) {
              nodes { id type changed reason details { field value } } } } }""";

    @Autowired
    private Given given;

    @Autowired
    private Asked asked;

    @Autowired
    private PartnerManagement management;

    @Autowired
    private MongoOperations mongo;

    @Test
    void itsOwnPeopleAndTheOfficeSeeItAndNobodyElse() {
        var partner = given.partner(PartnerStatus.SUSPENDED);
        var fellow = given.partner(PartnerStatus.ACTIVE);
        var suspended = given.partner(PartnerStatus.SUSPENDED);
        var own = Callers.of(partner, Role.VIEWER);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> activity(Callers.office(), partner).size() == 6);

        var seen = activity(own, partner);
        assertThat(seen.values().stream().map(PartnerActivityTest::described))
                .containsExactly(
                        "PARTNER_SUSPENDED [status, statusReason] For a test {status=SUSPENDED}",
                        "PARTNER_ADMITTED [status, memberSince] null {memberSince=%s, status=ACTIVE}"
                                .formatted(partner.profile().memberSince()),
                        "PARTNER_ONBOARDING_BEGUN [status] null {status=ONBOARDING}");
        assertThat(activity(Callers.office(), partner).values().stream().map(event -> event.get("type")))
                .as("what happened to the prospect concerned the office only")
                .endsWith("PARTNER_CONTACT_ADDED", "PARTNER_CONTACT_ADDED", "PROSPECT_RECORDED");

        for (var stranger : List.of(
                Actor.anonymous(), Callers.of(fellow, Role.PARTNER_ADMIN), Callers.of(suspended, Role.PARTNER_ADMIN))) {
            assertThat(partner(stranger, partner)).as("hidden").isNull();
            seen.keySet().forEach(id -> assertThat(node(stranger, id)).isNull());
        }
        for (var reader : List.of(own, Callers.office())) {
            seen.keySet().forEach(id -> assertThat(node(reader, id)).isEqualTo(id));
        }
        activity(Callers.office(), partner).keySet().stream()
                .filter(id -> !seen.containsKey(id))
                .forEach(id -> assertThat(node(own, id)).isNull());
    }

    @Test
    void fellowMembersSeeAMemberButNotItsActivity() {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var fellow = Callers.of(given.partner(PartnerStatus.ACTIVE), Role.PARTNER_ADMIN);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> activity(Callers.office(), partner).size() == 5);
        assertThat(activity(fellow, partner)).isEmpty();
        assertThat(activity(Actor.anonymous(), partner)).isEmpty();
        activity(Callers.office(), partner).keySet().forEach(id -> {
            assertThat(node(fellow, id)).isNull();
            assertThat(node(Actor.anonymous(), id)).isNull();
        });
    }

    @Test
    void theOfficeSeesThatAProspectWasDroppedAlthoughItDoesNotSeeTheProspect() {
        var partner = given.partner(PartnerStatus.PROSPECT);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> activity(Callers.office(), partner).size() == 3);
        management.dropProspect(partner.id(), "A reason", Change.by(Actor.system(), Instant.now()));
        assertThat(partner(Callers.office(), partner)).isNull();

        var dropped = new AtomicReference<String>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            var event = mongo.getCollection("activity")
                    .find(Filters.and(
                            Filters.eq("subject", partner.id().value()), Filters.eq("type", "PROSPECT_DROPPED")))
                    .first();
            if (event != null) {
                dropped.set(new GlobalId("Activity", event.get("event", UUID.class)).text());
            }
            return event != null;
        });
        assertThat(node(Callers.office(), dropped.get())).isEqualTo(dropped.get());
        var member = Callers.of(given.partner(PartnerStatus.ACTIVE), Role.PARTNER_ADMIN);
        for (var stranger : List.of(Actor.anonymous(), member)) {
            assertThat(node(stranger, dropped.get())).isNull();
        }
    }

    private static String described(Map<String, Object> event) {
        var details = new LinkedHashMap<Object, Object>();
        for (var detail : (List<?>) Objects.requireNonNull(event.get("details"))) {
            details.put(((Map<?, ?>) detail).get("field"), ((Map<?, ?>) detail).get("value"));
        }
        return event.get("type") + " " + event.get("changed") + " " + event.get("reason") + " " + details;
    }

    /** By id, the latest first. */
    private Map<String, Map<String, Object>> activity(Actor actor, Partner partner) {
        List<Map<String, Object>> nodes =
                asked.data(actor, ACTIVITY, Map.of("id", Asked.globalId(partner)), "partner", "activity", "nodes");
        var byId = new LinkedHashMap<String, Map<String, Object>>();
        nodes.forEach(node -> byId.put(String.valueOf(node.get("id")), node));
        return byId;
    }

    private @Nullable Object partner(Actor actor, Partner partner) {
        return asked.<@Nullable Object>data(actor, ACTIVITY, Map.of("id", Asked.globalId(partner)), "partner");
    }

    private @Nullable Object node(Actor actor, String id) {
        return asked.<@Nullable Object>data(
                actor, "query ($id: ID!) { node(id: $id) { id } }", Map.of("id", id), "node", "id");
    }
}

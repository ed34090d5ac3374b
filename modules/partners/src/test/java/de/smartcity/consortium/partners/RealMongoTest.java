package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoOperations;

/** Tests that need a real MongoDB; skipped with a reason if there is none. */
@ModuleTest
@Import(RealMongoTest.Listening.class)
class RealMongoTest {

    @Autowired
    private Asked asked;

    @Autowired
    private Given given;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private Finds finds;

    @BeforeEach
    void onlyThere() {
        assumeTrue(TestMongo.isReal(), TestMongo::whyNotReal);
    }

    @Test
    void everyQuestionUsesASelectiveIndex() {
        given.members(150);
        // Hidden documents must not be examined.
        for (var n = 0; n < 150; n++) {
            given.partner(PartnerStatus.PROSPECT);
        }
        PartnerQuestions.actors(given).forEach((asker, actor) -> {
            for (var filter : PartnerQuestions.Filter.values()) {
                for (var order : PartnerQuestions.Order.values()) {
                    if (!asker.isRefused(filter, order)) {
                        finds.commands.clear();
                        asked.<Object>data(actor, PartnerQuestions.document(filter, order), Map.of());
                        assertThat(finds.commands).hasSize(1);
                        isSelective(explained(finds.commands.getFirst()), filter + " by " + order + " as " + asker);
                    }
                }
            }
        });
    }

    private Document explained(BsonDocument find) {
        return mongo.executeCommand(
                new Document("explain", Document.parse(find.toJson())).append("verbosity", "executionStats"));
    }

    private static void isSelective(Document explained, String question) {
        var plan = String.valueOf(Objects.requireNonNull(explained.get("queryPlanner", Document.class))
                .get("winningPlan"));
        assertThat(plan).as(question).contains("IXSCAN").doesNotContain("COLLSCAN");
        assertThat(plan).as("%s: no sort in memory", question).doesNotContain("stage=SORT,");
        var stats = Objects.requireNonNull(explained.get("executionStats", Document.class));
        assertThat(((Number) Objects.requireNonNull(stats.get("totalDocsExamined"))).longValue())
                .as("%s: documents examined", question)
                .isLessThanOrEqualTo(3 * ((Number) Objects.requireNonNull(stats.get("nReturned"))).longValue() + 20);
    }

    @Test
    void aChangeIsAcknowledgedByTheMajority(@Autowired PartnerManagement management) {
        var partner = given.partner(PartnerStatus.ACTIVE);
        management.suspend(partner.id(), "For a test", Change.by(Actor.system(), Instant.now()));
        var stored = mongo.getCollection("partners")
                .withReadConcern(ReadConcern.MAJORITY)
                .find(new Document("_id", partner.id().value()))
                .first();
        assertThat(Objects.requireNonNull(stored).getString("status")).isEqualTo("SUSPENDED");
    }

    @Test
    void aChangeSurvivesTheStepDownOfThePrimary(@Autowired MongoClient client) {
        var admin = client.getDatabase("admin");
        assumeTrue(
                admin.runCommand(new Document("hello", 1)).containsKey("setName"),
                "The MongoDB here is no replica set");
        var partner = given.partner(PartnerStatus.ACTIVE);
        try {
            admin.withWriteConcern(WriteConcern.MAJORITY)
                    .runCommand(new Document("replSetStepDown", 1).append("force", true));
        } catch (MongoException closed) {
            // Older servers close connections while they step down.
            assertThat(closed).isNotNull();
        }
        Map<String, Object> payload = asked.data(
                Callers.of(partner, Role.PARTNER_ADMIN),
                "mutation ($id: ID!, $v: Int!) { editPartner(input: { partnerId: $id, expectedVersion: $v, website: \"https://www.example.org\" })"
                        + " { userErrors { rule } } }",
                Map.of(
                        "id", Asked.globalId(partner),
                        "v", Objects.requireNonNull(partner.version()).intValue()),
                "editPartner");
        assertThat(payload).containsEntry("userErrors", List.of());
        assertThat(given.now(partner.id()).profile().website()).isNotNull();
    }

    static final class Finds implements CommandListener {
        private static final Set<String> KEPT = Set.of("find", "filter", "sort", "projection", "limit");
        private final List<BsonDocument> commands = new CopyOnWriteArrayList<>();

        @Override
        public void commandStarted(CommandStartedEvent event) {
            var command = event.getCommand();
            if (command.isString("find")
                    && command.getString("find").getValue().equals("partners")
                    && command.containsKey("sort")) {
                var find = new BsonDocument();
                command.forEach((key, value) -> {
                    if (KEPT.contains(key)) {
                        find.append(key, value);
                    }
                });
                commands.add(find);
            }
        }
    }

    @TestConfiguration
    static class Listening {
        @Bean
        Finds finds() {
            return new Finds();
        }

        @Bean
        MongoClientSettingsBuilderCustomizer hearing(Finds finds) {
            return settings -> settings.addCommandListener(finds);
        }
    }
}

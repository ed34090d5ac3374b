package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoOperations;

/** What other capabilities find of partners. */
@ModuleTest
@Import(PartnerLookupTest.Listening.class)
class PartnerLookupTest {

    @Autowired
    private PartnerLookup lookup;

    @Autowired
    private Given given;

    @Autowired
    private PartnerManagement management;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private Finds finds;

    @Test
    void anActorFindsThePartnersThatItMaySee() {
        var all = new EnumMap<PartnerStatus, Partner>(PartnerStatus.class);
        Stream.of(PartnerStatus.values()).forEach(status -> all.put(status, given.partner(status)));
        var suspended = Objects.requireNonNull(all.get(PartnerStatus.SUSPENDED));
        var active = Objects.requireNonNull(all.get(PartnerStatus.ACTIVE));

        assertThat(found(Actor.system(), all)).containsExactlyInAnyOrder(PartnerStatus.values());
        assertThat(found(Callers.office(), all)).containsExactlyInAnyOrder(PartnerStatus.values());
        assertThat(found(Callers.of(active, Role.VIEWER), all)).containsExactly(PartnerStatus.ACTIVE);
        assertThat(found(Callers.of(suspended, Role.VIEWER), all))
                .containsExactlyInAnyOrder(PartnerStatus.ACTIVE, PartnerStatus.SUSPENDED);
        assertThat(found(Actor.anonymous(), all)).containsExactly(PartnerStatus.ACTIVE);
    }

    private List<PartnerStatus> found(Actor actor, Map<PartnerStatus, Partner> partners) {
        var ids = partners.values().stream().map(Partner::id).toList();
        var found = lookup.find(ids, actor);
        assertThat(found).allSatisfy((id, face) -> {
            assertThat(face.id()).isEqualTo(id);
            assertThat(Objects.requireNonNull(partners.get(face.status())).id()).isEqualTo(id);
        });
        return found.values().stream().map(PartnerFace::status).toList();
    }

    @Test
    void aFaceHasTheNameTheLegalEntityAndTheSignatures() {
        var partner = given.partner("some-partner", "Some partner", PartnerStatus.ACTIVE);
        assertThat(lookup.find(List.of(partner.id()), Actor.system()))
                .containsExactly(Map.entry(
                        partner.id(),
                        new PartnerFace(
                                partner.id(),
                                PartnerStatus.ACTIVE,
                                LocalizedText.of(Map.of("en", "Some partner")),
                                null,
                                1)));

        mongo.getCollection("partners")
                .updateOne(
                        Filters.eq("_id", partner.id().value()),
                        Updates.combine(
                                Updates.set(
                                        "profile.legalEntity",
                                        new Document("name", "Some GmbH").append("seat", "Duisburg")),
                                Updates.set("profile.signaturesRequired", 2)));
        assertThat(face(partner))
                .extracting(PartnerFace::legalEntity, PartnerFace::signaturesRequired)
                .containsExactly(new LegalEntity("Some GmbH", null, null, "Duisburg"), 2);
    }

    @Test
    void aStoredPartnerMayLackWhatAFaceHas() {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var id = Filters.eq("_id", partner.id().value());
        var nameless = new PartnerFace(partner.id(), PartnerStatus.ACTIVE, LocalizedText.of(Map.of()), null, 1);
        for (var missing : List.of("profile.name", "profile.signaturesRequired", "profile")) {
            mongo.getCollection("partners").updateOne(id, Updates.unset(missing));
        }
        assertThat(face(partner)).isEqualTo(nameless);
    }

    private PartnerFace face(Partner partner) {
        return Objects.requireNonNull(
                lookup.find(List.of(partner.id()), Actor.system()).get(partner.id()));
    }

    @Test
    void whatDoesNotExistIsNotFoundAndADroppedProspectByNobody() {
        var prospect = given.partner(PartnerStatus.PROSPECT);
        management.dropProspect(prospect.id(), null, Change.by(Actor.system(), Instant.now()));

        assertThat(lookup.find(List.of(prospect.id(), PartnerId.next()), Actor.system()))
                .isEmpty();
    }

    @Test
    void anyNumberOfPartnersTakesOneCommandThatReadsOnlyWhatAFaceHas() {
        var ids = given.members(101).stream().map(Partner::id).collect(Collectors.toSet());
        finds.commands.clear();

        assertThat(lookup.find(ids, Callers.office())).containsOnlyKeys(ids);
        assertThat(lookup.find(List.of(), Callers.office())).isEmpty();

        assertThat(finds.commands)
                .singleElement()
                .satisfies(find -> assertThat(find.getDocument("projection").keySet())
                        .containsExactlyInAnyOrder(
                                "status", "profile.name", "profile.legalEntity", "profile.signaturesRequired"));
    }

    static final class Finds implements CommandListener {
        private final List<BsonDocument> commands = new CopyOnWriteArrayList<>();

        @Override
        public void commandStarted(CommandStartedEvent event) {
            // Relay, handlers and jobs work at any time, on threads of their own.
            if (!Thread.currentThread().getName().startsWith("background-")
                    && List.of("find", "getMore").contains(event.getCommandName())) {
                commands.add(event.getCommand().clone());
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
        MongoClientSettingsBuilderCustomizer listening(Finds finds) {
            return settings -> settings.addCommandListener(finds);
        }
    }
}

package de.smartcity.consortium.partners.application;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.model.Partner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoOperations;

/** The audience is evaluated by the database and by the domain; both must agree. */
@ModuleTest
class AudienceCriterionTest {

    private static final int OBJECTS = 300;
    private static final int ACTORS = 100;
    private static final List<PartnerId> PARTNERS =
            IntStream.range(0, 8).mapToObj(n -> PartnerId.next()).toList();

    record Seen(@Id UUID id, DerivedFields derived) {}

    private static final Viewpoint MEMBER = Viewpoint.relation("member", PartnerStatus.ACTIVE);

    @Test
    void theCriterionFindsWhatThePredicateAdmits(
            @Autowired MongoOperations mongo, @Autowired RecordCollections collections, @Autowired Pages pages) {
        var random = new Random(20180709);
        var collection = mongo.getCollection("generated");
        collection.createIndex(new Document(DerivedPaths.AUDIENCE, 1));
        var objects = IntStream.range(0, OBJECTS)
                .mapToObj(n -> new Seen(UUID.randomUUID(), new DerivedFields(audience(random), null, null, null, null)))
                .toList();
        mongo.insert(objects, "generated");
        var table = TypeTable.of("Generated", StoredPartner.class, StoredPartner::derived, List.of(Partner.OWN, MEMBER))
                .build();
        var reading = pages.of(table, collections.of("generated", StoredPartner.class));

        var pairs = 0;
        var admitted = 0;
        for (var n = 0; n < ACTORS; n++) {
            var actor = actor(random);
            var held = actor.tokens(List.of(Partner.OWN, MEMBER));
            var found = collection.find(reading.visibleTo(actor)).into(new ArrayList<>()).stream()
                    .map(document -> document.get("_id", UUID.class))
                    .collect(Collectors.toSet());
            var expected = objects.stream()
                    .filter(object ->
                            !object.derived().audience().viewpoints(held).isEmpty())
                    .map(Seen::id)
                    .collect(Collectors.toSet());
            assertThat(found).as("what %s sees", held.keySet()).isEqualTo(expected);
            pairs += OBJECTS;
            admitted += found.size();
        }
        assertThat(pairs).isGreaterThanOrEqualTo(10_000);
        assertThat(admitted).as("neither all nor nothing").isBetween(pairs / 20, pairs * 19 / 20);
    }

    private static Audience audience(Random random) {
        var audience = List.of(Audience.nobody(), Audience.office(), Audience.consortium(), Audience.everybody())
                .get(random.nextInt(4));
        for (var partner : PARTNERS) {
            switch (random.nextInt(12)) {
                case 0 -> audience = audience.with(Partner.OWN.token(partner));
                case 1 -> audience = audience.with(MEMBER.token(partner));
                default -> {
                    // Not a token of this partner.
                }
            }
        }
        return audience;
    }

    private static Actor actor(Random random) {
        var office = random.nextInt(6) == 0;
        return switch (random.nextInt(8)) {
            case 0 -> Actor.anonymous();
            case 1 ->
                Actor.unattached(
                        Actor.Kind.PERSON,
                        new AccountId("a"),
                        office,
                        NoActingOrganisation.SEVERAL_ORGANISATIONS,
                        List.of());
            default -> {
                var statuses = PartnerStatus.values();
                var organisation = new Organisation(
                        new OrganisationId("o"),
                        PARTNERS.get(random.nextInt(PARTNERS.size())),
                        new PartnerAlias("an-alias"),
                        statuses[random.nextInt(statuses.length)],
                        Set.of(Role.values()[random.nextInt(Role.values().length)]));
                yield Actor.acting(Actor.Kind.PERSON, new AccountId("a"), office, organisation, List.of(organisation));
            }
        };
    }
}

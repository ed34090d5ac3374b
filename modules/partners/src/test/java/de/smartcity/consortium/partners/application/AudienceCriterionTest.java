package de.smartcity.consortium.partners.application;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.AudienceToken;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnersTest;
import java.util.ArrayList;
import java.util.HashSet;
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

/** The audience is asked in two ways, by the database and by the domain; they must never differ. */
@PartnersTest
class AudienceCriterionTest {

    private static final int OBJECTS = 300;
    private static final int ACTORS = 100;
    private static final List<PartnerId> PARTNERS =
            IntStream.range(0, 8).mapToObj(n -> PartnerId.next()).toList();

    record Seen(@Id UUID id, Audience audience) {}

    @Test
    void theCriterionFindsWhatThePredicateAdmits(@Autowired MongoOperations mongo) {
        var random = new Random(20180709);
        var collection = mongo.getCollection("generated");
        collection.createIndex(new Document("audience.tokens", 1));
        var objects = IntStream.range(0, OBJECTS)
                .mapToObj(n -> new Seen(UUID.randomUUID(), audience(random)))
                .toList();
        mongo.insert(objects, "generated");

        var pairs = 0;
        var admitted = 0;
        for (var n = 0; n < ACTORS; n++) {
            var actor = actor(random);
            var found = collection.find(PartnerReading.visibleTo(actor)).into(new ArrayList<>()).stream()
                    .map(document -> document.get("_id", UUID.class))
                    .collect(Collectors.toSet());
            var expected = objects.stream()
                    .filter(object -> object.audience().admits(actor))
                    .map(Seen::id)
                    .collect(Collectors.toSet());
            assertThat(found).as("what %s sees", actor.tokens()).isEqualTo(expected);
            pairs += OBJECTS;
            admitted += found.size();
        }
        assertThat(pairs).isGreaterThanOrEqualTo(10_000);
        assertThat(admitted).as("neither all nor nothing").isBetween(pairs / 20, pairs * 19 / 20);
    }

    private static Audience audience(Random random) {
        var tokens = new HashSet<AudienceToken>();
        if (random.nextInt(10) == 0) {
            tokens.add(AudienceToken.PUBLIC);
        }
        if (random.nextInt(5) == 0) {
            tokens.add(AudienceToken.CONSORTIUM);
        }
        if (random.nextInt(3) == 0) {
            tokens.add(AudienceToken.OFFICE);
        }
        for (var partner : PARTNERS) {
            switch (random.nextInt(12)) {
                case 0 -> tokens.add(AudienceToken.named(partner));
                case 1 -> tokens.add(AudienceToken.own(partner));
                default -> {
                    // Not for this partner.
                }
            }
        }
        return new Audience(tokens);
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

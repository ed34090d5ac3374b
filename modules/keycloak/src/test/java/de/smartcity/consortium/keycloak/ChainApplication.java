package de.smartcity.consortium.keycloak;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A service with this module's security chain that returns the actor at /graphql. */
@SpringBootApplication
class ChainApplication {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Partners partners() {
        return new Partners();
    }

    /** The partners that a test adds. */
    static final class Partners implements PartnerDirectory {

        private final Map<OrganisationId, Entry> known = new HashMap<>();

        void add(String organisation, String alias, PartnerStatus status) {
            known.put(new OrganisationId(organisation), new Entry(PartnerId.next(), new PartnerAlias(alias), status));
        }

        @Override
        public Map<OrganisationId, Entry> find(Collection<OrganisationId> organisations) {
            return organisations.stream()
                    .filter(known::containsKey)
                    .collect(Collectors.toMap(same -> same, known::get));
        }
    }

    @RestController
    static class ActorController {

        private final Actors actors;

        ActorController(Actors actors) {
            this.actors = actors;
        }

        @PostMapping("/graphql")
        String actor(
                @Nullable Authentication authentication,
                @RequestHeader(name = Actors.ACTING_ORGANISATION, required = false) @Nullable
                        String actingOrganisation) {
            return described(actors.of(authentication, actingOrganisation));
        }

        @GetMapping({"/actuator/health/readiness", "/elsewhere"})
        String up() {
            return "UP";
        }

        private static String described(Actor actor) {
            return actor.kind() + " "
                    + actor.organisation()
                            .map(Organisation::alias)
                            .map(PartnerAlias::value)
                            .orElse("-") + " "
                    + Thread.currentThread().isVirtual();
        }
    }
}

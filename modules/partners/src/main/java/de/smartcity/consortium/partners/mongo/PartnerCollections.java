package de.smartcity.consortium.partners.mongo;

import de.smartcity.consortium.activity.OutboxSource;
import de.smartcity.consortium.mongo.DeclaredIndex;
import de.smartcity.consortium.mongo.StoredValues;
import de.smartcity.consortium.partners.application.PartnerReading;
import de.smartcity.consortium.partners.model.AreaCode;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.EmailAddress;
import de.smartcity.consortium.partners.model.PhoneNumber;
import de.smartcity.consortium.partners.model.Website;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The collections {@code partners}, {@code areas} and {@code consortium}; the latter two are small and read by id or whole. */
@Configuration(proxyBeanMethods = false)
class PartnerCollections {

    private static final String PARTNERS = PartnerReading.PARTNERS;

    @Bean
    static StoredValues partnerValues() {
        return new StoredValues(
                List.of(AreaCode.class, ContactId.class, EmailAddress.class, PhoneNumber.class, Website.class));
    }

    @Bean
    OutboxSource partnerOutbox() {
        return new OutboxSource(PARTNERS);
    }

    @Bean
    DeclaredIndex partnersWithWaitingEvents(OutboxSource partnerOutbox) {
        return partnerOutbox.index();
    }

    @Bean
    DeclaredIndex partnerAlias() {
        return DeclaredIndex.unique(PARTNERS, "alias");
    }

    @Bean
    DeclaredIndex partnerOrganisation() {
        return DeclaredIndex.uniqueWherePresent(PARTNERS, "organisation");
    }

    @Bean
    DeclaredIndex visiblePartnersByName() {
        return DeclaredIndex.on(PARTNERS, "audience.tokens", "sort.name");
    }

    @Bean
    DeclaredIndex visiblePartnersByMembership() {
        return DeclaredIndex.on(PARTNERS, "audience.tokens", "sort.memberSince");
    }

    @Bean
    DeclaredIndex searchedPartnersByName() {
        return DeclaredIndex.on(PARTNERS, "search", "sort.name");
    }

    @Bean
    DeclaredIndex identifiedPartnersByName() {
        return DeclaredIndex.on(PARTNERS, "identifierKeys", "sort.name");
    }

    @Bean
    DeclaredIndex areasByPlace() {
        return DeclaredIndex.on("areas", "place");
    }
}

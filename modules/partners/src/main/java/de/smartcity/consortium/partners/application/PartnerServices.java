package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.PartnerLookup;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.Partners;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryTemplate;

/** The module's services. */
@Configuration(proxyBeanMethods = false)
class PartnerServices {

    @Bean
    TypeTable<StoredPartner> partnerTable() {
        return PartnerTable.table();
    }

    @Bean
    TypeTable<Contact> contactTable() {
        return TypeTable.ofRecord(Contact.class, "Contact")
                .key(contact -> contact.id().value())
                .build();
    }

    @Bean
    PartnerReading partnerReading(TypeTable<StoredPartner> partnerTable, RecordCollections collections, Pages pages) {
        return new PartnerReading(partnerTable, collections, pages);
    }

    @Bean
    PartnerLookup partnerLookup(TypeTable<StoredPartner> partnerTable, RecordCollections collections) {
        return new PartnerFaces(partnerTable, collections);
    }

    @Bean
    PartnerStatuses partnerStatuses(Partners partners, Clock clock) {
        return new PartnerStatuses(partners, clock);
    }

    @Bean
    PartnerManagement partnerManagement(Partners partners, PartnerStatuses statuses, RetryTemplate staleWrites) {
        return new PartnerManagement(partners, statuses, staleWrites);
    }

    @Bean
    PartnerTexts partnerTexts(Languages languages) {
        return new PartnerTexts(languages);
    }

    @Bean
    PartnerSetup partnerSetup(Partners partners, PartnerManagement management, PartnerRowMapper rows, Clock clock) {
        return new PartnerSetup(partners, management, rows, clock);
    }
}

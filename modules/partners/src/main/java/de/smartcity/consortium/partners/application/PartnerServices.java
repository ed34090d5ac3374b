package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.graphql.DefaultLocale;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.Partners;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.data.mongodb.core.mapping.event.BeforeConvertCallback;

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

    /** Recomputes a partner's derived fields; Spring Data calls it at every save. */
    @Bean
    BeforeConvertCallback<Partner> derivedFieldsOfPartners(DefaultLocale defaultLocale) {
        return (partner, collection) -> {
            partner.derive(defaultLocale.tag());
            return partner;
        };
    }

    @Bean
    PartnerReading partnerReading(TypeTable<StoredPartner> partnerTable, RecordCollections collections, Pages pages) {
        return new PartnerReading(partnerTable, collections, pages);
    }

    @Bean
    PartnerStatuses partnerStatuses(Partners partners, Clock clock) {
        return new PartnerStatuses(partners, clock);
    }

    @Bean
    PartnerManagement partnerManagement(
            Partners partners, PartnerStatuses statuses, RetryTemplate staleWrites, Clock clock) {
        return new PartnerManagement(partners, statuses, staleWrites, clock);
    }

    @Bean
    PartnerSetup partnerSetup(Partners partners, PartnerManagement management, PartnerRowMapper rows) {
        return new PartnerSetup(partners, management, rows);
    }
}

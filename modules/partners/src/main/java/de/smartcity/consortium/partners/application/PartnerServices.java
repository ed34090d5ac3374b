package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.model.Partners;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;

/** The module's services. */
@Configuration(proxyBeanMethods = false)
class PartnerServices {

    @Bean
    ConsortiumReading consortiumReading(RecordCollections views, Clock clock) {
        return new ConsortiumReading(views, clock);
    }

    @Bean
    PartnerReading partnerReading(RecordCollections views, Pages pages) {
        return new PartnerReading(views, pages);
    }

    @Bean
    PartnerStatuses partnerStatuses(Partners partners, Clock clock) {
        return new PartnerStatuses(partners, clock);
    }

    @Bean
    PartnerManagement partnerManagement(
            Partners partners, ConsortiumReading consortium, PartnerStatuses statuses, Clock clock) {
        return new PartnerManagement(partners, consortium, statuses, clock);
    }

    @Bean
    ConsortiumSetup consortiumSetup(
            MongoOperations mongo,
            Partners partners,
            PartnerManagement management,
            ConsortiumReading consortium,
            RowMapper rows) {
        return new ConsortiumSetup(mongo, partners, management, consortium, rows);
    }
}

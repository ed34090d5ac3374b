package de.smartcity.consortium.consortium.application;

import de.smartcity.consortium.mongo.RecordCollections;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConsortiumServices {

    @Bean
    ConsortiumReading consortiumReading(RecordCollections collections, Clock clock) {
        return new ConsortiumReading(collections, clock);
    }

    @Bean
    ConsortiumSetup consortiumSetup(
            RecordCollections collections, ConsortiumReading reading, ConsortiumRowMapper rows) {
        return new ConsortiumSetup(collections, reading, rows);
    }
}

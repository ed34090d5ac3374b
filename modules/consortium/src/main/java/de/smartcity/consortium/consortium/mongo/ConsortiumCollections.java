package de.smartcity.consortium.consortium.mongo;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.consortium.application.ConsortiumReading;
import de.smartcity.consortium.mongo.Migration;
import de.smartcity.consortium.mongo.StoredValues;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The collections {@code consortium} and {@code areas}; they have no index but that of their ids. */
@Configuration(proxyBeanMethods = false)
class ConsortiumCollections {

    @Bean
    static StoredValues consortiumValues() {
        return new StoredValues(List.of(AreaCode.class));
    }

    @Bean
    Migration awardsAndTimeZone() {
        return Migration.ofDocuments(
                1, "Awards and time zone of the consortium", "1", ConsortiumReading.CONSORTIUM, (stored, database) -> {
                    if (stored.containsKey("recognitions")) {
                        stored.put("awards", stored.remove("recognitions"));
                    }
                    // Before there was a time zone, the only consortium was Duisburg's.
                    stored.putIfAbsent("timeZone", "Europe/Berlin");
                    return stored;
                });
    }
}

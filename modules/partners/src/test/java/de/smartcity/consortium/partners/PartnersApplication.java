package de.smartcity.consortium.partners;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** This module and those below it, without a web server and without Keycloak. */
@SpringBootApplication(scanBasePackages = "de.smartcity.consortium")
public class PartnersApplication {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}

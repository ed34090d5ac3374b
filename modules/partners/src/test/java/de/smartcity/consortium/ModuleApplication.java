package de.smartcity.consortium;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The tested module and those below it, without a web server and without Keycloak. In the package above all, so that all are found. */
@SpringBootApplication
public class ModuleApplication {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}

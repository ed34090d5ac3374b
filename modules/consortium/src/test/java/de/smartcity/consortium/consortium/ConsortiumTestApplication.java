package de.smartcity.consortium.consortium;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** This module and those below it, without a web server and without Keycloak. */
@SpringBootApplication(scanBasePackages = "de.smartcity.consortium")
class ConsortiumTestApplication {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Controller
    static class DummyMutation {
        @MutationMapping
        boolean nothing() {
            return true;
        }
    }
}

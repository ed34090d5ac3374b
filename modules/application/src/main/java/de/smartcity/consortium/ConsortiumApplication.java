package de.smartcity.consortium;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The service: all capabilities over one GraphQL schema. */
@SpringBootApplication
public class ConsortiumApplication {

    public static void main(String[] args) {
        SpringApplication.run(ConsortiumApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}

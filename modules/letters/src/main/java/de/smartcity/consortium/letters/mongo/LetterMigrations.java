package de.smartcity.consortium.letters.mongo;

import de.smartcity.consortium.letters.application.LetterReading;
import de.smartcity.consortium.letters.model.LetterOfIntent;
import de.smartcity.consortium.mongo.Migration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The migrations of letters. */
@Configuration(proxyBeanMethods = false)
class LetterMigrations {

    @Bean
    Migration statesAndTasksOfLetters() {
        return Migration.resave(10, "States and tasks of letters", "1", LetterReading.LETTERS, LetterOfIntent.class);
    }
}

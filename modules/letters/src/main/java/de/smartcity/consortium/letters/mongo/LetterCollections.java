package de.smartcity.consortium.letters.mongo;

import de.smartcity.consortium.activity.EventSource;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.graphql.TaskSource;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.application.LetterReading;
import de.smartcity.consortium.letters.application.StoredLetter;
import de.smartcity.consortium.letters.model.LetterEvent;
import de.smartcity.consortium.letters.model.LetterOfIntent;
import de.smartcity.consortium.letters.model.LetterTask;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.mongo.StoredValues;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The collections {@code letters} and {@code letterEditions}; the latter is only read by its id. */
@Configuration(proxyBeanMethods = false)
class LetterCollections {

    @Bean
    static StoredValues letterValues() {
        return new StoredValues(List.of(LetterId.class));
    }

    @Bean
    EventSource letterEvents(TypeTable<StoredLetter> letterTable) {
        return EventSource.of(LetterReading.LETTERS, LetterOfIntent.class, LetterEvent.class, letterTable);
    }

    @Bean
    TaskSource letterTasks(TypeTable<StoredLetter> letterTable, RecordCollections collections) {
        return TaskSource.of(LetterReading.LETTERS, LetterTask.class, letterTable, collections);
    }

    @Bean
    CollectionIndexes letterIndexes() {
        var createdAt = DerivedPaths.sort("createdAt");
        return CollectionIndexes.of(LetterReading.LETTERS)
                .on(Job.DUE_ON)
                .on("files")
                .on(EventSource.WAITING_SINCE)
                .on(EventSource.SET_ASIDE_SINCE)
                .on(DerivedPaths.TASK_HOLDERS)
                .on(DerivedPaths.AUDIENCE, createdAt)
                .on(DerivedPaths.FACETS, createdAt)
                .on(DerivedPaths.SEARCH, createdAt);
    }
}

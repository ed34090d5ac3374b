package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.activity.EventHandler;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.model.LetterEvent;
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.Set;
import org.bson.codecs.pojo.annotations.BsonId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens to letters because of days and of events. */
@Configuration(proxyBeanMethods = false)
class LetterDays {

    /** After these a letter may refer to fewer files. */
    private static final Set<String> FEWER_FILES =
            Set.of(LetterEvent.LETTER_EDITED.name(), LetterEvent.LETTER_DRAFT_DELETED.name());

    /** A letter in which something is due; public only because the driver instantiates no other class. */
    public record DueLetter(@BsonId LetterId id) {}

    @Bean
    Job<LetterId> daysOfLetters(LetterManagement management, RecordCollections collections) {
        return Job.ofDays(
                "settle-letters",
                collections.of(LetterReading.LETTERS, DueLetter.class),
                DueLetter::id,
                management::settle);
    }

    @Bean
    EventHandler filesOfLetters(FileClaims files) {
        return new EventHandler("review-files-of-letters", event -> {
            if (FEWER_FILES.contains(event.type())) {
                files.review(LetterFiles.KIND, event.subject());
            }
        });
    }
}

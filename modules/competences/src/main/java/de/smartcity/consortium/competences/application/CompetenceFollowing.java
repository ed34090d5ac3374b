package de.smartcity.consortium.competences.application;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.activity.EventHandler;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.model.CompetenceEvent;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.mongo.RecordCollections;
import java.time.Clock;
import java.util.ArrayList;
import org.bson.codecs.pojo.annotations.BsonId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens to profiles because of events, of days and of releases of the vocabulary. */
@Configuration(proxyBeanMethods = false)
class CompetenceFollowing {

    /** The competences of a profile that were not deprecated when they were looked up last. */
    static final String CURRENT = "currentCompetences";

    private static final String PARTNER = "Partner";

    /** A profile; public only because the driver instantiates no other class. */
    public record ProfileKey(@BsonId PartnerId partner) {}

    /** A deprecated competence; public only because the driver instantiates no other class. */
    public record ConceptKey(@BsonId CompetenceCode code) {}

    /**
     * Also after a profile has been begun: an event of its partner may have come between reading the partner and storing the profile.
     */
    @Bean
    EventHandler partnersOfProfiles(ProfileManagement management, Clock clock) {
        return new EventHandler("follow-partners-in-profiles", event -> {
            if (event.kind().equals(PARTNER) || event.type().equals(CompetenceEvent.COMPETENCE_PROFILE_BEGUN.name())) {
                management.followPartner(new PartnerId(event.subject()), Change.by(Actor.system(), clock.instant()));
            }
        });
    }

    /** After each of its events but the first, a profile may refer to fewer files. */
    @Bean
    EventHandler filesOfProfiles(FileClaims files) {
        return new EventHandler("review-files-of-profiles", event -> {
            if (event.kind().equals(CompetenceFiles.KIND)
                    && !event.type().equals(CompetenceEvent.COMPETENCE_PROFILE_BEGUN.name())) {
                files.review(CompetenceFiles.KIND, event.subject());
            }
        });
    }

    @Bean
    Job<PartnerId> daysOfProfiles(ProfileManagement management, RecordCollections collections) {
        return Job.ofDays(
                "settle-competence-profiles",
                collections.of(ProfileReading.PROFILES, ProfileKey.class),
                ProfileKey::partner,
                management::settle);
    }

    /** A release may deprecate competences that profiles have. */
    @Bean
    Job<PartnerId> vocabularyOfProfiles(ProfileManagement management, RecordCollections collections) {
        var profiles = collections.of(ProfileReading.PROFILES, ProfileKey.class);
        var concepts = collections.of(VocabularyReading.COMPETENCES, ConceptKey.class);
        return new Job<>(
                "follow-vocabulary-in-profiles",
                (now, limit) -> {
                    var deprecated = concepts.find(Filters.gt("deprecatedSince", 0))
                            .projection(Projections.include("_id"))
                            .map(ConceptKey::code)
                            .into(new ArrayList<>());
                    return profiles.find(Filters.in(CURRENT, deprecated))
                            .projection(Projections.include("_id"))
                            .limit(limit)
                            .map(ProfileKey::partner)
                            .into(new ArrayList<>());
                },
                management::followVocabulary);
    }
}

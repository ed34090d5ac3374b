package de.smartcity.consortium.partners.mongo;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.activity.ActivityReading;
import de.smartcity.consortium.mongo.Migration;
import de.smartcity.consortium.partners.application.PartnerReading;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bson.Document;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The migrations of partners. */
@Configuration(proxyBeanMethods = false)
class PartnerMigrations {

    private static final String PARTNERS = PartnerReading.PARTNERS;
    private static final List<String> PROFILE = List.of(
            "name", "summary", "kind", "areas", "identifiers", "website", "address", "memberSince", "memberUntil");
    /** The second and later words of a name like PartnerEdited. */
    private static final Pattern WORD = Pattern.compile("(?<!^)[A-Z]");

    private static final List<String> NOW_DERIVED = List.of("audience", "sort", "search", "identifierKeys");

    @Bean
    Migration profilesAndTimesOfPartners() {
        return Migration.ofDocuments(
                2,
                "Profiles of partners, and when they were created and updated",
                "1",
                PARTNERS,
                (stored, database) -> {
                    if (!stored.containsKey("profile")) {
                        var profile = new Document();
                        PROFILE.stream()
                                .filter(stored::containsKey)
                                .forEach(field -> profile.put(field, stored.remove(field)));
                        stored.put("profile", profile);
                        NOW_DERIVED.forEach(stored::remove);
                        addTimes(stored, database);
                    }
                    return stored;
                });
    }

    @Bean
    Migration newDerivedFieldsOfPartners() {
        return Migration.resave(3, "Derived fields of partners", "1", PARTNERS, Partner.class);
    }

    /** The relay starts after the migrations, so that these two find all events, waiting or published. */
    @Bean
    Migration waitingEventsOfPartners() {
        return Migration.ofDocuments(
                4, "Waiting events of partners, and when prospects were dropped", "1", PARTNERS, (stored, database) -> {
                    // Nothing has changed a dropped prospect since.
                    if (stored.getBoolean("dropped", false)) {
                        stored.putIfAbsent("droppedAt", stored.get("updatedAt"));
                    }
                    var outbox = stored.get("outbox", new Document());
                    outbox.getList("events", Document.class, List.of())
                            .forEach(event -> renew(event, stored.get("_id", UUID.class)));
                    return stored;
                });
    }

    /** So far, all events are of partners. */
    @Bean
    Migration publishedEventsOfPartners() {
        return Migration.ofDocuments(
                5, "Types and audiences of published events", "1", ActivityReading.LOG, (stored, database) -> {
                    if (renew(stored, stored.get("subject", UUID.class))) {
                        stored.put("kind", "Partner");
                        stored.put("account", stored.remove("accountId"));
                    }
                    return stored;
                });
    }

    @Bean
    Migration tasksOfPartners() {
        return Migration.resave(6, "Tasks of partners", "1", PARTNERS, Partner.class);
    }

    @Bean
    Migration boundedSearchOfPartners() {
        return Migration.resave(7, "Bounded search prefixes of partners", "1", PARTNERS, Partner.class);
    }

    @Bean
    Migration signaturesOfPartners() {
        return Migration.ofDocuments(8, "Signatures required of partners", "1", PARTNERS, (stored, database) -> {
            stored.get("profile", new Document()).putIfAbsent("signaturesRequired", 1);
            return stored;
        });
    }

    @Bean
    Migration searchEntriesOfPartners() {
        return Migration.resave(9, "Search entries of partners", "1", PARTNERS, Partner.class);
    }

    /** Until then, a partner's own people and the office saw all of its events. */
    private static boolean renew(Document event, UUID partner) {
        if (event.containsKey("shape")) {
            return false;
        }
        event.put("shape", 1);
        event.put(
                "type", WORD.matcher(event.getString("type")).replaceAll("_$0").toUpperCase(Locale.ROOT));
        event.put("audience", new Document("tokens", List.of("office", "own:" + partner)));
        return true;
    }

    /** Its events are in the log or still in its outbox; a partner without events has the time of its id. */
    private static void addTimes(Document stored, MongoDatabase database) {
        var times = new ArrayList<Date>();
        var ofPartner = Filters.eq("subject", stored.get("_id"));
        for (var order : List.of(Sorts.ascending("_id"), Sorts.descending("_id"))) {
            var event = database.getCollection(ActivityReading.LOG)
                    .find(ofPartner)
                    .sort(order)
                    .limit(1)
                    .first();
            if (event != null) {
                times.add(event.getDate("at"));
            }
        }
        var outbox = stored.get("outbox", new Document());
        outbox.getList("events", Document.class, List.of()).forEach(event -> times.add(event.getDate("at")));
        if (times.isEmpty()) {
            var milliseconds = stored.get("_id", UUID.class).getMostSignificantBits() >>> 16;
            times.add(Date.from(Instant.ofEpochMilli(milliseconds)));
        }
        stored.put("createdAt", Collections.min(times));
        stored.put("updatedAt", Collections.max(times));
    }
}

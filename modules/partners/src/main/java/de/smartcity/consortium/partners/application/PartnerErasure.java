package de.smartcity.consortium.partners.application;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.activity.ActivityErasure;
import de.smartcity.consortium.activity.EventHandler;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.model.PartnerEvent;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Date;
import org.bson.codecs.pojo.annotations.BsonId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Erases dropped prospects some time after they were dropped, and the reasons of their events. */
@Configuration(proxyBeanMethods = false)
class PartnerErasure {

    private static final String DROPPED_AT = "droppedAt";

    /** A dropped prospect; public only because the driver instantiates no other class. */
    public record Dropped(@BsonId PartnerId id) {}

    /** @param keptFor how many whole days a dropped prospect is kept */
    @Bean
    Job<PartnerId> erasureOfDroppedProspects(
            PartnerManagement management,
            RecordCollections collections,
            @Value("${consortium.dropped-prospects.kept-for:90d}") Period keptFor) {
        // Only ids, so that one that cannot be read does not keep the others from being erased.
        var dropped = collections.of(PartnerReading.PARTNERS, Dropped.class);
        return new Job<>(
                "erase-dropped-prospects",
                (now, limit) -> dropped.find(Filters.lt(DROPPED_AT, Date.from(droppedBefore(now, keptFor))))
                        .sort(Sorts.ascending(DROPPED_AT))
                        .projection(Projections.include("_id"))
                        .limit(limit)
                        .map(Dropped::id)
                        .into(new ArrayList<>()),
                (partner, now) -> management.eraseDropped(
                        partner, droppedBefore(now, keptFor), Change.by(Actor.system(), now.at())));
    }

    /** The document of a prospect does not hold its published events, so they are erased when its erasure is published. */
    @Bean
    EventHandler erasureOfReasons(ActivityErasure activity) {
        return new EventHandler("erase-reasons-of-dropped-prospects", event -> {
            if (event.type().equals(PartnerEvent.PROSPECT_ERASED.name())) {
                activity.eraseReasons(event.subject());
            }
        });
    }

    /** The day on which it was dropped does not count. */
    private static Instant droppedBefore(Moment now, Period keptFor) {
        return now.startOf(now.today().minus(keptFor));
    }
}

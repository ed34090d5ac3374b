package de.smartcity.consortium.activity;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.kernel.PartnerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * An event in the log, with the fields of {@link de.smartcity.consortium.kernel.Event} and these. Handlers get all of it; for queries, what the
 * projection leaves out is null.
 *
 * @param number its position in the log: 1, 2, 3, …, without gaps
 * @param event the event's id; no event is in the log twice
 * @param kind the kind of the aggregate that it happened to
 * @param subject the id of that aggregate
 */
public record PublishedEvent(
        @BsonId long number,
        UUID event,
        String kind,
        UUID subject,
        String type,
        Instant at,
        @Nullable PartnerId partner,
        AccountId account,
        @Nullable List<String> changed,
        @Nullable String reason,
        @Nullable Map<String, String> details,
        EventAudience audience) {}

package de.smartcity.consortium.activity;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.PartnerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A document of the log; what a projection leaves out is null. Its fields are those of {@link de.smartcity.consortium.kernel.Event}, as the outbox
 * stores them, and these. Public only because the driver instantiates no other class.
 *
 * @param number its position in the log: 1, 2, 3, …, without gaps
 * @param event the event's id; no event is in the log twice
 * @param kind the kind of the aggregate that it happened to
 * @param subject the id of that aggregate
 */
public record StoredActivity(
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
        StoredAudience audience) {

    public record StoredAudience(
            List<String> tokens,
            @Nullable List<String> gained,
            @Nullable List<String> lost,
            @Nullable Map<String, List<String>> partly) {}
}

package de.smartcity.consortium.activity;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.PartnerId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * The type {@code Activity}, and a document of the log. What a projection leaves out is null.
 *
 * @param sequence its position in the log: 1, 2, 3, …, without gaps
 * @param event the event's id; no event is in the log twice
 * @param subject the id of the aggregate that it happened to
 * @param partner the partner whose organisation did it; null for the office without an organisation and for the service
 * @param changed the names of the changed fields
 */
public record ActivityView(
        @BsonId long sequence,
        UUID event,
        UUID subject,
        Instant at,
        String type,
        @Nullable PartnerId partner,
        AccountId accountId,
        List<String> changed,
        @Nullable String reason) {}

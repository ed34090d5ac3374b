package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An offer of the coordination, which waits for an answer.
 *
 * @param to the member that it is offered to
 * @param appointed whether the office offers it, because the coordinator cannot act, or none has confirmed
 * @param reason why the office does; null for the coordinator's own offer
 * @param by the account that offered it
 */
public record HandOver(
        PartnerId to, boolean appointed, @Nullable String reason, AccountId by, Instant at) {}

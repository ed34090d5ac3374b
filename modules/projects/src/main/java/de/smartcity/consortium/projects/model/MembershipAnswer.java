package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an invitation was answered. @param comment why it was declined; null otherwise */
public record MembershipAnswer(
        AccountId account, Instant at, @Nullable String comment) {}

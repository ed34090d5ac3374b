package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.AccountId;
import java.time.Instant;

/** Who answered an invitation, and when. Why it was declined, the event says. */
public record MembershipAnswer(AccountId account, Instant at) {}

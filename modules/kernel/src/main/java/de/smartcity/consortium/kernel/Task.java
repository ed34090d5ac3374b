package de.smartcity.consortium.kernel;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for a partner or the office, as an aggregate computes it when its fields are derived. An aggregate has at most one task of
 * the same kind, holder, role and account.
 *
 * @param kind what to do: a constant of the capability's task kinds, such as {@code COMPLETE_PROFILE}
 * @param holder for whom it waits; null for the office
 * @param due the last day to do it; null if there is none
 * @param role the role in the partner's organisation that it takes; null for a task that does not name one
 * @param account the account that is asked; null for a task that does not name one
 */
public record Task(
        Enum<?> kind,
        @Nullable PartnerId holder,
        @Nullable LocalDate due,
        @Nullable Role role,
        @Nullable AccountId account) {}

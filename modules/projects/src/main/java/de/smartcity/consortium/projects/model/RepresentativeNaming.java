package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Violations;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Who is named to consent for a member. @param until the last day; null for none */
public record RepresentativeNaming(
        AccountId account,
        @Nullable AccountId deputy,
        @Nullable LocalDate until) {

    private static final int MAX_YEARS = 10;

    /** Adds {@code deputy.same}, {@code until.past}, {@code until.far}. */
    void check(LocalDate today, Violations violations) {
        violations.demand(
                violations.isAt("account") || !account.equals(deputy),
                "deputy.same",
                "The deputy is another person.",
                "deputy");
        violations.demand(
                until == null || !until.isBefore(today), "until.past", "Give a day that is not over.", "until");
        violations.demand(
                until == null || !until.isAfter(today.plusYears(MAX_YEARS)),
                "until.far",
                "Give a day within " + MAX_YEARS + " years.",
                "until");
    }
}

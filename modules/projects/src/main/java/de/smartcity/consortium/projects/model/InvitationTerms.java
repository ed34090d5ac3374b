package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.Violations;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a partner is offered. Null where an input lacks it.
 *
 * @param asked what it is asked to do; at most {@value #MAX_LENGTH} characters
 * @param contribution what it is expected to contribute of its own; at most {@value #MAX_LENGTH} characters; null for none
 * @param message to whoever answers; at most {@value #MAX_MESSAGE_LENGTH} characters; null for none
 * @param answerBy the last day to answer
 * @param since for a project that is recorded, the day since which it has been a member; null for others
 */
public record InvitationTerms(
        ProjectRole role,
        String asked,
        @Nullable String contribution,
        @Nullable String message,
        LocalDate answerBy,
        @Nullable LocalDate since) {

    public static final int MAX_LENGTH = 500;
    public static final int MAX_MESSAGE_LENGTH = 1_000;

    /** How far ahead the last day to answer may be. */
    private static final int MAX_DAYS = 366;

    /** Adds {@code answerBy.past}, {@code answerBy.far}, {@code since.future}. */
    void check(LocalDate today, Violations violations) {
        violations.demand(
                !answerBy.isBefore(today), "answerBy.past", "Give a day that is not over to answer.", "answerBy");
        violations.demand(
                !answerBy.isAfter(today.plusDays(MAX_DAYS)),
                "answerBy.far",
                "Give a day to answer within " + MAX_DAYS + " days.",
                "answerBy");
        violations.demand(
                since == null || !since.isAfter(today), "since.future", "This day has not come yet.", "since");
    }
}

package de.smartcity.consortium.letters.model;

import java.time.LocalDate;

/**
 * What a person states when lifting a reservation.
 *
 * @param function in the organisation
 * @param decidedOn the day on which the body agreed
 * @param reference where that is recorded
 */
public record LiftingInput(String function, LocalDate decidedOn, String reference) {}

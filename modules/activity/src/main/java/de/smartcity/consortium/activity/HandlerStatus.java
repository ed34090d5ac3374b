package de.smartcity.consortium.activity;

import java.time.Duration;

/**
 * How far a handler is.
 *
 * @param behind the number of published events that it has not handled
 * @param lag the age of the oldest of them; zero if there is none
 * @param failures how often in a row the next event has failed
 */
public record HandlerStatus(String name, long behind, Duration lag, int failures) {}

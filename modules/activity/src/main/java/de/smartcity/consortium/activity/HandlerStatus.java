package de.smartcity.consortium.activity;

import java.time.Duration;

/**
 * How far a handler is.
 *
 * @param lag the age of the oldest published event that it has not handled; zero if there is none
 * @param failures how often in a row the next event has failed
 */
public record HandlerStatus(String name, Duration lag, int failures) {}

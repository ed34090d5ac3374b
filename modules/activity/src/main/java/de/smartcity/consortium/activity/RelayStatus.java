package de.smartcity.consortium.activity;

import java.time.Duration;

/**
 * How publishing is going, on all nodes.
 *
 * @param lag the age of the oldest waiting event; zero if none waits
 * @param setAside the number of documents whose events cannot be published
 */
public record RelayStatus(Duration lag, long setAside) {}

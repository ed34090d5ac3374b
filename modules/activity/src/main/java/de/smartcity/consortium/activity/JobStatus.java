package de.smartcity.consortium.activity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job's last run ended.
 *
 * @param runs the number of its runs
 * @param ranAt when it ended; null before the first
 * @param failed the number of changes that are due and failed
 * @param late whether no run has ended for much longer than the interval
 */
public record JobStatus(String name, long runs, @Nullable Instant ranAt, int failed, boolean late) {}

package de.smartcity.consortium.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test sets it. */
public final class SettableClock extends Clock {

    private volatile Instant now;

    /** A clock that shows this time. */
    public SettableClock(Instant now) {
        this.now = now;
    }

    /** Sets it to this time. */
    public void set(Instant time) {
        now = time;
    }

    /** Advances it. */
    public void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}

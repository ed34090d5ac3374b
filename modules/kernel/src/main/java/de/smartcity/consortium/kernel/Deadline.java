package de.smartcity.consortium.kernel;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time by which a request is to be answered, bound to the thread that does all its work. Threads of background work have none, and nothing is
 * refused there.
 *
 * <p>A change is refused until its save begins and never after: what was made must not be answered as if it was not. So from the beginning of a save
 * on, the save and what is read for its answer have {@link #GRACE}, however late it is, and the original deadline holds again when the next piece of
 * work begins.
 */
public final class Deadline {

    /** How long a save and what is read for its answer may take in any case. */
    public static final Duration GRACE = Duration.ofSeconds(2);

    // Used on the thread that it is bound to; exceeded() on any.
    private static final ThreadLocal<@Nullable Deadline> BOUND = new ThreadLocal<>();

    private final Duration limit;
    private final LongSupplier nanoTime;
    private final long original;
    private long current;

    private Deadline(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.original = nanoTime.getAsLong() + limit.toNanos();
        this.current = original;
    }

    /** A deadline so long from now. */
    public static Deadline in(Duration limit) {
        return in(limit, System::nanoTime);
    }

    /** A deadline on another clock, for tests. @param nanoTime gives nanoseconds like {@link System#nanoTime} */
    public static Deadline in(Duration limit, LongSupplier nanoTime) {
        return new Deadline(limit, nanoTime);
    }

    /** The deadline of the work on this thread. */
    public static Optional<Deadline> bound() {
        return Optional.ofNullable(BOUND.get());
    }

    /** Calls work of which this is the deadline. */
    public <T extends @Nullable Object> T call(Supplier<T> work) {
        var outer = BOUND.get();
        BOUND.set(this);
        try {
            return work.get();
        } finally {
            if (outer == null) {
                BOUND.remove();
            } else {
                BOUND.set(outer);
            }
        }
    }

    /** Runs work of which this is the deadline. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    /** What is left of it; zero if it has passed. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, current - nanoTime.getAsLong()));
    }

    /** What is thrown when it has passed. */
    public DeadlineExceeded exceeded() {
        return new DeadlineExceeded(limit);
    }

    /** For loops that may be long and commands to other servers. @throws DeadlineExceeded if the deadline of the work on this thread has passed */
    public static void check() {
        var bound = BOUND.get();
        if (bound != null && bound.isPast(bound.current)) {
            throw bound.exceeded();
        }
    }

    /**
     * Begins a piece of work that has saved nothing yet: a field of a request, or another attempt of a change whose save was refused.
     *
     * @throws DeadlineExceeded if the original deadline of the work on this thread has passed
     */
    public static void beginWork() {
        var bound = BOUND.get();
        if (bound != null) {
            bound.current = bound.original;
            check();
        }
    }

    /** Called before each save of an aggregate. @throws DeadlineExceeded if the original deadline of the work on this thread has passed */
    public static void beginSave() {
        beginWork();
        var bound = BOUND.get();
        if (bound != null) {
            var graceEnds = bound.nanoTime.getAsLong() + GRACE.toNanos();
            bound.current = graceEnds - bound.original > 0 ? graceEnds : bound.original;
        }
    }

    /** Differences, because nanoTime may overflow. */
    private boolean isPast(long time) {
        return time - nanoTime.getAsLong() <= 0;
    }
}

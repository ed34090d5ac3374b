package de.smartcity.consortium.activity;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a step on a virtual thread of its own: after each pause, and when it is woken. A step that fails is logged and repeated. */
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    /** By which logs and tests tell their work from that of requests. */
    private static final String THREAD_PREFIX = "background-";

    private final String name;
    private final Duration pause;
    private final Step step;
    private final Semaphore woken = new Semaphore(0);
    private volatile @Nullable Thread thread;
    private volatile @Nullable Thread stopped;

    /** What is repeated. */
    interface Step {
        void run() throws InterruptedException;
    }

    Worker(String name, Duration pause, Step step) {
        this.name = name;
        this.pause = pause;
        this.step = step;
    }

    /** Ends the pause, or makes the next one end at once. */
    void wake() {
        woken.release();
    }

    /** Waits until it is woken or the pause is over. For the step itself. */
    void pause() throws InterruptedException {
        woken.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        woken.drainPermits();
    }

    void start() {
        var started = Thread.ofVirtual().name(THREAD_PREFIX + name).unstarted(this::run);
        // Assigned before the start, because the loop ends when the field holds another thread.
        thread = started;
        started.start();
    }

    /** Tells it to end; {@link #awaitEnd} waits until it has. */
    void stop() {
        var running = thread;
        thread = null;
        stopped = running;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Waits until it has ended, but not longer than this. */
    void awaitEnd(Duration timeout) {
        var ending = stopped;
        if (ending != null) {
            try {
                ending.join(timeout);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        while (isRunning()) {
            try {
                step.run();
                pause();
            } catch (InterruptedException interrupted) {
                return;
            } catch (RuntimeException | Error failure) {
                // It must survive any failure, a stack overflow included, and not repeat it without a pause.
                if (isRunning()) {
                    Failures.warn(LOG, failure, "{} failed and is tried again", name);
                    pauseAfterFailure();
                }
            }
        }
    }

    private void pauseAfterFailure() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRunning() {
        return Thread.currentThread() == thread && !Thread.currentThread().isInterrupted();
    }
}

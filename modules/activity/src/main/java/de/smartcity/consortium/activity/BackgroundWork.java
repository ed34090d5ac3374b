package de.smartcity.consortium.activity;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/** Starts all workers when stored data is migrated and loaded, and stops them before the service shuts down. */
final class BackgroundWork implements SmartLifecycle {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final List<Worker> workers;
    private volatile boolean running;

    BackgroundWork(List<Worker> workers) {
        this.workers = List.copyOf(workers);
    }

    /** The workers wait for {@link #begin}. */
    @Override
    public void start() {
        running = true;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (running) {
            workers.forEach(Worker::start);
        }
    }

    @Override
    public void stop() {
        running = false;
        // All at once: each may have to give up a lease, and the service must end in time.
        workers.forEach(Worker::stop);
        var until = System.nanoTime() + STOP_TIMEOUT.toNanos();
        workers.forEach(worker -> worker.awaitEnd(Duration.ofNanos(Math.max(1, until - System.nanoTime()))));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

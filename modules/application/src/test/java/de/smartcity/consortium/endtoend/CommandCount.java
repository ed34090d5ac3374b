package de.smartcity.consortium.endtoend;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the Mongo commands of requests. */
final class CommandCount implements CommandListener {

    private final AtomicLong count = new AtomicLong();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (!Thread.currentThread().getName().startsWith("background")) {
            count.incrementAndGet();
        }
    }

    long get() {
        return count.get();
    }
}

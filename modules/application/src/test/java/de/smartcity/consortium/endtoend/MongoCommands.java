package de.smartcity.consortium.endtoend;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.bson.BsonValue;

/** The Mongo commands that requests send: their number, and their shapes, which are all names and the number of values, without the values. */
final class MongoCommands implements CommandListener {

    /** What the driver adds. */
    private static final Set<String> SESSION = Set.of("lsid", "$db", "$clusterTime", "$readPreference");

    private final List<String> shapes = new CopyOnWriteArrayList<>();
    private final AtomicLong count = new AtomicLong();
    private volatile boolean recording;

    @Override
    public void commandStarted(CommandStartedEvent event) {
        // Relay, handlers and jobs work at any time, on threads of their own.
        if (Thread.currentThread().getName().startsWith("background")) {
            return;
        }
        count.incrementAndGet();
        if (!recording) {
            return;
        }
        var command = event.getCommand();
        var shape = command.entrySet().stream()
                .filter(field -> !SESSION.contains(field.getKey()))
                .map(field -> field.getKey() + ": "
                        + (field.getKey().equals(event.getCommandName()) ? field.getValue() : shape(field.getValue())))
                .collect(Collectors.joining(", "));
        // The status of a caller's organisation is cached for seconds.
        if (!shape.contains("filter: {organisation: ")) {
            shapes.add(shape);
        }
    }

    private static String shape(BsonValue value) {
        if (value.isDocument()) {
            return value.asDocument().entrySet().stream()
                    .map(field -> field.getKey() + ": " + shape(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value.isArray()) {
            return value.asArray().stream().map(MongoCommands::shape).collect(Collectors.joining(", ", "[", "]"));
        }
        return value.getBsonType().name();
    }

    /** How many commands requests have sent so far. */
    long count() {
        return count.get();
    }

    /** The commands that the requests of this action send, in their order. */
    List<String> during(Runnable action) {
        shapes.clear();
        recording = true;
        try {
            action.run();
            return List.copyOf(shapes);
        } finally {
            recording = false;
        }
    }
}
